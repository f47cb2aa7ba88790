"""The user that the servers run as.

PostgreSQL refuses to run as root. A site started by root therefore runs its servers as a user that
owns nothing but their data; any other site runs them as itself.
"""

import os
import pwd
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict

NAME = "quanzi-servers"


class Identity(TypedDict, total=False):
    """What `subprocess` is told about the user."""

    user: int
    group: int
    extra_groups: list[int]


@dataclass(frozen=True, slots=True)
class Account:
    uid: int
    gid: int
    identity: Identity

    def give(self, folder: Path) -> None:
        """Make the folder, for this user alone."""
        folder.mkdir(mode=0o700, exist_ok=True)
        if self.identity:
            os.chown(folder, self.uid, self.gid)


def account_for(data: Path) -> Account:
    if os.geteuid() != 0:
        return Account(uid=os.geteuid(), gid=os.getegid(), identity={})
    found = _owner(data) or _entry(NAME) or _made() or pwd.getpwnam("nobody")
    uid, gid = found.pw_uid, found.pw_gid
    return Account(uid=uid, gid=gid, identity={"user": uid, "group": gid, "extra_groups": []})


def _owner(data: Path) -> pwd.struct_passwd | None:
    """Data that is there stays with the user it belongs to."""
    if not data.exists() or data.stat().st_uid == 0:
        return None
    try:
        return pwd.getpwuid(data.stat().st_uid)
    except KeyError:
        return None


def _entry(name: str) -> pwd.struct_passwd | None:
    try:
        return pwd.getpwnam(name)
    except KeyError:
        return None


def _made() -> pwd.struct_passwd | None:
    command = ["useradd", "--system", "--no-create-home", "--home-dir", "/nonexistent"]
    try:
        subprocess.run([*command, "--shell", "/bin/false", NAME], check=False, capture_output=True)
    except FileNotFoundError:
        return None  # a system without useradd has its `nobody`
    return _entry(NAME)
