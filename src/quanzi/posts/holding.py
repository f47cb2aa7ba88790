"""Holding back who lacks what the circle asks for, and who is too new to say much at once.

Both are shown before anybody types; here is where they are held to it.
"""

from collections.abc import Collection

from quanzi.circles import thresholds
from quanzi.circles.access import Place
from quanzi.db.engine import rows
from quanzi.errors import Barred, Invalid, Said, said
from quanzi.posts import policy, prose

# Of newcomers, within a day.
MOST_POSTS, MOST_COMMENTS = 5, 30


async def before_post(place: Place, text: str, pictures: int) -> None:
    """Raises Barred; Invalid for what they may post without a link, or without a picture."""
    thresholds.ask(place, "post")
    _with_pictures(place, pictures)
    with_links(place, text)
    if policy.is_newcomer(place):
        await _few_today(
            place,
            """select 1 from post where author_id = $1 and state <> 'removed'
                                      and created_at > now() - interval '1 day' limit $2""",
            MOST_POSTS,
            said("新用户头几天每天最多发 %(most)d 篇帖子，实名认证后不受限制。", most=MOST_POSTS),
        )


async def before_comment(place: Place, text: str) -> None:
    """Raises Barred; Invalid for what they may say without a link."""
    thresholds.ask(place, "comment")
    with_links(place, text)
    if policy.is_newcomer(place):
        await _few_today(
            place,
            """select 1 from comment where author_id = $1
                                       and created_at > now() - interval '1 day' limit $2""",
            MOST_COMMENTS,
            said(
                "新用户头几天每天最多写 %(most)d 条评论，实名认证后不受限制。", most=MOST_COMMENTS
            ),
        )


def with_links(place: Place, text: str, before: str = "") -> None:
    """Raises Invalid. `before`: what stood there already, with a link or without."""
    if not prose.has_link(text) or prose.has_link(before):
        return
    lacks = thresholds.missing(place, "link")
    if lacks is not None:
        raise Invalid(body=_in_one(said("发链接"), lacks.sentences()))
    if policy.is_newcomer(place):
        raise Invalid(body=said("新用户头几天不能发链接，实名认证后不受限制。"))


def _with_pictures(place: Place, pictures: int) -> None:
    lacks = thresholds.missing(place, "image") if pictures else None
    if lacks is not None:
        raise Invalid(images=_in_one(said("发图片"), lacks.sentences()))


def _in_one(what: Said, sentences: Collection[Said]) -> Said:
    """The first thing they lack; the others follow when that has been seen to."""
    return said("%(what)s：%(lacks)s。", what=what, lacks=next(iter(sentences)))


async def _few_today(place: Place, sql: str, most: int, sentence: Said) -> None:
    """One deed after the other: two at once would both be the last."""
    await rows("select 1 from member where id = $1 for no key update", place.member_id)
    if len(await rows(sql, place.member_id, most)) >= most:
        raise Barred(sentence, way="verification")
