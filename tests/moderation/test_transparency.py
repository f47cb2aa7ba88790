"""What everybody may know of what is done here: figures, and nothing that leads to anybody."""

import asyncio

import pytest

from quanzi.audit import anchoring, writing
from quanzi.db.engine import rows
from quanzi.db.transaction import transaction
from quanzi.moderation import figures
from quanzi.moderation.figures import Sum
from tests.moderation.verdicts import found
from tests.people import CIRCLE, OTHER_CIRCLE

HERE, SITE = f"/c/{CIRCLE}/transparency", "/transparency"


@pytest.fixture(autouse=True)
def _nobody_remembers():
    figures.forget()
    yield
    figures.forget()


async def decided(
    cast,
    times: int,
    *,
    circle_id: int = 0,
    category: str = "fraud",
    action: str = "remove",
    measure: str = "",
    second: str = "",
    source: str = "report",
    took: str = "2 hours",
    ago: str = "0",
    reports: int = 0,
    appeal: str = "",
) -> None:
    """Cases about 阿强 that 悦跑审核 decided."""
    for _ in range(times):
        circle = circle_id or cast.circle_id
        case = await rows(
            f"""insert into review_case (circle_id, kind, post_id, author_id, source, category,
                                        reports, state, opened_at, due_at)
                values ($1, 'post', 1, $2, $3, $4, $5, 'decided',
                        now() - interval '{ago}' - interval '{took}', now()) returning id""",
            circle,
            cast.aqiang.member_id,
            source,
            category,
            reports,
        )
        made = await rows(
            f"""insert into decision (circle_id, case_id, kind, post_id, author_id, decided_by,
                                     category, action, measure, second, reason, excerpt, at)
                values ($1, $2, 'post', 1, $3, $4, $5, $6, $7, $8, '骗人的理由', '骗人的话',
                        now() - interval '{ago}') returning id""",
            circle,
            case[0]["id"],
            cast.aqiang.member_id,
            cast.reviewer.member_id,
            category,
            action,
            measure,
            second,
        )
        if appeal:
            await rows(
                """insert into decision_appeal (circle_id, decision_id, member_id, words, state)
                   values ($1, $2, $3, '冤枉', $4)""",
                circle,
                made[0]["id"],
                cast.aqiang.member_id,
                appeal,
            )


async def here(cast):
    figures.forget()
    return await figures.of_circle(cast.circle_id, "Asia/Shanghai")


async def test_a_visitor_reads_what_was_decided_and_nobodys_name(cast, visitor):
    await decided(cast, 7, measure="mute", reports=2, appeal="overturned")
    await decided(cast, 6, category="abuse", action="keep")
    for action in ("hold", "refuse"):
        for _ in range(5):
            await found(cast.circle_id, cast.aqiang, action=action)

    [month, *before] = await here(cast)

    assert month.decisions == {"fraud": {"remove": 7}, "abuse": {"keep": 6}}
    assert month.decided == Sum(13, exact=True)
    assert month.measures == {"mute": 7, "ban": 0}
    assert month.machine == {"hold": 5, "refuse": 5}
    assert (month.reports, month.appeals, month.overturned) == (14, 7, 7)
    assert str(month.wait) == "2 小时"
    assert len(before) == 11 and not any(before)
    for path in (HERE, SITE):
        page = (await visitor.get(path)).text
        for words in ("诈骗", "辱骂", "13", "2 小时"):
            assert words in page, (path, words)
        for words in ("阿强", "aqiang", "悦跑审核", "骗人的", "冤枉"):
            assert words not in page, (path, words)


async def test_what_is_less_than_five_is_not_told_nor_given_away_by_a_sum(cast, visitor):
    await decided(cast, 4, category="privacy", action="mask")
    await decided(cast, 9)

    [month, *_] = await here(cast)

    assert month.decisions["privacy"] == {"mask": None}
    assert month.decided == Sum(10, exact=False)
    assert month.wait is not None
    page = (await visitor.get(HERE)).text
    assert "<td>&lt;5</td>" in page
    assert "至少 10" in page
    assert "<td>4</td>" not in page
    assert "13" not in page.split("<tbody>")[1].split("</tbody>")[0].split("</tr>")[0]


