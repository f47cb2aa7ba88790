"""The child process that looks at pictures, for as long as its parent lives.

    python -I eye.py PARENT FOLDER

Says a line of JSON when it can begin, {"is": "ready", "model": …}, or {"is": "blind", "why": …}.
Then it reads lines, each the small and the medium file of one picture, and to each says
{"is": "seen", "score": …, "hash": …} or {"is": "unread"}. It opens nothing outside of FOLDER.
"""

import ctypes
import json
import os
import resource
import signal
import sys
from pathlib import Path
from typing import Any, BinaryIO

from PIL import Image, JpegImagePlugin, WebPImagePlugin  # noqa: F401 - else it imports them all

sys.path.insert(0, str(Path(__file__).parents[2]))  # isolated, it does not know where it lies

from quanzi.screening.hashing import hash_of

MOST_MEMORY = 700_000_000
# Of the small size, 360 by 4096 at most; of the medium one only where it is wider than high.
MOST_PIXELS = 1_500_000
# Wider, and the small size has too few lines to see anything in.
WIDE = 1.8
NICE = 10
PR_SET_PDEATHSIG = 1


def main(parent: int, folder: Path) -> None:
    _tie(parent)
    os.nice(NICE)
    _limit()
    say = _Mouth()
    try:
        from quanzi.screening.judging import MODEL, Judge  # noqa: PLC0415 - it may be missing

        judge = Judge()
    except Exception as why:  # noqa: BLE001 - whatever it is, people are told and no picture passes
        say({"is": "blind", "why": f"{type(why).__name__}: {why}"})
        return
    say({"is": "ready", "model": MODEL})
    for line in sys.stdin.buffer:
        say(_seen_or_unread(judge, json.loads(line), folder))


def _tie(parent: int) -> None:
    """Also when it hangs, and would not notice that nobody writes to it any more."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, int(signal.SIGKILL), 0, 0, 0)
    if os.getppid() != parent:
        sys.exit()  # it died before we could be tied


def _limit() -> None:
    if sys.platform == "linux":  # elsewhere it counts what is mapped by others, and cannot be set
        _cap(resource.RLIMIT_AS, MOST_MEMORY)
    _cap(resource.RLIMIT_FSIZE, 0)
    _cap(resource.RLIMIT_NOFILE, 32)
    _cap(resource.RLIMIT_NPROC, 0)
    _cap(resource.RLIMIT_CORE, 0)
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS  # twice as many are an error


def _cap(what: int, most: int) -> None:
    _, now = resource.getrlimit(what)
    most = most if now == resource.RLIM_INFINITY else min(most, now)
    resource.setrlimit(what, (most, most))


class _Mouth:
    """What libraries print goes nowhere."""

    def __init__(self) -> None:
        self._out: BinaryIO = os.fdopen(os.dup(1), "wb", buffering=0)
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)

    def __call__(self, what: dict[str, Any]) -> None:
        self._out.write(json.dumps(what).encode() + b"\n")


def _seen_or_unread(judge: Any, files: list[str], folder: Path) -> dict[str, Any]:
    try:
        image = _opened(files[0], folder)
        if image.width > WIDE * image.height:
            image = _opened(files[1], folder)
        return {"is": "seen", "score": judge.score(image), "hash": hash_of(image)}
    except Exception:  # noqa: BLE001 - decoders raise whatever they please, MemoryError too
        return {"is": "unread"}


def _opened(file: str, folder: Path) -> Image.Image:
    """As people see it who have a light page."""
    place = Path(file).resolve(strict=True)
    if not place.is_relative_to(folder.resolve()):
        raise PermissionError(file)
    with Image.open(place, formats=("WEBP",)) as image:
        seen = Image.new("RGB", image.size, "white")
        seen.paste(image, mask=image if image.mode == "RGBA" else None)
    return seen


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]))
