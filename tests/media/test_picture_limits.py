"""However a file or the child behaves, the server stays small, quick and tidy."""

import asyncio
import os
import tempfile
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from PIL import Image

from quanzi.media import FolderStore, Reason, Size, Unreadable, child, take
from tests.media import pictures as made
from tests.media.measuring import Measured, measured
from tests.media.pictures import photo, saved

PHOTO = saved(photo(60, 40), "JPEG")

HEAVY: dict[str, Callable[[], bytes]] = {
    "one-bit bomb of 20 kB": lambda: made.png(13_000, 13_000, 1, 0),
    "gif of a hundred thousand frames": lambda: made.gif_of_frames(100_000),
    "the largest photo, progressive, of four inks": lambda: saved(
        Image.new("CMYK", (5712, 4284)), "JPEG", progressive=True
    ),
    "the largest png, one bit and a transparent colour": lambda: made.png(
        5016, 5016, 1, 3, (b"PLTE", bytes(6)), (b"tRNS", bytes(2))
    ),
    "the largest webp, without loss": lambda: saved(
        Image.new("RGBA", (4096, 3072), (1, 2, 3, 4)), "WEBP", lossless=True, quality=0, method=0
    ),
    "jpeg with six million bytes of broken notes": lambda: made.jpeg_with_segments(
        0xE1, b"Exif\0\0MM\0*\0\0\0\x08" + b"\xff" * 65_000, 100
    ),
    "jpeg that refines itself for ever": lambda: made.jpeg_of_scans(1000),
}


def test_the_child_takes_at_most_300_megabytes_and_three_seconds(tmp_path: Path) -> None:
    with ThreadPoolExecutor(2) as two_at_once:
        all_used = two_at_once.map(_used_for, HEAVY.values(), [tmp_path] * len(HEAVY))
        for what, used in zip(HEAVY, all_used, strict=True):
            assert used.megabytes <= 300, what
            assert used.cpu <= 3.1, what
            assert '"broken"' not in used.said, what  # it fits the memory and was not cut off


def _used_for(make: Callable[[], bytes], among: Path) -> Measured:
    folder = Path(tempfile.mkdtemp(dir=among))
    (folder / "source").write_bytes(make())
    return measured(folder / "source", folder)


BEHAVIOURS: dict[str, tuple[Reason, str]] = {
    "dies by a signal": ("broken", "import os; os.kill(os.getpid(), 11)"),
    "is killed": ("broken", "import os; os.kill(os.getpid(), 9)"),
    "takes too much processor": ("timeout", "import os; os.kill(os.getpid(), 24)"),
    "says nothing": ("broken", ""),
    "says nonsense": ("broken", "print('{')"),
    "says what cannot be": (
        "broken",
        """print('{"is": "drawn", "width": -1, "height": 1, "colour": "#000000"}')""",
    ),
    "says it drew and did not": (
        "broken",
        """print('{"is": "drawn", "width": 1, "height": 1, "colour": "#000000"}')""",
    ),
    "draws another file of the server": (
        "broken",
        """import os, sys
for width in sys.argv[3:]: os.symlink("/etc/passwd", f"{sys.argv[2]}/{width}.webp")
print('{"is": "drawn", "width": 1, "height": 1, "colour": "#000000"}')""",
    ),
    "says a colour that is markup": (
        "broken",
        """print('{"is": "drawn", "width": 1, "height": 1, "colour": "#000000;x:url(//x)"}')""",
    ),
    "says a reason that is none": ("broken", """print('{"is": "refused", "reason": "<b>"}')"""),
    "speaks well and then dies": (
        "broken",
        """print('{"is": "drawn", "width": 1, "height": 1, "colour": "#000000"}', flush=True)
import os; os.abort()""",
    ),
    "never stops talking": (
        "timeout",
        "import time\nfor _ in range(16): print('x' * 2**20, flush=True)\ntime.sleep(60)",
    ),
    "never ends": ("timeout", "import time; time.sleep(60)"),
}


