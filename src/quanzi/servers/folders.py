"""Where things lie under `var`."""

import hashlib
import os
import stat
import tempfile
from dataclasses import dataclass
from pathlib import Path

from quanzi.servers.failure import ServersFailed

# The shortest limit on a socket's path among the systems we run on, less its closing zero.
LONGEST_SOCKET = 103
LONGEST_NAME = "postgres/.s.PGSQL.5432"


@dataclass(frozen=True, slots=True)
class Folders:
    var: Path
    run: Path

    @property
    def log(self) -> Path:
        return self.var / "log"

    @property
    def door(self) -> Path:
        """The keeper's socket."""
        return self.run / "keeper.sock"

    @property
    def tenure(self) -> Path:
        """Locked by the keeper as long as it lives. Under `var`, because that is what it guards."""
        return self.var / "keeper.lock"

    @property
    def opening(self) -> Path:
        """Locked by whoever is starting a keeper."""
        return self.var / "starting.lock"

    def make(self) -> None:
        self.var.mkdir(parents=True, exist_ok=True)
        self.log.mkdir(exist_ok=True)
        self.run.mkdir(mode=0o700, exist_ok=True)
        self._check_run()

    def _check_run(self) -> None:
        """Whoever could write here could stand in for the servers."""
        found = self.run.lstat()
        ours = found.st_uid in {os.geteuid(), self.var.stat().st_uid}
        if not stat.S_ISDIR(found.st_mode) or not ours or found.st_mode & 0o022:
            raise ServersFailed(f"The folder {self.run} is not ours alone; remove it.")


def folders_of(var: Path) -> Folders:
    var = var.resolve()
    run = var / "run"
    # A comma separates hosts in a database address.
    if len(os.fsencode(run / LONGEST_NAME)) > LONGEST_SOCKET or "," in str(run):
        digest = hashlib.sha256(os.fsencode(var)).hexdigest()[:16]
        run = Path(tempfile.gettempdir()).resolve() / f"quanzi-{digest}"
    return Folders(var=var, run=run)
