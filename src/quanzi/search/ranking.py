"""How well something was found, and where a page of finds ended."""

from typing import NamedTuple

# For a pair, nothing, what stands beside, and a word: D, C, B, A of PostgreSQL.
WEIGHTS = "'{0.1, 0.2, 0.4, 1.0}'"


class Ranked(NamedTuple):
    """The last find of a page, ordered by rank and then by number."""

    rank: float
    id: int
