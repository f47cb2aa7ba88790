"""What people do with posts on pages, their programs do; and no more than they may."""

import base64
import io

from PIL import Image

from quanzi.db.engine import rows
from tests.people import CIRCLE, OTHER_CIRCLE
from tests.platform.program import program

POSTS = f"/circles/{CIRCLE}/posts"


def picture() -> str:
    file = io.BytesIO()
    Image.new("RGB", (64, 48), "teal").save(file, "PNG")
    return base64.b64encode(file.getvalue()).decode()


async def test_what_her_program_writes_stands_on_the_page(cast, xiaolan, visitor):
    async with program(cast.url, xiaolan) as client:
        answer = await client.post(
            POSTS,
            json={
                "body": "明晚有雨，带好雨衣",
                "topics": ["天气"],
                "images": [{"data": picture(), "alt": "云"}],
            },
        )
        assert answer.status_code == 201
        found = (await client.get(f"{cast.url}{answer.headers['location']}")).json()

    assert found["author"] == {"handle": "xiaolan", "name": "小兰"}
    assert (found["topics"], found["state"], found["seq"]) == (
        ["天气"],
        "published",
        answer.json()["seq"],
    )
    assert found["images"][0]["alt"] == "云"
    assert "明晚有雨" in (await visitor.get(f"/c/{CIRCLE}")).text
    assert (await visitor.get(found["images"][0]["url"])).status_code == 200


async def test_sent_twice_with_one_key_it_is_written_once(cast, xiaolan):
    async with program(cast.url, xiaolan) as client:
        first, again = [
            await client.post(
                POSTS, json={"body": "只发一次"}, headers={"idempotency-key": "rain-11-28"}
            )
            for _ in range(2)
        ]
        other = await client.post(
            POSTS, json={"body": "别的话"}, headers={"idempotency-key": "rain-11-28"}
        )

    assert first.json()["id"] == again.json()["id"]
    assert other.status_code == 422
    assert len(await rows("select 1 from post")) == 1


async def test_what_is_wrong_is_said_by_field(cast, xiaolan):
    async with program(cast.url, xiaolan) as client:
        empty = await client.post(POSTS, json={"body": "  "})
        strange = await client.post(POSTS, json={"body": "话", "colour": "red"})
        no_document = await client.post(
            POSTS, content=b"{", headers={"content-type": "application/json"}
        )
        no_picture = await client.post(POSTS, json={"body": "图", "images": [{"data": "AAAA"}]})

    assert (empty.status_code, set(empty.json()["errors"])) == (422, {"body"})
    assert strange.status_code in {400, 422}
    assert no_document.status_code in {400, 422}
    assert (no_picture.status_code, set(no_picture.json()["errors"])) == (422, {"images"})
    assert await rows("select 1 from post") == []


async def test_a_member_s_program_plans_nothing_and_an_editor_s_does(cast, xiaolan, editor):
    later = {"body": "明早见", "publish_at": "2099-01-01T07:00"}
    soon = {"body": "明早见", "draft": True}
    async with program(cast.url, xiaolan) as hers, program(cast.url, editor) as theirs:
        assert (await hers.post(POSTS, json=soon)).status_code == 403
        assert (await theirs.post(POSTS, json=later)).status_code == 422
        kept = await theirs.post(POSTS, json=soon)
        assert (kept.status_code, kept.json()["outcome"], kept.json()["seq"]) == (201, "kept", None)

        assert (await hers.get(f"{POSTS}/{kept.json()['id']}")).status_code == 404
        assert (await theirs.get(f"{POSTS}/{kept.json()['id']}")).json()["state"] == "scheduled"


async def test_a_change_says_which_state_it_has_seen(cast, xiaolan):
    async with program(cast.url, xiaolan) as client:
        post_id = (await client.post(POSTS, json={"body": "第一版"})).json()["id"]
        seen = (await client.get(f"{POSTS}/{post_id}")).headers["etag"]
        blind = await client.patch(f"{POSTS}/{post_id}", json={"body": "第二版"})
        changed = await client.patch(
            f"{POSTS}/{post_id}", json={"body": "第二版"}, headers={"if-match": seen}
        )
        late = await client.patch(
            f"{POSTS}/{post_id}", json={"body": "第三版"}, headers={"if-match": seen}
        )

        assert [blind.status_code, changed.status_code, late.status_code] == [428, 200, 412]
        assert (await client.get(f"{POSTS}/{post_id}")).json()["body"] == "第二版"


