"""Forms as they come: read once, every value a string, unknown fields nobody's business."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import unquote
from zoneinfo import ZoneInfo

from litestar import Request
from litestar.datastructures import UploadFile

from quanzi.errors import Invalid, Said, said
from quanzi.web import bodies

SMALL_FORM = 128 * 1024


@dataclass(frozen=True, slots=True)
class Form:
    values: dict[str, str]
    files: dict[str, list[UploadFile]]

    def __getitem__(self, name: str) -> str:
        return self.values.get(name, "")

    def ticked(self, name: str) -> bool:
        return self[name] not in {"", "0", "false", "off"}

    def number(self, name: str) -> int | None:
        return whole(self[name].strip())


def whole(typed: str) -> int | None:
    """A number as an id or a page's key is written; None for what is none, or fits no row."""
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 19 else None  # noqa: PLR2004


def filled_in(
    typed: str, name: str, wrong: dict[str, Said], sentence: Said, *, longest: int, sign: str = ""
) -> int:
    """The number in a field that may stay empty, which is 0. For what is none `wrong` gets the
    sentence by the field's name. `longest`: in characters; `sign`: '-' where it may be below nothing.
    """
    typed = typed.strip()
    bare = typed.removeprefix(sign)
    if typed and not (bare.isascii() and bare.isdecimal() and len(typed) <= longest):
        wrong[name] = sentence
        return 0
    return int(typed or 0)


def minute_of_day(typed: str) -> int | None:
    """What a `time` field holds; None for what is none, and for an empty one."""
    hour, _, minute = typed.strip().partition(":")
    hours, minutes = whole(hour), whole(minute[:2])
    if hours is None or minutes is None or hours > 23 or minutes > 59:  # noqa: PLR2004
        return None
    return hours * 60 + minutes


def moment(typed: str, name: str, time_zone: str) -> datetime | None:
    """What a `datetime-local` field holds is the circle's own time; None when it is empty. Raises
    Invalid under `name`.
    """
    if not typed.strip():
        return None
    try:
        found = datetime.fromisoformat(typed.strip())
        here = found if found.tzinfo else found.replace(tzinfo=ZoneInfo(time_zone))
        # The last day in one zone may be after the last day there is in another.
        return here.astimezone(UTC)
    except (ValueError, OverflowError):
        raise Invalid(**{name: said("时间看不懂，请写成 2026-11-24 07:00 这样。")}) from None


async def read(request: Request[Any, Any, Any]) -> Form:
    values: dict[str, str] = {}
    files: dict[str, list[UploadFile]] = {}
    for name, value in await bodies.parts(request):
        if isinstance(value, UploadFile):
            files.setdefault(name, []).append(value)
        else:
            values[name] = value.replace("\x00", "")
    return Form(values, files)


async def contents(form: Form, name: str, *, most: int) -> list[bytes]:
    """What the files of a field hold; of one that is too large, enough to see that it is."""
    return [await file.read(most + 1) for file in form.files.get(name, [])]


def local(path: str) -> str:
    """Where to go next: a path of our own, or the home page. Parsed, not prefix-matched, and read
    as a careless proxy would read it: unescaped, and once more.
    """
    read_as = [path, unquote(path), unquote(unquote(path))]
    return path if all(_stays_here(each) for each in read_as) else "/"


def _stays_here(path: str) -> bool:
    """`//` and `..` nowhere: `/.//evil.example` is another site to who takes folders away first."""
    folders = re.split(r"[?#]", path, maxsplit=1)[0]
    return (
        path.isprintable()
        and folders.startswith("/")
        and not any(trick in folders for trick in ("//", "\\", "/.."))
    )
