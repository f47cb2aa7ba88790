"""One folder with the demo for all that watch a site: what they write does the others no harm."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from quanzi.servers import hold


@pytest.fixture(scope="session")
def var(tmp_path_factory) -> Iterator[Path]:
    made = tmp_path_factory.mktemp("site")
    made.chmod(0o755)  # the servers run as a user of their own
    # Between two sites they need not stop and start.
    with hold(made, postgres=True, valkey=True):
        yield made


@pytest.fixture
def folder() -> Iterator[Path]:
    """Not below pytest's own folders, which another run of it closes to the servers' user."""
    made = Path(tempfile.mkdtemp(prefix="quanzi-pair-"))
    made.chmod(0o711)
    yield made
    shutil.rmtree(made, ignore_errors=True)
