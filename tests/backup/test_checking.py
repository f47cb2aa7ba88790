"""Nothing is believed of a backup in which a single bit is another, or of what is none."""

import dataclasses
import io
import random
import tarfile

import pytest

from quanzi.backup import archive
from quanzi.backup.checking import check
from quanzi.backup.failure import Damaged, Refused
from tests.backup.files import MANIFEST, MEMBERS, PICTURE, flipped, places, small, without


def checked(backup: bytes):
    return check(io.BytesIO(backup))


def test_a_whole_one_is_good_and_says_what_it_holds():
    found = checked(small())

    assert found.manifest == MANIFEST
    assert set(MEMBERS) <= set(found.members)


def test_any_tar_can_take_it_apart():
    with tarfile.open(fileobj=io.BytesIO(small())) as tar:
        taken = {each.name: tar.extractfile(each).read() for each in tar}

    assert {name: taken[name] for name in MEMBERS} == MEMBERS
    assert b"  database.dump\n" in taken["SHA256SUMS"]


@pytest.mark.parametrize("name", [*MEMBERS, "quanzi-backup", "manifest.json", archive.SUMS])
def test_one_other_bit_is_named_by_the_member_it_is_in(name):
    backup = small()
    offset, size = places(backup)[name]

    with pytest.raises(Damaged) as why:
        checked(flipped(backup, offset + size // 2))

    assert name in str(why.value) or name == "quanzi-backup"


def test_no_other_bit_anywhere_goes_unseen():
    backup = small()
    for place in range(0, len(backup), 3):
        with pytest.raises((Damaged, Refused)):
            checked(flipped(backup, place))


def test_cut_short_anywhere_it_is_damaged():
    backup = small()
    chance = random.Random(31)
    for length in [*chance.sample(range(len(backup)), 400), 0, len(backup) - 1]:
        with pytest.raises(Damaged):
            checked(backup[:length])


def test_with_something_behind_its_end_it_is_damaged():
    with pytest.raises(Damaged):
        checked(small() + bytes(512))


@pytest.mark.parametrize("name", [*MEMBERS, "manifest.json", archive.SUMS])
def test_what_is_missing_is_named(name):
    with pytest.raises(Damaged) as why:
        checked(without(small(), name))

    assert name in str(why.value)


@pytest.mark.parametrize(
    "name",
    ["../../etc/passwd", "/etc/passwd", "keys/authorized_keys", "media/ab/../../x", "other"],
)
def test_a_file_that_no_backup_has_is_refused(name):
    with pytest.raises(Damaged, match="no backup has"):
        checked(small({**MEMBERS, name: b"x"}))


def test_a_link_is_refused_even_under_a_good_name():
    link = tarfile.TarInfo(PICTURE)
    link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
    backup = small({"database.dump": b"x"})
    first = places(backup)["manifest.json"][0] - archive.BLOCK
    planted = backup[:first] + link.tobuf(tarfile.GNU_FORMAT) + backup[first:]

    with pytest.raises(Damaged, match="no such thing"):
        checked(planted)


def test_the_same_name_twice_is_refused():
    file = io.BytesIO()
    writer = archive.Writer(file)
    for _ in range(2):
        writer.add("database.dump", [b"x"])
    writer.close(MANIFEST)

    with pytest.raises(Damaged, match=r"database\.dump"):
        checked(file.getvalue())


@pytest.mark.parametrize("text", [b"", b"PK\x03\x04" + bytes(600), b"hello " * 300, bytes(2048)])
def test_what_is_no_backup_is_said_to_be_none(text):
    with pytest.raises(Damaged, match="not a backup of Quanzi"):
        checked(text)


def test_somebody_elses_tar_is_no_backup():
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w") as tar:
        tar.addfile(tarfile.TarInfo("letter.txt"))

    with pytest.raises(Damaged, match="not a backup of Quanzi"):
        checked(file.getvalue())


def test_a_format_of_tomorrow_is_refused_as_newer(monkeypatch):
    monkeypatch.setattr(archive, "FORMAT", 2)

    with pytest.raises(Refused, match="newer Quanzi"):
        checked(small({}, dataclasses.replace(MANIFEST, format=2)))
