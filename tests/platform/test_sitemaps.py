"""A search engine is told of what every visitor may read, and of nothing else."""

import xml.etree.ElementTree as ET
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from quanzi.db.engine import rows
from quanzi.posts import removing
from tests.people import CIRCLE, OTHER_CIRCLE

SHANGHAI = ZoneInfo("Asia/Shanghai")
NS = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


async def named(visitor, path: str) -> list[str]:
    answer = await visitor.get(path)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/xml; charset=utf-8"
    found = ET.fromstring(answer.content).iter(f"{NS}loc")  # noqa: S314 - our own
    return [(each.text or "").removeprefix(str(visitor.base_url).rstrip("/")) for each in found]


async def test_it_finds_the_map_from_robots_txt_and_from_there_every_page_of_the_map(cast, visitor):
    told = (await visitor.get("/robots.txt")).text
    assert f"Sitemap: {cast.url}/sitemap.xml" in told
    assert "Disallow: /api/" in told

    maps = await named(visitor, "/sitemap.xml")
    assert maps == [
        "/sitemap-pages.xml",
        f"/c/{CIRCLE}/sitemap.xml",
        f"/c/{OTHER_CIRCLE}/sitemap.xml",
    ]
    for each in maps:
        for path in await named(visitor, each):
            assert (await visitor.get(path)).status_code == 200, path
            assert f"Disallow: {path}\n" not in told


async def test_the_newest_post_comes_first_and_what_is_removed_or_waits_is_not_told(
    visitor, editor, xiaolan
):
    old, new = await xiaolan.posts("旧的"), await xiaolan.posts("新的")
    gone = await xiaolan.posts("收回的")
    await removing.remove(await xiaolan.place(), gone.post_id)
    await editor.posts(
        "以后的", publish_at=f"{datetime.now(SHANGHAI) + timedelta(days=2):%Y-%m-%dT10:00}"
    )

    posts = [each for each in await named(visitor, f"/c/{CIRCLE}/sitemap.xml") if "/p/" in each]

    assert posts == [f"/c/{CIRCLE}/p/{new.post_id}", f"/c/{CIRCLE}/p/{old.post_id}"]


async def test_a_hidden_circle_and_a_guarded_one_are_not_told_of_whoever_asks(visitor, owner):
    await rows("update circle set hidden = true where slug = $1", CIRCLE)
    await rows(
        """update circle set thresholds = '{"read": {"verified": true}}' where slug = $1""",
        OTHER_CIRCLE,
    )

    assert await named(visitor, "/sitemap.xml") == ["/sitemap-pages.xml"]
    for person in (visitor, owner.client):
        assert (await person.get(f"/c/{CIRCLE}/sitemap.xml")).status_code == 404
        assert (await person.get(f"/c/{OTHER_CIRCLE}/sitemap.xml")).status_code in {403, 404}
