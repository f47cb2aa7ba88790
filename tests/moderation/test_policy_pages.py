"""The policy as data: seen, tried out, put in force, by whom it is for."""

import re

import pytest

from quanzi.db.engine import row, rows
from quanzi.errors import Conflict, Invalid, NotAllowed
from quanzi.moderation import setting_policy, trying_policy
from quanzi.screening import policies
from quanzi.screening.categories import CATEGORIES
from quanzi.screening.policies import PLATFORM
from quanzi.screening.policy import FIRST, NEVER, STEPS, Line
from tests.moderation.verdicts import found
from tests.people import CIRCLE

PAGE, HERE = "/admin/screening", f"/c/{CIRCLE}/manage/screening"


def typed(made=FIRST, **more: str) -> dict[str, str]:
    """As the form sends it. `more`: fields like `fraud_hold`."""
    fields = {
        f"{category}-{step}": str(score) if score != NEVER else ""
        for category, line in made.items()
        for step in STEPS
        for score in (getattr(line, step),)
    }
    return fields | {name.replace("_", "-", 1): value for name, value in more.items()}


@pytest.fixture
async def admin(cast):
    return await cast.member("admin", "管理员", "admin")


async def test_an_admin_changes_what_is_held_and_it_is_written_down(cast, admin):
    answer = await admin.sends(PAGE, **typed(fraud_hold="35"), note="骗子多起来了", version="0")

    assert answer.status_code == 303
    assert (await policies.of_circle(cast.circle_id)).policy["fraud"].hold == 35
    page = (await admin.sees(PAGE)).text
    assert 'name="fraud-hold" value="35"' in page
    for words in ("骗子多起来了", "第 1 版", "管理员"):
        assert words in page, words
    entry = await row("select * from audit_entry order by seq desc limit 1")
    assert (entry["deed"], entry["actor_id"], entry["circle_id"]) == (
        "policy.changed",
        admin.member_id,
        0,
    )
    assert "骗子多起来了" in entry["detail"]


async def test_an_older_version_can_be_looked_at_and_put_in_force_again(admin):
    await admin.sends(PAGE, **typed(fraud_hold="35"), note="一", version="0")
    await admin.sends(PAGE, **typed(fraud_hold="20"), note="二", version="1")

    page = (await admin.sees(f"{PAGE}?version=1")).text
    assert 'name="fraud-hold" value="35"' in page
    assert 'name="version" value="2"' in page
    assert (await admin.sees(f"{PAGE}?version=9")).status_code == 404
    assert (await admin.sees(f"{PAGE}?version=x")).status_code == 200


async def test_to_others_there_is_no_platforms_policy(cast, owner, xiaolan):
    for person in (owner, xiaolan, cast.analyst):
        assert (await person.sees(PAGE)).status_code == 404
        assert (await person.sends(PAGE, **typed(), note="x")).status_code == 404
        with pytest.raises(NotAllowed):
            await setting_policy.for_platform(person.viewer, FIRST, after=0, note="x")
    assert (await cast.moderator.sees(PAGE)).status_code == 200


@pytest.mark.parametrize("wrong", ["0", "101", "-3", "五十", "999999"])
async def test_what_is_no_score_is_told_beside_its_field_and_nothing_is_lost(admin, wrong):
    answer = await admin.sends(
        PAGE, **typed(fraud_hold=wrong, abuse_hold="33"), note="写了很久的理由", version="0"
    )

    assert answer.status_code == 422
    assert 'id="error-fraud-hold"' in answer.text
    assert answer.text.count("field__error") == 1
    assert 'href="#error-fraud-hold"' in answer.text
    assert f'name="fraud-hold" value="{wrong}"' in answer.text
    assert 'name="abuse-hold" value="33"' in answer.text
    assert "写了很久的理由" in answer.text
    assert (await policies.own(PLATFORM)).version == 0


async def test_without_a_reason_nothing_changes(admin):
    answer = await admin.sends(PAGE, **typed(fraud_hold="35"), note=" ", version="0")

    assert answer.status_code == 422
    assert 'id="error-note"' in answer.text
    assert (await policies.own(PLATFORM)).version == 0


