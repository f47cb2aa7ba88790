"""The client in `clients/python`, against the running site."""

import asyncio
import sys
from datetime import timedelta

import httpx
import pytest

from quanzi import clock
from quanzi.moderation import reporting
from quanzi.platform import doors, keys
from quanzi.platform.scopes import SCOPES
from quanzi.settings import ROOT
from quanzi.web.limits import Limit
from tests.fans.crowd import follows
from tests.people import CIRCLE
from tests.posts.test_planning import keeps

sys.path.insert(0, str(ROOT / "clients/python/src"))

from quanzi_client import Quanzi, Refused


@pytest.fixture
async def site_of(cast):
    """A client with somebody's key."""
    made: list[Quanzi] = []

    async def opened(person, *scopes: str) -> Quanzi:
        secret = await keys.make(person.viewer, "客户端", scopes or list(SCOPES), 30)
        made.append(Quanzi(cast.url, secret))
        return made[-1]

    yield opened
    for each in made:
        each.close()


async def test_it_writes_reads_changes_and_removes(site_of, xiaolan):
    site = await site_of(xiaolan)

    def works() -> list[str]:
        first = site.write(CIRCLE, "第一篇", topics=["夜跑"], once="1")
        assert site.write(CIRCLE, "第一篇", topics=["夜跑"], once="1")["id"] == first["id"]
        site.change(CIRCLE, first["id"], "改过的第一篇")
        said = site.say(CIRCLE, first["id"], "自己说一句")
        site.like(CIRCLE, first["id"])
        found = [each["body"] for each in site.posts(CIRCLE)]
        [thread] = site.threads(CIRCLE, first["id"])
        assert thread["comment"]["id"] == said["id"]
        assert site.post(CIRCLE, first["id"])["likes"] == 1
        site.remove(CIRCLE, first["id"])
        return found

    assert await asyncio.to_thread(works) == ["改过的第一篇"]
    assert await asyncio.to_thread(lambda: list(site.posts(CIRCLE))) == []


async def test_it_goes_through_all_pages(site_of, xiaolan):
    for number in range(23):
        await xiaolan.posts(f"第 {number} 篇")
    site = await site_of(xiaolan)

    found = await asyncio.to_thread(lambda: [each["body"] for each in site.posts(CIRCLE)])

    assert found == [f"第 {number} 篇" for number in reversed(range(23))]


async def test_a_refusal_says_why_by_field(site_of, xiaolan):
    site = await site_of(xiaolan)

    with pytest.raises(Refused) as refused:
        await asyncio.to_thread(site.write, CIRCLE, " ")

    assert (refused.value.status, set(refused.value.errors)) == (422, {"body"})


async def test_it_keeps_a_desk(site_of, editor, reviewer, xiaolan, cast):
    await follows(xiaolan)
    draft = await keeps(editor)
    written = (await xiaolan.posts("你们都是猪")).post_id
    newcomer = await cast.member("reporter", "举报人")
    await reporting.report(await newcomer.place(), written, 0, category="abuse", note="")
    desk, reviews = (await site_of(editor)).desk(CIRCLE), (await site_of(reviewer)).desk(CIRCLE)

    def works() -> None:
        made = desk.make_service({"title": "陪跑"}, once="1")
        assert desk.make_service({"title": "陪跑"}, once="1")["id"] == made["id"]
        desk.ask_for_service(made["id"], [{"kind": "phone", "label": "电话"}])
        assert desk.change_service(made["id"], {"title": "夜跑陪跑"})["version"] == 3
        desk.show_service(made["id"])
        assert [each["state"] for each in desk.services()] == ["shown"]
        desk.end_service(made["id"])
        desk.delete_service(made["id"])
        assert list(desk.services()) == []
        desk.set_time(draft, _tomorrow())
        assert [each["state"] for each in desk.plan()] == ["scheduled"]
        desk.take_time(draft)
        tag = desk.make_tag("常客")
        assert desk.tag(tag["id"], put=["xiaolan"]) == {"put": 1, "taken": 0}
        assert [each["fans"] for each in desk.tags()] == [1]
        asked = {"tags_any": [tag["id"]]}
        assert desk.count(asked)["fans"] == 1
        assert desk.make_segment("老朋友", asked)["conditions"] == asked
        assert [each["name"] for each in desk.segments()] == ["老朋友"]
        [case] = reviews.cases()
        reviews.claim(case["id"])
        read, tag_of_it = reviews.case(case["id"])
        assert read["mine"]
        ruling = {"category": "abuse", "action": "remove", "reason": "骂人"}
        assert reviews.decide(case["id"], ruling, tag_of_it)["decision_id"]
        assert list(reviews.cases()) == []

    await asyncio.to_thread(works)


def _tomorrow() -> str:
    return (clock.now() + timedelta(days=1)).isoformat()


async def test_what_was_too_fast_is_asked_again_when_it_may_be(site_of, xiaolan, monkeypatch):
    monkeypatch.setattr(doors, "PROGRAMS", Limit("programs-of-a-client", 60, 60, 1))
    site = await site_of(xiaolan)

    found = await asyncio.to_thread(lambda: [site.me()["handle"] for _ in range(2)])

    assert found == ["xiaolan", "xiaolan"]


async def test_it_listens_and_takes_up_where_it_was(site_of, xiaolan, aqiang):
    site = await site_of(aqiang)
    begun = await asyncio.to_thread(site._document, "GET", f"/circles/{CIRCLE}/events")
    written = [await xiaolan.posts(f"第 {number} 篇") for number in range(3)]

    def heard(place: str, most: int) -> list[dict]:
        told = site.listen(CIRCLE, place)
        return [next(told) for _ in range(most)]

    first = await asyncio.to_thread(heard, begun["next"], 1)
    then = await asyncio.to_thread(heard, first[-1]["place"], 2)

    assert [each["seq"] for each in first + then] == [each.seq for each in written]


async def test_it_ends_listening_when_its_key_has_ended(site_of, aqiang):
    site = await site_of(aqiang)
    [key] = await keys.own(aqiang.viewer)
    await keys.end(aqiang.viewer, key["id"])

    with pytest.raises(Refused):
        await asyncio.to_thread(lambda: next(site.listen(CIRCLE)))


def test_where_nobody_answers_is_said_by_httpx():
    with pytest.raises(httpx.ConnectError):
        Quanzi("http://127.0.0.1:9", "quanzi_x").me()
