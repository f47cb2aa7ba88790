"""The demo: what the contract names is there, twice is as good as once, and traffic is real."""

import asyncio

import httpx

from quanzi.activity import reading
from quanzi.db.engine import rows
from quanzi.demo import loading, traffic
from quanzi.posts.pictures import store
from tests.live.pages import LightPage, equal_fresh

CIRCLES = {
    "campus-diary", "white-collar-diary", "goddess-run", "pearl-river-night-run", "maimai-internet",
    "maimai-media", "maimai-banking", "maimai-finance", "city-pets", "mama", "reading", "money",
}  # fmt: skip
ACCOUNTS = {
    "admin", "moderator", "joyrun-owner", "joyrun-editor", "joyrun-reviewer", "joyrun-analyst",
    "maimai-owner", "xiaolan", "aqiang", "newbie",
}  # fmt: skip


async def test_what_the_contract_names_is_there_and_every_number_is_dense(database, site):
    assert await loading.is_empty()

    assert await loading.load() == 12

    assert {line["slug"] for line in await rows("select slug from circle")} == CIRCLES
    assert {line["handle"] for line in await rows("select handle from member")} >= ACCOUNTS
    assert not await loading.is_empty()
    for circle in await rows("select id, slug from circle"):
        seqs = await rows(
            "select seq from circle_event where circle_id = $1 order by seq", circle["id"]
        )
        head = (await reading.heads([circle["id"]]))[circle["id"]]
        assert [line["seq"] for line in seqs] == list(range(1, head.seq + 1))
        moments = await rows(
            """select published_at from post where circle_id = $1 and state = 'published'
               order by seq""",
            circle["id"],
        )
        assert len(moments) >= 10
        assert moments == sorted(moments)


async def test_loading_again_or_at_once_changes_nothing(database, site):
    await asyncio.gather(loading.load(), loading.load())
    # A series draws up its next weeks while this looks: those posts are the site's, not the loader's.
    loaded = """select count(*) as posts, max(id) as last from post where not exists (
      select from plan where plan.circle_id = post.circle_id and post_id = post.id
      and series_id is not null)"""
    before = await rows(loaded)
    await rows("update circle set name = '改过的名字' where slug = 'mama'")

    assert await loading.load() == 0

    assert await rows(loaded) == before
    assert len(await rows("select 1 from circle where name = '改过的名字'")) == 1


async def test_every_page_shows_its_pictures(database, site):
    await loading.load()
    async with httpx.AsyncClient(base_url=site.url) as visitor:
        for slug in sorted(CIRCLES):
            page = await visitor.get(f"/c/{slug}")
            assert page.status_code == 200
            assert (await visitor.get(f"/c/{slug}/cover/l.webp")).status_code == 200
    for line in await rows("select name from image union all select cover from circle"):
        assert all(store().path(line[0], size).stat().st_size > 200 for size in ("s", "m", "l"))


async def test_the_running_routes_and_the_best_are_there(database, site):
    await loading.load()
    async with httpx.AsyncClient(base_url=site.url) as visitor:
        for slug in ("pearl-river-night-run", "reading", "city-pets"):
            digest = (await visitor.get(f"/c/{slug}/digest")).text
            assert digest.count("<article") >= 3
            shelf = (await visitor.get(f"/c/{slug}/collections")).text
            number = shelf.split(f"/c/{slug}/collections/")[1].split('"')[0]
            page = await visitor.get(f"/c/{slug}/collections/{number}")
            assert page.text.count('class="entry') >= 6
    found = await rows("select map, metres from collection_entry where map <> ''")
    assert len(found) == 5 and all(line["metres"] for line in found)
    covers = await rows("select cover from collection")
    for name in [line["map"] for line in found] + [line["cover"] for line in covers]:
        assert all(store().path(name, size).stat().st_size > 200 for size in ("s", "m", "l"))


async def test_removing_a_post_leaves_the_same_drawing_elsewhere(database, site):
    await loading.load()
    names = [line["name"] for line in await rows("select name from image")]
    assert len(names) == len(set(names))

    store().delete(names[0])

    assert all(store().path(name, "m").exists() for name in names[1:])


async def test_the_site_knows_whether_anybody_still_has_the_demos_password(database, site):
    assert not await loading.has_demo_passwords()
    await loading.load()
    assert await loading.has_demo_passwords()


async def test_open_pages_follow_the_traffic(database, site):
    await loading.load()
    pages = [LightPage(site.url, slug) for slug in ("mama", "campus-diary", "money")]
    for page in pages:
        await page.open()
    crowd = traffic.Crowd(await traffic._people())
    crowd.chance.seed(5)

    said = [await crowd.next_deed() for _ in range(120)]

    for page in pages:
        await page.reaches((await page.fresh()).seq, timeout=5)
        await equal_fresh([page])
        await page.close()
    kinds = {"posted", "edited", "pinned", "removed", "commented", "likes"}
    assert kinds == {kind for kind in kinds if any(kind in line for line in said)}
    assert [line for line in said if "refused" in line] == []
