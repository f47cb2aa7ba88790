"""What was found, where, and by which rule."""

from dataclasses import dataclass

# From here on a text waits for somebody to look at it.
ENOUGH = 0.5


@dataclass(frozen=True, slots=True)
class Finding:
    """`start`, `end`: in the text as it was written. `rule`: how it was found, for people."""

    category: str
    score: float
    start: int
    end: int
    rule: str