async def test_who_comes_second_sees_both_and_decides(cast, admin):
    await admin.sends(PAGE, **typed(fraud_hold="35"), note="一", version="0")

    answer = await cast.moderator.sends(PAGE, **typed(fraud_hold="60"), note="二", version="0")

    assert answer.status_code == 409
    assert "规则刚被别人改过" in answer.text
    assert 'name="fraud-hold" value="60"' in answer.text
    assert "现在是 35" in answer.text
    version = re.search(r'name="version" value="(\d+)"', answer.text)[1]
    again = await cast.moderator.sends(PAGE, **typed(fraud_hold="60"), note="二", version=version)
    assert again.status_code == 303
    assert (await policies.own(PLATFORM)).policy["fraud"].hold == 60


async def test_a_circle_becomes_stricter_and_never_milder(cast, owner):
    with pytest.raises(Invalid):
        await setting_policy.for_circle(
            await owner.place(), {"fraud": Line(hold=51)}, after=0, note="松一点"
        )
    answer = await owner.sends(HERE, **{"fraud-hold": "60"}, note="松", version="0")
    assert answer.status_code == 422
    assert "平台的底线是 50" in answer.text
    assert 'name="fraud-hold" value="60"' in answer.text

    answer = await owner.sends(HERE, **{"fraud-hold": "30"}, note="我们更严", version="0")

    assert answer.status_code == 303
    here = (await policies.of_circle(cast.circle_id)).policy
    assert (here["fraud"].hold, here["fraud"].refuse, here["abuse"].hold) == (30, 95, 50)
    assert (await policies.of_circle(cast.other_id)).policy["fraud"].hold == 50
    entry = await row("select * from audit_entry order by seq desc limit 1")
    assert (entry["deed"], entry["circle_id"]) == ("policy.changed", cast.circle_id)


async def test_a_circles_page_shows_the_floor_beside_each_field(owner):
    page = (await owner.sees(HERE)).text

    assert page.count("底线 50") >= 8
    assert 'name="fraud-hold" value=""' in page
    assert "机审规则" in (await owner.sees(f"/c/{CIRCLE}/manage")).text


async def test_a_reviewer_reads_and_does_not_change_others_see_nothing(cast, reviewer, maimai):
    page = await reviewer.sees(HERE)
    assert page.status_code == 200
    assert "只有圈主可以修改" in page.text
    assert "生效" not in page.text
    for person in (reviewer, cast.editor, cast.moderator):
        assert (await person.sends(HERE, **{"fraud-hold": "30"}, note="x")).status_code == 404
        with pytest.raises(NotAllowed):
            await setting_policy.for_circle(
                await person.place(), {"fraud": Line(hold=30)}, after=0, note="x"
            )
    for person in (cast.analyst, cast.xiaolan, maimai):
        assert (await person.sees(HERE)).status_code == 404
    assert "机审规则" not in (await cast.analyst.sees(f"/c/{CIRCLE}/manage")).text


async def test_trying_shows_what_would_have_happened_and_changes_nothing(cast, admin, xiaolan):
    post = (await xiaolan.posts("江边的晚风真好")).post_id
    gone = (await xiaolan.posts("已经删掉的")).post_id
    await rows("update post set state = 'removed', body = '' where id = $1", gone)
    for post_id, score in ((post, 45), (gone, 45), (0, 97), (0, 30)):
        await found(cast.circle_id, xiaolan, post_id=post_id, score=score)
    await found(cast.circle_id, xiaolan, score=45, days_ago=8)

    answer = await admin.sends(PAGE, **typed(fraud_hold="42"), note="", version="0", **{"try": "y"})

    assert answer.status_code == 200
    assert "看了 4 条，其中 2 条会有不同的结果" in answer.text
    assert "<b>2 → 0</b>" in answer.text
    assert "<b>0 → 2</b>" in answer.text
    assert f'href="/c/{CIRCLE}/p/{post}"' in answer.text
    assert f"/p/{gone}" not in answer.text
    assert "没有发现可疑之处的不在其中" in answer.text
    assert 'name="fraud-hold" value="42"' in answer.text
    assert (await policies.own(PLATFORM)).version == 0


