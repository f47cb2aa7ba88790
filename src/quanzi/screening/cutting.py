"""How a dictionary cuts a text into words; asked only where something was found."""

from functools import cached_property

import rjieba


class Cut:
    def __init__(self, text: str) -> None:
        self._text = text

    def runs_across(self, start: int, stop: int) -> int:
        """Over how many of its two ends a word reaches, that has another part within."""
        first, last = self._begins[start], self._begins[stop - 1]
        before = first < start and last != first
        behind = last > start and stop < len(self._begins) and self._begins[stop] == last
        return before + behind

    def is_a_word(self, start: int, stop: int) -> bool:
        """All of it is one word, or part of one."""
        return self._begins[start] == self._begins[stop - 1]

    @cached_property
    def _begins(self) -> list[int]:
        """For each character, where its word begins."""
        begins: list[int] = []
        for token in rjieba.cut(self._text, hmm=False):
            begins += [len(begins)] * len(token)
        return begins
