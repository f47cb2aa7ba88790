"""Letters, drawn: the same words as plain text and as HTML, in the reader's language."""

from collections.abc import Sequence
from dataclasses import dataclass

from quanzi.errors import Said
from quanzi.mail.letters import Written
from quanzi.settings import settings
from quanzi.web import i18n
from quanzi.web.templates import render

# Where links lead on a machine whose operator has not said what its address is.
ON_A_LAPTOP = "http://127.0.0.1:8000"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a list: what happened, and words of what it is about."""

    words: str
    path: str = ""
    detail: str = ""


def base() -> str:
    return settings().url or ON_A_LAPTOP


def drawn(
    language: str,
    subject: Said,
    paragraphs: Sequence[Said],
    *,
    name: str,
    lines: Sequence[Line] = (),
    button: tuple[Said, str] | None = None,
    unsubscribe: str = "",
) -> Written:
    """`button`: its words and the path it leads to. `unsubscribe`: a path, for what can be ended."""
    heading = i18n.spoken(subject, language)
    context = {
        "subject": heading,
        "paragraphs": [i18n.spoken(each, language) for each in paragraphs],
        "name": name,
        "lines": lines,
        "button": (i18n.spoken(button[0], language), button[1]) if button else None,
        "unsubscribe": unsubscribe,
        "base": base(),
    }
    return Written(
        heading,
        render("web/letter.txt", language, **context),
        render("web/letter.html", language, **context),
    )
