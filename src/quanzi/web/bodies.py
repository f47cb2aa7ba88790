"""The body of a form, read once, and its files let go of when the answer has been sent (`front.py`).

Not the framework's reading, which decodes a part by whatever `charset` it names (`punycode` takes
the square of the length, an unknown one is a fault) and remembers the last thousand bodies, with the
passwords in them. Text is UTF-8 here.
"""

from collections.abc import AsyncIterator, Sequence
from typing import Any
from urllib.parse import parse_qsl

from litestar import Request
from litestar.datastructures import UploadFile
from litestar.exceptions import ClientException
from multipart import MultipartSegment, PushMultipartParser, parse_options_header

type_of_request = Request[Any, Any, Any]
Parts = Sequence[tuple[str, str | UploadFile]]

# A circle's settings with all their thresholds come to forty.
MOST_PARTS = 64
LONGEST_TEXT = 256 * 1024


async def parts(request: type_of_request) -> Parts:
    """Names and values in the order they came; none when the body is not a form.

    Raises ClientException for what cannot be read.
    """
    kept: dict[str, Any] = request.scope["state"]
    if "parts" not in kept:
        # What was begun and failed is not begun again: the stream is gone.
        read: list[tuple[str, str | UploadFile]] = []
        kept["parts"] = read
        kind, options = parse_options_header(request.headers.get("content-type", ""))
        try:
            if kind == "application/x-www-form-urlencoded":
                read += _pairs(await request.body())
            elif kind == "multipart/form-data":
                await _read_multipart(request.stream(), options.get("boundary", ""), read)
        except ValueError as why:
            raise ClientException("a form that cannot be read") from why
    found: Parts = kept["parts"]
    return found


async def raw(request: type_of_request) -> bytes:
    """As it came, where a signature is over each byte of it."""
    return await request.body()


async def let_go(scope: Any) -> None:
    """Of what lies on the disk until somebody says so."""
    for _, value in scope["state"].get("parts", ()):
        if isinstance(value, UploadFile):
            await value.close()


def _pairs(body: bytes) -> Parts:
    return parse_qsl(body.decode(), keep_blank_values=True, errors="strict", max_num_fields=1000)


async def _read_multipart(
    stream: AsyncIterator[bytes], boundary: str, read: list[tuple[str, str | UploadFile]]
) -> None:
    with PushMultipartParser(boundary.encode(), max_segment_count=MOST_PARTS) as parser:
        text = bytearray()
        part: MultipartSegment | None = None
        file: UploadFile | None = None
        while not parser.closed:
            for piece in parser.parse(await anext(stream, b"")):
                if isinstance(piece, MultipartSegment):
                    part, file, text = piece, _file(piece), bytearray()
                    if file is not None:
                        # Known from its first byte on, so that it is let go of, whatever comes.
                        read.append((piece.name, file))
                elif file is not None and piece:
                    await file.write(bytes(piece))
                elif piece:
                    text += piece
                    if len(text) > LONGEST_TEXT:
                        raise ValueError("too long a text")
                elif file is not None:
                    await file.seek(0)
                elif part is not None:
                    read.append((part.name, text.decode()))


def _file(part: MultipartSegment) -> UploadFile | None:
    # A field of files that was left empty comes as a file without a name: as a text without a letter.
    if not part.filename:
        return None
    return UploadFile(part.content_type or "text/plain", part.filename)
