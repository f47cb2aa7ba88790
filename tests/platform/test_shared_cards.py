"""Where an address is shared it has a picture; of what a visitor sees, and no more."""

import io

import pytest
from PIL import Image

from quanzi.db.engine import rows
from quanzi.media import cards
from quanzi.media.cards import Card
from tests.people import CIRCLE


async def test_a_circle_and_a_post_have_one_and_their_pages_name_it(xiaolan, visitor):
    post = await xiaolan.posts("今晚七点，海心沙\n慢跑十公里，带好头灯。")
    for path in (f"/c/{CIRCLE}", f"/c/{CIRCLE}/p/{post.post_id}"):
        answer = await visitor.get(f"{path}/card.jpg")
        assert answer.headers["content-type"] == "image/jpeg"
        with Image.open(io.BytesIO(answer.content)) as picture:
            assert picture.size == (1200, 630)
        base = str(visitor.base_url).rstrip("/")
        assert (
            f'property="og:image" content="{base}{path}/card.jpg?v='
            in (await visitor.get(path)).text
        )


async def test_after_an_edit_it_is_another_and_after_a_removal_none(xiaolan, visitor):
    post = await xiaolan.posts("今晚七点")
    path = f"/c/{CIRCLE}/p/{post.post_id}"
    before = (await visitor.get(f"{path}/card.jpg")).content
    await xiaolan.sends(f"{path}/edit", body="AFTER eight", version="1")
    after = (await visitor.get(f"{path}/card.jpg")).content
    await xiaolan.sends(f"{path}/delete")

    assert before != after
    assert (await visitor.get(f"{path}/card.jpg")).status_code == 404


async def test_of_a_hidden_circle_there_is_none(cast, owner):
    await rows("update circle set hidden = true where id = $1", cast.circle_id)

    assert (await owner.sees(f"/c/{CIRCLE}/card.jpg")).status_code == 404
    assert "og:image" not in (await owner.sees(f"/c/{CIRCLE}")).text


@pytest.mark.parametrize(
    "words",
    ["", "x" * 3000, "一" * 3000, "long words of every kind stand here " * 40, "\n\n\t", "👟🏃" * 60,
     "w" * 29 + " " + "w" * 29 + "，" + "w" * 200],
)  # fmt: skip
async def test_whatever_somebody_writes_fits_on_it(words, tmp_path):
    made = await cards.drawn(Card(words, words, words, "#2a8a63", tmp_path / "gone.webp"))

    with Image.open(io.BytesIO(made)) as picture:
        assert picture.size == (cards.WIDTH, cards.HEIGHT)


async def test_without_a_font_for_chinese_there_is_a_picture_still(monkeypatch, tmp_path):
    monkeypatch.setattr(cards, "FONTS", ())
    cards._font.cache_clear()
    for words in ("夜跑", "evening run " * 60):
        made = await cards.drawn(Card(words, words, words, "#2a8a63", tmp_path / "gone.webp"))
        assert made.startswith(b"\xff\xd8")
    cards._font.cache_clear()


async def test_a_broken_picture_is_left_out(tmp_path):
    broken = tmp_path / "broken.webp"
    broken.write_bytes(b"RIFF")

    assert (await cards.drawn(Card("夜跑", "", "", "#2a8a63", broken))).startswith(b"\xff\xd8")


def test_latin_words_are_not_broken_and_what_is_cut_says_so():
    font = cards._font("Bold", 40, plain=True)
    assert font is not None
    lines = cards._lines("evening run along the river " * 9, font, 400, 3)

    assert len(lines) == 3
    assert lines[-1].endswith("…")
    known = {"evening", "run", "along", "the", "river"}
    assert {word for line in lines[:-1] for word in line.split()} <= known
    assert all(font.getlength(line) <= 400 for line in lines)
