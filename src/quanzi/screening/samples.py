"""Texts of which we know what they are, to try a book on. Half of them nobody looks at while tuning."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from pathlib import Path

from quanzi.screening.book import Book
from quanzi.screening.finding import ENOUGH
from quanzi.screening.reading import read

FILE = Path(__file__).parent / "samples.tsv"
HARMLESS = "ok"


@dataclass(frozen=True, slots=True)
class Sample:
    """`label`: a category, or `ok`. `kind`: plain, evaded or harmless."""

    label: str
    kind: str
    text: str

    @property
    def held_out(self) -> bool:
        return blake2b(self.text.encode(), digest_size=1).digest()[0] % 2 == 1


@cache
def bundled() -> tuple[Sample, ...]:
    lines = FILE.read_text(encoding="utf-8").split("\n")
    return tuple(
        Sample(*line.split("\t", 2)) for line in lines if line and not line.startswith("#")
    )


def held(text: str, book: Book) -> bool:
    return any(found.score >= ENOUGH for found in read(text, book))


def share_held(samples: Iterable[Sample], book: Book) -> float:
    verdicts = [held(sample.text, book) for sample in samples]
    return sum(verdicts) / len(verdicts) if verdicts else 0.0
