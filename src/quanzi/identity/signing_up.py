"""Becoming a member: a handle, a name, a password."""

import re

from asyncpg import UniqueViolationError

from quanzi.db.engine import rows
from quanzi.db.transaction import transaction
from quanzi.errors import Invalid, Said, said
from quanzi.identity import consenting, passwords, searching
from quanzi.screening import pages

HANDLE = re.compile(r"[a-z0-9][a-z0-9-]{1,28}[a-z0-9]")
NAME_LONGEST = 40

# Addresses and words that must keep meaning what they mean.
RESERVED = frozenset({"admin", "root", "quanzi", "system", "support", "official", "me", "api"})


async def sign_up(handle: str, name: str, password: str, *, chosen: bool = True) -> int:
    """The new member's id. Raises Invalid with a sentence per field.

    `chosen`: whether the password is theirs, and not one by chance that nobody knows.
    """
    handle, name = handle.strip().lower(), " ".join(name.split())
    check(handle, name, password)
    await pages.check(handle=handle, name=name)
    return await create(handle, name or handle, password, chosen=chosen, agreed=True)


async def create(
    handle: str,
    name: str,
    password: str,
    platform_role: str = "",
    *,
    chosen: bool = True,
    agreed: bool = False,
) -> int:
    """`agreed`: whether they were shown what everybody agrees to, and went on."""
    stored = await passwords.hashed(password)
    return await admit(handle, name, stored, platform_role, chosen=chosen, agreed=agreed)


async def admit(
    handle: str,
    name: str,
    stored: str,
    platform_role: str = "",
    *,
    chosen: bool = True,
    agreed: bool = False,
) -> int:
    """`stored`: the password's hash. Raises Invalid when the handle is taken."""
    try:
        async with transaction():
            made = await rows(
                "insert into member (handle, name, platform_role) values ($1, $2, $3) returning id",
                handle,
                name,
                platform_role,
            )
            member_id = int(made[0]["id"])
            await searching.write(member_id, handle, name)
            await rows(
                "insert into credential (member_id, password_hash, chosen) values ($1, $2, $3)",
                member_id,
                stored,
                chosen,
            )
            if agreed:
                await consenting.agree_at_the_door(member_id)
    except UniqueViolationError as taken:
        raise Invalid(handle=said("这个用户名已被使用，换一个试试。")) from taken
    return member_id


def check(handle: str, name: str, password: str, *, spared: frozenset[str] = frozenset()) -> None:
    """Raises Invalid. `spared`: reserved words that they may be called by all the same."""
    wrong: dict[str, Said] = {}
    if not HANDLE.fullmatch(handle):
        wrong["handle"] = said("用户名为 3–30 个小写字母、数字或连字符，首尾不能是连字符。")
    elif handle in RESERVED - spared:
        wrong["handle"] = said("这个用户名已被使用，换一个试试。")
    if len(name) > NAME_LONGEST:
        wrong["name"] = said("昵称最多 %(most)d 个字。", most=NAME_LONGEST)
    if not passwords.is_long_enough(password):
        wrong["password"] = passwords.TOO_SHORT
    if wrong:
        raise Invalid(**wrong)
