"""The gallery draws the site's own partials in their states, for who works on the site."""

import re

import pytest

from quanzi.gallery import samples
from quanzi.settings import ROOT
from quanzi.web.assets import all_assets

# What the gallery does not draw, and why.
ELSEWHERE = {
    "a form or list of one page of the desk": {
        "applying/_state", "collections/_arrange", "collections/_card", "collections/_collection",
        "collections/_fields", "collections/_suggestion", "curation/_chosen", "curation/_preview",
        "fans/_check_in", "fans/_conditions", "fans/_count", "fans/_drawers", "fans/_fields",
        "fans/_tags", "importing/_import", "importing/_state", "insights/_charts",
        "moderation/_case", "moderation/_decided", "moderation/_ruling", "moderation/_trial",
        "offering/_answers", "offering/_ask", "offering/_card", "offering/_state",
        "planning/_check", "planning/_conflicts", "planning/_item", "privacy/_exports",
        "reaching/_notice", "verification/_consent",
    },
    "a part of one page for members": {
        "discovery/_hit", "home/_circle", "identity/_settings", "notifications/_notice",
        "people/_follow", "people/_head", "people/_one", "people/_suggested", "standing/_entry",
        "standing/_points", "standing/_scale", "curation/_offers",
    },
    "nothing to look at, or on every page": {
        "circles/_roles", "curation/_live", "home/_live", "web/_bell", "web/_menu",
        "posts/_lightbox",
    },
    "a part of one page for who runs the site": {"admin/_plot"},
    "inside another that is drawn": {"circles/_follow", "circles/_hints", "posts/_offer"},
    "drawn by the functions that pages draw with": {
        "circles/_head", "posts/_post", "posts/_comment",
    },
}  # fmt: skip


@pytest.fixture
async def admin(cast):
    return await cast.member("admin", "管理员", "admin")


async def test_an_admin_sees_every_sample_by_name_in_every_language(admin):
    for language in ("zh-Hans", "zh-Hant", "en"):
        page = (await admin.sees(f"/dev/gallery?lang={language}")).text
        for name in (*samples.POSTS, *samples.COMMENTS):
            assert f"<h3>{name}</h3>" in page, name


@pytest.mark.parametrize("who", ["xiaolan", "owner", "moderator"])
async def test_to_everybody_else_there_is_no_such_page(cast, who):
    answer = await getattr(cast, who).sees("/dev/gallery")

    assert answer.status_code == 404
    assert answer.text.count("Gallery") == 0


@pytest.mark.parametrize("theme", ["light", "dark"])
async def test_it_can_be_seen_in_both_looks(admin, theme):
    page = (await admin.sees(f"/dev/gallery?theme={theme}")).text

    assert f"/quanzi-{theme}.css" in page
    sheet = all_assets()[f"quanzi-{theme}.css"].body
    assert b"(prefers-color-scheme: dark)" not in sheet
    assert f"color-scheme: {theme};".encode() in sheet


async def test_a_look_that_there_is_not_is_the_devices_own(admin):
    assert "/quanzi.css" in (await admin.sees("/dev/gallery?theme=../../etc")).text


def test_every_partial_is_drawn_or_said_why_not():
    page = (ROOT / "templates" / "gallery" / "page.html").read_text()
    drawn = set(re.findall(r'"([\w/]+)\.html"', page)) - {"web/layout"}
    elsewhere = [name for names in ELSEWHERE.values() for name in names]
    partials = {
        f"{file.parent.name}/{file.stem}" for file in (ROOT / "templates").glob("*/_*.html")
    }

    assert drawn.isdisjoint(elsewhere)
    assert drawn | set(elsewhere) == partials
