"""T23: whatever is uploaded, pixels come out or a refusal does."""

import asyncio
import gzip
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from quanzi.media import FolderStore, Picture, Reason, Unreadable, take
from tests.faults.lengths import long_or, told
from tests.media import looking
from tests.media import pictures as made
from tests.media.measuring import measured
from tests.media.pictures import MARKER, photo, saved

Maker = Callable[[], bytes]

REFUSED: dict[str, tuple[Reason, Maker]] = {
    "nothing at all": ("not_an_image", lambda: b""),
    "text": ("not_an_image", lambda: MARKER * 100),
    "a page": ("not_an_image", lambda: b"<!doctype html><body>" + MARKER),
    "svg with a script": ("not_an_image", lambda: made.svg(MARKER)),
    "svg with foreignObject": (
        "not_an_image",
        lambda: made.svg(b"<foreignObject><iframe/></foreignObject>"),
    ),
    "svg that refers outside": (
        "not_an_image",
        lambda: made.svg(b'<image href="http://127.0.0.1/"/>'),
    ),
    "tiff": ("not_an_image", lambda: saved(photo(), "TIFF")),
    "bmp": ("not_an_image", lambda: saved(photo(), "BMP")),
    "ico": ("not_an_image", lambda: saved(photo(), "ICO")),
    "eps": ("not_an_image", lambda: saved(photo(60, 40), "EPS")),
    "pdf": ("not_an_image", lambda: saved(photo(60, 40), "PDF")),
    "jpeg 2000": ("not_an_image", lambda: saved(photo(), "JPEG2000")),
    "avif": ("not_an_image", lambda: saved(photo(), "AVIF")),
    "ppm": ("not_an_image", lambda: saved(photo(60, 40), "PPM")),
    "psd": ("not_an_image", made.psd),
    "fits": ("not_an_image", made.fits),
    "svg packed": ("not_an_image", lambda: gzip.compress(made.svg(MARKER))),
    "svg that is a GIF to who reads six letters": (
        "not_an_image",
        lambda: b"GIF89a" + made.svg(MARKER),
    ),
    "a film": ("not_an_image", lambda: b"\0\0\0\x18ftypmp42" + bytes(64)),
    "a picture of Windows": ("not_an_image", lambda: b"\xd7\xcd\xc6\x9a" + bytes(64)),
    "a script for a shell": ("not_an_image", lambda: b"#!/bin/sh\n" + MARKER),
    "zip before a picture": ("not_an_image", lambda: b"PK\3\4" + saved(photo(), "PNG")),
    "one-bit bomb of 20 kB": ("too_many_pixels", lambda: made.png(13_000, 13_000, 1, 0)),
    "png just too large": ("too_many_pixels", lambda: made.png(5_100, 5_000, 1, 0)),
    "png said to be endless": ("too_many_pixels", made.png_said_to_be_endless),
    "webp said to be endless": ("too_many_pixels", lambda: made.webp_head(16_383, 16_383)),
    "webp just too large": (
        "too_many_pixels",
        lambda: saved(Image.new("RGB", (4096, 3100)), "WEBP", method=0),
    ),
    "gif with a frame beyond its screen": (
        "too_many_pixels",
        lambda: _with_frame(saved(Image.new("P", (16, 16)), "GIF"), 60_000),
    ),
    "webp without a picture": ("broken", lambda: made.webp_head(200, 200)),
    "text that inflates": ("broken", lambda: made.png_with(b"zTXt", made.inflating(2**25))),
    "more than ten million bytes": ("too_large", lambda: saved(photo(), "PNG") + bytes(10 * 2**20)),
}


def _cut(form: str, part: float) -> Maker:
    return lambda: made.cut(saved(made.noise(200, 150), form), part)


for form in ("JPEG", "PNG", "WEBP", "GIF"):
    REFUSED[f"{form} cut off early"] = ("broken", _cut(form, 0.4))
    REFUSED[f"{form} cut off late"] = ("broken", _cut(form, 0.95))


async def test_what_is_no_picture_of_four_kinds_is_refused_and_leaves_nothing(
    store: FolderStore, temporary: Path
) -> None:
    expected = {what: reason for what, (reason, _) in REFUSED.items()}
    reasons = [_refusal(make(), store) for _, make in REFUSED.values()]
    assert dict(zip(REFUSED, await asyncio.gather(*reasons), strict=True)) == expected
    assert not store.root.exists()
    assert list(temporary.iterdir()) == []


async def _refusal(file: bytes, store: FolderStore) -> Reason | Picture:
    try:
        return await take(file, store)
    except Unreadable as refused:
        return refused.reason


