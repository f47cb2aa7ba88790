"""What became of a picture: its three files, as bytes and as pixels."""

import io
import struct

from PIL import Image

from quanzi.media import SIZES, FolderStore, Picture


def files(store: FolderStore, picture: Picture) -> dict[str, bytes]:
    return {size: store.path(picture.name, size).read_bytes() for size in SIZES}


def image(store: FolderStore, picture: Picture, size: str = "l") -> Image.Image:
    return Image.open(io.BytesIO(files(store, picture)[size]))


def colour_at(store: FolderStore, picture: Picture, across: float, down: float) -> tuple[int, ...]:
    drawn = image(store, picture).convert("RGB")
    found = drawn.getpixel((int(across * drawn.width), int(down * drawn.height)))
    assert isinstance(found, tuple)
    return found


def alike(one: tuple[int, ...], other: tuple[int, ...], within: int = 24) -> bool:
    return all(abs(a - b) <= within for a, b in zip(one, other, strict=True))


def kinds_of_chunks(webp: bytes) -> set[bytes]:
    """Every chunk there is, from the first byte to the last: nothing hides behind the end."""
    assert (webp[:4], webp[8:12]) == (b"RIFF", b"WEBP")
    assert struct.unpack("<I", webp[4:8])[0] + 8 == len(webp)
    kinds, at = set(), 12
    while at < len(webp):
        kinds.add(webp[at : at + 4])
        at += 8 + (size := struct.unpack("<I", webp[at + 4 : at + 8])[0]) + size % 2
    return kinds