async def test_the_platform_is_shown_examples_of_public_circles_only(cast, admin, owner, xiaolan):
    post = (await xiaolan.posts("江边的晚风真好")).post_id
    said = await cast.aqiang.says(post, "真的吗")
    await found(cast.circle_id, xiaolan, post_id=post, score=45)
    await found(cast.circle_id, cast.aqiang, post_id=post, comment_id=said.comment_id, score=45)
    wished = {**FIRST, "fraud": Line(hold=42)}

    seen = (await trying_policy.effect(PLATFORM, wished)).examples
    assert [each.excerpt for each in seen] == ["真的吗", "江边的晚风真好"]
    await rows("update circle set hidden = true where id = $1", cast.circle_id)

    everywhere = await trying_policy.effect(PLATFORM, wished)
    assert (everywhere.changed, everywhere.examples) == (2, [])
    answer = await owner.sends(HERE, **{"fraud-hold": "42"}, version="0", **{"try": "y"})
    assert f"/c/{CIRCLE}/p/{post}/t/{said.comment_id}#comment-{said.comment_id}" in answer.text


async def test_a_circle_that_is_stricter_stays_so_whatever_the_platform_tries(cast, owner, xiaolan):
    await setting_policy.for_circle(
        await owner.place(), {"fraud": Line(refuse=20)}, after=0, note="严"
    )
    await found(cast.circle_id, xiaolan, score=60)
    await found(cast.other_id, xiaolan, score=60)

    tried = await trying_policy.effect(PLATFORM, {**FIRST, "fraud": Line()})

    assert tried.actions["refuse"] == (1, 1)
    assert tried.actions["hold"] == (1, 0)
    assert tried.actions["publish"] == (0, 1)


async def test_who_was_trusted_less_is_weighed_as_then(cast, xiaolan):
    await found(cast.circle_id, xiaolan, score=40, harder=10)
    await found(cast.circle_id, xiaolan, category="privacy", score=60, place=(0, 0))

    tried = await trying_policy.effect(cast.circle_id, {"fraud": Line(refuse=50)})

    assert tried.categories["fraud"]["hold"] == (1, 0)
    assert tried.categories["fraud"]["refuse"] == (0, 1)
    # What cannot be masked, as it has no place in the text, is held.
    assert tried.categories["privacy"]["hold"] == (1, 1)


async def test_of_very_many_only_some_are_looked_at_and_the_page_says_so(
    cast, admin, xiaolan, monkeypatch
):
    monkeypatch.setattr(trying_policy, "MOST_VERDICTS", 4)
    for _ in range(10):
        await found(cast.circle_id, xiaolan)

    answer = await admin.sends(PAGE, **typed(fraud_hold="42"), version="0", **{"try": "y"})

    assert "一共有 10 条" in answer.text
    tried = await trying_policy.effect(PLATFORM, FIRST)
    assert 3 <= tried.looked <= 4


async def test_trying_what_will_not_do_says_so_beside_the_field(owner):
    answer = await owner.sends(HERE, **{"fraud-hold": "60"}, version="0", **{"try": "y"})

    assert answer.status_code == 422
    assert 'id="error-fraud-hold"' in answer.text


async def test_the_verbs_refuse_a_stale_version_and_no_note(cast, admin):
    await setting_policy.for_platform(admin.viewer, FIRST, after=0, note="一")

    with pytest.raises(Conflict):
        await setting_policy.for_platform(admin.viewer, FIRST, after=0, note="二")
    with pytest.raises(Invalid):
        await setting_policy.for_platform(admin.viewer, FIRST, after=1, note="")
    counted = await rows("select count(*) from audit_entry where deed = 'policy.changed'")
    assert counted[0][0] == 1
    assert set(FIRST) == set(CATEGORIES)