async def test_of_few_cases_nobody_learns_how_long_one_took(cast):
    await decided(cast, 4)

    assert (await here(cast))[0].wait is None


async def test_who_acts_at_once_does_not_make_the_others_look_quick(cast):
    await decided(cast, 20, source="staff", took="0")
    await decided(cast, 5, took="3 days")

    assert str((await here(cast))[0].wait) == "3 天"


async def test_a_ban_counts_once_somebody_else_has_confirmed_it(cast):
    await decided(cast, 6, measure="ban", second="confirmed")
    await decided(cast, 9, measure="ban", second="declined")
    await decided(cast, 9, measure="site_ban", second="wanted")

    assert (await here(cast))[0].measures == {"mute": 0, "ban": 6}


async def test_older_than_a_year_is_left_out_and_months_are_told_apart(cast):
    await decided(cast, 5, ago="40 days")
    await decided(cast, 5, ago="400 days")

    months = await here(cast)

    assert sum(month.decided.least for month in months) == 5
    assert months[0].decided.least == 0
    assert [month.first for month in months] == sorted(
        (month.first for month in months), reverse=True
    )


async def test_a_circle_tells_of_itself_only_and_the_site_of_all(cast):
    await decided(cast, 5)
    await decided(cast, 6, circle_id=cast.other_id)

    assert (await here(cast))[0].decided.least == 5
    assert (await figures.of_site())[0].decided.least == 11


async def test_a_hidden_circles_figures_are_for_who_may_know_it(cast, owner, xiaolan, visitor):
    await rows("update circle set hidden = true where id = $1", cast.circle_id)

    for answer in (await visitor.get(HERE), await xiaolan.sees(HERE)):
        assert answer.status_code == 404
    for person in (owner, cast.analyst, cast.moderator):
        assert (await person.sees(HERE)).status_code == 200
    assert (await visitor.get(f"/c/{OTHER_CIRCLE}/transparency")).status_code == 200


async def test_where_nothing_happened_the_page_says_so(visitor):
    assert "没有需要处理的内容" in (await visitor.get(HERE)).text


async def test_figures_are_counted_once_in_a_while(cast, visitor):
    await visitor.get(HERE)
    await decided(cast, 8)

    assert "没有需要处理的内容" in (await visitor.get(HERE)).text
    figures.forget()
    assert "没有需要处理的内容" not in (await visitor.get(HERE)).text


async def test_however_many_ask_at_once_it_is_counted_once(cast, monkeypatch):
    asked = []
    real = figures._counted

    async def counted(circle_id, zone):
        asked.append(circle_id)
        return await real(circle_id, zone)

    monkeypatch.setattr(figures, "_counted", counted)
    await decided(cast, 5)

    found = await asyncio.gather(*(figures.of_site() for _ in range(20)))

    assert asked == [figures.SITE]
    assert all(months[0].decided.least == 5 for months in found)


async def test_the_sites_page_ends_with_what_the_log_ends_with(cast, visitor):
    await writing.write("case.decided", actor_id=cast.reviewer.member_id)
    seq, digest = await anchoring.head()

    page = (await visitor.get(SITE)).text

    assert digest.hex() in page
    assert f"第 {seq} 条" in page
    assert digest.hex() not in (await visitor.get(HERE)).text


async def test_the_way_there_is_in_the_footer_and_on_the_circles_page(visitor):
    page = (await visitor.get(f"/c/{CIRCLE}/about")).text

    assert f'href="{HERE}"' in page
    assert f'href="{SITE}"' in page
    assert "/admin/screening" not in page


async def test_a_circles_months_are_found_by_indexes_that_begin_with_it(cast):
    async with transaction():
        await rows("set local enable_seqscan = off")
        for sql in figures._asked(cast.circle_id):
            asked = sql.replace("$1", "'Asia/Shanghai'").replace("$2", "7")
            plan = "\n".join(line[0] for line in await rows(f"explain {asked}"))
            assert "Seq Scan" not in plan, plan
            assert "circle_id = " in plan
