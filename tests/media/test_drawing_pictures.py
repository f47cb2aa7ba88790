"""What people send comes out as they meant it: upright, in its colours, and never larger."""

import asyncio
from collections.abc import Callable

import pytest
from PIL import Image

from quanzi.media import FolderStore, take
from tests.media import looking
from tests.media import pictures as made
from tests.media.pictures import BLUE, RED, photo, saved

SIZES = {
    "an ordinary photo": ((4000, 3000), [(360, 270), (720, 540), (1440, 1080)]),
    "a small one is not enlarged": ((500, 250), [(360, 180), (500, 250), (500, 250)]),
    "a single point": ((1, 1), [(1, 1)] * 3),
    "a thread, upright": ((1, 20_000), [(1, 4096)] * 3),
    "a thread, lying": ((20_000, 1), [(360, 1), (720, 1), (1440, 1)]),
    "a long screenshot": ((1080, 2400), [(360, 800), (720, 1600), (1080, 2400)]),
    "an endless screenshot": ((1000, 8192), [(360, 2949), (500, 4096), (500, 4096)]),
}


async def test_all_three_sizes_exist_and_keep_the_shape(store: FolderStore) -> None:
    sent = [saved(Image.new("L", size, 99), "PNG") for size, _ in SIZES.values()]
    pictures = await asyncio.gather(*(take(file, store) for file in sent))
    for (what, (_, expected)), picture in zip(SIZES.items(), pictures, strict=True):
        drawn = [looking.image(store, picture, name) for name in "sml"]
        assert [image.size for image in drawn] == expected, what
        assert (picture.width, picture.height) == expected[-1], what


COLOURS: dict[str, Callable[[], bytes]] = {
    "jpeg": lambda: saved(photo(), "JPEG"),
    "progressive jpeg": lambda: saved(photo(), "JPEG", progressive=True),
    "large jpeg": lambda: saved(photo(3001, 2003), "JPEG"),
    "cmyk jpeg": lambda: saved(photo(mode="CMYK"), "JPEG"),
    "two pictures in one jpeg": lambda: saved(
        photo(), "MPO", save_all=True, append_images=[Image.new("RGB", (640, 480))]
    ),
    "png": lambda: saved(photo(), "PNG"),
    "png with a palette": lambda: saved(photo().quantize(8), "PNG"),
    "png with alpha": lambda: saved(photo(mode="RGBA"), "PNG"),
    "png with one colour for transparent": lambda: saved(photo(), "PNG", transparency=(1, 2, 3)),
    "webp": lambda: saved(photo(), "WEBP"),
    "webp without loss": lambda: saved(photo(mode="RGBA"), "WEBP", lossless=True),
    "gif": lambda: saved(photo().quantize(8), "GIF"),
    "with a colour profile": lambda: saved(photo(), "JPEG", icc_profile=made.profile()),
    "with alpha and a colour profile": lambda: saved(
        photo(mode="RGBA"), "PNG", icc_profile=made.profile()
    ),
    "jpeg in a profile of its own": lambda: saved(
        photo().transpose(Image.Transpose.FLIP_LEFT_RIGHT),
        "JPEG",
        icc_profile=made.profile_that_swaps_red_and_blue(),
    ),
}


async def test_colours_stay_as_they_were(store: FolderStore) -> None:
    pictures = await asyncio.gather(*(take(make(), store) for make in COLOURS.values()))
    for what, picture in zip(COLOURS, pictures, strict=True):
        assert looking.alike(looking.colour_at(store, picture, 0.25, 0.5), RED, within=48), what
        assert looking.alike(looking.colour_at(store, picture, 0.75, 0.5), BLUE, within=48), what


GREYS: dict[str, Callable[[], Image.Image]] = {
    "16 bits": lambda: (
        Image.new("L", (40, 30), 128).convert("I;16").point(lambda value: value * 257)
    ),
    "8 bits": lambda: Image.new("L", (40, 30), 128),
    "with alpha": lambda: Image.new("LA", (40, 30), (128, 255)),
    "1 bit": lambda: Image.effect_noise((640, 480), 99).convert("1"),
}


@pytest.mark.parametrize("what", GREYS)
async def test_grey_is_neither_clipped_nor_lost(what: str, store: FolderStore) -> None:
    picture = await take(saved(GREYS[what](), "PNG"), store)
    seen = looking.image(store, picture).convert("RGB").resize((1, 1), Image.Resampling.BOX)
    assert looking.alike(seen.getpixel((0, 0)), (128, 128, 128), within=8)  # type: ignore[arg-type]


HELD = [*(("JPEG", turn) for turn in range(2, 9)), ("PNG", 6), ("WEBP", 8)]


async def test_a_photo_taken_sideways_comes_out_upright(store: FolderStore) -> None:
    pictures = await asyncio.gather(*(take(_held(*how), store) for how in HELD))
    for how, picture in zip(HELD, pictures, strict=True):
        assert (picture.width, picture.height) == (400, 300), how
        assert looking.alike(looking.colour_at(store, picture, 0.25, 0.5), RED), how
        assert looking.alike(looking.colour_at(store, picture, 0.75, 0.5), BLUE), how


def _held(form: str, orientation: int) -> bytes:
    """The camera says how it was held; this undoes what it says, so that red is left again."""
    undone = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}  # as Pillow numbers its turns
    lying = photo(400, 300).transpose(Image.Transpose(undone[orientation]))
    return saved(lying, form, exif=made.exif(orientation))


@pytest.mark.parametrize("form", ["GIF", "PNG", "WEBP"])
async def test_of_a_moving_picture_the_first_frame_stays(form: str, store: FolderStore) -> None:
    picture = await take(made.moving(form), store)
    assert getattr(looking.image(store, picture), "n_frames", 1) == 1
    assert looking.alike(looking.colour_at(store, picture, 0.5, 0.5), RED)


@pytest.mark.parametrize("form", ["PNG", "GIF", "WEBP"])
async def test_what_one_could_see_through_stays_so(form: str, store: FolderStore) -> None:
    through = photo(mode="RGBA")
    through.paste((0, 0, 0, 0), (0, 0, 320, 480))
    picture = await take(saved(through, form), store)
    drawn = looking.image(store, picture)
    assert drawn.mode == "RGBA"
    assert drawn.getpixel((100, 200))[3] == 0  # type: ignore[index]
    assert drawn.getpixel((500, 200))[3] == 255  # type: ignore[index]


async def test_the_colour_to_show_first_is_that_of_the_largest_part(store: FolderStore) -> None:
    image = Image.new("RGB", (300, 300), (10, 120, 200))
    image.paste((250, 250, 10), (0, 0, 300, 90))
    picture = await take(saved(image, "PNG"), store)
    assert looking.alike(tuple(bytes.fromhex(picture.colour[1:])), (10, 120, 200), within=8)