@pytest.mark.parametrize("what", BEHAVIOURS)
async def test_whatever_the_child_does_is_a_refusal(
    what: str, store: FolderStore, temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reason, script = BEHAVIOURS[what]
    _let_the_child_be(script, temporary.parent, monkeypatch)
    # Short where it is to be over; on a busy machine an interpreter alone takes that long to begin.
    monkeypatch.setattr(child, "WALL_SECONDS", 0.5 if what.startswith("never") else 30)
    with pytest.raises(Unreadable) as refused:
        await take(PHOTO, store)
    assert refused.value.reason == reason
    assert list(temporary.iterdir()) == []
    assert not store.root.exists()


async def test_the_child_is_told_no_secrets(
    store: FolderStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QUANZI_SECRET", "not for the child")
    heard = tmp_path / "heard"
    script = f"import os; open({str(heard)!r}, 'w').write(repr(dict(os.environ)))"
    _let_the_child_be(script, tmp_path, monkeypatch)
    with pytest.raises(Unreadable):
        await take(PHOTO, store)
    assert "not for the child" not in heard.read_text()
    assert "PATH" not in heard.read_text()


async def test_who_stops_waiting_leaves_no_child_and_no_file(
    store: FolderStore, temporary: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    born = tmp_path / "born"
    script = f"import os, time; open({str(born)!r}, 'w').write(str(os.getpid())); time.sleep(60)"
    _let_the_child_be(script, tmp_path, monkeypatch)
    taking = asyncio.create_task(take(PHOTO, store))
    await _until(lambda: born.exists() and born.read_text() != "")
    taking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await taking
    with pytest.raises(ProcessLookupError):
        os.kill(int(born.read_text()), 0)
    assert list(temporary.iterdir()) == []


class SlowStore(FolderStore):
    """Its disk answers when the test says so."""

    def __init__(self, root: Path) -> None:
        super().__init__(root)
        self.began, self.may_go_on = threading.Event(), threading.Event()

    def put(self, name: str, size: Size, file: Path) -> None:
        self.began.set()
        self.may_go_on.wait(5)
        super().put(name, size, file)


async def test_who_stops_waiting_while_it_is_stored_leaves_no_picture(
    tmp_path: Path, temporary: Path
) -> None:
    store = SlowStore(tmp_path / "media")
    taking = asyncio.create_task(take(PHOTO, store))
    await _until(store.began.is_set)
    taking.cancel()
    await asyncio.sleep(0.01)
    store.may_go_on.set()
    with pytest.raises(asyncio.CancelledError):
        await taking
    assert list(store.root.rglob("*.webp")) == []
    assert list(temporary.iterdir()) == []


class FullStore(FolderStore):
    def put(self, name: str, size: Size, file: Path) -> None:
        if size == "l":
            raise OSError("no space left")
        super().put(name, size, file)


async def test_a_full_disk_is_a_fault_and_keeps_no_half_picture(
    tmp_path: Path, temporary: Path
) -> None:
    store = FullStore(tmp_path / "media")
    with pytest.raises(OSError, match="no space"):
        await take(PHOTO, store)
    assert list(store.root.rglob("*.webp")) == []
    assert list(temporary.iterdir()) == []


CHILD_SECONDS = 1.0


async def test_at_most_two_are_opened_at_once_and_the_server_answers_meanwhile(
    store: FolderStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = f"""import time; began = time.time(); time.sleep({CHILD_SECONDS})
open({str(tmp_path)!r} + f"/{{began}}", "w").write(str(time.time()))"""
    _let_the_child_be(script, tmp_path, monkeypatch)
    slowest = asyncio.create_task(_slowest_turn_of_the_loop())
    await asyncio.gather(*(take(PHOTO, store) for _ in range(6)), return_exceptions=True)
    slowest.cancel()
    spans = [(float(file.name), float(file.read_text())) for file in tmp_path.glob("[0-9]*")]
    assert len(spans) == 6
    assert max(sum(begin <= at < end for begin, end in spans) for at, _ in spans) == 2
    # Whoever waited for a child without giving way would stand as long as it takes.
    assert await slowest < CHILD_SECONDS


async def _slowest_turn_of_the_loop() -> float:
    slowest = 0.0
    try:
        while True:
            began = time.monotonic()
            await asyncio.sleep(0.005)
            slowest = max(slowest, time.monotonic() - began)
    except asyncio.CancelledError:
        return slowest


async def _until(true: Callable[[], bool]) -> None:
    async with asyncio.timeout(5):
        while not true():
            await asyncio.sleep(0.005)


def _let_the_child_be(script: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "child.py").write_text(script)
    monkeypatch.setattr(child, "SCRIPT", folder / "child.py")
