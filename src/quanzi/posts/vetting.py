"""Having a text looked at before anybody sees it: what the author is told, and what is kept of it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from quanzi.circles import policy as circles
from quanzi.circles.access import Place
from quanzi.errors import Invalid, Said, said
from quanzi.media import Picture
from quanzi.posts import policy
from quanzi.screening import pictures, verdicts
from quanzi.screening.categories import CATEGORIES
from quanzi.screening.verdicts import Piece, Verdict

# Who has shown nothing yet, or shown bad things, is believed less.
LITTLE_CREDIT, HARDER = 500, 10
# Who speaks for the partner may say where to find it, and praise what it offers.
OF_THE_PARTNER = frozenset({"advertising", "privacy"})
EVIDENCE = 40


@dataclass(frozen=True, slots=True)
class Vetted:
    """`text`, `topics`, `alts`: as they may be shown. `likenesses`: of its pictures, None of what
    nothing has looked at.
    """

    text: str
    topics: tuple[str, ...]
    piece: Piece
    verdict: Verdict
    likenesses: tuple[int | None, ...]
    alts: tuple[str, ...] = ()

    @property
    def waits(self) -> bool:
        return None in self.likenesses

    @property
    def held(self) -> bool:
        return self.verdict.action == "hold"

    @property
    def limited(self) -> bool:
        return self.verdict.action == "limit"


async def vet(
    place: Place,
    text: str,
    *,
    kind: str,
    shown: Sequence[Picture] = (),
    topics: Sequence[str] = (),
    alts: Sequence[str] = (),
) -> Vetted:
    """Before the transaction: it takes its time. Raises Invalid for what nobody is to see."""
    seen = await pictures.look([picture.name for picture in shown])
    beside = "".join(f"\n#{name}#" for name in topics if f"#{name}#" not in text)
    piece = Piece(
        kind,
        place.circle.id,
        place.member_id or 0,
        text,
        harder(place),
        spared(place),
        again=kind == "edit",
        beside=beside + "".join(f"\n{alt}" for alt in alts),
    )
    verdict = await verdicts.judge(piece, seen)
    if verdict.action == "refuse":
        await verdicts.keep(verdict, piece)
        raise Invalid(**_sentence(verdict, text, len(text + beside)))
    likenesses = tuple(each.hash if each else None for each in seen)
    # A star stands for a letter: what is masked is as long as it was.
    whole = verdicts.shown(verdict, text + piece.beside)
    left = tuple(name for name in topics if f"#{name}#" in whole)
    said_of = _pieces(whole[len(text + beside) :], alts)
    return Vetted(whole[: len(text)], left, piece, verdict, likenesses, said_of)


def _pieces(whole: str, alts: Sequence[str]) -> tuple[str, ...]:
    """Each as long as it was, with a sign before it."""
    found, at = [], 0
    for alt in alts:
        found.append(whole[at + 1 : at + 1 + len(alt)])
        at += 1 + len(alt)
    return tuple(found)


async def keep(vetted: Vetted, post_id: int, comment_id: int = 0, *, kind: str = "edit") -> None:
    """What was found, with the thing it was found in. In the transaction that writes the thing."""
    piece = replace(vetted.piece, kind=kind, text=vetted.text)
    # Of an edit even that nothing was found: else what was found before would be laid over new words.
    await verdicts.keep(vetted.verdict, piece, post_id, comment_id, always=piece.again)


def harder(place: Place) -> int:
    """By how many points the policy is stricter with them."""
    return HARDER if policy.is_newcomer(place) or place.credit < LITTLE_CREDIT else 0


def spared(place: Place) -> frozenset[str]:
    """What is no fault in what they say."""
    return OF_THE_PARTNER if circles.can_edit(place) else frozenset()


def _sentence(verdict: Verdict, text: str, alts_at: int) -> dict[str, Said]:
    """By the field it is about, with the words it is about. `alts_at`: where those of pictures begin."""
    worst = verdict.worst
    category = CATEGORIES[verdict.category]
    if worst is None or worst.end <= worst.start:
        return {"images": said("有图片疑似“%(category)s”，不能发布。", category=category)}
    if worst.end > alts_at:
        return {"alt": said("有图片说明疑似“%(category)s”，不能发布。", category=category)}
    if worst.end > len(text):
        return {"topics": said("有话题疑似“%(category)s”，不能发布。", category=category)}
    return {
        "body": said(
            "这里疑似“%(category)s”，不能发布：%(evidence)s",
            category=category,
            evidence=text[worst.start : worst.end][:EVIDENCE],
        )
    }
