"""Files go to their places all together, and back when the database does not follow."""

import dataclasses
import io

import pytest

from quanzi.backup import placing, rooms
from quanzi.backup.checking import check
from quanzi.settings import settings
from tests.backup.files import DOCUMENT, MEMBERS, PICTURE, small


@pytest.fixture
def var(tmp_path, monkeypatch):
    """A site whose pictures and anchors lie elsewhere, with something in each place already."""
    there = dataclasses.replace(
        settings(),
        var=tmp_path / "var",
        media=tmp_path / "pictures",
        anchor=tmp_path / "elsewhere" / "said.log",
    )
    for module in (placing, rooms):
        monkeypatch.setattr(module, "settings", lambda: there)
    for name, text in {
        "var/secret": b"mine",
        "var/identity-keys": b"another site's",
        "pictures/ab/old.webp": b"old",
        "pictures/ff/other.webp": b"other",
        "elsewhere/said.log": b"later",
        "elsewhere/letter.txt": b"not ours",
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(text)
    return tmp_path


def laid(var):
    return {
        path.relative_to(var).as_posix(): path.read_bytes()
        for path in sorted(var.rglob("*"))
        if path.is_file()
    }


def beside():
    file = io.BytesIO(small())
    return placing.beside(file, check(file), lambda *_: None)


def test_everything_comes_to_its_place_and_what_lay_there_is_kept(var):
    with beside() as place:
        place("now")

    assert laid(var) == {
        "elsewhere/.before-restore-now/said.log": b"later",
        "elsewhere/letter.txt": b"not ours",
        "elsewhere/said.log": MEMBERS["anchors.log"],
        "pictures/.before-restore-now/ab/old.webp": b"old",
        "pictures/.before-restore-now/ff/other.webp": b"other",
        PICTURE.replace("media", "pictures"): MEMBERS[PICTURE],
        "var/.before-restore-now/identity-keys": b"another site's",
        "var/.before-restore-now/secret": b"mine",
        "var/secret": MEMBERS["keys/secret"],
        f"var/{DOCUMENT}": MEMBERS[DOCUMENT],
    }


def test_undone_it_is_as_if_nothing_had_been_placed(var):
    before = laid(var)

    with beside() as place:
        place("now").undo()

    assert laid(var) == before


def test_what_fails_half_way_is_moved_back(var, monkeypatch):
    before = laid(var)
    moves = 0
    real = placing.Placed.move

    def move(self, source, target):
        nonlocal moves
        moves += 1
        if moves == 5:
            raise OSError(28, "No space left on device")
        real(self, source, target)

    monkeypatch.setattr(placing.Placed, "move", move)

    with pytest.raises(OSError, match="No space"), beside() as place:
        place("now")

    assert moves == 5
    assert laid(var) == before


def test_what_is_only_laid_beside_leaves_with_the_block(var):
    before = laid(var)

    with beside():
        assert laid(var) != before

    assert laid(var) == before
