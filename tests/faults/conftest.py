"""One folder with the demo for all that watch a site: what they write does the others no harm."""

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
