"""Letting the servers' user through to its files.

A site in root's home lies behind a folder that only root may pass. Where a folder on the way is
closed, that one user (an access list) is allowed to pass it, not to list it; everyone, only where
the file system knows no access lists.
"""

import errno
import os
import stat
import struct
import sys
from pathlib import Path

from quanzi.servers.account import Account

ACCESS_LIST = "system.posix_acl_access"
VERSION = 2
HEAD, ENTRY = struct.Struct("<I"), struct.Struct("<HHI")
# Tags of acl(5), in the order the kernel wants them.
OWNER, USER, GROUP, MASK, OTHER = 0x01, 0x02, 0x04, 0x10, 0x20
NOBODY_NAMED = 0xFFFFFFFF
PASS = stat.S_IXOTH

Entry = tuple[int, int, int]  # tag, rights, whose


def let_through(path: Path, account: Account) -> None:
    if account.identity:
        for folder in path.parents:
            if not _may_pass(folder, account):
                _allow(folder, account.uid)


def let_read(tree: Path, account: Account) -> None:
    """Installed by someone with a strict umask, a package is unreadable; it holds no secret."""
    let_through(tree, account)
    if account.identity and not _is_open(tree):
        for path in (tree, *tree.rglob("*")):
            if not path.is_symlink():
                mode = path.stat().st_mode
                path.chmod(mode | stat.S_IROTH | (stat.S_IXOTH if mode & stat.S_IXUSR else 0))


def _may_pass(folder: Path, account: Account) -> bool:
    found = folder.stat()
    mine = stat.S_IXUSR if found.st_uid == account.uid else PASS
    return bool(found.st_mode & mine)


def _is_open(tree: Path) -> bool:
    """The folder and one level below speak for the rest: they were written by one installer."""
    wanted = stat.S_IROTH
    return all(path.stat().st_mode & wanted for path in (tree, *tree.glob("*"), *tree.glob("*/*")))


def _allow(folder: Path, uid: int) -> None:
    if sys.platform == "linux":
        try:
            os.setxattr(folder, ACCESS_LIST, _packed(_with_user(_entries(folder), uid)))
        except OSError as refusal:
            if refusal.errno not in {errno.ENOTSUP, errno.ENOSYS}:
                raise
        else:
            return
    folder.chmod(folder.stat().st_mode | PASS)


def _with_user(entries: list[Entry], uid: int) -> list[Entry]:
    theirs = {(tag, name): rights for tag, rights, name in entries}
    theirs[USER, uid] = theirs.get((USER, uid), 0) | PASS
    theirs[MASK, NOBODY_NAMED] = (
        theirs.get((MASK, NOBODY_NAMED), theirs[GROUP, NOBODY_NAMED]) | PASS
    )
    return [(tag, rights, name) for (tag, name), rights in sorted(theirs.items())]


def _entries(folder: Path) -> list[Entry]:
    try:
        packed = os.getxattr(folder, ACCESS_LIST)
    except OSError as refusal:
        if refusal.errno != errno.ENODATA:
            raise
        mode = folder.stat().st_mode
        bits = {OWNER: mode >> 6 & 7, GROUP: mode >> 3 & 7, OTHER: mode & 7}
        return [(tag, rights, NOBODY_NAMED) for tag, rights in bits.items()]
    return list(ENTRY.iter_unpack(packed[HEAD.size :]))


def _packed(entries: list[Entry]) -> bytes:
    return HEAD.pack(VERSION) + b"".join(ENTRY.pack(*entry) for entry in entries)
