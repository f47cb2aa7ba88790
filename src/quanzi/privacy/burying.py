"""Erasing who asked for it a week ago: some at a time, so that it goes on where it was cut short.

Posts, comments, likes and follows go by their own verbs, so that open pages drop them and figures
stay true. What is left is a row without a name, for what refers to it.
"""

import secrets
from collections.abc import Awaitable, Callable
from contextlib import suppress

import structlog

from quanzi.applying import asking
from quanzi.audit import erasing as audit
from quanzi.circles import following as circles
from quanzi.circles.access import CIRCLE, Place, shown
from quanzi.curation import removing
from quanzi.db.engine import row, rows
from quanzi.db.transaction import transaction
from quanzi.errors import NotFound
from quanzi.identity.sessions import absent, revoke
from quanzi.offering import forgetting as offering
from quanzi.people import following as people
from quanzi.posts import liking, purging
from quanzi.posts import removing as taking_away
from quanzi.privacy import making
from quanzi.privacy.register import REGISTER, Fate
from quanzi.verification import asking as verification

log = structlog.get_logger()

AT_ONCE = 50
# So long a process has to itself before another takes over: it has died.
HELD = "2 minutes"
IS_DUE = "leaving where due_at <= now() and (taken_until is null or taken_until < now())"


async def bury_due() -> int:
    """How much was erased of one member whose week is over; 0 when nobody is due."""
    member_id = await _taken()
    if member_id is None:
        return 0
    for step in STEPS:
        done = await step(member_id)
        if done:
            await _let_go(member_id)
            return done
    await _bury(member_id)
    return 1


async def _taken() -> int | None:
    found = await row(
        f"""update leaving set taken_until = now() + interval '{HELD}'
            where member_id = (select member_id from {IS_DUE}
                               order by due_at limit 1 for update skip locked)
            returning member_id"""
    )
    return found["member_id"] if found else None


async def _let_go(member_id: int) -> None:
    await rows("update leaving set taken_until = null where member_id = $1", member_id)


async def _posts(member_id: int) -> int:
    found = await rows(
        f"""select circle_id, id from post where author_id = $1 and state <> 'removed'
            order by id desc limit {AT_ONCE}""",
        member_id,
    )
    for circle_id, post_id in found:
        await _unless_gone(removing.remove(await _place(circle_id, member_id), post_id))
    return len(found)


async def _comments(member_id: int) -> int:
    found = await rows(
        f"""select circle_id, post_id, id from comment where author_id = $1 and state <> 'removed'
            order by id desc limit {AT_ONCE}""",
        member_id,
    )
    for circle_id, post_id, comment_id in found:
        place = await _place(circle_id, member_id)
        await _unless_gone(taking_away.remove_comment(place, post_id, comment_id))
    return len(found)


async def _likes(member_id: int) -> int:
    found = await rows(
        f"select circle_id, post_id from liking where member_id = $1 order by at desc limit {AT_ONCE}",
        member_id,
    )
    for circle_id, post_id in found:
        await liking.unlike(await _place(circle_id, member_id), post_id)
    return len(found)


async def _follows(member_id: int) -> int:
    found = await rows(
        f"select circle_id from follow where member_id = $1 limit {AT_ONCE}", member_id
    )
    for line in found:
        await circles.unfollow(await _place(line["circle_id"], member_id))
    return len(found)


async def _applications(member_id: int) -> int:
    """What still waits is taken back, and its picture with it."""
    found = await rows(
        "select id from application where applicant_id = $1 and state = 'open'", member_id
    )
    for line in found:
        await asking.withdraw(absent(member_id), line["id"])
    return len(found)


async def _documents(member_id: int) -> int:
    """What still waits to be looked at: its pictures go with it."""
    await verification.close(member_id)
    return 0


async def _people(member_id: int) -> int:
    return await people.forget(member_id, AT_ONCE)


STEPS: tuple[Callable[[int], Awaitable[int]], ...] = (
    _posts,
    _comments,
    purging.purge_of,
    _likes,
    _follows,
    _people,
    _applications,
    offering.forget,
    _documents,
    # The last: what the others did may have been written down.
    audit.forget,
)

# What is left when all that others see has gone: rows that the register says are deleted.
REST = tuple(
    "delete from {} where {} = $1".format(*column.split("."))
    for column, decision in REGISTER.items()
    if decision.fate is Fate.GONE
)


async def _bury(member_id: int) -> None:
    await making.forget(member_id)
    async with transaction():
        # The ledger lets nothing go but this member's.
        await rows("select set_config('quanzi.erasing', $1, true)", str(member_id))
        for statement in REST:
            await rows(statement, member_id)
        await rows(
            """update member set handle = $2, name = '已注销', intro = '', platform_role = '',
                      suspended_at = coalesce(suspended_at, now()) where id = $1""",
            member_id,
            f"deleted-{secrets.token_hex(8)}",
        )
        await revoke("member", str(member_id))
    # By number only: after a restore it tells whom to erase again (docs/privacy.md).
    log.info("member.erased", member=member_id)


async def _unless_gone(removal: Awaitable[int]) -> None:
    with suppress(NotFound):  # a moderator was faster
        await removal


async def _place(circle_id: int, member_id: int) -> Place:
    """Where they wrote, as its author and nobody else: also where they may no longer look."""
    found = await row(f"{CIRCLE} where c.id = $1", circle_id)
    if found is None:
        raise LookupError(f"circle {circle_id} is gone")
    return Place(shown(found), absent(member_id), "")
