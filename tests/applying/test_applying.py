"""Asking the platform, and what it says: once, by one of them, whole or not at all."""

import asyncio
import json

import pytest

from quanzi.applying import asking, deciding, reading
from quanzi.db.engine import rows
from quanzi.errors import Conflict, Invalid, NotAllowed
from quanzi.media.incoming import store
from quanzi.settings import settings
from tests.people import CIRCLE
from tests.web.pictures import a_jpeg

PARTNER = {
    "slug": "laozhou-shoes",
    "name": "老周跑鞋铺",
    "name_en": "",
    "partner_kind": "merchant",
    "intro": "开了六年的小店",
    "contact": "老周 13800000000",
}
CIRCLE_WISH = {
    "slug": "morning-run",
    "name": "晨跑圈",
    "name_en": "Morning Run",
    "category": "fitness",
    "intro": "早起的人",
    "rules": "不吵邻居",
}
ASK_CIRCLE = "/partners/joyrun/apply/circle"
KEY = "7e0b0f0e-0000-4000-8000-00000000000a"


async def waiting(person, kind: str = "partner"):
    found = await reading.waiting(person.viewer, kind)
    assert found
    return found


async def heard(person) -> list[tuple[str, dict]]:
    found = await rows(
        """select kind, note from concern where member_id = $1 and kind like 'application.%'
           order by id""",
        person.member_id,
    )
    return [(line["kind"], json.loads(line["note"])) for line in found]


def pictures() -> int:
    return len({file.name.rsplit("-", 1)[0] for file in settings().media.rglob("*.webp")})


async def test_xiaolan_becomes_a_partner(cast, xiaolan):
    assert (await xiaolan.sends("/apply/partner", **PARTNER)).status_code == 303
    assert "等待审核" in (await xiaolan.sees("/me/applications")).text
    wish = await waiting(xiaolan)
    queue = await cast.moderator.sees("/admin/applications")
    assert "老周跑鞋铺" in queue.text

    answer = await cast.moderator.sends(f"/admin/applications/{wish.id}/approve")

    assert answer.status_code == 303
    made = await rows(
        """select p.name, p.intro, p.kind, s.role from partner p join staff s on s.partner_id = p.id
           where p.slug = 'laozhou-shoes' and s.member_id = $1""",
        xiaolan.member_id,
    )
    assert [tuple(line) for line in made] == [("老周跑鞋铺", "开了六年的小店", "merchant", "owner")]
    assert (await xiaolan.sees("/partners/laozhou-shoes/manage")).status_code == 200
    kind, note = (await heard(xiaolan))[0]
    assert (kind, note["what"], note["slug"]) == (
        "application.approved",
        "partner",
        "laozhou-shoes",
    )


async def test_a_refusal_needs_a_reason_and_she_reads_it(cast, xiaolan):
    await xiaolan.sends("/apply/partner", **PARTNER)
    here = f"/admin/applications/{(await waiting(xiaolan)).id}"

    assert (await cast.moderator.sends(f"{here}/refuse", reason=" ")).status_code == 422
    assert (await cast.moderator.sends(f"{here}/refuse", reason="资料不全")).status_code == 303

    assert "资料不全" in (await xiaolan.sees("/me/applications")).text
    assert (await heard(xiaolan))[0][0] == "application.refused"
    assert (await heard(xiaolan))[0][1]["reason"] == "资料不全"
    assert await rows("select 1 from partner where slug = 'laozhou-shoes'") == []


async def test_every_bad_field_has_its_sentence_and_what_was_typed_stays(xiaolan):
    answer = await xiaolan.sends(
        "/apply/partner", slug="Joyrun", name="", intro="写了很久", contact=""
    )

    assert answer.status_code == 422
    for field in ("slug", "name", "partner_kind", "contact"):
        assert f'id="error-{field}"' in answer.text
    assert "写了很久" in answer.text
    assert await rows("select 1 from application") == []


@pytest.mark.parametrize("slug", ["joyrun", "a", "-run", "run-", "run run", "../admin", "RÜN", ""])
async def test_an_address_that_is_taken_or_none_is_told_beside_the_field(xiaolan, slug):
    answer = await xiaolan.sends("/apply/partner", **(PARTNER | {"slug": slug}))

    assert answer.status_code == 422
    assert 'id="error-slug"' in answer.text


async def test_a_double_click_makes_one_application(xiaolan):
    answers = await asyncio.gather(
        *(xiaolan.sends("/apply/partner", idempotency_key=KEY, **PARTNER) for _ in range(3))
    )

    assert {answer.status_code for answer in answers} == {303}
    assert len(await rows("select 1 from application")) == 1


