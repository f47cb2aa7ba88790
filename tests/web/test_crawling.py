"""T33: signed in as a member, as a merchant and as the platform, every link is pressed and every form
is sent, on a site where people are called, and wrote, what breaks pages that do not escape."""

import re

import httpx
import pytest

from quanzi.db.engine import rows
from tests.people import CIRCLE
from tests.privacy.lives import has_a_life
from tests.web.crawler import MARK, SHORT, Crawler, Looking

# Texts that somebody typed, in tables that pages are made of.
TYPED = {
    "member": ("name", "intro"),
    "partner": ("name", "name_en", "intro"),
    "circle": ("name", "name_en", "intro", "rules"),
    "post": ("body",),
    "comment": ("body",),
    "topic": ("name",),
    "application": ("name", "intro", "contact", "reason"),
    "decision": ("reason",),
    "decision_appeal": ("words",),
    "credit_appeal": ("words",),
    "report": ("note",),
    "session": ("agent",),
    "category": ("name", "name_en"),
}
# What would end the walk: the person's own going.
ENDS = re.compile(r"/signout|/me/data/erase|/me/sessions/|/me/settings/password|.*/staff/leave")
# Answers that are no pages: a picture that was only drawn in the database.
PICTURES = re.compile(r"/c/[^/]+/(i|cover)/|/applications/\d+/cover/")


@pytest.fixture
async def marked(cast, site):
    await has_a_life(cast, cast.xiaolan, cast.aqiang)
    await cast.editor.posts("#夜跑# 见 https://run.example/")
    await site.tickers_rest()
    for table, columns in TYPED.items():
        for column in columns:
            short = column.startswith("name")
            stone = "where state <> 'removed'" if table in {"post", "comment"} else ""
            await rows(f"update {table} set {column} = $1 {stone}", SHORT if short else MARK)
    yield
    await site.tickers_work()


# Who walks, and how many pages they find at least.
WALKS = {"a visitor": ("", 20), "a member": ("xiaolan", 45), "a merchant": ("owner", 50),
         "a moderator": ("moderator", 50)}  # fmt: skip


@pytest.mark.parametrize("who", WALKS)
async def test_who_presses_everything_finds_no_fault_and_no_loose_end(cast, marked, visitor, who):
    handle, pages = WALKS[who]
    client = getattr(cast, handle).client if handle else visitor
    crawler = Crawler(client, re.compile(f"{ENDS.pattern}|{PICTURES.pattern}"))

    for start in ("/", f"/c/{CIRCLE}", "/discover", "/me/settings", "/terms"):
        await crawler.crawl(start)
    assert crawler.found == []
    assert len(crawler.pages) >= pages
    await crawler.question()
    assert crawler.found == []
    await crawler.send()

    assert crawler.found == []
    assert (await still_there(client)) == bool(handle)


async def still_there(client: httpx.AsyncClient) -> bool:
    return (await client.get("/me/settings")).status_code == 200


def test_the_crawler_has_eyes():
    """What it looks for is seen when it is there."""
    assert Looking(f'<input value="{MARK}">').wrong
    assert Looking(f"<p>{MARK}</p>").wrong
    assert Looking(f"<a title='{SHORT}'>").wrong
    assert Looking('<a href=" JavaScript:x">').wrong
    assert not Looking("<p>&lt;script&gt;</p><a href='/x'>").wrong
