"""What the machine says of a piece of writing with its pictures, and what follows from that."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace

from quanzi.db.engine import rows
from quanzi.screening import lists, pictures, policies, policy, prints
from quanzi.screening.finding import Finding
from quanzi.screening.looking import Seen
from quanzi.screening.policy import Policy
from quanzi.screening.reading import read


@dataclass(frozen=True, slots=True)
class Piece:
    """`kind`: 'post', 'comment', 'edit', or 'page' for what stands elsewhere. `harder`: so many points
    sooner, since its author is trusted less. `spared`: categories that are no fault in it. `again`: other words for what
    was said before, which is no copy of it. `beside`: what is shown beside the text, topics say.
    """

    kind: str
    circle_id: int
    author_id: int
    text: str
    harder: int = 0
    spared: frozenset[str] = frozenset()
    again: bool = False
    beside: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """`action`: the hardest that the findings ask for. `category`, `score`: of the one that decided."""

    action: str
    category: str
    score: int
    harder: int
    findings: tuple[Finding, ...]
    policy: Policy
    lists_version: int
    policy_version: int

    @property
    def worst(self) -> Finding | None:
        """The finding that decided."""
        of_it = [each for each in self.findings if each.category == self.category]
        return max(of_it, key=lambda each: each.score, default=None)


async def judge(piece: Piece, seen: Sequence[Seen | None] = ()) -> Verdict:
    book = await lists.current()
    often = None
    if not piece.again:
        often = prints.said_often(piece.text, await prints.alike(piece.text, piece.author_id))
    found = [
        *read(piece.text + piece.beside, book),
        *(await pictures.findings(seen)),
        *([often] if often else []),
    ]
    found = [each for each in found if each.category not in piece.spared]
    in_force = await policies.of_circle(piece.circle_id)
    outcome = policy.outcome(in_force.policy, found, harder=piece.harder)
    return Verdict(
        outcome.action,
        outcome.category,
        outcome.score,
        piece.harder,
        tuple(found),
        in_force.policy,
        book.version,
        in_force.version,
    )


def shown(verdict: Verdict, text: str) -> str:
    """As others may read it: with stars over what the policy wants masked."""
    return policy.masked(text, verdict.policy, verdict.findings, harder=verdict.harder)


async def keep(
    verdict: Verdict, piece: Piece, post_id: int = 0, comment_id: int = 0, *, always: bool = False
) -> None:
    """In the transaction of the thing itself. Of a harmless text only its print is kept."""
    if verdict.action != "refuse" and not piece.again:
        await prints.keep(piece.text, piece.author_id)
    if not verdict.findings and not always:
        return
    await rows(
        """insert into screening_verdict (kind, circle_id, post_id, comment_id, author_id, action,
                                          category, score, harder, findings, lists_version,
                                          policy_version)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)""",
        piece.kind,
        piece.circle_id,
        post_id,
        comment_id,
        piece.author_id,
        verdict.action,
        verdict.category,
        verdict.score,
        verdict.harder,
        json.dumps([_kept(each, len(piece.text)) for each in verdict.findings]),
        verdict.lists_version,
        verdict.policy_version,
    )


async def hold(verdict: Verdict, piece: Piece, post_id: int) -> None:
    """For people to look at, whatever the machine would have done or could not do."""
    await keep(replace(verdict, action="hold"), piece, post_id, always=True)


def _kept(finding: Finding, length: int) -> list[object]:
    """The rule without the words it found: those stand in the text, for as long as it stands. What
    was found beside the text has no place in it.
    """
    start, end = (finding.start, finding.end) if finding.end <= length else (0, 0)
    return [finding.category, finding.score, start, end, finding.rule]
