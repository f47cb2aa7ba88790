"""Who is named in a text: `@handle`. Only members who are there become links and hear of it."""

import re
from collections.abc import Sequence

from quanzi.activity.concerning import concern
from quanzi.db.engine import rows

# A handle as sign-up allows it, and not the middle of a mail address.
NAMED = re.compile(
    r"(?<![a-z0-9_@./-])@([a-z0-9][a-z0-9-]{1,28}[a-z0-9])(?![a-z0-9_@])", re.IGNORECASE | re.ASCII
)
MOST_NAMED = 20


def handles_in(text: str) -> list[str]:
    """Each once, in order; of a text that names half the town only the first."""
    found = dict.fromkeys(handle.lower() for handle in NAMED.findall(text))
    return list(found)[:MOST_NAMED]


async def known(text: str) -> list[str]:
    """The handles in it that are somebody's."""
    found = await rows(
        "select handle from member where handle = any($1::text[]) and suspended_at is null",
        handles_in(text),
    )
    return [line["handle"] for line in found]


async def name(circle_id: int, post_id: int, comment_id: int, text: str) -> list[int]:
    """Write down who is named there now. Answers the members who were not named before."""
    found = await rows(
        """with named as (select id from member
                          where handle = any($4::text[]) and suspended_at is null),
                gone as (delete from mention where circle_id = $1 and post_id = $2
                         and comment_id = $3 and member_id not in (select id from named))
           insert into mention (circle_id, post_id, comment_id, member_id)
           select $1, $2, $3, id from named on conflict do nothing returning member_id""",
        circle_id,
        post_id,
        comment_id,
        handles_in(text),
    )
    return [line["member_id"] for line in found]


async def tell(
    named: Sequence[int], actor_id: int | None, circle_id: int, post_id: int, comment_id: int = 0
) -> None:
    for member_id in named:
        await concern(
            member_id,
            "mention",
            actor_id=actor_id,
            circle_id=circle_id,
            post_id=post_id,
            comment_id=comment_id,
        )
