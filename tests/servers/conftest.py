from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.servers.stage import Stage


@pytest.fixture(scope="session")
def var(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One folder for most tests: making it anew for each would take longer than they do."""
    made = tmp_path_factory.mktemp("servers") / "var"
    # What a first start leaves that was killed in the middle.
    half = made / "postgres.new-1"
    half.mkdir(parents=True)
    (half / "PG_VERSION").write_text("18\n")
    return made


@pytest.fixture
def stage(var: Path) -> Iterator[Stage]:
    stage = Stage(var)
    yield stage
    stage.clear()