async def test_one_open_application_of_a_kind_at_a_time(xiaolan):
    await xiaolan.sends("/apply/partner", **PARTNER)

    again = await xiaolan.sends("/apply/partner", **(PARTNER | {"slug": "another-one"}))
    assert again.status_code == 409
    assert "正在等待审核" in (await xiaolan.sees("/apply/partner")).text

    await xiaolan.sends(f"/me/applications/{(await waiting(xiaolan)).id}/withdraw")
    assert (
        await xiaolan.sends("/apply/partner", **(PARTNER | {"slug": "another-one"}))
    ).status_code == 303


async def test_joyrun_opens_a_circle_with_its_cover(cast, owner, visitor):
    cover = [("cover", ("c.jpg", a_jpeg(), "image/jpeg"))]
    assert (await owner.sends(ASK_CIRCLE, files=cover, **CIRCLE_WISH)).status_code == 303
    wish = await waiting(owner, "circle")
    shown = f"/applications/{wish.id}/cover/s.webp"
    assert (await owner.sees(shown)).status_code == 200
    assert (await cast.moderator.sees(shown)).status_code == 200

    assert (await cast.moderator.sends(f"/admin/applications/{wish.id}/approve")).status_code == 303

    page = await visitor.get("/c/morning-run")
    assert page.status_code == 200
    assert "晨跑圈" in page.text
    assert (await visitor.get("/c/morning-run/cover/l.webp")).status_code == 200
    assert "不吵邻居" in (await visitor.get("/c/morning-run/about")).text
    assert (await owner.posts("第一篇", "morning-run")).seq == 1
    assert (await owner.sees(shown)).status_code == 404, "the picture is the circle's now"


@pytest.mark.parametrize("how", ["refused", "withdrawn"])
async def test_the_cover_of_a_circle_that_does_not_come_is_thrown_away(cast, owner, how):
    cover = [("cover", ("c.jpg", a_jpeg(), "image/jpeg"))]
    await owner.sends(ASK_CIRCLE, files=cover, **CIRCLE_WISH)
    wish = await waiting(owner, "circle")
    assert store().path(wish.cover, "l").exists()

    if how == "refused":
        await deciding.refuse(cast.moderator.viewer, wish.id, reason="重复了")
    else:
        await asking.withdraw(owner.viewer, wish.id)

    assert not store().path(wish.cover, "l").exists()


async def test_a_double_click_keeps_one_cover_and_a_refused_form_none(owner):
    before = pictures()
    cover = [("cover", ("c.jpg", a_jpeg(), "image/jpeg"))]
    wrong = CIRCLE_WISH | {"slug": CIRCLE}
    answer = await owner.sends(ASK_CIRCLE, files=cover, **wrong)
    assert answer.status_code == 422
    assert 'id="error-slug"' in answer.text
    assert pictures() == before

    await asyncio.gather(
        *(
            owner.sends(ASK_CIRCLE, files=cover, idempotency_key=KEY, **CIRCLE_WISH)
            for _ in range(2)
        )
    )
    assert pictures() == before + 1

    other = CIRCLE_WISH | {"slug": "one-more-run"}
    assert (await owner.sends(ASK_CIRCLE, files=cover, **other)).status_code == 409
    assert pictures() == before + 1


async def test_only_an_owner_asks_in_the_partners_name(editor, maimai, xiaolan):
    for person in (editor, maimai, xiaolan):
        assert (await person.sees(ASK_CIRCLE)).status_code == 404
        assert (await person.sends(ASK_CIRCLE, **CIRCLE_WISH)).status_code == 404


async def test_who_is_no_owner_any_more_opens_nothing(cast, owner):
    await owner.sends(ASK_CIRCLE, **CIRCLE_WISH)
    wish = await waiting(owner, "circle")
    await rows("update staff set role = 'editor' where member_id = $1", owner.member_id)

    with pytest.raises(Conflict):
        await deciding.approve(cast.moderator.viewer, wish.id)
    assert (await waiting(owner, "circle")).state == "open"


async def test_an_address_taken_since_is_told_again_and_the_moderator_gives_another(cast, xiaolan):
    await xiaolan.sends("/apply/partner", **PARTNER)
    wish = await waiting(xiaolan)
    await rows("insert into partner (slug, name) values ('laozhou-shoes', '抢先')")
    here = f"/admin/applications/{wish.id}/approve"

    answer = await cast.moderator.sends(here)
    assert answer.status_code == 422
    assert 'id="error-slug"' in answer.text
    assert (await waiting(xiaolan)).state == "open"

    assert (await cast.moderator.sends(here, slug="laozhou-run")).status_code == 303
    assert "/partners/laozhou-run" in (await xiaolan.sees("/me/applications")).text