async def test_what_is_known_already_is_not_sent_again(cast, xiaolan, aqiang):
    post_id = (await xiaolan.posts()).post_id
    async with program(cast.url, aqiang) as client:
        first = await client.get(f"{POSTS}/{post_id}")
        again = await client.get(
            f"{POSTS}/{post_id}", headers={"if-none-match": first.headers["etag"]}
        )
        await client.put(f"{POSTS}/{post_id}/like")
        liked = await client.get(
            f"{POSTS}/{post_id}", headers={"if-none-match": first.headers["etag"]}
        )

    assert (again.status_code, again.content) == (304, b"")
    assert (liked.status_code, liked.json()["likes"]) == (200, 1)


async def test_nobody_s_program_changes_what_is_not_theirs(cast, xiaolan, aqiang):
    post_id = (await xiaolan.posts()).post_id
    async with program(cast.url, aqiang) as client:
        change = await client.patch(
            f"{POSTS}/{post_id}", json={"body": "改掉"}, headers={"if-match": '"1"'}
        )
        removal = await client.delete(f"{POSTS}/{post_id}")

    assert (change.status_code, removal.status_code) == (403, 403)


async def test_taken_away_it_is_gone_for_all(cast, xiaolan, visitor):
    post_id = (await xiaolan.posts()).post_id
    async with program(cast.url, xiaolan) as client:
        assert (await client.delete(f"{POSTS}/{post_id}")).status_code == 204
        assert (await client.get(f"{POSTS}/{post_id}")).status_code == 404
    assert (await visitor.get(f"/c/{CIRCLE}/p/{post_id}")).status_code == 404


async def test_all_are_read_page_by_page_each_once(cast, xiaolan, aqiang):
    written = [(await xiaolan.posts(f"第 {number} 篇 #夜跑#")).post_id for number in range(7)]
    async with program(cast.url, aqiang) as client:
        found, path = [], f"{POSTS}?limit=3&fields=id,body&topic=夜跑"
        while path:
            answer = await client.get(path)
            found += answer.json()
            path = answer.links.get("next", {}).get("url")

    assert [each["id"] for each in found] == written[::-1]
    assert set(found[0]) == {"id", "body"}


async def test_a_limit_or_a_field_that_is_none_is_said(cast, xiaolan):
    async with program(cast.url, xiaolan) as client:
        asked = [
            await client.get(f"{POSTS}?{query}")
            for query in ("limit=0", "limit=101", "after=x", "fields=secret")
        ]
        await xiaolan.posts()
        asked.append(await client.get(f"{POSTS}?fields=secret"))

    assert [answer.status_code for answer in asked] == [422, 422, 422, 422, 422]
    assert all(
        "problem" in answer.headers["content-type"] for answer in asked if answer.status_code == 422
    )


async def test_what_is_held_is_told_to_its_author_and_shown_to_nobody(cast, xiaolan, aqiang):
    async with program(cast.url, xiaolan) as hers, program(cast.url, aqiang) as his:
        written = await hers.post(POSTS, json={"body": "加微信 wxid_abcd1234 领红包，刷单日结"})
        held = written.json()

        assert written.status_code in {201, 422}
        if written.status_code == 201:
            assert held["outcome"] == "held"
            assert (await his.get(f"{POSTS}/{held['id']}")).status_code == 404
        assert (await his.get(POSTS)).json() == []


async def test_a_hidden_circle_is_not_there_for_a_stranger_s_program(cast, xiaolan, maimai):
    await rows("update circle set hidden = true where slug = $1", OTHER_CIRCLE)
    async with program(cast.url, xiaolan) as hers, program(cast.url, maimai) as theirs:
        hidden = await hers.get(f"/circles/{OTHER_CIRCLE}/posts")
        absent = await hers.get("/circles/never-was-one/posts")

        assert (hidden.status_code, absent.status_code) == (404, 404)
        assert {**hidden.json(), "instance": ""} == {**absent.json(), "instance": ""}
        assert (await theirs.get(f"/circles/{OTHER_CIRCLE}/posts")).status_code == 200
