"""The machine the site runs on: settings, secrets, folders, and how much it may open."""

import os
import resource
import shutil
import tempfile
from pathlib import Path
from urllib.parse import urlsplit

from quanzi.commands.examining.finding import Finding
from quanzi.settings import settings

LEAST_FREE = 500 * 2**20
SHORTEST = 32
# A live page holds one, and each process some dozens besides.
FEWEST_DESCRIPTORS = 4096
LOOPBACK = {"127.0.0.1", "localhost", "::1"}


async def settings_in_use() -> Finding:
    url = settings().url
    if not url:
        return True, f"var {settings().var}, QUANZI_URL not set: only loopback names are answered"
    host = urlsplit(url).hostname or ""
    if not settings().secure and host not in LOOPBACK:
        return False, (
            f"QUANZI_URL is {url}: cookies and passwords travel in the clear; put TLS before the "
            f"site and set QUANZI_URL=https://{host}"
        )
    if settings().secure and host in LOOPBACK:
        return (
            False,
            f"QUANZI_URL is {url}, which only this machine reaches; set the public address",
        )
    return True, f"var {settings().var}, QUANZI_URL {url}"


async def secrets() -> Finding:
    for name, secret in (("secret", settings().secret), ("pepper", settings().pepper)):
        if len(secret) < SHORTEST:
            return False, (
                f"{name} has {len(secret)} bytes, fewer than {SHORTEST}; set QUANZI_{name.upper()} "
                f"to a longer one, or restore {settings().var / name} from a backup"
            )
        file = settings().var / name
        if file.exists() and file.stat().st_mode & 0o077:
            return False, f"others can read {file}; run `chmod 600 {file}`"
    return True, f"at least {SHORTEST} bytes each"


async def descriptors() -> Finding:
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    enough = most == resource.RLIM_INFINITY or most >= FEWEST_DESCRIPTORS
    shown = "any number of" if most == resource.RLIM_INFINITY else f"{most:,}"
    mend = "; each open page needs one: set LimitNOFILE=65536 in the unit, or `ulimit -Hn`"
    return enough, f"{shown} files and connections may be open" + ("" if enough else mend)


async def disk() -> Finding:
    folders = {"QUANZI_VAR": settings().var, "QUANZI_MEDIA": _there(settings().media)}
    free = {name: shutil.disk_usage(folder).free for name, folder in folders.items()}
    name = min(free, key=lambda each: free[each])
    good = free[name] >= LEAST_FREE
    return good, f"{free[name] / 2**30:.1f} GiB free" + (
        "" if good else f"; make room under {name} ({folders[name]})"
    )


async def media() -> Finding:
    folder = settings().media
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with tempfile.TemporaryFile(dir=folder) as trial:
            trial.write(b"x")
    except OSError as why:
        return False, (
            f"{folder} cannot be written to ({why.strerror}); give it to the site's user, or mend "
            "QUANZI_MEDIA"
        )
    return True, f"{folder} can be written to"


async def anchor() -> Finding:
    """Without leaving anything behind: an empty file of anchors would be none."""
    file = settings().anchor
    try:
        if file.exists():
            with file.open("ab"):
                pass
        elif not (file.parent.is_dir() and os.access(file.parent, os.W_OK)):
            raise NotADirectoryError(0, "no folder to write in")
    except OSError as why:
        return False, (
            f"{file} cannot be written to ({why.strerror}); mend QUANZI_ANCHOR, or give the file "
            "to the site's user"
        )
    return True, f"{file} can be written to"


def _there(folder: Path) -> Path:
    """It, or the nearest folder above it that there is."""
    return next(each for each in (folder, *folder.parents) if each.exists())
