"""Deciding a case: about the thing, about its author, and what both hear of it.

The audit log and the circle's log come last, in this order, since each is held to the commit.
"""

import json
from collections.abc import Collection

from quanzi.activity.concerning import concern
from quanzi.audit import writing as audit
from quanzi.circles.access import Place
from quanzi.credit import ledger
from quanzi.credit.ledger import Cause
from quanzi.curation import board
from quanzi.db.engine import rows
from quanzi.db.transaction import transaction
from quanzi.errors import Conflict, Invalid, NotAllowed, Outdated, said
from quanzi.moderation import acting, cases, claiming, measuring, opening, policy
from quanzi.moderation.cases import Case
from quanzi.moderation.ruling import Ruling
from quanzi.posts import comments, reading
from quanzi.posts.comments import Comment
from quanzi.posts.reading import Post

EXCERPT = 80


async def decide(place: Place, case_id: int, ruling: Ruling, seen: str) -> int:
    """The decision's id. `seen`: what the reviewer has read (`Case.seen`).

    Raises NotFound; NotAllowed; Conflict for who does not hold the case, since two reviewers never
    decide the same; Outdated when its author has changed the words meanwhile.
    """
    async with transaction():
        case = await cases.standing_still(place, case_id)
        await _check(place, case, ruling)
        if case.claimed_by != place.member_id:
            raise Conflict(said("请先领取这件事，再做决定。"))
        if case.seen != seen:
            raise Outdated(said("作者刚改过内容，请再看一遍。"))
        return await _decided(place, case, ruling)


async def at_once(place: Place, post_id: int, comment_id: int, ruling: Ruling) -> int:
    """Staff who come by: a case is opened and decided in one. Raises NotFound, NotAllowed, Conflict."""
    if not policy.can_review(place):
        raise NotAllowed
    async with transaction():
        await board.lock(place.circle.id)
        thing = await subject(place, post_id, comment_id)
        case_id = await opening.open_case(
            place.circle.id,
            "comment" if comment_id else "post",
            post_id,
            comment_id,
            author_id=thing.author_id,
            source="staff",
            category=ruling.category,
        )
        case = await cases.standing_still(place, case_id)
        await _check(place, case, ruling)
        claiming.ask_free(place, case)
        return await _decided(place, case, ruling)


async def subject(place: Place, post_id: int, comment_id: int) -> Post | Comment:
    """What it is about. Raises NotFound, for a comment also when its post has gone."""
    post = await reading.one(place, post_id)
    return await comments.one(place, post_id, comment_id) if comment_id else post


async def _check(place: Place, case: Case, ruling: Ruling) -> None:
    await claiming.ask(place, case)
    if case.state != "open":
        raise Conflict(said("这件事已经有人处理了。"))
    if case.thing_state == "removed" and ruling.action != "keep":
        raise Conflict(said("内容已经不在了。"))
    if ruling.action == "mask" and not await acting.has_something_to_mask(case):
        raise Invalid(action=said("机器没有标出可以打码的地方。"))


async def _decided(place: Place, case: Case, ruling: Ruling) -> int:
    """Everything that others wait for is taken before the log of deeds is."""
    decision_id = await _write(place, case, ruling)
    await rows(
        """update review_case set state = $3, claimed_by = null, claimed_until = null,
                  decided_at = case when $3 = 'decided' then now() end
           where circle_id = $1 and id = $2""",
        case.circle_id,
        case.id,
        "second" if ruling.wants_a_second else "decided",
    )
    await measuring.begin(place, case, ruling)
    reporters = await _reporters(case)
    await ledger.lock({case.author_id, *reporters})
    await _credit(case, ruling, decision_id, reporters)
    await _answer(case, ruling, reporters)
    await _tell_author(case, ruling, decision_id)
    await opening.ring(case.circle_id)
    await audit.write(
        "case.decided",
        actor_id=place.member_id,
        circle_id=case.circle_id,
        about=f"{case.kind}:{case.circle_id}:{case.service_id or case.comment_id or case.post_id}",
        member_id=case.author_id,
        detail={
            "decision": decision_id,
            "category": ruling.category,
            "action": ruling.action,
            "measure": ruling.measure,
            "until": ruling.until.isoformat() if ruling.until else None,
            "reason": ruling.reason,
        },
    )
    await acting.carry_out(place, case, ruling)
    return decision_id


async def _write(place: Place, case: Case, ruling: Ruling) -> int:
    made = await rows(
        """insert into decision (circle_id, case_id, kind, post_id, comment_id, author_id, decided_by,
                                 category, action, measure, until, credit, reason, second, excerpt,
                                 service_id)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
           returning id""",
        case.circle_id,
        case.id,
        case.kind,
        case.post_id,
        case.comment_id,
        case.author_id,
        place.member_id,
        ruling.category,
        ruling.action,
        ruling.measure,
        ruling.until,
        ruling.credit,
        ruling.reason,
        "wanted" if ruling.wants_a_second else "",
        " ".join(case.body.split())[:EXCERPT],
        case.service_id,
    )
    return int(made[0]["id"])


async def _credit(case: Case, ruling: Ruling, decision_id: int, reporters: Collection[int]) -> None:
    """In the order of the members, as whoever else enters many. A ban that waits for a second look
    costs nothing until it has been confirmed.
    """
    if ruling.action == "keep":
        return
    cause = Cause("decision", case.circle_id, decision_id)
    entries = [
        (reporter, "helped", Cause("report", case.circle_id, case.id)) for reporter in reporters
    ]
    if ruling.credit:
        entries.append((case.author_id, "decision", cause))
    if ruling.credit and ruling.measure in {"mute", "site_mute"}:
        entries.append((case.author_id, "banned", cause))
    for member_id, rule, why in sorted(entries, key=lambda each: each[0]):
        detail = ruling.category if rule == "decision" else ""
        await ledger.enter(member_id, rule, why, detail=detail)


async def _reporters(case: Case) -> list[int]:
    found = await rows(
        "select reporter_id from report where circle_id = $1 and case_id = $2",
        case.circle_id,
        case.id,
    )
    return [line["reporter_id"] for line in found]


async def _answer(case: Case, ruling: Ruling, reporters: Collection[int]) -> None:
    kind = "report.dismissed" if ruling.action == "keep" else "report.confirmed"
    for member_id in reporters:
        await concern(member_id, kind, actor_id=None, circle_id=case.circle_id)


async def _tell_author(case: Case, ruling: Ruling, decision_id: int) -> None:
    """Of what nobody but a reporter saw a fault in, its author hears nothing when it stays."""
    kept = ruling.action == "keep" and not ruling.measure
    if kept and case.source != "screening":
        return
    await concern(
        case.author_id,
        "decision.kept" if kept else "decision.made",
        actor_id=None,
        circle_id=case.circle_id,
        note=json.dumps({"decision": decision_id}),
    )
