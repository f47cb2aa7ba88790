"""A text as a `tsvector`, written out: `'跑步':3A,9A '步圈':4`. Pass it as `$1::text::tsvector`."""

from collections import defaultdict
from collections.abc import Sequence

from quanzi.search.cutting import BESIDE, PAIR, WORD, terms
from quanzi.search.folding import folded

# PostgreSQL keeps so many positions of one word.
MOST_POSITIONS = 255


def vector(*texts: str, beside: Sequence[str] = ()) -> str:
    """The texts stand one after the other, far enough apart that no phrase spans two.

    What stands beside them is found, too, but counts for less, however often it says a word.
    """
    places: defaultdict[str, dict[int, str]] = defaultdict(dict)
    first = len(folded("\n\n".join(texts)))
    for term in terms("\n\n".join((*texts, *beside))):
        known = places[term.text]
        less = term.weight == WORD and term.position > first
        # Where a pair is a word, the word counts.
        if len(known) < MOST_POSITIONS and known.get(term.position) in {None, PAIR}:
            known[term.position] = BESIDE if less else term.weight
    return " ".join(
        f"{quoted(text)}:{','.join(f'{at}{weight}' for at, weight in known.items())}"
        for text, known in places.items()
    )


def quoted(word: str) -> str:
    return "'" + word.replace("\\", "\\\\").replace("'", "''") + "'"
