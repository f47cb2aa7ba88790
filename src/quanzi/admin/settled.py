"""What is set where: the environment's settings in force, without anything secret; and the limits."""

import os
from collections.abc import Sequence
from dataclasses import dataclass

from quanzi.settings import settings
from quanzi.web import limits
from quanzi.web.limits import Limit


@dataclass(frozen=True, slots=True)
class Setting:
    """`given`: whether the environment says so, or it is what holds without."""

    name: str
    value: str
    given: bool


def in_force() -> Sequence[Setting]:
    now = settings()
    mail = f"{now.mail.host}:{now.mail.port}" if now.mail else ""
    shown = {
        "QUANZI_URL": now.url,
        "QUANZI_VAR": str(now.var),
        "QUANZI_MEDIA": str(now.media),
        "QUANZI_MAIL": mail,
        "QUANZI_PUSH_CONTACT": now.push_contact,
        "QUANZI_ANCHOR": str(now.anchor),
        "QUANZI_POOL": str(now.pool),
        "QUANZI_LINK_PREVIEWS": "on" if now.link_previews else "off",
        "QUANZI_KEEP_IDENTITY": "sealed" if now.keeps_identity else "",
        "QUANZI_OIDC_ISSUER": now.openid.issuer if now.openid else "",
        "FORWARDED_ALLOW_IPS": os.environ.get("FORWARDED_ALLOW_IPS", "127.0.0.1"),
    }
    return [Setting(name, value, bool(os.environ.get(name))) for name, value in shown.items()]


def limits_in_force() -> Sequence[Limit]:
    found = [
        getattr(limits, name) for name in dir(limits) if isinstance(getattr(limits, name), Limit)
    ]
    return sorted(found, key=lambda each: each.name)
