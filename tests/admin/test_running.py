"""Lin runs the site: she finds people, sorts circles, and sees what waits."""

import re

import pytest

from quanzi.admin import people, retrying, sampling, waiting
from quanzi.audit import reading as log
from quanzi.db.engine import row, rows
from quanzi.errors import NotAllowed, NotFound
from quanzi.site import naming
from tests.people import PASSWORD


@pytest.fixture
async def lin(cast):
    return await cast.member("lin", "林", "admin")


async def deeds() -> list[str]:
    return [each.deed for each in await log.entries(circle_id=None, before=None, limit=20)]


async def letter(key: str, state: str, *, next_at: str = "now()", error: str = "") -> None:
    await rows(
        f"""insert into letter (key, member_id, recipient, language, subject, text, html, state,
                                next_at, last_error)
            values ($1, 1, 'xiaolan@example.org', 'en', 's', 'secret words', 'h', $2, {next_at}, $3)""",
        key,
        state,
        error,
    )


# ── the front page ──


async def test_she_sees_how_the_site_is(lin, owner, site):
    await owner.posts()
    sampling._samples.clear()
    for _ in range(3):
        await sampling.take()
        await lin.sees("/discover")

    page = (await lin.sees("/admin?lang=en")).text

    assert "All is well" in page
    assert "PostgreSQL" in page
    assert page.count('class="chart__svg"') == 3
    assert len(sampling.course().requests) == 2
    assert sum(sampling.course().requests) >= 2
    for way in ("people", "partners", "categories", "jobs", "mail", "settings", "credit", "log"):
        assert f'href="/admin/{way}"' in page


async def test_she_sees_what_stands_still(lin, site):
    await site.tickers_rest()
    await letter("late:1", "waiting", next_at="now() - interval '20 minutes'")

    page = (await lin.sees("/admin?lang=en")).text

    assert "Something stands still" in page
    assert [each.name for each in await waiting.queues() if each.late] == ["letters"]


@pytest.mark.parametrize("path", ["", "/people", "/people/xiaolan", "/jobs", "/mail", "/settings"])
async def test_to_a_moderator_there_is_no_such_page(cast, path):
    assert (await cast.moderator.sees(f"/admin{path}")).status_code == 404


# ── people ──


async def test_she_finds_somebody_by_name_and_by_handle_even_when_they_are_kept_out(lin, xiaolan):
    await people.suspend(lin.viewer, "xiaolan", 1, "先停一停")

    page = (await lin.sees("/admin/people?q=@XiaoLan")).text
    assert 'href="/admin/people/xiaolan"' in page
    assert "已封禁" in page
    assert "没有找到" in (await lin.sees("/admin/people?q=nobody-at-all")).text


async def test_the_list_of_people_pages_on_without_gaps(lin, cast, monkeypatch):
    monkeypatch.setattr(people, "PAGE", 4)
    seen, path = [], "/admin/people"
    while path:
        text = (await lin.sees(path)).text
        seen += re.findall(r'href="/admin/people/([a-z-]+)"', text)
        more = re.search(r'rel="next" href="(\?before=\d+)"', text)
        path = f"/admin/people{more[1]}" if more else ""
    everybody = [
        line["handle"] for line in await rows("select handle from member order by id desc")
    ]
    assert seen == everybody


async def test_she_keeps_somebody_out_at_once_and_lets_them_in_again(lin, xiaolan):
    answer = await lin.sends("/admin/people/xiaolan/suspend", days="3", reason="骚扰")
    assert answer.status_code == 303
    assert (await xiaolan.sees("/me/sessions")).status_code == 303  # to sign in
    page = (await lin.sees("/admin/people/xiaolan")).text
    assert "骚扰" in page

    answer = await lin.sends("/admin/people/xiaolan/let-in", reason="说清楚了")
    assert answer.status_code == 303
    assert (await row("select suspended_at from member where handle = 'xiaolan'"))[0] is None
    assert (await deeds())[:2] == ["member.let_in", "member.suspended"]


@pytest.mark.parametrize(
    ("typed", "field"),
    [({"days": "365", "reason": "x"}, "days"), ({"days": "3", "reason": " "}, "reason")],
)
async def test_for_long_or_without_a_reason_she_keeps_out_nobody(lin, xiaolan, typed, field):
    answer = await lin.sends("/admin/people/xiaolan/suspend", **typed)

    assert answer.status_code == 422
    assert f'id="error-{field}"' in answer.text
    assert (await row("select suspended_at from member where handle = 'xiaolan'"))[0] is None


async def test_she_makes_somebody_moderator(lin, xiaolan):
    assert (await lin.sends("/admin/people/xiaolan/rank", rank="moderator")).status_code == 303

    assert (await people.one("xiaolan")).platform_role == "moderator"
    [entry] = await rows("select actor_id, member_id from audit_entry where deed = 'rank.granted'")
    assert tuple(entry) == (lin.member_id, xiaolan.member_id)
    assert (await lin.sends("/admin/people/xiaolan/rank", rank="king")).status_code == 422


