"""A partner's program keeps the shelf of services as its people do."""

import base64
import io

import pytest

from quanzi.errors import NotFound
from quanzi.offering import reading
from tests.media.pictures import photo
from tests.offering.shop import asks, drafted, offers
from tests.people import CIRCLE, OTHER_CIRCLE
from tests.platform.program import program

HERE = f"/circles/{CIRCLE}/desk/services"
CARD = {"title": "夜跑陪跑", "body": "一起跑", "price": "50 元", "segment": "followers"}
PHONE = {"kind": "phone", "label": "电话", "required": True}


async def test_a_program_makes_a_draft_once_asks_questions_shows_it_and_ends_it(
    cast, editor, xiaolan
):
    async with program(cast.url, editor) as client:
        made = await client.post(HERE, json=CARD, headers={"idempotency-key": "a"})
        again = await client.post(HERE, json=CARD, headers={"idempotency-key": "a"})
        one = f"{HERE}/{made.json()['id']}"
        asked = await client.put(
            f"{one}/questions",
            json={"questions": [PHONE]},
            headers={"if-match": made.headers["etag"]},
        )
        shown = await client.put(f"{one}/state", json={"state": "shown"})
        listed = (await client.get(f"/circles/{CIRCLE}/services")).json()
        await client.put(f"{one}/state", json={"state": "ended"})
        ended = (await client.get(one)).json()
        await client.put(f"{one}/state", json={"state": "shown"})
        back = (await client.get(one)).json()
        gone = await client.delete(one)
        after = await client.get(one)

    assert (made.status_code, made.json()["state"]) == (201, "draft")
    assert made.json()["id"] == again.json()["id"]
    assert [each["label"] for each in asked.json()["questions"]] == ["电话"]
    assert shown.json()["seq"] > 0
    assert [each["questions"] for each in listed] == [["电话"]]
    assert (ended["state"], back["state"]) == ("ended", "shown")
    assert (gone.status_code, after.status_code) == (204, 404)


async def test_the_card_is_changed_as_a_whole_and_never_over_what_was_not_read(cast, editor):
    service = await drafted(editor, "陪跑")
    async with program(cast.url, editor) as client:
        read = await client.get(f"{HERE}/{service}")
        known = {"if-match": read.headers["etag"]}
        again = await client.get(
            f"{HERE}/{service}", headers={"if-none-match": read.headers["etag"]}
        )
        changed = await client.put(f"{HERE}/{service}", json=CARD, headers=known)
        late = await client.put(f"{HERE}/{service}", json=CARD, headers=known)
        bare = await client.put(f"{HERE}/{service}", json=CARD)
        late_form = await client.put(
            f"{HERE}/{service}/questions", json={"questions": [PHONE]}, headers=known
        )

    assert again.status_code == 304
    assert (changed.json()["title"], changed.json()["segment"]) == ("夜跑陪跑", "followers")
    assert (late.status_code, bare.status_code, late_form.status_code) == (412, 428, 412)


async def test_what_a_form_would_refuse_is_refused_by_field(cast, editor):
    async with program(cast.url, editor) as client:
        card = {"title": "", "link": "http://plain.example", "segment": "segment"}
        wrong = await client.post(HERE, json=card)
        broken = await client.post(HERE, json={"title": "好", "picture": "bm90IG9uZQ=="})
        made = await client.post(HERE, json=CARD)
        known = {"if-match": made.headers["etag"]}
        bare = {"questions": [PHONE, {"kind": "choice", "label": "", "choices": ["一"]}]}
        unasked = await client.put(
            f"{HERE}/{made.json()['id']}/questions", json=bare, headers=known
        )

    assert wrong.status_code == 422
    assert set(wrong.json()["errors"]) == {"title", "link", "segment_id"}
    assert set(broken.json()["errors"]) == {"picture"}
    assert set(unasked.json()["errors"]) == {"questions.1.label", "questions.1.choices"}


async def test_a_picture_comes_with_it_and_stays_when_none_does(cast, editor):
    file = io.BytesIO()
    photo(64, 48).save(file, "PNG")
    picture = base64.b64encode(file.getvalue()).decode()
    async with program(cast.url, editor) as client:
        made = await client.post(HERE, json=CARD | {"picture": picture})
        changed = await client.put(
            f"{HERE}/{made.json()['id']}", json=CARD, headers={"if-match": made.headers["etag"]}
        )

    assert f"/services/{made.json()['id']}/picture/" in made.json()["picture"]
    assert changed.json()["picture"] == made.json()["picture"]


async def test_they_are_put_in_order(cast, editor):
    first, second = await drafted(editor, "一"), await drafted(editor, "二")
    async with program(cast.url, editor) as client:
        moved = await client.put(f"{HERE}/{second}/place", json={"to": 0})
        listed = (await client.get(HERE, params={"fields": "id,state"})).json()

    assert moved.status_code == 200
    assert listed == [{"id": second, "state": "draft"}, {"id": first, "state": "draft"}]


async def test_one_that_is_booked_stays(cast, editor, xiaolan):
    service = await offers(editor)
    await asks(xiaolan, service)
    async with program(cast.url, editor) as client:
        assert (await client.delete(f"{HERE}/{service}")).status_code == 409

    assert (await reading.one(await editor.place(), service)).state == "shown"


async def test_who_does_not_keep_the_shelf_finds_none(cast, editor, xiaolan, maimai):
    service = await drafted(editor)
    refused = []
    for person in (xiaolan, cast.analyst, maimai):
        async with program(cast.url, person) as client:
            refused += [
                await client.get(HERE),
                await client.get(f"{HERE}/{service}"),
                await client.post(HERE, json=CARD),
                await client.put(f"{HERE}/{service}", json=CARD, headers={"if-match": '"1"'}),
                await client.put(f"{HERE}/{service}/state", json={"state": "shown"}),
                await client.put(f"{HERE}/{service}/place", json={"to": 0}),
                await client.delete(f"{HERE}/{service}"),
            ]

    assert {answer.status_code for answer in refused} == {404}
    assert (await reading.one(await editor.place(), service)).state == "draft"


async def test_another_circles_service_is_none_of_this(cast, editor, maimai):
    theirs = await drafted(maimai, "理财", circle=OTHER_CIRCLE)
    async with program(cast.url, editor) as client:
        answers = [
            await client.get(f"{HERE}/{theirs}"),
            await client.put(f"{HERE}/{theirs}", json=CARD, headers={"if-match": '"1"'}),
            await client.put(f"{HERE}/{theirs}/state", json={"state": "shown"}),
            await client.delete(f"{HERE}/{theirs}"),
        ]

    assert {answer.status_code for answer in answers} == {404}
    with pytest.raises(NotFound):
        await reading.one(await editor.place(), theirs)


async def test_a_key_that_only_reads_changes_nothing(cast, editor):
    service = await drafted(editor)
    async with program(cast.url, editor, "desk:read") as client:
        assert (await client.get(f"{HERE}/{service}")).status_code == 200
        refused = [
            await client.post(HERE, json=CARD),
            await client.put(f"{HERE}/{service}", json=CARD, headers={"if-match": '"1"'}),
            await client.put(f"{HERE}/{service}/state", json={"state": "shown"}),
            await client.delete(f"{HERE}/{service}"),
        ]

    assert {answer.status_code for answer in refused} == {403}
