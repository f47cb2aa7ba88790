"""T21: somebody else's fuzzer reads the description and sends whatever it says, and what it forbids."""

import asyncio
import sys
from pathlib import Path

import pytest

from quanzi.platform import doors, keys
from quanzi.platform.scopes import SCOPES
from quanzi.web import limits
from quanzi.web.limits import Limit
from tests.people import CIRCLE

# Of a circle and a post that are there: what fits the shapes may still be refused for what it means.
HERE = """
[parameters]
"path.circle" = "{circle}"
"path.post_id" = {post_id}
"path.comment_id" = {comment_id}

[checks]
positive_data_acceptance.enabled = false
"""


@pytest.mark.timeout(300)
@pytest.mark.parametrize("where", ["anywhere", "here"])
async def test_whatever_is_sent_the_answer_is_one_that_the_description_names(
    cast, xiaolan, editor, monkeypatch, tmp_path, where
):
    post_id = (await xiaolan.posts()).post_id
    comment_id = (await xiaolan.says(post_id, "好")).comment_id
    _as_fast_as_it_can(monkeypatch)
    secret = await keys.make(editor.viewer, "fuzz", list(SCOPES), 90)
    config = HERE.format(circle=CIRCLE, post_id=post_id, comment_id=comment_id)
    (tmp_path / "schemathesis.toml").write_text(config if where == "here" else "")

    code, said = await _fuzzed(cast.url, secret, tmp_path)

    assert code == 0, said[-20_000:]


def _as_fast_as_it_can(monkeypatch) -> None:
    for room, name in (
        (limits, "DEEDS"),
        (limits, "POSTING"),
        (limits, "COMMENTING"),
        (doors, "PROGRAMS"),
        (doors, "UNKNOWN_KEYS"),
    ):
        monkeypatch.setattr(room, name, Limit(f"{name}-fuzzed", 10**6, 60, 10**6))


async def _fuzzed(url: str, secret: str, folder: Path) -> tuple[int | None, str]:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "schemathesis.cli"),
        *("--config-file", str(folder / "schemathesis.toml"), "run"),
        *(f"{url}/api/v1/openapi.json", "-H", f"Authorization: Bearer {secret}"),
        *("--phases", "coverage,fuzzing", "-n", "15", "--generation-deterministic"),
        *("--continue-on-failure", "--no-color", "--warnings", "off"),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
        cwd=folder,
    )
    said, _ = await process.communicate()
    return process.returncode, said.decode()
