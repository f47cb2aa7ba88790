"""The tags that a circle has: making one, changing what it is called and its rule, taking it away."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from quanzi.activity import once
from quanzi.circles.access import Place
from quanzi.db.engine import row, rows
from quanzi.db.transaction import transaction
from quanzi.errors import Conflict, Invalid, NotAllowed, NotFound, Outdated, said
from quanzi.fans import conditions as asking
from quanzi.fans import naming, policy, using
from quanzi.fans.conditions import Conditions

MOST = 60
CHANGED = said("刚刚有人改过这个标签，请看看再保存。")
OF_RULES = said("按规则打的标签不能再用在规则里。")
NOTHING_ASKED = said("请至少选一个条件。")


@dataclass(frozen=True, slots=True)
class Tag:
    """`rule`: None for one that is put on by hand. `running`: its rule is being gone through."""

    id: int
    name: str
    rule: Conditions | None
    version: int
    running: bool


COLUMNS = "t.id, t.name, t.rule::text as rule, t.version, t.due_at <= now() as running"


async def listed(circle_id: int) -> list[Tag]:
    found = await rows(
        f"select {COLUMNS} from fan_tag t where t.circle_id = $1 order by t.name, t.id limit {MOST}",
        circle_id,
    )
    return [_made(line) for line in found]


async def one(circle_id: int, tag_id: int) -> Tag:
    """Raises NotFound."""
    found = await row(
        f"select {COLUMNS} from fan_tag t where t.circle_id = $1 and t.id = $2", circle_id, tag_id
    )
    if found is None:
        raise NotFound
    return _made(found)


async def carried(circle_id: int) -> Mapping[int, int]:
    """On how many fans each tag is; one that is on nobody is not in it."""
    found = await rows(
        "select tag_id, count(*) as n from fan_tagged where circle_id = $1 group by tag_id",
        circle_id,
    )
    return {line["tag_id"]: line["n"] for line in found}


async def make(place: Place, name: str, rule: Conditions | None, *, key: uuid.UUID) -> int:
    """Its id. Raises NotAllowed, Invalid; Conflict when there are too many."""
    if not policy.can_manage(place) or place.member_id is None:
        raise NotAllowed
    circle_id = place.circle.id
    name = await naming.checked(name)
    await _check_rule(circle_id, rule)
    async with transaction():
        before = await once.first_time(place.member_id, key, "fan_tag", circle_id, name)
        if before is not None:
            return int(before)
        await naming.lock(circle_id)
        if len(await listed(circle_id)) >= MOST:
            raise Conflict(said("一个圈子最多 %(most)d 个标签，请先删去不用的。", most=MOST))
        made = await rows(
            """insert into fan_tag (circle_id, name, rule, due_at)
               values ($1, $2, $3::jsonb, case when $3 is null then null else now() end)
               on conflict (circle_id, name) do nothing returning id""",
            circle_id,
            name,
            asking.kept(rule) if rule else None,
        )
        if not made:
            raise Invalid(name=naming.TAKEN)
        await once.answered(place.member_id, key, str(made[0]["id"]))
    return int(made[0]["id"])


async def change(
    place: Place, tag_id: int, name: str, rule: Conditions | None, *, version: int
) -> None:
    """With a new rule it is gone through at once. One without stays on whom it is on.

    Raises NotFound, NotAllowed, Invalid; Outdated when `version` is not the present one.
    """
    if not policy.can_manage(place):
        raise NotAllowed
    circle_id = place.circle.id
    name = await naming.checked(name)
    await _check_rule(circle_id, rule, of_tag=tag_id)
    async with transaction():
        await naming.lock(circle_id)
        tag = await one(circle_id, tag_id)
        if tag.version != version:
            raise Outdated(CHANGED)
        if name in {each.name for each in await listed(circle_id) if each.id != tag_id}:
            raise Invalid(name=naming.TAKEN)
        await rows(
            """update fan_tag set name = $3, rule = $4::jsonb, version = version + 1, reached = 0,
                      due_at = case when $4 is null then null else now() end
               where circle_id = $1 and id = $2""",
            circle_id,
            tag_id,
            name,
            asking.kept(rule) if rule else None,
        )


async def remove(place: Place, tag_id: int) -> None:
    """From everybody. Raises NotFound, NotAllowed; Conflict while a segment or a rule asks for it."""
    if not policy.can_manage(place):
        raise NotAllowed
    circle_id = place.circle.id
    async with transaction():
        await naming.lock(circle_id)
        await one(circle_id, tag_id)
        users = await using.of_tag(circle_id, tag_id)
        if users:
            raise Conflict(
                said("这个标签还用在：%(users)s。请先改掉它们。", users="、".join(users))
            )
        await rows("delete from fan_tag where circle_id = $1 and id = $2", circle_id, tag_id)


async def _check_rule(circle_id: int, rule: Conditions | None, *, of_tag: int = 0) -> None:
    """A rule asks for no tag that a rule puts on: two of them could turn each other on and off."""
    if rule is None:
        return
    if rule == Conditions():
        raise Invalid(rule=NOTHING_ASKED)
    by_rule = {each.id for each in await listed(circle_id) if each.rule is not None}
    asked_for = of_tag and of_tag in {
        tag_id for each in await using.rules(circle_id) for tag_id in each.tags
    }
    if rule.tags & {*by_rule, of_tag} or asked_for:
        raise Invalid(rule=OF_RULES)


def _made(line: Any) -> Tag:
    rule = asking.of_json(line["rule"]) if line["rule"] is not None else None
    return Tag(line["id"], line["name"], rule, line["version"], bool(line["running"]))
