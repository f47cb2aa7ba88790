"""Promises about a start that cannot be: it says why, and leaves nothing behind."""

import os
from pathlib import Path

import pytest

from quanzi.servers import ServersFailed, hold
from quanzi.servers.folders import folders_of
from tests.servers.stage import Stage, wait_for

NOBODY = 65534


def test_data_of_another_release_is_named(tmp_path: Path) -> None:
    stage = Stage(tmp_path / "var")
    data = stage.var / "postgres"
    data.mkdir(parents=True, mode=0o700)
    (data / "PG_VERSION").write_text("9.6\n")
    (data / "postgresql.conf").touch()
    if os.geteuid() == 0:
        for path in (data, *data.iterdir()):
            os.chown(path, NOBODY, NOBODY)
    with pytest.raises(ServersFailed, match=r"PostgreSQL does not start[\s\S]*version 9\.6"):
        stage.hold()
    wait_for(lambda: not stage.all())


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(ServersFailed, match="file"):
        hold(tmp_path / "file" / "var", postgres=True, valkey=True)


def test_a_run_folder_others_may_write_is_refused(tmp_path: Path) -> None:
    run = folders_of(tmp_path / "var").run
    run.mkdir(parents=True)
    run.chmod(0o777)
    with pytest.raises(ServersFailed, match="not ours alone"):
        hold(tmp_path / "var", postgres=True, valkey=True)
