"""What happens at which score, by category: plain data, and the arithmetic on it. No I/O.

Scores are whole numbers from 0 to 100. A line says from which score on something happens; NEVER is
beyond them all. What happens to a thing is the hardest of what its findings ask for.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from quanzi.errors import Invalid, Said, said
from quanzi.screening.categories import CATEGORIES
from quanzi.screening.finding import Finding

# The milder first.
ACTIONS: dict[str, Said] = {
    "publish": said("直接发布"),
    "mask": said("打码后发布"),
    "limit": said("只在圈内可见"),
    "hold": said("先审后发"),
    "refuse": said("拒绝发布"),
}
STEPS = ("mask", "limit", "hold", "refuse")
NEVER = 101


@dataclass(frozen=True, slots=True)
class Line:
    """From which score on it is masked, limited, held, refused."""

    mask: int = NEVER
    limit: int = NEVER
    hold: int = NEVER
    refuse: int = NEVER

    def action(self, score: int) -> str:
        """The hardest step that the score reaches."""
        reached = [step for step in STEPS if score >= getattr(self, step)]
        return reached[-1] if reached else "publish"


Policy = Mapping[str, Line]

# Before anybody has edited anything. Nothing is refused on the word of one weak sign.
FIRST: Policy = {
    "sexual": Line(limit=40, hold=50, refuse=90),
    "gambling": Line(limit=40, hold=50, refuse=90),
    "fraud": Line(limit=40, hold=50, refuse=95),
    "violence": Line(hold=50, refuse=95),
    "contraband": Line(limit=40, hold=50, refuse=90),
    "abuse": Line(limit=40, hold=50, refuse=NEVER),
    "advertising": Line(limit=40, hold=50, refuse=95),
    "privacy": Line(mask=50, hold=90, refuse=NEVER),
    "other": Line(hold=50, refuse=NEVER),
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """`category` and `score`: of the finding that decided, or of the strongest when none did."""

    action: str
    category: str
    score: int


def outcome(policy: Policy, findings: Iterable[Finding], *, harder: int = 0) -> Outcome:
    """`harder`: so many points sooner, for who is new or has little credit."""
    best = Outcome("publish", "", 0)
    for finding in findings:
        score = round(finding.score * 100)
        action = policy.get(finding.category, Line()).action(
            min(100, score + harder) if score else 0
        )
        # To mask needs a place in the text.
        if action == "mask" and finding.end <= finding.start:
            action = "hold"
        rank = (tuple(ACTIONS).index(action), score)
        if rank > (tuple(ACTIONS).index(best.action), best.score):
            best = Outcome(action, finding.category, score)
    return best


def masked(text: str, policy: Policy, findings: Iterable[Finding], *, harder: int = 0) -> str:
    """With a star over each digit of what the policy wants masked; over all of it, where it was
    written without digits.
    """
    letters = list(text)
    for finding in findings:
        if outcome(policy, [finding], harder=harder).action != "mask":
            continue
        span = range(finding.start, finding.end)
        for at in [each for each in span if text[each].isdigit()] or span:
            letters[at] = "*"
    return "".join(letters)


def stricter(floor: Policy, wished: Policy) -> dict[str, Line]:
    """The floor, and what is wished beyond it."""
    return {
        category: Line(
            **{
                step: min(getattr(line, step), getattr(wished.get(category, Line()), step))
                for step in STEPS
            }
        )
        for category, line in floor.items()
    }


def check(policy: Policy) -> None:
    """Raises Invalid under names like `fraud-hold`."""
    wrong: dict[str, Said] = {}
    for category, line in policy.items():
        for step in STEPS:
            if not 1 <= getattr(line, step) <= NEVER:
                wrong[f"{category}-{step}"] = said("请填 1 到 100 之间的数，空着表示不用。")
    if wrong:
        raise Invalid(**wrong)


def read(kept: Mapping[str, Mapping[str, Any]]) -> dict[str, Line]:
    return {name: replace(Line(), **kept[name]) for name in CATEGORIES if name in kept}


def written(policy: Policy) -> dict[str, dict[str, int]]:
    """As the database keeps it: without what is never."""
    return {
        name: {step: score for step, score in asdict(line).items() if score != NEVER}
        for name, line in policy.items()
    }


def as_findings(kept: Sequence[Sequence[Any]]) -> list[Finding]:
    return [Finding(*each) for each in kept]
