"""Texts that a circle's people use again: a notice of the weekly run, with a gap for the place."""

from collections.abc import Sequence
from dataclasses import dataclass

from quanzi.circles.access import Place
from quanzi.db.engine import row, rows
from quanzi.db.transaction import transaction
from quanzi.errors import Invalid, NotAllowed, NotFound, Said, said
from quanzi.posts import drafts, policy

NAME_LONGEST, MOST = 40, 50


@dataclass(frozen=True, slots=True)
class Template:
    id: int
    name: str
    body: str
    topics: Sequence[str]


async def save(place: Place, name: str, body: str, topics: str, template_id: int = 0) -> int:
    """Its number; with one, that text is changed. Raises NotAllowed, NotFound, Invalid. What is posted
    with it is looked at when it is posted.
    """
    if not policy.can_plan(place):
        raise NotAllowed
    name, text = drafts.clean(name), drafts.clean(body)
    wrong: dict[str, Said] = dict(drafts.body_faults(text))
    if not 1 <= len(name) <= NAME_LONGEST:
        wrong["name"] = said("名称为 1–%(most)d 个字。", most=NAME_LONGEST)
    if wrong:
        raise Invalid(**wrong)
    async with transaction():
        if template_id:
            return await _change(place, template_id, name, text, drafts.topics_in("", topics))
        await rows("select 1 from circle where id = $1 for no key update", place.circle.id)
        if len(await all_of(place)) >= MOST:
            raise Invalid(name=said("一个圈子最多 %(most)d 个模板。", most=MOST))
        [made] = await rows(
            """insert into post_template (circle_id, name, body, topics, made_by)
               values ($1, $2, $3, $4, $5) returning id""",
            place.circle.id,
            name,
            text,
            list(drafts.topics_in("", topics)),
            place.member_id,
        )
        return int(made["id"])


async def remove(place: Place, template_id: int) -> None:
    """One that is gone already is as good as removed. Raises NotAllowed."""
    if not policy.can_plan(place):
        raise NotAllowed
    await rows(
        "delete from post_template where circle_id = $1 and id = $2", place.circle.id, template_id
    )


async def all_of(place: Place) -> list[Template]:
    """By name; nothing for who may not plan."""
    if not policy.can_plan(place):
        return []
    found = await rows(
        "select id, name, body, topics from post_template where circle_id = $1 order by name, id",
        place.circle.id,
    )
    return [Template(**line) for line in found]


async def one(place: Place, template_id: int) -> Template:
    """Raises NotFound."""
    found = await row(
        "select id, name, body, topics from post_template where circle_id = $1 and id = $2",
        place.circle.id,
        template_id,
    )
    if found is None or not policy.can_plan(place):
        raise NotFound
    return Template(**found)


async def _change(
    place: Place, template_id: int, name: str, text: str, topics: Sequence[str]
) -> int:
    changed = await rows(
        """update post_template set name = $3, body = $4, topics = $5
           where circle_id = $1 and id = $2 returning id""",
        place.circle.id,
        template_id,
        name,
        text,
        list(topics),
    )
    if not changed:
        raise NotFound
    return template_id
