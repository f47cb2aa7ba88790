"""Which app it is that asks for a token: by its secret, or, if it can keep none, by its name alone."""

import base64
import binascii
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import unquote_plus

from quanzi.db.engine import row
from quanzi.platform.keys import hash_of
from quanzi.platform.refused import NoSuchClient, Refused

# An app ends with its maker: who may not come in acts through no program either.
GOOD_APP = """oauth_app a join member o on o.id = a.member_id and o.suspended_at is null
              and not exists (select 1 from leaving l where l.member_id = o.id)"""


@dataclass(frozen=True, slots=True)
class Client:
    """`secret`: its hash, None for a public app."""

    app_id: int
    member_id: int
    scopes: tuple[str, ...]
    secret: bytes | None

    @property
    def confidential(self) -> bool:
        return self.secret is not None


async def known(authorization: str, fields: Mapping[str, str]) -> Client:
    """By `client_secret_basic`, `client_secret_post` or `none`, and by one of them only.

    Raises NoSuchClient, and Refused for who says it in two ways.
    """
    client_id, secret = fields.get("client_id", ""), fields.get("client_secret", "")
    if authorization:
        named, given = _of_basic(authorization)
        if secret or (client_id and client_id != named):
            raise Refused("invalid_request", "authenticate in one way only")
        client_id, secret = named, given
    found = await row(
        f"""select a.id, a.member_id, a.scopes, a.secret from {GOOD_APP}
            where a.client_id = $1 and a.secret is not distinct from $2""",
        client_id,
        hash_of(secret) if secret else None,
    )
    if found is None:
        raise NoSuchClient("unknown client, or not its secret")
    return Client(found["id"], found["member_id"], tuple(found["scopes"]), found["secret"])


def _of_basic(authorization: str) -> tuple[str, str]:
    kind, _, coded = authorization.partition(" ")
    try:
        name, colon, secret = base64.b64decode(coded.strip(), validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        raise NoSuchClient("an Authorization header that cannot be read") from None
    if kind.lower() != "basic" or not colon or "\x00" in name + secret:
        raise NoSuchClient("an Authorization header that cannot be read")
    return unquote_plus(name), unquote_plus(secret)
