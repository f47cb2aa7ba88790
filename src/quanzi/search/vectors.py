"""A text as a `tsvector`, written out: `'跑步':3A,9A '步圈':4`. Pass it as `$1::text::tsvector`."""

from collections import defaultdict

from quanzi.search.cutting import PAIR, terms

# PostgreSQL keeps so many positions of one word.
MOST_POSITIONS = 255


def vector(*texts: str) -> str:
    """The texts stand one after the other, far enough apart that no phrase spans two."""
    places: defaultdict[str, dict[int, str]] = defaultdict(dict)
    for term in terms("\n\n".join(texts)):
        known = places[term.text]
        # Where a pair is a word, the word counts.
        if len(known) < MOST_POSITIONS and known.get(term.position) in {None, PAIR}:
            known[term.position] = term.weight
    return " ".join(
        f"{quoted(text)}:{','.join(f'{at}{weight}' for at, weight in known.items())}"
        for text, known in places.items()
    )


def quoted(word: str) -> str:
    return "'" + word.replace("\\", "\\\\").replace("'", "''") + "'"
