"""Changing a post: its words, its pictures' order. What is to be looked at waits beside what stands."""

from collections.abc import Sequence

import asyncpg

from quanzi.activity.recording import record
from quanzi.circles import thresholds
from quanzi.circles.access import Place
from quanzi.db.engine import row, rows
from quanzi.db.transaction import transaction
from quanzi.errors import Conflict, Invalid, NotAllowed, NotFound
from quanzi.posts import (
    captions,
    carding,
    carrying,
    drafts,
    holding,
    indexing,
    naming,
    planned,
    policy,
    reading,
    redrawing,
    vetting,
)
from quanzi.posts.captions import Caption
from quanzi.posts.reading import Post
from quanzi.posts.vetting import Vetted


async def edit(
    place: Place,
    post_id: int,
    body: str,
    version: int,
    *,
    said: Sequence[Caption] | None = None,
    card: bool | None = None,
    service: int | None = None,
) -> int:
    """The number of the event; 0 when there is none: the same again, or words that wait. `said`: of its
    pictures; `card`: whether its link may have one; `service`: to carry, 0 for none; None leaves each.

    Raises NotFound, NotAllowed, Invalid, Barred for who may not talk here at present, and Conflict
    when `version` is not the present one.
    """
    if thresholds.is_barred(place, "post"):
        thresholds.ask(place, "post")
    text = drafts.clean(body)
    vetted = await vetting.vet(place, text, kind="edit", alts=[each.alt for each in said or ()])
    async with transaction():
        await carrying.hold(place.circle.id, service)
        post = await reading.locked(place, post_id)
        if not policy.can_edit_post(place, post):
            raise NotAllowed
        _refuse(text)
        if post.version != version:
            raise Conflict
        if card is not None:
            await carding.allow(place.circle.id, post_id, allowed=card)
        pictures = captions.wanted(post.pictures, said, vetted.alts)
        carries = await _carry(place, post, service)
        if post.body == text and not pictures:
            return await _redrawn(place, post, card, carries=carries)
        holding.with_links(place, text, post.body)
        if vetted.held and post.state != "held":
            await _wait(place, post_id, version, vetted, pictures)
            return await _redrawn(place, post, card, carries=carries)
        await vetting.keep(vetted, post_id, kind="post")
        await _write(place.circle.id, post_id, post.body, vetted.text, pictures)
        # Words that waited would only undo these.
        await drop_held(place.circle.id, post_id)
        await rows(
            """update post set limited = limited or $3,
                      held_for = case when $4 and state = 'held' then 'people' else held_for end
               where circle_id = $1 and id = $2""",
            place.circle.id,
            post_id,
            vetted.limited,
            vetted.held,
        )
        named = await naming.name(place.circle.id, post_id, 0, vetted.text)
        if post.state != "published":
            if not post.waits_for:
                # What an owner agreed to was other words.
                await planned.wait_for_owner(place, post_id)
            return 0
        await indexing.write(place.circle.id, post_id)
        await naming.tell(named, place.member_id, place.circle.id, post_id)
        return await record(place.circle.id, "post.edited", post_id, version + 1, place.member_id)


def _refuse(text: str) -> None:
    wrong = drafts.body_faults(text)
    if wrong:
        raise Invalid(**wrong)


async def _carry(place: Place, post: Post, service: int | None) -> bool:
    """Whether it carries another service from now on, or none."""
    carried = post.service.id if post.service else 0
    if service is None or service == carried:
        return False
    if not (policy.can_carry(place) and post.by_staff):
        raise NotAllowed
    await carrying.change(place.circle.id, post.id, service)
    return True


async def _redrawn(place: Place, post: Post, card: bool | None, *, carries: bool) -> int:
    """Nothing has changed but that its card went or its service, which open pages are told."""
    card_went = card is False and post.card is not None
    if not (card_went or carries) or post.state != "published":
        return 0
    version = await redrawing.raise_version(place.circle.id, post.id)
    return await record(place.circle.id, "post.edited", post.id, version, place.member_id)


async def waits(place: Place, post_id: int) -> bool:
    """Whether new words for this post wait to be looked at."""
    return bool(
        await row(
            "select 1 from held_edit where circle_id = $1 and post_id = $2",
            place.circle.id,
            post_id,
        )
    )


