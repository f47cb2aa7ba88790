"""Comments, likes, following and reports by program."""

from quanzi.db.engine import row, rows
from tests.people import CIRCLE
from tests.platform.program import program

HERE = f"/circles/{CIRCLE}"


async def test_programs_talk_in_threads(cast, xiaolan, aqiang):
    talk = f"{HERE}/posts/{(await xiaolan.posts()).post_id}/comments"
    async with program(cast.url, aqiang) as his, program(cast.url, xiaolan) as hers:
        root = (await his.post(talk, json={"body": "几点集合？"})).json()
        await hers.post(talk, json={"body": "七点", "reply_to": root["id"]})
        [thread] = (await hers.get(talk)).json()
        [whole] = (await hers.get(f"{talk}/{root['id']}")).json()

    assert (thread["comment"]["body"], thread["replies"][0]["body"]) == ("几点集合？", "七点")
    assert thread["replies"][0]["author"]["handle"] == "xiaolan"
    assert whole == thread


async def test_said_twice_with_one_key_it_is_said_once(cast, xiaolan, aqiang):
    talk = f"{HERE}/posts/{(await xiaolan.posts()).post_id}/comments"
    async with program(cast.url, aqiang) as client:
        for _ in range(2):
            await client.post(talk, json={"body": "收到"}, headers={"idempotency-key": "1"})

    assert len(await rows("select 1 from comment")) == 1


async def test_one_takes_away_one_s_own_comment_and_not_another_s(cast, xiaolan, aqiang):
    post_id = (await xiaolan.posts()).post_id
    said = await aqiang.says(post_id, "我的话")
    address = f"{HERE}/posts/{post_id}/comments/{said.comment_id}"
    async with program(cast.url, xiaolan) as hers, program(cast.url, aqiang) as his:
        assert (await hers.delete(address)).status_code == 403
        assert (await his.delete(address)).status_code == 204
        assert (await his.get(f"{HERE}/posts/{post_id}/comments")).json() == []


async def test_liking_and_following_twice_is_once(cast, xiaolan, aqiang):
    post = f"{HERE}/posts/{(await xiaolan.posts()).post_id}"
    async with program(cast.url, aqiang) as client:
        for _ in range(2):
            assert (await client.put(f"{post}/like")).status_code == 204
            assert (await client.put(f"{HERE}/follow")).status_code == 204
        assert (await client.get(post)).json()["likes"] == 1
        found = (await client.get(HERE)).json()
        assert (found["followers"], found["follows"]) == (1, True)
        await client.delete(f"{post}/like")
        await client.delete(f"{HERE}/follow")
        assert (await client.get(post)).json()["likes"] == 0
        assert (await client.get(HERE)).json()["follows"] is False


async def test_what_a_program_reports_comes_before_people(cast, xiaolan, aqiang):
    reports = f"{HERE}/posts/{(await xiaolan.posts()).post_id}/reports"
    async with program(cast.url, aqiang) as his, program(cast.url, xiaolan) as hers:
        wrong = await his.post(reports, json={"category": "boring"})
        answer = await his.post(reports, json={"category": "fraud", "note": "像是骗局"})
        own = await hers.post(reports, json={"category": "fraud"})

    assert (wrong.status_code, set(wrong.json()["errors"])) == (422, {"category"})
    assert (answer.status_code, own.status_code) == (204, 403)
    found = await row("select count(*) as n from report")
    assert found
    assert found["n"] == 1


async def test_public_circles_are_listed_and_hidden_ones_are_not(cast, xiaolan):
    await rows("update circle set hidden = true where slug = 'banking'")
    async with program(cast.url, xiaolan) as client:
        found = (await client.get("/circles?fields=slug,followers")).json()
        other = (await client.get("/circles?category=nothing")).json()

    assert found == [{"slug": CIRCLE, "followers": 0}]
    assert other == []
