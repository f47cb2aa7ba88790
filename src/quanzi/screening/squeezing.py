"""A text without what stands between its characters, so that 微.信 and 微 信 are one word."""

import re
from dataclasses import dataclass

from quanzi.screening.normalising import Normal

_RUN = re.compile(r"[^\W_]+")
# Between these one sentence ends and the next begins; whatever else is put there says nothing.
_ENDS = frozenset("，。！？；：\n,;!?:…")


@dataclass(frozen=True, slots=True)
class Squeezed:
    """`places`: in the normal text. `gaps`: before which characters something stood, and whether
    a sentence may have ended there."""

    text: str
    places: list[int]
    gaps: dict[int, bool]

    def within(self, start: int, stop: int) -> list[int]:
        if len(self.gaps) < stop - start:
            return [gap for gap in self.gaps if start < gap < stop]
        return [at for at in range(start + 1, stop) if at in self.gaps]


def squeezed(normal: Normal, text: str) -> Squeezed:
    """`text`: the normal one, or what it was made into character by character."""
    parts: list[str] = []
    places: list[int] = []
    gaps: dict[int, bool] = {}
    last = 0
    for run in _RUN.finditer(text):
        start, stop = run.span()
        if places:
            gaps[len(places)] = not _ENDS.isdisjoint(normal.text[last:start])
        parts.append(run[0])
        places.extend(range(start, stop))
        last = stop
    return Squeezed("".join(parts), places, gaps)
