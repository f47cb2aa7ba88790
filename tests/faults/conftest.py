"""One folder with the demo for all that watch a site: what they write does the others no harm."""

from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def var(tmp_path_factory) -> Path:
    made = tmp_path_factory.mktemp("site")
    made.chmod(0o755)  # the servers run as a user of their own
    return made
