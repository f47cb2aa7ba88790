"""What an edited book would find that the one before does not, and the other way round."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from quanzi.errors import Invalid, said
from quanzi.screening.book import Book
from quanzi.screening.samples import HARMLESS, Sample, held

# A new book finds no less of the bad samples, and holds no more of the harmless ones than this, or
# than the one before.
FALSE_HOLDS = 0.01


@dataclass(frozen=True, slots=True)
class Tried:
    """`found`, `lost`: texts held now and not before, and before and not now.

    `recall`: of the bad samples that are held; `false_holds`: of the harmless ones.
    """

    found: tuple[str, ...]
    lost: tuple[str, ...]
    recall: float
    false_holds: float
    recall_before: float
    false_holds_before: float

    @property
    def worse(self) -> bool:
        bound = max(FALSE_HOLDS, self.false_holds_before)
        return self.recall < self.recall_before or self.false_holds > bound


def tried(before: Book, book: Book, samples: Sequence[Sample], texts: Iterable[str] = ()) -> Tried:
    """`texts`: others that somebody wants to see, of which nobody says what they are."""
    every = [*samples, *(Sample("", "", text) for text in texts)]
    then = [held(sample.text, before) for sample in every]
    now = [held(sample.text, book) for sample in every]
    changes = list(zip(every, then, now, strict=True))
    return Tried(
        found=tuple(sample.text for sample, was, is_now in changes if is_now and not was),
        lost=tuple(sample.text for sample, was, is_now in changes if was and not is_now),
        recall=_share(samples, now, bad=True),
        false_holds=_share(samples, now, bad=False),
        recall_before=_share(samples, then, bad=True),
        false_holds_before=_share(samples, then, bad=False),
    )


def refuse_worse(before: Book, book: Book, samples: Sequence[Sample]) -> None:
    result = tried(before, book, samples)
    if result.worse:
        raise Invalid(
            words=said(
                "试用样本后变差了：违规样本识别 %(now)s%%（之前 %(before)s%%），"
                "正常样本误拦 %(false)s%%。请再看看，或确认仍要启用。",
                now=f"{result.recall * 100:.1f}",
                before=f"{result.recall_before * 100:.1f}",
                false=f"{result.false_holds * 100:.1f}",
            )
        )


def _share(samples: Sequence[Sample], verdicts: Sequence[bool], *, bad: bool) -> float:
    some = [
        verdict
        for sample, verdict in zip(samples, verdicts, strict=False)
        if (sample.label != HARMLESS) == bad
    ]
    return sum(some) / len(some) if some else 0.0
