from pathlib import Path

import pytest

from quanzi.media import SIZES, FolderStore, WrongName

NAME = "ab" + "0123456789" * 3


@pytest.fixture
def file(tmp_path: Path) -> Path:
    (tmp_path / "drawn").write_bytes(b"a picture")
    return tmp_path / "drawn"


@pytest.mark.parametrize(
    "name",
    ["", "ab", "../" + NAME, "../../../../etc/passwd", "/etc/passwd", NAME + "\n", NAME + "\0",
     "\0" * 32, NAME.upper(), NAME[:-1] + "g", NAME[:-1] + "/", NAME[:-1] + "٣", NAME + "a",
     "..%2f" + NAME[5:], "." * 32, "\u202e" + NAME[1:]],
)  # fmt: skip
def test_no_name_from_outside_becomes_a_path(name: str, store: FolderStore, file: Path) -> None:
    for use in (lambda: store.path(name, "s"), lambda: store.put(name, "s", file),
                lambda: store.delete(name)):  # fmt: skip
        with pytest.raises(WrongName):
            use()
    assert not store.root.exists()


@pytest.mark.parametrize("size", ["", "xl", "360", "../s", "s\0"])
def test_no_size_from_outside_becomes_a_path(size: str, store: FolderStore) -> None:
    with pytest.raises(WrongName):
        store.path(NAME, size)


def test_what_was_put_is_found_under_its_name_and_size(store: FolderStore, file: Path) -> None:
    store.put(NAME, "m", file)
    assert store.path(NAME, "m") == store.root / "ab" / f"{NAME[2:]}-720.webp"
    assert store.path(NAME, "m").read_bytes() == b"a picture"


def test_nobody_else_on_the_machine_may_look(store: FolderStore, file: Path) -> None:
    store.put(NAME, "s", file)
    place = store.path(NAME, "s")
    assert [path.stat().st_mode & 0o077 for path in (store.root, place.parent, place)] == [0, 0, 0]


def test_deleting_leaves_no_size_and_may_be_done_twice(store: FolderStore, file: Path) -> None:
    for size in ("s", "m", "l"):
        store.put(NAME, size, file)
    store.delete(NAME)
    store.delete(NAME)
    assert not any(store.path(NAME, size).exists() for size in SIZES)


def test_deleting_one_keeps_its_neighbour(store: FolderStore, file: Path) -> None:
    neighbour = NAME[:-1] + "f"
    store.put(NAME, "s", file)
    store.put(neighbour, "s", file)
    store.delete(NAME)
    assert store.path(neighbour, "s").exists()


def test_a_failed_write_leaves_the_old_file_and_no_rest(
    store: FolderStore, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.put(NAME, "s", file)

    def full(*_: object) -> None:
        raise OSError("no space left")

    monkeypatch.setattr("os.fsync", full)
    file.write_bytes(b"another")
    with pytest.raises(OSError, match="no space"):
        store.put(NAME, "s", file)
    place = store.path(NAME, "s")
    assert place.read_bytes() == b"a picture"
    assert list(place.parent.iterdir()) == [place]
