"""A collection of the demo, as it is written down in `shelves.py`."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Placed:
    """`post`: how it begins. `map`: the name of a drawing."""

    post: str
    title: str = ""
    note: str = ""
    km: float = 0
    start: str = ""
    link: str = ""
    map: str = ""


@dataclass(frozen=True, slots=True)
class Shelf:
    """`by`: the editor's handle; `cover`: the name of a drawing; `sections`: title, and what is in it.

    `wished`: who suggests which post, and why.
    """

    by: str
    title: str
    intro: str
    cover: str
    sections: tuple[tuple[str, tuple[Placed, ...]], ...]
    wished: tuple[tuple[str, str, str], ...] = ()

    @property
    def placed(self) -> list[Placed]:
        return [each for _, section in self.sections for each in section]
