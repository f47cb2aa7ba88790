"""A member's own keys: made, listed, ended. The secret is shown once, when it is made."""

import hashlib
import secrets
from collections.abc import Sequence

import asyncpg

from quanzi.db.engine import row, rows
from quanzi.db.transaction import transaction
from quanzi.errors import Conflict, Invalid, Said, said
from quanzi.identity.sessions import Viewer
from quanzi.platform.scopes import SCOPES

PREFIX = "quanzi_"
MOST = 20
NAME_LONGEST = 60
# How long one may be good for, in days; the first is what the form offers.
LIVES = (90, 30, 365)
HINT = 4


async def make(viewer: Viewer, name: str, scopes: Sequence[str], days: int) -> str:
    """The secret. Raises Invalid, and Conflict for who has as many as one may have."""
    name = name.strip()
    wanted = [scope for scope in SCOPES if scope in scopes]
    _refuse(name, wanted, days)
    secret = PREFIX + secrets.token_urlsafe(32)
    async with transaction():
        await rows("select 1 from member where id = $1 for update", viewer.member_id)
        has = await row(f"select count(*) as n from ({GOOD}) k", viewer.member_id)
        if has and has["n"] >= MOST:
            raise Conflict(said("密钥最多 %(most)d 个，请先结束不用的。", most=MOST))
        await rows(
            """insert into access_key (member_id, name, secret, hint, scopes, ends_at)
               values ($1, $2, $3, $4, $5, now() + make_interval(days => $6))""",
            viewer.member_id,
            name,
            hash_of(secret),
            secret[-HINT:],
            wanted,
            days,
        )
    return secret


def _refuse(name: str, wanted: Sequence[str], days: int) -> None:
    wrong: dict[str, Said] = {}
    if not name or len(name) > NAME_LONGEST:
        wrong["name"] = said("请写一个名字，最多 %(most)d 个字。", most=NAME_LONGEST)
    if not wanted:
        wrong["scopes"] = said("请至少选一项权限。")
    if days not in LIVES:
        wrong["days"] = said("请选择有效期。")
    if wrong:
        raise Invalid(**wrong)


async def own(viewer: Viewer) -> Sequence[asyncpg.Record]:
    """Those that still open something, the latest first."""
    return await rows(f"{GOOD} order by id desc", viewer.member_id)


async def end(viewer: Viewer, key_id: int) -> None:
    """One's own; what is not one's own is not touched."""
    await rows(
        """update access_key set ended_at = now()
           where id = $1 and member_id = $2 and ended_at is null""",
        key_id,
        viewer.member_id,
    )


def hash_of(secret: str) -> bytes:
    """A long secret by chance needs no slow hash."""
    return hashlib.sha256(secret.encode()).digest()


GOOD = """select id, name, hint, scopes, created_at, used_at, ends_at from access_key
          where member_id = $1 and ended_at is null and ends_at > now()"""