async def test_nobody_does_it_to_themselves(lin):
    for deed, fields in (("suspend", {"days": "1", "reason": "x"}), ("rank", {"rank": ""})):
        assert (await lin.sends(f"/admin/people/lin/{deed}", **fields)).status_code == 403
    with pytest.raises(NotAllowed):
        await people.rank(lin.viewer, "lin", "")
    with pytest.raises(NotFound):
        await people.suspend(lin.viewer, "nobody", 1, "x")
    assert (await people.one("lin")).platform_role == "admin"


# ── categories ──


async def order() -> list[str]:
    found = await rows("select slug from category order by retired_at is not null, place, slug")
    return [line["slug"] for line in found]


async def test_she_adds_orders_renames_and_retires_categories(lin, visitor):
    fields = {"slug": "cycling", "name": "骑行", "name_en": "Cycling"}
    assert (await lin.sends("/admin/categories", **fields)).status_code == 303
    assert await order() == ["fitness", "cycling"]
    assert (await lin.sends("/admin/categories/cycling", move="up")).status_code == 303
    assert await order() == ["cycling", "fitness"]
    assert (await lin.sends("/admin/categories/cycling", move="up")).status_code == 303
    assert await order() == ["cycling", "fitness"]
    await lin.sends("/admin/categories/cycling", name="单车", name_en="Bikes")
    assert "单车" in (await visitor.get("/discover")).text

    await lin.sends("/admin/categories/cycling", retire="yes")
    assert "单车" not in (await visitor.get("/discover")).text
    await lin.sends("/admin/categories/cycling", retire="no")
    assert "单车" in (await visitor.get("/discover")).text
    assert set(await deeds()) == {"category.changed"}


async def test_a_category_that_is_wrong_is_refused_beside_its_fields(lin):
    answer = await lin.sends("/admin/categories", slug="Fit ness", name="", name_en="x")
    assert answer.status_code == 422
    assert 'id="error-slug"' in answer.text
    assert 'value="Fit ness"' in answer.text
    twice = await lin.sends("/admin/categories", slug="fitness", name="健身", name_en="Fitness")
    assert twice.status_code == 422
    assert (await lin.sends("/admin/categories/nowhere", retire="yes")).status_code == 404


async def test_a_circle_in_a_retired_category_stays_and_can_be_changed(lin, owner):
    await lin.sends("/admin/categories", slug="cycling", name="骑行", name_en="Cycling")
    await lin.sends("/admin/categories/fitness", retire="yes")

    form = (await owner.sees("/c/night-run/manage/settings")).text
    assert 'value="fitness"' in form
    fields = {"name": "珠江夜跑圈", "intro": "跑", "rules": "", "posting": "members",
              "category": "fitness", "colour": "#5b8a72"}  # fmt: skip
    answer = await owner.sends("/c/night-run/manage/settings", **fields)
    assert answer.status_code == 303, re.findall(r"field__error.*", answer.text)


# ── what waits ──


async def test_she_has_what_was_put_off_tried_again_now(lin, site):
    await site.tickers_rest()
    await letter("put-off:1", "waiting", next_at="now() + interval '5 hours'", error="421 busy")

    answer = await lin.sends("/admin/jobs/letters/retry")

    assert answer.headers["location"] == "/admin/jobs?tried=1"
    assert (await row("select next_at <= now() as due from letter"))["due"]
    assert (await deeds())[0] == "jobs.retried"
    assert (await lin.sends("/admin/jobs/nothing/retry")).status_code == 404


@pytest.mark.parametrize("queue", retrying.AGAIN)
async def test_every_queue_can_be_hurried_when_it_is_empty(lin, queue):
    assert await retrying.retry(lin.viewer, queue) == 0


async def test_she_sees_letters_that_failed_and_never_what_they_said(lin, site):
    await site.tickers_rest()
    await letter("confirm:1", "failed", error="550 no such person")

    page = (await lin.sees("/admin/mail")).text

    assert "550 no such person" in page
    assert "x…@example.org" in page
    assert "xiaolan@example.org" not in page
    assert "secret words" not in page


async def test_she_tries_whether_letters_go_out(lin):
    answer = await lin.sends("/admin/mail", address="lin@example.org")
    assert answer.status_code == 200
    assert "QUANZI_MAIL" in re.search(r'id="tried".*?</p>', answer.text, re.DOTALL)[0]
    assert (await lin.sends("/admin/mail", address="nowhere")).status_code == 422


# ── the site ──


async def test_she_gives_the_site_another_name(lin, visitor):
    try:
        assert (await lin.sends("/admin/settings", site_name="河 边")).status_code == 303
        assert "河 边" in (await visitor.get("/discover")).text
        assert (await lin.sends("/admin/settings", site_name=" ")).status_code == 422
        assert (await lin.sends("/admin/settings", site_name="x" * 31)).status_code == 422
        assert (await deeds())[0] == "site.named"
    finally:
        await rows("delete from site")
        await naming.look()


async def test_what_is_set_is_shown_without_secrets(lin):
    page = (await lin.sees("/admin/settings")).text

    assert "QUANZI_VAR" in page
    assert "sign-in-account" in page
    assert PASSWORD not in page
    assert "QUANZI_SECRET" not in page
