"""What the machine says of harmless pictures, and what it will not open."""

import asyncio
import subprocess
import sys
import time

import pytest
from PIL import Image

from quanzi.media import FolderStore, WrongName
from quanzi.screening import child
from quanzi.screening.hashing import PLAIN, hash_of
from quanzi.screening.looking import MOST_WAITING, Seen
from tests.screening.gallery import (
    SCENES,
    drawing,
    flawed,
    hung,
    looking,
    megabytes,
    pid,
    skin_tones,
)


@pytest.fixture
def store(tmp_path) -> FolderStore:
    return FolderStore(tmp_path / "media")


async def test_harmless_pictures_are_held_for_harmless(store):
    names = [hung(store, drawing(name)) for name in SCENES]
    async with looking(store) as looker:
        seen = await looker.look(names, within=60)

    assert [each.score < 0.2 for each in seen if each] == [True] * len(SCENES)


async def test_an_answer_says_of_what_how_probably_and_who_says_so(store):
    name = hung(store, skin_tones())
    async with looking(store) as looker:
        assert looker.state() == "ready to start"
        [seen] = await looker.look([name], within=60)
        assert looker.state() == "looking with open_nsfw 864bb37bf886"

    assert isinstance(seen, Seen)
    assert (seen.category, seen.model) == ("sexual", "open_nsfw 864bb37bf886")
    assert 0 <= seen.score < 0.8
    assert seen.hash == hash_of(Image.open(store.path(name, "s")).convert("RGB"))


async def test_answers_come_in_the_order_of_the_names(store):
    names = [hung(store, drawing(name)) for name in SCENES[:4]]
    async with looking(store) as looker:
        apart = [(await looker.look([name], within=60))[0] for name in names]
        together = await looker.look([*reversed(names), names[0]], within=60)

    assert len({each.hash for each in apart if each}) == 4
    assert together == [*reversed(apart), apart[0]]


async def test_nobody_asked_for_is_nobody_seen(store):
    async with looking(store) as looker:
        assert await looker.look([], within=1) == []


async def test_a_long_picture_is_seen_piece_by_piece(store):
    """What is a part in eleven of it would vanish when all of it is squeezed to a square."""
    part = drawing("hills-sunrise").resize((360, 360))
    strip = Image.new("RGB", (360, 4000), "white")
    empty = hung(store, strip)
    strip.paste(part, (0, 3640))
    across = strip.rotate(90, expand=True)
    async with looking(store) as looker:
        names = [empty, hung(store, part), hung(store, strip), hung(store, across)]
        white, alone, high, wide = await looker.look(names, within=60)

    assert white and alone and high and wide
    assert alone.score > white.score + 0.05
    assert high.score > 0.5 * alone.score
    assert wide.score > 0.5 * alone.score


async def test_where_one_can_see_through_there_is_white(store):
    hidden = drawing("cat-grey").convert("RGBA")
    hidden.putalpha(0)
    names = [hung(store, hidden), hung(store, Image.new("RGB", hidden.size, "white"))]
    async with looking(store) as looker:
        seen, white = await looker.look(names, within=60)

    assert seen
    assert seen.hash == PLAIN
    assert seen.score == white.score


async def test_what_is_not_there_or_not_a_picture_is_none_and_the_child_stays(store):
    gone, torn, good = (hung(store, drawing(name)) for name in SCENES[:3])
    store.delete(gone)
    store.path(torn, "s").write_bytes(store.path(torn, "s").read_bytes()[:200])
    async with looking(store) as looker:
        await looker.look([good], within=60)
        before = pid(looker)
        seen = await looker.look([gone, torn, good], within=60)
        assert pid(looker) == before

    assert [each is not None for each in seen] == [False, False, True]


@pytest.mark.parametrize("name", ["", "../../etc/passwd", "A" * 32, "0" * 31, "0" * 32 + "\n"])
async def test_what_cannot_be_the_name_of_a_picture_is_refused(store, name):
    async with looking(store) as looker:
        with pytest.raises(WrongName):
            await looker.look([name], within=1)


