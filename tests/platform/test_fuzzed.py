"""T21: somebody else's fuzzer reads the description and sends whatever it says, and what it forbids."""

import asyncio
import sys
from pathlib import Path

import pytest

from quanzi.db.engine import rows
from quanzi.moderation import reporting
from quanzi.planning import series
from quanzi.platform import doors, keys
from quanzi.platform.scopes import SCOPES
from quanzi.web import limits
from quanzi.web.limits import Limit
from tests.fans.crowd import segment, tag
from tests.offering.shop import offers
from tests.people import CIRCLE
from tests.planning.test_series import daily
from tests.posts.test_planning import plans

# Of a circle and of things that are there: what fits the shapes may still be refused for what it means.
HERE = """
[parameters]
"path.circle" = "{circle}"
{things}

[checks]
positive_data_acceptance.enabled = false
"""


@pytest.mark.timeout(600)
@pytest.mark.parametrize("where", ["anywhere", "here"])
async def test_whatever_is_sent_the_answer_is_one_that_the_description_names(
    cast, xiaolan, editor, monkeypatch, tmp_path, where
):
    things = await _things(cast, xiaolan, editor)
    _as_fast_as_it_can(monkeypatch)
    secret = await keys.make(editor.viewer, "fuzz", list(SCOPES), 90)
    named = "\n".join(f'"path.{name}" = {number}' for name, number in things.items())
    config = HERE.format(circle=CIRCLE, things=named)
    (tmp_path / "schemathesis.toml").write_text(config if where == "here" else "")

    code, said = await _fuzzed(cast.url, secret, tmp_path)

    assert code == 0, said[-20_000:]


async def _things(cast, xiaolan, editor) -> dict[str, int]:
    """What the paths name besides the circle."""
    post_id = (await xiaolan.posts()).post_id
    newcomer = await cast.member("reporter", "举报人")
    await reporting.report(await newcomer.place(), post_id, 0, category="abuse", note="")
    [case] = await rows("select id from review_case")
    return {
        "post_id": post_id,
        "comment_id": (await xiaolan.says(post_id, "好")).comment_id,
        "service_id": await offers(editor),
        "planned_id": await plans(editor),
        "series_id": await series.start(await editor.place(), daily()),
        "tag_id": await tag(cast.circle_id, "常客"),
        "segment_id": await segment(cast.circle_id, joined_least=7),
        "case_id": case["id"],
    }


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
