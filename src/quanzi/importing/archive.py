"""A ZIP with the pictures of an import: looked at before anything is opened, and one file at a time."""

import asyncio
import io
import secrets
import stat
import struct
import zipfile
import zlib
from pathlib import Path, PurePosixPath

from quanzi.errors import Invalid, said
from quanzi.media import MOST_BYTES as MOST_PICTURE
from quanzi.settings import settings

MOST_BYTES = 40 * 2**20
MOST_ENTRIES = 3000
MOST_UNPACKED = 400 * 2**20
# A picture is packed already: what shrinks more was made to burst.
MOST_RATIO = 100
LEAST_FOR_RATIO = 64 * 1024
_END, _END_64 = b"PK\x05\x06", b"PK\x06\x07"
END_BYTES, LOCATOR_BYTES, LONGEST_COMMENT = 22, 20, 65535
BYTES_PER_ENTRY = 1024
ENCRYPTED = 0x1


def folder() -> Path:
    """Processes on several machines need one that they share, as for pictures."""
    return settings().var / "imports"


def path_of(name: str) -> Path:
    return folder() / f"{name}.zip"


async def keep(content: bytes) -> str:
    """Its name in the folder. Raises Invalid under `pictures`."""
    await asyncio.to_thread(names, content)
    name = secrets.token_hex(16)
    await asyncio.to_thread(_write, path_of(name), content)
    return name


def names(source: bytes | Path) -> dict[str, str]:
    """What each picture is called in a row: its path, or its name alone → its path. Raises Invalid."""
    if isinstance(source, bytes):
        if len(source) > MOST_BYTES:
            raise Invalid(pictures=said("ZIP 超过 %(most)d MB。", most=MOST_BYTES // 2**20))
        _ask_size(source)
    try:
        with zipfile.ZipFile(io.BytesIO(source) if isinstance(source, bytes) else source) as opened:
            entries = [each for each in opened.infolist() if not each.is_dir()]
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError):
        raise Invalid(pictures=said("这个文件不是 ZIP，或者已经损坏。")) from None
    if sum(each.file_size for each in entries) > MOST_UNPACKED or any(map(_is_odd, entries)):
        raise Invalid(pictures=said("这个 ZIP 不能用：里面有不该有的路径，或者展开以后太大。"))
    found: dict[str, str] = {}
    for each in entries:
        found.setdefault(PurePosixPath(each.filename).name.lower(), each.filename)
    return found | {each.filename.lower(): each.filename for each in entries}


def picture(archive: str, entry: str) -> bytes:
    """Of one that is too large, enough to see that it is. Raises OSError, also for a damaged one."""
    try:
        with zipfile.ZipFile(path_of(archive)) as opened, opened.open(entry) as file:
            return file.read(MOST_PICTURE + 1)
    except (zipfile.BadZipFile, zlib.error, RuntimeError, EOFError, ValueError, KeyError) as why:
        raise OSError(f"{entry!r} cannot be read") from why


def forget(archive: str) -> None:
    if archive:
        path_of(archive).unlink(missing_ok=True)


def _ask_size(content: bytes) -> None:
    """Before the list of its files is read, which alone could fill the memory."""
    end = content.rfind(_END, max(0, len(content) - END_BYTES - LONGEST_COMMENT))
    if end < 0 or len(content) < end + END_BYTES:
        raise Invalid(pictures=said("这个文件不是 ZIP，或者已经损坏。"))
    entries, size = struct.unpack("<HI", content[end + 10 : end + 16])
    large = content[max(0, end - LOCATOR_BYTES) : end].startswith(_END_64)
    if large or entries > MOST_ENTRIES or size > MOST_ENTRIES * BYTES_PER_ENTRY:
        raise Invalid(pictures=said("ZIP 里最多 %(most)d 个文件。", most=MOST_ENTRIES))


def _is_odd(entry: zipfile.ZipInfo) -> bool:
    path = PurePosixPath(entry.filename)
    return (
        not path.parts
        or path.is_absolute()
        or ".." in path.parts
        or "\\" in entry.orig_filename
        or ":" in path.parts[0]
        or "\x00" in entry.orig_filename
        or stat.S_ISLNK(entry.external_attr >> 16)
        or bool(entry.flag_bits & ENCRYPTED)
        or entry.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
        or (
            entry.file_size > LEAST_FOR_RATIO
            and entry.file_size > MOST_RATIO * max(1, entry.compress_size)
        )
    )


def _write(file: Path, content: bytes) -> None:
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    file.touch(mode=0o600)
    file.write_bytes(content)