async def test_the_child_opens_nothing_outside_of_the_store(store, tmp_path):
    inside = hung(store, drawing("cat-grey"))
    outside = tmp_path / "outside.webp"
    outside.write_bytes(store.path(inside, "s").read_bytes())
    link = store.root / "link.webp"
    link.symlink_to(outside)
    dots = store.root / ".." / "outside.webp"
    eye = await child.opened(store.root)
    try:
        for file in (outside, link, dots):
            assert isinstance(await eye.look([file, file]), child.Unread)
        file = store.path(inside, "s")
        assert isinstance(await eye.look([file, file]), child.Sight)
    finally:
        await eye.close()


async def test_a_hundred_at_once_are_bounded(store):
    name = hung(store, drawing("cat-grey"))
    async with looking(store) as looker:
        await looker.look([name], within=60)
        asked = [asyncio.create_task(looker.look([name], within=60)) for _ in range(100)]
        answered = [seen for [seen] in await asyncio.gather(*asked)]
        [after] = await looker.look([name], within=60)

    assert sum(seen is not None for seen in answered) == MOST_WAITING
    assert after is not None


async def test_who_has_no_time_gets_none_and_the_next_is_answered(store):
    name = hung(store, drawing("cat-grey"))
    async with looking(store) as looker:
        started = time.monotonic()
        assert await looker.look([name], within=0.001) == [None]
        assert time.monotonic() - started < child.ANSWER_SECONDS
        [seen] = await looker.look([name], within=60)
        assert seen is not None


async def test_memory_stays_flat(store):
    names = [hung(store, drawing(name)) for name in SCENES[:9]]
    names.append(hung(store, Image.new("RGB", (360, 4000), "white")))
    async with looking(store) as looker:
        for _ in range(3):  # the allocator learns what sizes there are
            await looker.look(names, within=60)
        before = megabytes(pid(looker))
        for _ in range(20):
            assert None not in await looker.look(names, within=60)
        after = megabytes(pid(looker))

    # Two hundred looks: what kept a piece of each picture would keep far more.
    assert after - before < 40
    assert after < 200


@pytest.mark.parametrize(
    ("flaw", "why"),
    [
        ("sys.modules['onnxruntime'] = None", "onnxruntime"),
        ("import importlib.util as u; u.find_spec = lambda _: None", "not installed"),
        (
            "import hashlib; hashlib.file_digest = lambda *_: hashlib.sha256(b'others')",
            "not those that were measured",
        ),
        ("os._exit(3)", "it ended with 3"),
        ("print('good morning', flush=True)", "cannot mean"),
    ],
)
async def test_who_cannot_look_says_so_and_lets_nothing_pass(
    store, tmp_path, monkeypatch, flaw, why
):
    monkeypatch.setattr(child, "SCRIPT", flawed(tmp_path, flaw))
    name = hung(store, drawing("cat-grey"))
    async with looking(store) as looker:
        assert await looker.look([name], within=60) == [None]
        assert looker.state().startswith("cannot look at pictures: ")
        assert why in looker.state()
        started = time.monotonic()
        assert await looker.look([name] * 10, within=60) == [None] * 10
        assert time.monotonic() - started < child.ANSWER_SECONDS


def test_the_child_knows_nothing_of_the_site():
    """It has no environment: whoever read the settings in it would make them up."""
    knows = "print(*sorted(name for name in sys.modules if name.startswith('quanzi')))"
    found = subprocess.run(
        [sys.executable, "-c", f"import sys, quanzi.screening.eye, quanzi.screening.judging; {knows}"],
        check=True, capture_output=True, text=True,
    )  # fmt: skip

    assert found.stdout.split() == [
        "quanzi", "quanzi.screening", "quanzi.screening.eye", "quanzi.screening.hashing",
        "quanzi.screening.judging",
    ]  # fmt: skip
