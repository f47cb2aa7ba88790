"""The scale of the credit score, and what its stretches are called."""

from dataclasses import dataclass

from quanzi.errors import Said, said

# Who has neither earned nor lost anything has START.
FLOOR, START, CEILING = 350, 550, 950


@dataclass(frozen=True, slots=True)
class Band:
    """`lowest`: the first score that belongs to it."""

    slug: str
    lowest: int
    name: Said


# The lowest first.
BANDS = (
    Band("poor", FLOOR, said("较差")),
    Band("fair", 500, said("一般")),
    Band("good", 600, said("良好")),
    Band("great", 700, said("优秀")),
    Band("best", 800, said("极好")),
)


def held(total: int) -> int:
    """The score for a sum of entries, as the database has it, too."""
    return max(FLOOR, min(CEILING, START + total))


def band_of(score: int) -> Band:
    return next(band for band in reversed(BANDS) if score >= band.lowest)
