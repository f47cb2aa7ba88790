"""Promises to whoever may and may not be root."""

import os
import pwd
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from quanzi.servers.account import NAME
from tests.servers.stage import Stage, ask

NOBODY = 65534
pytestmark = pytest.mark.skipif(os.geteuid() != 0, reason="needs root to be somebody else")


@pytest.fixture(scope="module")
def theirs() -> Iterator[Path]:
    """A folder that others can reach, given to the user nobody."""
    with tempfile.TemporaryDirectory() as made:
        Path(made).chmod(0o755)
        folder = Path(made) / "theirs"
        folder.mkdir()
        os.chown(folder, NOBODY, NOBODY)
        yield folder


@pytest.fixture
def nobody_s(theirs: Path) -> Iterator[Stage]:
    stage = Stage(theirs / "var")
    yield stage
    stage.clear()


async def test_as_root_the_servers_are_not_root(stage: Stage) -> None:
    held = stage.hold()
    assert stage.owners() == {0, pwd.getpwnam(NAME).pw_uid}
    assert await ask(held.database_url, "SELECT 1") == 1


def test_a_closed_folder_on_the_way_stays_closed_to_others(stage: Stage) -> None:
    stage.hold()
    closed = [folder for folder in stage.var.parents if not folder.stat().st_mode & stat.S_IXOTH]
    assert closed, "the folder of this test should have been closed to others"


async def test_any_user_may_run_a_site_of_their_own(nobody_s: Stage) -> None:
    client = nobody_s.client(_python_for_nobody(), user=NOBODY, group=NOBODY, extra_groups=[])
    urls = client.urls()
    assert await ask(urls[0], "SELECT 1") == 1
    assert nobody_s.owners() == {NOBODY}
    client.go()


async def test_root_looks_into_the_site_of_another_user(nobody_s: Stage) -> None:
    client = nobody_s.client(_python_for_nobody(), user=NOBODY, group=NOBODY, extra_groups=[])
    client.urls()
    pids = nobody_s.all()
    assert await ask(nobody_s.hold().database_url, "SELECT 1") == 1
    assert nobody_s.all() == pids


def _python_for_nobody() -> str:
    """The servers' room needs the standard library only, so any Python new enough will do."""
    for python in (sys.executable, "/usr/bin/python3"):
        try:
            subprocess.run(
                [python, "-c", "import sys; assert sys.version_info >= (3, 11)"],
                check=True,
                capture_output=True,
                user=NOBODY,
                group=NOBODY,
                extra_groups=[],
                cwd="/",
            )
        except (OSError, subprocess.CalledProcessError):
            continue
        return python
    pytest.skip("no Python that the user nobody can reach: all lie behind folders closed to them")
