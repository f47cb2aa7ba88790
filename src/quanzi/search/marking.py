"""Showing where it was found: a piece of the text around the first find, with all finds marked."""

from collections.abc import Iterator, Sequence

from markupsafe import Markup

from quanzi.search.cutting import SHORTEST_BEGINNING, is_han, runs
from quanzi.search.folding import folded_with_places

AROUND = 100
BEFORE = 24


def snippet(text: str, words: Sequence[str], most: int = AROUND) -> Markup:
    finds = found_in(text, words)
    begin = max(0, finds[0][0] - BEFORE) if finds and finds[0][0] > most - BEFORE else 0
    end = min(len(text), begin + most)
    inside = [(start, stop) for start, stop in finds if start >= begin and stop <= end]
    marked = mark(text[begin:end], [(start - begin, stop - begin) for start, stop in inside])
    head, tail = "…" if begin else "", "…" if end < len(text) else ""
    return Markup("{}{}{}").format(head, marked, tail)


def mark(text: str, finds: Sequence[tuple[int, int]]) -> Markup:
    out, last = Markup(""), 0
    for start, stop in finds:
        out += Markup("{}<mark>{}</mark>").format(text[last:start], text[start:stop])
        last = stop
    return out + Markup("{}").format(text[last:])


def found_in(text: str, words: Sequence[str]) -> list[tuple[int, int]]:
    """Where they stand in the text as it was written, from left to right, none in another."""
    plain, places = folded_with_places(text)
    finds = [
        (places[at], places[at + len(word) - 1] + 1)
        for start, run in runs(plain)
        for word in words
        for at in _in_run(start, run, word)
    ]
    apart: list[tuple[int, int]] = []
    for start, stop in sorted(finds):
        if apart and start < apart[-1][1]:
            apart[-1] = (apart[-1][0], max(stop, apart[-1][1]))
        else:
            apart.append((start, stop))
    return apart


def _in_run(start: int, run: str, word: str) -> Iterator[int]:
    """Among Han characters anywhere; of other words what stands at the beginning was found."""
    if not is_han(run):
        if run == word or (len(word) >= SHORTEST_BEGINNING and run.startswith(word)):
            yield start
        return
    at = run.find(word)
    while at >= 0:
        yield start + at
        at = run.find(word, at + len(word))
