"""A member's apps: registered, changed, given another secret, deleted. A secret is shown once."""

import secrets
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

import asyncpg

from quanzi.activity import once
from quanzi.db.engine import row, rows
from quanzi.db.transaction import transaction
from quanzi.errors import Conflict, Invalid, NotFound, Said, said
from quanzi.identity.sessions import Viewer
from quanzi.platform import narrowing, redirects
from quanzi.platform.keys import HINT, hash_of
from quanzi.platform.scopes import SCOPES

CLIENT, SECRET = "qzc_", "qzs_"
MOST, MOST_REDIRECTS = 20, 10
NAME_LONGEST = 60


@dataclass(frozen=True, slots=True)
class Wish:
    """As typed. `redirects`: one to a line. `confidential`: it runs where it can keep a secret."""

    name: str
    redirects: str
    scopes: Sequence[str]
    confidential: bool


@dataclass(frozen=True, slots=True)
class Made:
    """`secret`: empty for an app that can keep none, and for the second press on the same button."""

    app_id: int
    secret: str


async def register(viewer: Viewer, wish: Wish, *, key: uuid.UUID) -> Made:
    """Raises Invalid, and Conflict for who has as many as one may have."""
    name, wanted = wish.name.strip(), [scope for scope in SCOPES if scope in wish.scopes]
    addresses = list(dict.fromkeys(wish.redirects.split()))
    _refuse(name, addresses, wanted)
    secret = _chance() if wish.confidential else ""
    async with transaction():
        before = await once.first_time(viewer.member_id, key, "oauth_app", name, addresses, wanted)
        if before is not None:
            return Made(int(before), "")
        await rows("select 1 from member where id = $1 for update", viewer.member_id)
        has = await row(
            "select count(*) as n from oauth_app where member_id = $1", viewer.member_id
        )
        if has and has["n"] >= MOST:
            raise Conflict(said("应用最多 %(most)d 个，请先删除不用的。", most=MOST))
        made = await rows(
            """insert into oauth_app (member_id, client_id, name, secret, hint, redirects, scopes)
               values ($1, $2, $3, $4, $5, $6, $7) returning id""",
            viewer.member_id,
            CLIENT + secrets.token_urlsafe(16),
            name,
            hash_of(secret) if secret else None,
            secret[-HINT:],
            addresses,
            wanted,
        )
        await once.answered(viewer.member_id, key, str(made[0]["id"]))
    return Made(made[0]["id"], secret)


def _refuse(name: str, addresses: Sequence[str], wanted: Sequence[str]) -> None:
    wrong: dict[str, Said] = {}
    # It stands on the page that asks people to trust it: nothing unseen, nothing turned around.
    if not name or len(name) > NAME_LONGEST or not name.isprintable():
        wrong["name"] = said("请写一个名字，最多 %(most)d 个字。", most=NAME_LONGEST)
    wrong |= _wrong_redirects(addresses)
    wrong |= _wrong_scopes(wanted)
    if wrong:
        raise Invalid(**wrong)


def _wrong_redirects(addresses: Sequence[str]) -> dict[str, Said]:
    wrong: dict[str, Said] = {}
    if not addresses or len(addresses) > MOST_REDIRECTS:
        wrong["redirects"] = said("请写 1 到 %(most)d 个回调地址，每行一个。", most=MOST_REDIRECTS)
    bad = next((each for each in addresses if not redirects.can_be(each)), None)
    if bad is not None:
        wrong["redirects"] = said(
            "这个回调地址不能用：%(address)s。要以 https:// 开头；本机程序可以用 "
            "http://127.0.0.1 或 http://[::1]；不能有 #。",
            address=bad[:100],
        )
    return wrong


def _wrong_scopes(wanted: Sequence[str]) -> dict[str, Said]:
    return {} if wanted else {"scopes": said("请至少选一项权限。")}


async def own(viewer: Viewer) -> Sequence[asyncpg.Record]:
    """The latest first."""
    return await rows(
        """select id, client_id, name, hint, redirects, scopes, created_at,
                  secret is not null as confidential
           from oauth_app where member_id = $1 order by id desc""",
        viewer.member_id,
    )


async def change(viewer: Viewer, app_id: int, addresses: str, scopes: Sequence[str]) -> None:
    """Where people are sent back to, and what it may ask for. An address that is not there any more
    leads nowhere from now on, nor does a code that was to go there. Of what members allowed stays what
    is still asked for; for more they are asked again, also when it was theirs before.

    Raises NotFound, Invalid.
    """
    wanted = [scope for scope in SCOPES if scope in scopes]
    registered = list(dict.fromkeys(addresses.split()))
    wrong = {**_wrong_redirects(registered), **_wrong_scopes(wanted)}
    async with transaction():
        found = await rows(
            "select 1 from oauth_app where id = $1 and member_id = $2 for update",
            app_id,
            viewer.member_id,
        )
        if not found:
            raise NotFound
        if wrong:
            raise Invalid(**wrong)
        await rows(
            "update oauth_app set redirects = $2, scopes = $3 where id = $1",
            app_id,
            registered,
            wanted,
        )
        await narrowing.narrow(app_id, registered, wanted)


async def rotate(viewer: Viewer, app_id: int) -> str:
    """The new secret. With the old one goes what was had by it alone; what members allowed stays.

    Raises NotFound.
    """
    secret = _chance()
    async with transaction():
        found = await rows(
            """update oauth_app set secret = $3, hint = $4
               where id = $1 and member_id = $2 and secret is not null returning id""",
            app_id,
            viewer.member_id,
            hash_of(secret),
            secret[-HINT:],
        )
        if not found:
            raise NotFound
        await rows("delete from oauth_grant where app_id = $1 and by_itself", app_id)
    return secret


async def delete(viewer: Viewer, app_id: int) -> None:
    """With all that anybody allowed it, at once. Raises NotFound."""
    found = await rows(
        "delete from oauth_app where id = $1 and member_id = $2 returning id",
        app_id,
        viewer.member_id,
    )
    if not found:
        raise NotFound


def _chance() -> str:
    return SECRET + secrets.token_urlsafe(32)
