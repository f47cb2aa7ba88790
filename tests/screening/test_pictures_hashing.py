"""A fingerprint stays when a picture is saved anew, and tells different pictures apart."""

import io
import itertools

import pytest
from PIL import Image, ImageDraw, ImageEnhance

from quanzi.screening.hashes import NEAR
from quanzi.screening.hashing import PLAIN, hash_of
from tests.screening.gallery import SCENES, drawing, skin_tones


def saved(image: Image.Image, form: str, quality: int) -> Image.Image:
    with io.BytesIO() as file:
        image.save(file, form, quality=quality)
        return Image.open(file).convert("RGB")


def without_edge(image: Image.Image, part: float) -> Image.Image:
    across, down = round(image.width * part), round(image.height * part)
    return image.crop((across, down, image.width - across, image.height - down))


CHANGES = {
    "half as large": lambda image: image.resize((image.width // 2, image.height // 2)),
    "a little wider": lambda image: image.resize((image.width, round(image.height * 0.9))),
    "a poor JPEG": lambda image: saved(image, "JPEG", 40),
    "a poor WebP": lambda image: saved(image, "WEBP", 50),
    "saved five times": lambda image: [image := saved(image, "JPEG", 70) for _ in range(5)][-1],
    "darker": lambda image: ImageEnhance.Brightness(image).enhance(0.85),
    "more contrast": lambda image: ImageEnhance.Contrast(image).enhance(1.2),
    "without its colours": lambda image: image.convert("L").convert("RGB"),
    "without a hundredth at each edge": lambda image: without_edge(image, 0.01),
}


def differing(one: Image.Image, other: Image.Image) -> int:
    return ((hash_of(one) ^ hash_of(other)) & (2**64 - 1)).bit_count()


@pytest.mark.parametrize("change", CHANGES)
def test_a_changed_picture_is_like_what_it_was(change):
    changed = {name: CHANGES[change](drawing(name)) for name in SCENES}

    assert [name for name in SCENES if differing(drawing(name), changed[name]) > NEAR] == []


def test_different_pictures_are_not_alike():
    alike = [
        (one, other)
        for one, other in itertools.combinations(SCENES, 2)
        if differing(drawing(one), drawing(other)) <= NEAR
    ]

    assert alike == []
    assert PLAIN not in {hash_of(drawing(name)) for name in SCENES}


def test_a_hash_fits_the_database_with_its_sign():
    hashes = [hash_of(drawing(name)) for name in SCENES]

    assert all(-(2**63) <= each < 2**63 for each in hashes)
    assert min(hashes) < 0 < max(hashes)


@pytest.mark.parametrize(
    "image",
    [
        Image.new("RGB", (400, 300), "white"),
        Image.new("RGB", (400, 300), "#c68642"),
        Image.linear_gradient("L").rotate(90),
        Image.linear_gradient("L").rotate(270),
        Image.linear_gradient("L"),
    ],
    ids=["white", "brown", "brighter to the right", "darker to the right", "brighter downwards"],
)
def test_a_plain_picture_stands_for_nothing(image):
    assert hash_of(saved(image.convert("RGB"), "WEBP", 60)) == PLAIN


def test_a_few_shapes_are_not_plain():
    assert hash_of(skin_tones()) != PLAIN
    spots = Image.new("RGB", (400, 300), "white")
    for place in range(0, 400, 100):
        ImageDraw.Draw(spots).rectangle((place, 0, place + 45, 300), "black")
    assert hash_of(spots) != PLAIN
