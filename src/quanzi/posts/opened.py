"""How often posts are opened, counted in this process until somebody takes the figures."""

from collections import Counter

# Whoever asks chooses what is counted: of more than so many at once some go uncounted.
MOST = 10_000

_opened: Counter[tuple[int, int]] = Counter()


def count(circle_id: int, post_id: int) -> None:
    if (circle_id, post_id) in _opened or len(_opened) < MOST:
        _opened[circle_id, post_id] += 1


def taken() -> dict[tuple[int, int], int]:
    """By circle and post, since they were taken last."""
    found = dict(_opened)
    _opened.clear()
    return found
