"""Browsers that want to be told: taking them in, listing them, letting them go."""

import base64
import binascii
import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass

import asyncpg

from quanzi.db.engine import rows
from quanzi.db.transaction import transaction
from quanzi.errors import Invalid, said
from quanzi.outbound import posting
from quanzi.push import sealing

MOST = 10
BASE64 = re.compile(r"[A-Za-z0-9_-]{16,200}")


@dataclass(frozen=True, slots=True)
class Browser:
    """What a browser gives: where to push to, and the keys that only it can read with."""

    endpoint: str
    p256dh: bytes
    auth: bytes


def read(endpoint: str, p256dh: str, auth: str) -> Browser:
    """Raises Invalid: there is no form a person could mend, so it is one sentence."""
    try:
        browser = Browser(endpoint.strip(), _bytes(p256dh), _bytes(auth))
        sealing.checked(browser.p256dh, browser.auth)
    except ValueError:
        raise Invalid(endpoint=said("这个浏览器的推送信息看不懂，请再试一次。")) from None
    return browser


async def subscribe(member_id: int, session_id: bytes, browser: Browser, agent: str) -> None:
    """Also for a browser that somebody else used before. The eleventh lets the oldest go."""
    async with transaction():
        await rows("select 1 from member where id = $1 for no key update", member_id)
        await rows(
            """insert into push_subscription (member_id, session_id, endpoint, p256dh, auth, agent)
               values ($1, $2, $3, $4, $5, $6)
               on conflict (endpoint) do update set member_id = $1, session_id = $2, p256dh = $4,
                   auth = $5, agent = $6, created_at = now(), reached_at = null""",
            member_id,
            session_id,
            browser.endpoint,
            browser.p256dh,
            browser.auth,
            agent[:300],
        )
        await rows(
            f"""delete from push_subscription where id in (
                    select id from push_subscription where member_id = $1
                    order by created_at desc, id desc offset {MOST})""",
            member_id,
        )


async def unsubscribe(member_id: int, endpoint: str) -> None:
    await rows(
        "delete from push_subscription where member_id = $1 and endpoint = $2", member_id, endpoint
    )


async def end(member_id: int, subscription_id: int) -> None:
    """One of their own; what is not theirs is not touched."""
    await rows(
        "delete from push_subscription where member_id = $1 and id = $2",
        member_id,
        subscription_id,
    )


async def own(member_id: int) -> Sequence[asyncpg.Record]:
    return await rows(
        f"""select id, agent, endpoint, created_at, reached_at from push_subscription
            where member_id = $1 order by created_at desc, id desc limit {MOST}""",
        member_id,
    )


def fingerprint(endpoint: str) -> str:
    """By which a page can tell its own browser without showing the address of others."""
    return hashlib.sha256(endpoint.encode()).hexdigest()[:16]


def _bytes(written: str) -> bytes:
    bare = written.strip().rstrip("=")
    if not BASE64.fullmatch(bare):
        raise ValueError("no base64url")
    try:
        return base64.urlsafe_b64decode(bare + "=" * (-len(bare) % 4))
    except binascii.Error as why:
        raise ValueError("no base64url") from why


def check_endpoint(endpoint: str, *, trusted: bool = False) -> None:
    """Raises Invalid for where nothing is ever sent."""
    if not trusted and posting.refusal(endpoint):
        raise Invalid(endpoint=said("这个浏览器的推送信息看不懂，请再试一次。"))
