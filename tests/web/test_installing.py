"""The site can be installed, in the reader's language; the offline page is nobody's."""

import re

import pytest
from PIL import Image, ImageChops

from quanzi import icons
from quanzi.web.assets import all_assets


@pytest.mark.parametrize(("language", "name"), [("zh-Hans", "圈子"), ("en", "Quanzi")])
async def test_a_device_is_told_what_to_install(visitor, language, name):
    page = (await visitor.get(f"/discover?lang={language}")).text
    address = re.search(r'<link rel="manifest" href="([^"]+)"', page)
    assert address

    answer = await visitor.get(address[1])
    manifest = answer.json()

    assert answer.headers["content-type"].startswith("application/manifest+json")
    assert (manifest["name"], manifest["lang"]) == (name, language)
    assert {"192x192", "512x512"} <= {icon["sizes"] for icon in manifest["icons"]}
    assert "maskable" in {icon["purpose"] for icon in manifest["icons"]}
    for icon in manifest["icons"]:
        drawn = await visitor.get(icon["src"])
        assert "immutable" in drawn.headers["cache-control"]
        assert drawn.headers["content-type"] == "image/png"
    for shortcut in manifest["shortcuts"]:
        assert (await visitor.get(shortcut["url"])).status_code in {200, 303}


@pytest.mark.parametrize(
    ("language", "words"), [("zh-Hant", "現在連不上"), ("en", "We cannot be reached")]
)
async def test_the_offline_page_is_in_the_readers_language_and_names_nobody(
    xiaolan, language, words
):
    page = (await xiaolan.sees(f"/offline?lang={language}")).text

    assert words in page
    assert "小兰" not in page
    assert "xiaolan" not in page
    assert "<script" not in page


@pytest.mark.parametrize("name", icons.ICONS)
def test_the_icons_are_drawn_from_the_mark(name):
    icon = icons.ICONS[name]
    with Image.open(icons.IMAGES / name) as kept:
        assert kept.size == (icon.size, icon.size)
        apart = ImageChops.difference(kept.convert("RGB"), icons.draw(icon))
    # Fewer colours are kept than are drawn.
    assert sum(apart.resize((1, 1)).getpixel((0, 0))) <= 6
    assert f"images/{name}" in all_assets()


def test_what_is_cut_round_keeps_the_mark_whole():
    icon = icons.ICONS["icon-maskable-512.png"]
    drawn = icons.draw(icon)
    safe = icon.size * 0.4
    middle = icon.size / 2
    ground = drawn.getpixel((0, 0))
    outside = [
        (x, y)
        for x in range(0, icon.size, 4)
        for y in range(0, icon.size, 4)
        if (x - middle) ** 2 + (y - middle) ** 2 > safe**2 and drawn.getpixel((x, y)) != ground
    ]
    assert outside == []