DRAWN: dict[str, Maker] = {
    "gif that is a script": made.gif_that_is_script,
    "png with a zip behind": lambda: made.zip_behind(saved(photo(), "PNG")),
    "jpeg with a zip behind": lambda: made.zip_behind(saved(photo(), "JPEG")),
    "jpeg with the place it was taken": lambda: saved(photo(), "JPEG", exif=made.exif()),
    "png with the place it was taken": lambda: saved(photo(), "PNG", exif=made.exif()),
    "webp with the place it was taken": lambda: saved(photo(), "WEBP", exif=made.exif()),
    "jpeg with huge notes": lambda: saved(photo(), "JPEG", exif=made.exif(padding=60_000)),
    "jpeg with a hundred broken notes": lambda: made.jpeg_with_segments(
        0xE1, b"Exif\0\0MM\0*\0\0\0\x08" + MARKER * 1000, 100
    ),
    "jpeg with XMP": lambda: saved(photo(), "JPEG", xmp=MARKER),
    "webp with XMP": lambda: saved(photo(), "WEBP", xmp=MARKER),
    "png with text": lambda: made.png_with(b"tEXt", b"Comment\0" + MARKER),
    "png with an unknown chunk": lambda: made.png_with(b"quAn", MARKER),
    "jpeg with comments": lambda: made.jpeg_with_segments(0xFE, MARKER * 1000, 50),
    "gif with a comment": lambda: saved(photo().quantize(4), "GIF", comment=MARKER),
    "jpeg with a colour profile": lambda: saved(photo(), "JPEG", icc_profile=made.profile()),
    "png with a colour profile": lambda: saved(photo(), "PNG", icc_profile=made.profile()),
    "jpeg whose colour profile is none": lambda: saved(photo(), "JPEG", icc_profile=MARKER),
    "cmyk jpeg whose colour profile is another's": lambda: saved(
        photo(mode="CMYK"), "JPEG", icc_profile=made.profile()
    ),
    "png with the marker as pixels": lambda: saved(made.picture_of_bytes(MARKER), "PNG"),
    "png with the marker where one sees through": lambda: saved(
        made.picture_of_bytes(MARKER, alpha=0), "PNG"
    ),
    "apng": lambda: made.moving("PNG"),
    "webp that moves": lambda: made.moving("WEBP"),
    "jpeg with a page behind": lambda: saved(photo(), "JPEG") + b"<html>" + MARKER,
    "png with a page behind": lambda: saved(photo(), "PNG") + b"<html>" + MARKER,
    "jpeg with a second picture of the place": lambda: saved(
        photo(), "MPO", save_all=True, append_images=[photo()], exif=made.exif()
    ),
    "apng whose second frame is a bomb": made.apng_whose_second_frame_is_a_bomb,
}


async def test_only_pixels_come_out(store: FolderStore, temporary: Path) -> None:
    """Looked at chunk by chunk, and byte by byte."""
    pictures = await asyncio.gather(*(take(make(), store) for make in DRAWN.values()))
    for what, picture in zip(DRAWN, pictures, strict=True):
        for webp in looking.files(store, picture).values():
            chunks = looking.kinds_of_chunks(webp)
            assert chunks <= {b"VP8 ", b"VP8L", b"VP8X", b"ALPH"}, what
            assert not any(word in webp for word in (MARKER, b"quanzi", b"<script")), what
    assert list(temporary.iterdir()) == []


def test_sixty_files_are_tried():
    assert len(REFUSED) + len(DRAWN) >= 60


@pytest.mark.timeout(300)
def test_none_of_them_takes_more_than_a_child_may(tmp_path: Path) -> None:
    """Some of them, and all in the long form; the heaviest are in `test_picture_limits.py`."""
    every = {what: make for what, (_, make) in REFUSED.items()} | DRAWN
    some = list(every)[:: int(long_or(10, 1))]
    most: dict[str, float] = {"megabytes": 0, "cpu": 0}
    for what in some:
        (tmp_path / "source").write_bytes(every[what]())
        used = measured(tmp_path / "source", tmp_path)
        most = {
            "megabytes": max(most["megabytes"], used.megabytes),
            "cpu": max(most["cpu"], used.cpu),
        }
        assert used.megabytes <= 300, what
        assert used.cpu <= 3.1, what
    told("T23", files=len(some), **most)


NAMES = ["wrong.gif", "-rf", "a b\n.php", "\u202egpj.图"]


@pytest.mark.parametrize("name", NAMES)
async def test_what_the_file_is_called_does_not_matter(
    name: str, store: FolderStore, tmp_path: Path
) -> None:
    file = tmp_path / name
    file.write_bytes(saved(photo(60, 40), "JPEG"))
    picture = await take(file, store)
    assert (picture.width, picture.height) == (60, 40)


def _with_frame(gif: bytes, side: int) -> bytes:
    at = gif.index(b",", 13)
    return gif[: at + 5] + side.to_bytes(2, "little") * 2 + gif[at + 9 :]
