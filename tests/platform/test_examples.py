"""The examples of `docs/platform.md` and the bot beside it do what they say."""

import asyncio
import os
import re
import sys

import pytest

from quanzi.db.engine import rows
from quanzi.platform import keys
from quanzi.platform.scopes import SCOPES
from quanzi.settings import ROOT

PAGE = (ROOT / "docs/platform.md").read_text()
EXAMPLES = re.findall(r"```(python|sh)\n(.+?)```", PAGE, re.DOTALL)
FORECAST = (
    b'{"date": "2026-11-28", "sky": "\xe5\xb0\x8f\xe9\x9b\xa8", "low": 14, "high": 19, "rain": 80,'
    b' "wind": 4}'
)


async def runs(cast, person, *command: str, given: bytes = b"") -> str:
    secret = await keys.make(person.viewer, "照着做", list(SCOPES), 30)
    process = await asyncio.create_subprocess_exec(
        *command,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
        env=os.environ | {"QUANZI_URL": cast.url, "QUANZI_KEY": secret},
    )
    said, _ = await process.communicate(given)
    assert process.returncode == 0, said.decode()
    return said.decode()


@pytest.mark.parametrize(("language", "code"), EXAMPLES)
async def test_an_example_works_as_it_stands(cast, xiaolan, language, code):
    command = [sys.executable, "-c"] if language == "python" else ["sh", "-ec"]

    assert await runs(cast, xiaolan, *command, code)


async def test_the_bot_posts_the_weather_once_however_often_it_is_started(cast, editor):
    bot = str(ROOT / "docs/examples/weather_bot.py")
    first, again = [
        await runs(cast, editor, sys.executable, bot, "night-run", given=FORECAST) for _ in range(2)
    ]

    assert first == again
    [post] = await rows("select body from post")
    assert "小雨" in post["body"]
    assert "带好雨衣" in post["body"]
