"""Which scripts a page asks for: what it runs at once, and the rest with the first element for it."""

import re

from quanzi.settings import ROOT
from quanzi.web.assets import FOLDER, all_assets, modules
from tests.people import CIRCLE

ENTRY = (FOLDER / "js" / "quanzi.js").read_text()


def test_no_script_is_left_that_no_page_would_run():
    at_once = {address.partition("/js/")[2] for address in modules()}
    wanted = {f"{name}.js" for name in re.findall(r'\["(\w+)", "', ENTRY)}

    of_one_page = {
        name
        for file in (ROOT / "templates").rglob("*.html")
        for name in re.findall(r"asset\('js/(\w+\.js)'\)", file.read_text())
    }

    assert wanted, "the list of what is fetched when it is needed"
    assert not at_once & wanted
    scripts = {path.removeprefix("js/") for path in all_assets() if path.startswith("js/")}
    assert at_once | wanted | of_one_page == scripts


async def test_a_visitors_page_asks_only_for_what_every_page_runs(visitor):
    page = (await visitor.get(f"/c/{CIRCLE}")).text

    assert re.findall(r'rel="modulepreload"[^>]* href="([^"]+)"', page) == modules()


async def test_on_a_slow_line_no_module_comes_before_what_is_to_be_seen(visitor):
    page = (await visitor.get(f"/c/{CIRCLE}")).text

    seen = re.sub(r"<template data-later>.*?</template>", "", page, flags=re.DOTALL)
    assert "modulepreload" not in seen
    assert 'type="module"' not in seen


async def test_how_long_ago_is_said_in_the_readers_language(visitor):
    said = {
        language: re.findall(
            r'data-ago="([^"]+)"', (await visitor.get(f"/c/{CIRCLE}?lang={language}")).text
        )[0]
        for language in ("zh-Hans", "zh-Hant", "en")
    }

    assert said["zh-Hans"].startswith("刚刚|1分钟前|{n}分钟前|1小时前")
    assert said["zh-Hant"].startswith("剛剛|1 分鐘前|")
    assert said["en"] == (
        "Just now|1 min. ago|{n} min. ago|1 hr. ago|{n} hr. ago|1 day ago|{n} days ago"
    )
