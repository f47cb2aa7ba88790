"""What a partner and its circles say of themselves, and who changes that."""

import asyncio

from quanzi.circles import partners
from quanzi.db.engine import rows
from quanzi.media.incoming import store
from quanzi.settings import settings
from tests.live.test_rights import hides
from tests.people import CIRCLE
from tests.web.pictures import a_jpeg

SETTINGS = f"/c/{CIRCLE}/manage/settings"
NOW = {"name": "珠江夜跑圈", "posting": "members", "category": "fitness"}


async def test_a_partners_page_says_who_they_are_and_shows_their_circles(owner, visitor):
    await owner.sends(
        "/partners/joyrun/manage", name="悦跑圈", name_en="Joyrun", intro="一群跑步的人"
    )

    page = (await visitor.get("/partners/joyrun")).text

    assert "一群跑步的人" in page
    assert f"/c/{CIRCLE}" in page
    assert "manage" not in page


async def test_a_new_name_reaches_every_open_page_of_the_partners_circles(cast, owner):
    before = await rows("select head from circle_head where circle_id = $1", cast.circle_id)

    await partners.change(
        await partners.counter("joyrun", owner.viewer), name="新悦跑", name_en="", intro=""
    )

    events = await rows(
        "select op from circle_event where circle_id = $1 and seq > $2",
        cast.circle_id,
        before[0]["head"],
    )
    assert [line["op"] for line in events] == ["circle.changed"]
    assert await rows("select 1 from circle_event where circle_id = $1", cast.other_id) == []


async def test_a_partner_without_a_name_is_told_and_what_was_typed_stays(owner):
    answer = await owner.sends("/partners/joyrun/manage", name=" ", intro="写了很久")

    assert answer.status_code == 422
    assert 'id="error-name"' in answer.text
    assert "写了很久" in answer.text


async def test_strangers_do_not_find_a_partner_with_nothing_public(owner, editor, xiaolan, visitor):
    await hides(owner)

    assert (await visitor.get("/partners/joyrun")).status_code == 404
    assert (await xiaolan.sees("/partners/joyrun")).status_code == 404
    assert CIRCLE in (await editor.sees("/partners/joyrun")).text


async def test_a_hidden_circle_is_not_on_its_partners_page_but_for_the_staff(
    cast, owner, xiaolan, editor
):
    partner = await rows("select id from partner where slug = 'joyrun'")
    plan = await cast._circle_for_a_plan()
    await rows("update circle set hidden = true where id = $1", plan)

    assert partner
    assert f"plan-{plan}" not in (await xiaolan.sees("/partners/joyrun")).text
    assert f"plan-{plan}" in (await editor.sees("/partners/joyrun")).text


async def test_a_new_cover_is_shown_and_the_old_one_is_thrown_away(cast, owner, visitor):
    sent = [("cover", ("c.jpg", a_jpeg(), "image/jpeg"))]
    assert (await owner.sends(SETTINGS, files=sent, **NOW)).status_code == 303
    first = await cover_of(cast)
    assert (await visitor.get(f"/c/{CIRCLE}/cover/l.webp")).status_code == 200

    assert (await owner.sends(SETTINGS, files=sent, **NOW)).status_code == 303

    second = await cover_of(cast)
    assert second not in {"", first}
    assert not store().path(first, "l").exists()
    assert store().path(second, "l").exists()
    assert f"cover/l.webp?{second[:8]}" in (await visitor.get(f"/c/{CIRCLE}")).text


async def test_without_a_new_cover_the_old_one_stays(cast, owner):
    await owner.sends(SETTINGS, files=[("cover", ("c.jpg", a_jpeg(), "image/jpeg"))], **NOW)
    before = await cover_of(cast)

    await owner.sends(SETTINGS, **(NOW | {"name": "新名字"}))

    assert await cover_of(cast) == before
    assert store().path(before, "s").exists()


async def test_two_covers_at_once_leave_one_in_the_store(cast, owner):
    for file in settings().media.rglob("*.webp"):
        file.unlink()
    sent = [("cover", ("c.jpg", a_jpeg(), "image/jpeg"))]

    await asyncio.gather(*(owner.sends(SETTINGS, files=sent, **NOW) for _ in range(3)))

    kept = {file.name.rsplit("-", 1)[0] for file in settings().media.rglob("*.webp")}
    assert len(kept) == 1
    assert (await cover_of(cast)).endswith(kept.pop())


async def test_what_is_no_picture_is_told_beside_the_cover_and_nothing_is_changed(cast, owner):
    sent = [("cover", ("c.jpg", b"<svg/>", "image/jpeg"))]
    answer = await owner.sends(SETTINGS, files=sent, **(NOW | {"name": "换个名字"}))

    assert answer.status_code == 422
    assert 'id="error-cover"' in answer.text
    assert "换个名字" in answer.text
    assert await rows("select 1 from circle where name = '换个名字'") == []


async def test_the_owner_moves_the_circle_to_another_category(cast, owner):
    await rows("insert into category values ('pets', '宠物', 'Pets', 2)")

    assert (await owner.sends(SETTINGS, **(NOW | {"category": "pets"}))).status_code == 303
    answer = await owner.sends(SETTINGS, **(NOW | {"category": "nothing"}))

    assert answer.status_code == 422
    assert 'id="error-category"' in answer.text
    assert await rows("select 1 from circle where slug = $1 and category_slug = 'pets'", CIRCLE)


async def cover_of(cast) -> str:
    found = await rows("select cover from circle where id = $1", cast.circle_id)
    return found[0]["cover"]
