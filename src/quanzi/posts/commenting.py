"""Commenting and replying."""

import uuid
from contextlib import suppress
from dataclasses import dataclass

import asyncpg

from quanzi.activity import once, tallying
from quanzi.activity.concerning import concern
from quanzi.activity.recording import record
from quanzi.circles import policy as circles
from quanzi.circles.access import Place
from quanzi.db.engine import rows
from quanzi.db.transaction import transaction
from quanzi.errors import Invalid, NotAllowed, NotFound, said
from quanzi.posts import comments, drafts, holding, naming, policy, reading, vetting
from quanzi.posts.comments import Comment
from quanzi.posts.vetting import Vetted

LONGEST = 1000


@dataclass(frozen=True, slots=True)
class Said:
    """`seq`: the number of the event, 0 when the key had been used before, and for what is held."""

    comment_id: int
    seq: int
    outcome: str = ""


async def comment(
    place: Place, post_id: int, body: str, *, reply_to: int | None = None, key: uuid.UUID
) -> Said:
    """Raises NotFound, NotAllowed, Barred, Invalid; Invalid too when the one replied to has gone."""
    if not policy.can_comment(place) or place.member_id is None:
        raise NotAllowed
    text = _checked(body)
    author, circle_id = place.member_id, place.circle.id
    vetted = await vetting.vet(place, text, kind="comment")
    async with transaction():
        await reading.published(place, post_id)
        answered = await _answered(place, post_id, reply_to)
        before = await once.first_time(author, key, circle_id, post_id, text, reply_to)
        if before is not None:
            return Said(int(before), 0)
        await holding.before_comment(place, text)
        comment_id = await _insert(place, post_id, vetted, answered)
        await once.answered(author, key, str(comment_id))
        await vetting.keep(vetted, post_id, comment_id, kind="comment")
        if vetted.held:
            return Said(comment_id, 0, "held")
        seq = await bring_out(circle_id, comment_id)
    return Said(comment_id, seq, "masked" if vetted.text != text else "")


async def bring_out(circle_id: int, comment_id: int) -> int:
    """Show a comment that was held until now, be it for a moment. Raises NotFound when its post has
    gone. The last thing in its transaction.
    """
    found = await rows(
        """update comment k set state = 'published' from post p
           where k.circle_id = $1 and k.id = $2 and p.circle_id = $1 and p.id = k.post_id
             and p.state = 'published'
           returning k.post_id, k.author_id, k.body, k.version, p.author_id as poster,
                     (select q.author_id from comment q
                      where q.circle_id = $1 and q.id = k.reply_to) as answered""",
        circle_id,
        comment_id,
    )
    if not found:
        raise NotFound
    line = found[0]
    await _tell(circle_id, comment_id, line)
    await tallying.add(circle_id, tallying.COMMENTS, line["post_id"], 1)
    return await record(
        circle_id, "comment.published", comment_id, line["version"], line["author_id"]
    )


def _checked(body: str) -> str:
    text = drafts.clean(body)
    if not text:
        raise Invalid(body=said("写点什么再发吧。"))
    if len(text) > LONGEST:
        raise Invalid(
            body=said("评论最多 %(most)d 个字，现在有 %(now)d 个。", most=LONGEST, now=len(text))
        )
    return text


async def _answered(place: Place, post_id: int, reply_to: int | None) -> Comment | None:
    if reply_to is None:
        return None
    with suppress(NotFound):
        found = await comments.one(place, post_id, reply_to)
        if found.state == "published":
            return found
    raise Invalid(reply_to=said("你要回复的评论已经不在了。"))


async def _insert(place: Place, post_id: int, vetted: Vetted, answered: Comment | None) -> int:
    made = await rows(
        """insert into comment (circle_id, post_id, root_id, reply_to, author_id, body, by_staff,
                                state)
           values ($1, $2, $3, $4, $5, $6, $7, 'held') returning id""",
        place.circle.id,
        post_id,
        (answered.root_id or answered.id) if answered else None,
        answered.id if answered else None,
        place.member_id,
        vetted.text,
        circles.can_edit(place),
    )
    return int(made[0]["id"])


async def _tell(circle_id: int, comment_id: int, line: asyncpg.Record) -> None:
    """Each person hears of it once: as answered, else as named, else as the post's author."""
    told: dict[int, str] = {line["poster"]: "comment"}
    for member_id in await naming.name(circle_id, line["post_id"], comment_id, line["body"]):
        told[member_id] = "mention"
    if line["answered"] is not None:
        told[line["answered"]] = "reply"
    for member_id, kind in told.items():
        await concern(
            member_id,
            kind,
            actor_id=line["author_id"],
            circle_id=circle_id,
            post_id=line["post_id"],
            comment_id=comment_id,
        )
