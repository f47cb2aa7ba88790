"""Pictures as people send them, and files as attackers do; all made here, none fetched."""

import io
import struct
import zipfile
import zlib
from typing import Any

from PIL import Image, ImageCms

# Whatever carries this must not come out again.
MARKER = b"<script>alert('quanzi-marker')</script>"

RED, GREEN, BLUE = (220, 30, 30), (30, 160, 60), (40, 60, 200)


def photo(width: int = 640, height: int = 480, mode: str = "RGB") -> Image.Image:
    """Left half red, right half blue: enough to see whether it was turned or its colours lost."""
    image = Image.new("RGB", (width, height), RED)
    image.paste(BLUE, (width // 2, 0, width, height))
    return image.convert(mode)


def noise(width: int, height: int) -> Image.Image:
    planes = [Image.effect_noise((width // 4, height // 4), 60) for _ in "rgb"]
    return Image.merge("RGB", planes).resize((width, height))


def saved(image: Image.Image, form: str, **options: Any) -> bytes:
    file = io.BytesIO()
    image.save(file, form, **options)
    return file.getvalue()


def exif(orientation: int = 1, *, padding: int = 0) -> Image.Exif:
    notes = Image.Exif()
    notes[0x0112] = orientation
    notes[0x010E] = MARKER.decode() + " " * padding
    notes[0x8825] = {1: "N", 2: (31.0, 14.0, 3.5), 3: "E", 4: (121.0, 28.0, 9.5), 27: MARKER}
    return notes


def profile() -> bytes:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def jpeg_with_segments(marker: int, content: bytes, times: int = 1) -> bytes:
    plain = saved(photo(), "JPEG")
    segment = bytes([0xFF, marker]) + struct.pack(">H", len(content) + 2) + content
    return plain[:2] + segment * times + plain[2:]


def png(width: int, height: int, bits: int, colours: int, *more: tuple[bytes, bytes]) -> bytes:
    """Written by hand, a row at a time, so that a bomb costs its maker no memory."""
    row = bytes(1 + (width * bits * {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}[colours] + 7) // 8)
    deflate = zlib.compressobj(9)
    packed = b"".join([*(deflate.compress(row * 100) for _ in range(height // 100)),
                       deflate.compress(row * (height % 100)), deflate.flush()])  # fmt: skip
    chunks = [*more, (b"IDAT", packed), (b"IEND", b"")]
    head = png_head(width, height, bits, colours)
    return head + b"".join(_chunk(*chunk) for chunk in chunks)


def png_head(width: int, height: int, bits: int = 8, colours: int = 0) -> bytes:
    head = struct.pack(">IIBBBBB", width, height, bits, colours, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head)


def png_said_to_be_endless() -> bytes:
    return png_head(2**31 - 1, 2**31 - 1) + _chunk(b"IDAT", b"")


def _chunk(kind: bytes, content: bytes) -> bytes:
    check = struct.pack(">I", zlib.crc32(kind + content))
    return struct.pack(">I", len(content)) + kind + content + check


def png_with(kind: bytes, content: bytes) -> bytes:
    plain = saved(photo(), "PNG")
    return plain[:33] + _chunk(kind, content) + plain[33:]


def gif_that_is_script() -> bytes:
    """Its width is `/*` to a browser that takes it for a script."""
    plain = saved(photo(0x2A2F, 1).quantize(4), "GIF", comment=b"*/=1;" + MARKER)
    assert plain.startswith((b"GIF87a/*", b"GIF89a/*"))
    return plain + b"*/=1;" + MARKER


def gif_of_frames(frames: int) -> bytes:
    plain = saved(Image.new("P", (16, 16)), "GIF")
    start = plain.index(b",", 13)
    return plain[:start] + plain[start:-1] * frames + b";"


def moving(form: str) -> bytes:
    """The first frame is red, the others carry the marker in a corner of their own."""
    frames = [Image.new("RGB", (200, 100), colour) for colour in (RED, GREEN, BLUE)]
    return saved(frames[0], form, save_all=True, append_images=frames[1:], duration=100, loop=0)


def apng_whose_second_frame_is_a_bomb() -> bytes:
    plain = moving("PNG")
    at = plain.index(b"fcTL", plain.index(b"fcTL") + 4)
    control = plain[at : at + 4 + 26]
    bomb = control[:8] + struct.pack(">II", 60_000, 60_000) + control[16:]
    return plain.replace(control, bomb)


def zip_behind(image: bytes) -> bytes:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as made:
        made.writestr("index.html", MARKER)
    return image + archive.getvalue()


def svg(inside: bytes) -> bytes:
    return b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg">' + inside + b"</svg>"


def fits() -> bytes:
    cards = ["SIMPLE  =                    T", "BITPIX  =                    8",
             "NAXIS   =                    2", "NAXIS1  =                    4",
             "NAXIS2  =                    4", "END"]  # fmt: skip
    return "".join(card.ljust(80) for card in cards).ljust(2880).encode() + bytes(2880)


def psd() -> bytes:
    head = b"8BPS" + struct.pack(">H6xHIIHH", 1, 3, 8, 8, 8, 3)
    return head + bytes(4 + 4 + 4) + bytes(2 + 8 * 8 * 3)


def webp_head(width: int, height: int) -> bytes:
    """The canvas is said to be so large; there is nothing to draw on it."""
    flags = bytes(4) + struct.pack("<I", width - 1)[:3] + struct.pack("<I", height - 1)[:3]
    chunks = b"WEBPVP8X" + struct.pack("<I", len(flags)) + flags
    return b"RIFF" + struct.pack("<I", len(chunks)) + chunks


def jpeg_of_scans(times: int) -> bytes:
    """A progressive one that refines the same millions of points again and again."""
    plain = saved(Image.new("L", (4800, 4800), 90), "JPEG", progressive=True)
    start = plain.rindex(b"\xff\xda")
    return plain[:start] + plain[start:-2] * times + plain[-2:]


def inflating(size: int) -> bytes:
    return b"Comment\0\0" + zlib.compress(bytes(size), 9)


def picture_of_bytes(content: bytes, alpha: int = 255) -> Image.Image:
    image = Image.frombytes("L", (len(content), 8), content * 8)
    return Image.merge("RGBA", (image, image, image, Image.new("L", image.size, alpha)))


def profile_that_swaps_red_and_blue() -> bytes:
    return (
        profile().replace(b"rXYZ", b"????", 1).replace(b"bXYZ", b"rXYZ", 1)
        .replace(b"????", b"bXYZ", 1)
    )  # fmt: skip


def cut(image: bytes, part: float) -> bytes:
    return image[: int(len(image) * part)]