async def test_two_moderators_at_once_decide_once(cast, xiaolan):
    await xiaolan.sends("/apply/partner", **PARTNER)
    wish = await waiting(xiaolan)
    admin = await cast.member("admin", "管理员", "admin")

    done = await asyncio.gather(
        deciding.approve(cast.moderator.viewer, wish.id),
        deciding.refuse(admin.viewer, wish.id, reason="不行"),
        return_exceptions=True,
    )

    assert [type(each).__name__ for each in done].count("Conflict") == 1
    assert len(await heard(xiaolan)) == 1
    told = await admin.sends(f"/admin/applications/{wish.id}/refuse", reason="不行")
    assert told.status_code == 409
    assert "已经有人处理过了" in told.text


async def test_two_wishes_for_one_address_approved_at_once_make_one(cast, xiaolan, aqiang):
    for person in (xiaolan, aqiang):
        await person.sends("/apply/partner", **PARTNER)
    wishes = [await waiting(xiaolan), await waiting(aqiang)]

    done = await asyncio.gather(
        *(deciding.approve(cast.moderator.viewer, wish.id) for wish in wishes),
        return_exceptions=True,
    )

    assert sorted(type(each).__name__ for each in done) == ["Invalid", "str"]
    assert len(await rows("select 1 from partner where slug = 'laozhou-shoes'")) == 1
    assert len(await rows("select 1 from application where state = 'open'")) == 1


async def test_nobody_decides_on_their_own(cast):
    await cast.moderator.sends("/apply/partner", **PARTNER)
    wish = await waiting(cast.moderator)

    page = await cast.moderator.sees(f"/admin/applications/{wish.id}")
    assert "要由别人来处理" in page.text
    with pytest.raises(NotAllowed):
        await deciding.approve(cast.moderator.viewer, wish.id)


async def test_a_stranger_sees_neither_the_queue_nor_anybodys_application(
    cast, xiaolan, aqiang, owner
):
    await xiaolan.sends("/apply/partner", **PARTNER)
    wish = await waiting(xiaolan)

    for person in (aqiang, owner):
        assert (await person.sees("/admin/applications")).status_code == 404
        assert (await person.sees(f"/admin/applications/{wish.id}")).status_code == 404
        answer = await person.sends(f"/me/applications/{wish.id}/withdraw")
        assert answer.status_code == 404
    assert "13800000000" not in (await aqiang.sees("/me/applications")).text


async def test_what_is_decided_is_not_withdrawn_and_withdrawing_twice_is_once(cast, xiaolan):
    await xiaolan.sends("/apply/partner", **PARTNER)
    wish = await waiting(xiaolan)
    await asking.withdraw(xiaolan.viewer, wish.id)
    await asking.withdraw(xiaolan.viewer, wish.id)
    with pytest.raises(Conflict):
        await deciding.approve(cast.moderator.viewer, wish.id)

    await xiaolan.sends("/apply/partner", **PARTNER)
    second = await waiting(xiaolan)
    await deciding.refuse(cast.moderator.viewer, second.id, reason="不行")
    with pytest.raises(Conflict):
        await asking.withdraw(xiaolan.viewer, second.id)


async def test_the_queue_is_paged_by_its_keys_oldest_first(cast, xiaolan):
    await rows(
        """insert into application (kind, applicant_id, slug, name, partner_kind, intro, contact,
                                    state, created_at)
           select 'partner', m.id, 'slug-' || m.id, '第 ' || m.n || ' 份', 'merchant', '想', '话',
                  'open', now() - m.n * interval '1 hour'
           from (select id, row_number() over (order by id) as n from (
               select id from member) all_of_them) m"""
    )
    await rows(
        """with more as (insert into member (handle, name)
               select 'm-' || n, 'm' from generate_series(1, 40) n returning id)
           insert into application (kind, applicant_id, slug, name, partner_kind, intro, contact,
                                    created_at)
           select 'partner', id, 'more-' || id, '多', 'merchant', '想', '话',
                  '2026-01-01'::timestamptz from more"""
    )
    first = await reading.queue(None)
    assert len(first) == reading.PAGE + 1
    last = first[reading.PAGE - 1]
    second = await reading.queue((last.created_at, last.id))

    seen = [each.id for each in first[: reading.PAGE]] + [each.id for each in second]
    everything = await rows("select id from application order by created_at, id")
    assert seen == [line["id"] for line in everything]
    assert 'rel="next"' in (await cast.moderator.sees("/admin/applications")).text


async def test_refusing_without_a_reason_says_so_by_the_field(cast, xiaolan):
    await xiaolan.sends("/apply/partner", **PARTNER)

    with pytest.raises(Invalid) as refused:
        await deciding.refuse(cast.moderator.viewer, (await waiting(xiaolan)).id, reason="")
    assert set(refused.value.fields) == {"reason"}
