"""What lies in the ZIP, written piece by piece, so that a long life needs no more memory."""

import asyncio
import json
import zipfile
from collections.abc import AsyncGenerator, Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from quanzi.db.engine import AT_ONCE, stream
from quanzi.db.part import Part
from quanzi.db.transaction import transaction
from quanzi.errors import Said
from quanzi.posts.pictures import store
from quanzi.privacy.parts import LABELS, PARTS
from quanzi.web.templates import render

# The page for people shows so many of each kind; the JSON beside it has them all.
SHOWN = 500

Line = dict[str, Any]


@dataclass
class Written:
    """A part that is in the parcel: how many there were, and the latest for the page."""

    name: str
    title: Said
    count: int = 0
    latest: list[Line] = field(default_factory=list)

    def add(self, line: Line) -> None:
        self.count += 1
        self.latest.append(line)
        if len(self.latest) > SHOWN:
            del self.latest[0]


async def packed(file: Path, member_id: int, language: str) -> AsyncGenerator[int]:
    """Write it, and say after each step how many parts are done."""
    written: list[Written] = []
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as parcel:
        for done, (name, part) in enumerate(PARTS.items(), start=1):
            pictures: list[str] = []
            written.append(await _put(parcel, name, part, member_id, pictures))
            for picture in pictures:
                await asyncio.to_thread(_put_picture, parcel, picture)
                yield done - 1
            yield done
        page = await asyncio.to_thread(
            render, "privacy/export.html", language, parts=written, labels=LABELS
        )
        parcel.writestr("index.html", page)


async def _put(
    parcel: zipfile.ZipFile, name: str, part: Part, member_id: int, pictures: list[str]
) -> Written:
    """One part as a JSON array, one object a line."""
    written = Written(name, part.title)
    waiting: list[Line] = []
    with parcel.open(f"{name}.json", "w") as file:
        file.write(b"[")
        async with transaction():
            async for record in stream(part.sql, member_id):
                line = dict(record)
                pictures += line.get("pictures") or ()
                waiting.append(line)
                if len(waiting) >= AT_ONCE:
                    await asyncio.to_thread(file.write, _as_json(waiting, first=not written.count))
                    _count(written, waiting)
        file.write(_as_json(waiting, first=not written.count))
        _count(written, waiting)
        file.write(b"\n]\n")
    return written


def _count(written: Written, waiting: list[Line]) -> None:
    for line in waiting:
        written.add(line)
    waiting.clear()


def _as_json(lines: Iterable[Line], *, first: bool) -> bytes:
    said = ",".join("\n" + json.dumps(line, ensure_ascii=False, default=_plain) for line in lines)
    return (said if first or not said else "," + said).encode()


def _plain(value: Any) -> str:
    if isinstance(value, date):  # a moment too
        return value.isoformat()
    raise TypeError(f"an export has no way to write a {type(value).__name__}")


def _put_picture(parcel: zipfile.ZipFile, name: str) -> None:
    """The largest there is; a picture that went in the meantime is left out."""
    file = store().path(name, "l")
    if file.exists():
        parcel.write(file, f"pictures/{name}.webp", zipfile.ZIP_STORED)
