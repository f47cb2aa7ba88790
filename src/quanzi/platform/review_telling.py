"""Review cases, as reviewers' programs are told of them: what the reviewer's page shows."""

from collections.abc import Sequence

from quanzi.circles.access import Place
from quanzi.moderation import cases, decisions, policy
from quanzi.moderation.cases import Case
from quanzi.moderation.decisions import Decided
from quanzi.platform import review_shapes as shapes
from quanzi.platform.shapes import Person
from quanzi.posts import pictures


def head(origin: str, found: Case) -> shapes.CaseHead:
    same = ("id", "kind", "post_id", "comment_id", "service_id", "source", "category", "reports", "state",
            "excerpt", "opened_at", "due_at", "late")  # fmt: skip
    return shapes.CaseHead(
        author=Person(handle=found.handle, name=found.author),
        claimed_by=found.claimer,
        url=f"{origin}/c/{found.slug}/manage/review/{found.id}",
        **{name: getattr(found, name) for name in same},
    )


async def case(origin: str, place: Place, found: Case) -> shapes.Case:
    shown = head(origin, found)
    hung = [] if found.comment_id else await pictures.described(found.circle_id, found.post_id)
    decided = await decisions.of_case(found.circle_id, found.id)
    before = await decisions.against(found.author_id, place.circle.id)
    told_who = policy.can_see_reporters(place, found)
    return shapes.Case(
        **{name: getattr(shown, name) for name in shown.__struct_fields__},
        body=found.body,
        thing_state=found.thing_state,
        mine=found.claimed_by == place.member_id,
        pictures=[
            shapes.CasePicture(url=f"{origin}/c/{found.slug}/i/{name}/l.webp", alt=alt)
            for name, alt in hung
        ],
        findings=[
            shapes.CaseFinding(
                category=each.category,
                rule=each.rule,
                score=each.score,
                start=each.start,
                end=each.end,
            )
            for each in await cases.findings(found)
        ],
        reported=[
            shapes.CaseReport(
                category=each["category"],
                note=each["note"],
                by=Person(handle=each["handle"], name=each["name"]) if told_who else None,
                at=each["at"],
            )
            for each in await cases.reports(found)
        ],
        decisions=_decided(decided),
        before=_decided(before),
    )


def _decided(found: Sequence[Decided]) -> list[shapes.CaseDecision]:
    names = ("id", "category", "action", "measure", "until", "reason", "excerpt", "state", "at")
    return [
        shapes.CaseDecision(circle=each.slug, **{name: getattr(each, name) for name in names})
        for each in found
    ]
