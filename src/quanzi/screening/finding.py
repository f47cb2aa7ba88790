"""One thing that the machine found."""

from typing import NamedTuple


class Finding(NamedTuple):
    """`score`: 0 to 1, how sure; `start`, `end`: the evidence in the text as it was typed, both 0
    where it is not in the text; `rule`: what found it, like 'word:…' or 'picture:2'.
    """

    category: str
    score: float
    start: int
    end: int
    rule: str
