"""The child process that alone opens what a stranger sent. It knows Pillow and nothing of Quanzi.

    python -I squeeze.py SOURCE FOLDER 360 720 1440

Draws the picture anew as FOLDER/360.webp and so on, and says one line of JSON: either
{"is": "drawn", "width": …, "height": …, "colour": "#rrggbb"} or {"is": "refused", "reason": …}.
Only pixels cross from source to result.
"""

import io
import json
import resource
import sys
import warnings
from collections.abc import Container
from pathlib import Path

# All four by name: Pillow would else import every format it knows to look for the fourth.
from PIL import (
    GifImagePlugin,  # noqa: F401
    Image,
    ImageCms,
    JpegImagePlugin,  # noqa: F401
    PngImagePlugin,  # noqa: F401
    UnidentifiedImageError,
    WebPImagePlugin,  # noqa: F401
)

FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
MOST_MEMORY = 300_000_000
CPU_SECONDS = 3
# Binary millions: today's telephones take pictures of 24.5 decimal ones.
MOST_PIXELS = 24 * 2**20
# The WebP decoder holds a picture four times over, so only half as large a one fits the memory.
MOST_PIXELS_OF_WEBP = 12 * 2**20
TALLEST = 4096
QUALITY = 80
EFFORT = 2

ORIENTATION = 0x0112
TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
ON_ITS_SIDE = {5, 6, 7, 8}

Said = dict[str, str | int]


def main(source: Path, folder: Path, widths: list[int]) -> None:
    _limit()
    print(json.dumps(_drawn_or_refused(source, folder, sorted(widths, reverse=True))))


def _limit() -> None:
    """Set after the imports, which are trusted, and before a byte of the source is read."""
    if sys.platform == "linux":  # elsewhere it counts what is mapped by others, and cannot be set
        _cap(resource.RLIMIT_AS, MOST_MEMORY)
    _cap(resource.RLIMIT_CPU, CPU_SECONDS, CPU_SECONDS + 1)
    _cap(resource.RLIMIT_FSIZE, 16 * 2**20)
    _cap(resource.RLIMIT_NOFILE, 16)
    _cap(resource.RLIMIT_NPROC, 0)
    _cap(resource.RLIMIT_CORE, 0)


def _cap(what: int, most: int, at_last: int | None = None) -> None:
    _, now = resource.getrlimit(what)
    hard = most if at_last is None else at_last
    hard = hard if now == resource.RLIM_INFINITY else min(hard, now)
    resource.setrlimit(what, (min(most, hard), hard))


def _drawn_or_refused(source: Path, folder: Path, widths: list[int]) -> Said:
    try:
        return _drawn(source, folder, widths)
    except UnidentifiedImageError:
        return {"is": "refused", "reason": "not_an_image"}
    except (Image.DecompressionBombWarning, Image.DecompressionBombError):
        return {"is": "refused", "reason": "too_many_pixels"}
    except Exception:  # noqa: BLE001 - decoders raise whatever they please, MemoryError too
        return {"is": "refused", "reason": "broken"}


def _drawn(source: Path, folder: Path, widths: list[int]) -> Said:
    with source.open("rb") as file:
        largest = _opened(file, widths[0])
    image = largest
    for width in widths:
        image = _resized(image, _fitting(largest.size, width))
        image.save(folder / f"{width}.webp", "WEBP", quality=QUALITY, method=EFFORT)
    return {
        "is": "drawn",
        "width": largest.width,
        "height": largest.height,
        "colour": _dominant(image),
    }


def _opened(file: io.BufferedReader, widest: int) -> Image.Image:
    """Upright, in sRGB, at most so wide, and without a word beside the pixels."""
    _limit_pixels(file.read(4))
    source: Image.Image = Image.open(file, formats=FORMATS)  # the first frame, if it moves
    profile = source.info.get("icc_profile")
    turn = _orientation(source)
    size = _size_before_turning(source.size, turn, widest)
    source.draft(None, size)  # JPEG decodes straight to a half, a quarter or an eighth
    image = _in_srgb(_resized(_continuous(source), size), profile)
    if turn in TURNS:
        image = image.transpose(TURNS[turn])
    image.info.clear()
    return image


def _limit_pixels(head: bytes) -> None:
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS_OF_WEBP if head == b"RIFF" else MOST_PIXELS


def _orientation(source: Image.Image) -> int:
    try:
        return int(source.getexif().get(ORIENTATION, 1))
    except Exception:  # noqa: BLE001 - a broken note must not cost the picture
        return 1


def _size_before_turning(size: tuple[int, int], turn: int, widest: int) -> tuple[int, int]:
    width, height = size
    if turn not in ON_ITS_SIDE:
        return _fitting((width, height), widest)
    height, width = _fitting((height, width), widest)
    return width, height


def _fitting(size: tuple[int, int], widest: int) -> tuple[int, int]:
    """Never enlarged, and never without a pixel."""
    width, height = size
    scale = min(1, widest / width, TALLEST / height)
    return max(1, round(width * scale)), max(1, round(height * scale))


def _continuous(source: Image.Image) -> Image.Image:
    """A mode whose neighbouring pixels may be mixed; colours are brought to sRGB afterwards."""
    if source.mode.startswith("I"):  # 16 bits, which convert() would clip and not scale
        source.info.pop("transparency", None)
        return source.point(lambda value: value * (1 / 257)).convert("L")
    if source.has_transparency_data:
        return _converted(source, "RGBA", unless={"RGBA", "LA"})
    if source.mode == "1":
        return _converted(source, "L")
    return _converted(source, "RGB", unless={"RGB", "L", "CMYK"})


def _converted(source: Image.Image, mode: str, unless: Container[str] = ()) -> Image.Image:
    """The source is let go of, since three large pictures at a time do not fit the memory."""
    if source.mode in unless:
        return source
    converted = source.convert(mode)
    source.close()
    return converted


def _resized(image: Image.Image, size: tuple[int, int]) -> Image.Image:
    return image.resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)


def _in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    mode = "RGBA" if image.mode in {"RGBA", "LA"} else "RGB"
    if profile:
        try:
            turned = ImageCms.profileToProfile(
                image,
                ImageCms.ImageCmsProfile(io.BytesIO(profile)),
                ImageCms.createProfile("sRGB"),
                outputMode=mode,
            )
            return turned or image.convert(mode)
        except (ImageCms.PyCMSError, OSError, ValueError):
            pass  # a profile that does not fit costs the exact colours, not the picture
    return image.convert(mode)


def _dominant(image: Image.Image) -> str:
    """The colour of the largest group, on white where one can see through."""
    flat = Image.new("RGB", image.size, "white")
    flat.paste(image, mask=image if image.mode == "RGBA" else None)
    groups = flat.resize((48, 48), Image.Resampling.BOX).quantize(8)
    often = groups.histogram()
    first = 3 * often.index(max(often))
    return "#" + bytes((groups.getpalette() or [])[first : first + 3]).hex()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), [int(width) for width in sys.argv[3:]])
