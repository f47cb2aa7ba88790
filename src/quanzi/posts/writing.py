"""Publishing a post, now or at its time."""

from collections.abc import Sequence
from dataclasses import dataclass

from quanzi.activity import once
from quanzi.activity.recording import record
from quanzi.circles import policy as circles
from quanzi.circles.access import Place
from quanzi.db.engine import rows
from quanzi.db.transaction import transaction
from quanzi.errors import NotAllowed
from quanzi.media import Picture
from quanzi.posts import (
    carding,
    carrying,
    holding,
    indexing,
    naming,
    pacing,
    planned,
    policy,
    vetting,
)
from quanzi.posts.drafts import Draft
from quanzi.posts.vetting import Vetted


@dataclass(frozen=True, slots=True)
class Written:
    """`seq` is None for a post that waits; `again` when the key had been used.

    `outcome`: what its author should know: 'held', 'pictures' (that are still to be looked at), 'kept'
    (as a draft), 'asked' (an owner), 'planned', 'masked', 'limited', or ''.
    """

    post_id: int
    seq: int | None
    again: bool = False
    outcome: str = ""


async def publish(
    place: Place,
    draft: Draft,
    pictures: Sequence[Picture] = (),
    vetted: Vetted | None = None,
    *,
    agreed: bool = False,
) -> Written:
    """`vetted`: what was said of it, when that has been asked already, before a transaction. `agreed`:
    what it is planned for was agreed to as a whole, and is asked about when its time has come.

    Raises NotAllowed, Barred; Invalid for what nobody is to see, for a link or a picture that is not
    for them, for a time that is none for posts of theirs, and when the draft's key was used for
    something else.
    """
    if not policy.can_post(place) or place.viewer is None:
        raise NotAllowed
    _ask_for_more(place, draft)
    author, circle_id = place.viewer.member_id, place.circle.id
    if vetted is None:
        vetted = await vetting.vet(
            place,
            draft.body,
            kind="post",
            shown=pictures,
            topics=draft.topics,
            alts=draft.alts,
        )
    async with transaction():
        before = await once.first_time(
            author,
            draft.key,
            circle_id,
            draft.body,
            draft.topics,
            draft.publish_at or draft.kept or None,
            *([draft.service] if draft.service else []),
        )
        if before is not None:
            return await _as_written(circle_id, int(before))
        await carrying.hold(circle_id, draft.service)
        if not agreed:
            await holding.before_post(place, draft.body, len(pictures))
            await _keep_pace(place, draft)
        post_id = await _insert(place, draft, author, vetted)
        await _insert_pictures(circle_id, post_id, pictures, vetted)
        await _insert_topics(circle_id, post_id, vetted.topics)
        await naming.name(circle_id, post_id, 0, vetted.text)
        if draft.service:
            await carrying.carry(circle_id, post_id, draft.service)
        await once.answered(author, draft.key, str(post_id))
        await vetting.keep(vetted, post_id, kind="post")
        asked = not (draft.kept or agreed) and await planned.wait_for_owner(
            place, post_id, one_of_many=draft.one_of_many
        )
        if draft.publish_at or draft.kept or asked:
            await planned.note(place, post_id)
        waits = draft.publish_at or draft.kept or asked or vetted.held or vetted.waits
        seq = None if waits else await bring_out(circle_id, post_id, 1, author)
    return Written(post_id, seq, outcome=_outcome(vetted, draft, asked=asked))


def _ask_for_more(place: Place, draft: Draft) -> None:
    """What not everybody who posts may do. Raises NotAllowed."""
    if (draft.publish_at or draft.pin or draft.kept) and not policy.can_plan(place):
        raise NotAllowed
    if draft.service and not policy.can_carry(place):
        raise NotAllowed


async def _keep_pace(place: Place, draft: Draft) -> None:
    if not draft.kept:
        await pacing.ask(place, draft.publish_at)


def _outcome(vetted: Vetted, draft: Draft, *, asked: bool) -> str:
    """The first that holds."""
    masked = vetted.text != draft.body or (vetted.topics, vetted.alts) != (draft.topics, draft.alts)
    may_be = {
        "kept": draft.kept,
        "held": vetted.held,
        "asked": asked,
        "pictures": vetted.waits,
        "masked": masked,
        "planned": draft.publish_at is not None,
        "limited": vetted.limited,
    }
    return next((name for name, holds in may_be.items() if holds), "")


async def bring_out(circle_id: int, post_id: int, version: int, actor_id: int | None) -> int:
    """Number it, and put it into the feed at that number. The last thing in its transaction."""
    # First what takes time: from the record on, others of this circle wait.
    await indexing.write(circle_id, post_id)
    await carding.follow(circle_id, post_id)
    await _tell_named(circle_id, post_id, actor_id)
    seq = await record(circle_id, "post.published", post_id, version, actor_id)
    await rows(
        """update post set state = 'published', seq = $3, published_at = now()
           where circle_id = $1 and id = $2""",
        circle_id,
        post_id,
        seq,
    )
    await rows(
        "update topic set seq = $3 where circle_id = $1 and post_id = $2", circle_id, post_id, seq
    )
    return seq


async def _tell_named(circle_id: int, post_id: int, actor_id: int | None) -> None:
    named = await rows(
        "select member_id from mention where circle_id = $1 and post_id = $2 and comment_id = 0",
        circle_id,
        post_id,
    )
    await naming.tell([line["member_id"] for line in named], actor_id, circle_id, post_id)


async def _insert(place: Place, draft: Draft, author: int, vetted: Vetted) -> int:
    held_for = "people" if vetted.held else "pictures" if vetted.waits else ""
    made = await rows(
        """insert into post (circle_id, author_id, state, held_for, limited, body, by_staff,
                             publish_at, waits_for, pin_wanted, pin_until)
           values ($1, $2, case when $3 = '' then 'scheduled' else 'held' end, $3, $4, $5, $6, $7, $8,
                   $9, $10) returning id""",
        place.circle.id,
        author,
        held_for,
        vetted.limited,
        vetted.text,
        circles.can_edit(place),
        draft.publish_at,
        "time" if draft.kept else "",
        draft.pin and (_comes_later(place, draft) or held_for != ""),
        draft.pin_until,
    )
    return int(made[0]["id"])


def _comes_later(place: Place, draft: Draft) -> bool:
    return draft.kept or draft.publish_at is not None or policy.needs_approval(place)


async def _insert_pictures(
    circle_id: int,
    post_id: int,
    pictures: Sequence[Picture],
    vetted: Vetted,
) -> None:
    alts = [*vetted.alts, *[""] * len(pictures)]
    for place, (picture, likeness) in enumerate(zip(pictures, vetted.likenesses, strict=True)):
        await rows(
            """insert into image (circle_id, name, post_id, place, width, height, colour, likeness,
                                  alt) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)""",
            circle_id,
            picture.name,
            post_id,
            place,
            picture.width,
            picture.height,
            picture.colour,
            likeness,
            alts[place],
        )


async def _insert_topics(circle_id: int, post_id: int, topics: Sequence[str]) -> None:
    if topics:
        await rows(
            "insert into topic (circle_id, name, post_id) select $1, unnest($3::text[]), $2",
            circle_id,
            post_id,
            list(topics),
        )


async def _as_written(circle_id: int, post_id: int) -> Written:
    found = await rows("select seq from post where circle_id = $1 and id = $2", circle_id, post_id)
    return Written(post_id, found[0]["seq"] if found else None, again=True)