async def put_held_in_force(circle_id: int, post_id: int) -> int:
    """The number of the event. Raises NotFound, also when the post has changed meanwhile."""
    async with transaction():
        post = await row(
            "select * from post where circle_id = $1 and id = $2 and state <> 'removed' for update",
            circle_id,
            post_id,
        )
        held = await drop_held(circle_id, post_id)
        if post is None or held is None or held["version"] != post["version"]:
            raise NotFound
        await _write(
            circle_id, post_id, post["body"], held["body"], captions.unpacked(held["pictures"])
        )
        named = await naming.name(circle_id, post_id, 0, held["body"])
        if post["state"] != "published":
            if not post["waits_for"]:
                await planned.reworded_by(circle_id, post_id, held["editor_id"])
            return 0
        await indexing.write(circle_id, post_id)
        await naming.tell(named, held["editor_id"], circle_id, post_id)
        version = post["version"] + 1
        return await record(circle_id, "post.edited", post_id, version, held["editor_id"])


async def drop_held(circle_id: int, post_id: int) -> asyncpg.Record | None:
    """The words that waited, which wait no longer."""
    found = await rows(
        "delete from held_edit where circle_id = $1 and post_id = $2 returning *",
        circle_id,
        post_id,
    )
    return found[0] if found else None


async def reword(circle_id: int, post_id: int, comment_id: int, text: str, *, edit: bool) -> None:
    """Somebody decided that it stands, with stars over some of it, or without them after all. `edit`:
    of words that wait.
    """
    if edit:
        await rows(
            "update held_edit set body = $3 where circle_id = $1 and post_id = $2",
            circle_id,
            post_id,
            text,
        )
        return
    table, thing_id = ("comment", comment_id) if comment_id else ("post", post_id)
    [before] = await rows(
        f"select body from {table} where circle_id = $1 and id = $2", circle_id, thing_id
    )
    [changed] = await rows(
        f"""update {table} set body = $3, version = version + 1
            where circle_id = $1 and id = $2 returning state, version""",
        circle_id,
        thing_id,
        text,
    )
    if not comment_id:
        await _retopic(circle_id, post_id, before["body"], text)
    if changed["state"] == "published":
        if not comment_id:
            await indexing.write(circle_id, post_id)
        op = "comment.edited" if comment_id else "post.edited"
        await record(circle_id, op, thing_id, changed["version"], None)


async def _wait(
    place: Place, post_id: int, version: int, vetted: Vetted, pictures: list[tuple[str, str]]
) -> None:
    await rows(
        """insert into held_edit (circle_id, post_id, editor_id, version, body, pictures)
           values ($1, $2, $3, $4, $5, $6)
           on conflict (circle_id, post_id) do update set editor_id = excluded.editor_id,
               version = excluded.version, body = excluded.body, pictures = excluded.pictures,
               at = now()""",
        place.circle.id,
        post_id,
        place.member_id,
        version,
        vetted.text,
        captions.packed(pictures),
    )
    await vetting.keep(vetted, post_id)


async def _write(
    circle_id: int, post_id: int, before: str, text: str, pictures: list[tuple[str, str]]
) -> None:
    await rows(
        """update post set body = $3, version = version + 1, edited_at = now()
           where circle_id = $1 and id = $2""",
        circle_id,
        post_id,
        text,
    )
    if pictures:
        await captions.arrange(circle_id, post_id, pictures)
    await carding.follow(circle_id, post_id)
    await _retopic(circle_id, post_id, before, text)


async def _retopic(circle_id: int, post_id: int, before: str, after: str) -> None:
    """Topics that stood in the text follow it; those chosen beside it stay."""
    old, new = drafts.topics_in(before), drafts.topics_in(after)
    await rows(
        "delete from topic where circle_id = $1 and post_id = $2 and name = any($3::text[])",
        circle_id,
        post_id,
        [name for name in old if name not in new],
    )
    await rows(
        """insert into topic (circle_id, name, post_id, seq)
           select $1, name, $2, (select seq from post where circle_id = $1 and id = $2)
           from unnest($3::text[]) as added(name) on conflict do nothing""",
        circle_id,
        post_id,
        list(new),
    )
