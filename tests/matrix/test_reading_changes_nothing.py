"""T20: a link, an image or a crawler asks with GET; whatever it asks for, nothing is changed by it."""

from tests.matrix.asking import door, objects
from tests.matrix.kept import fingerprints
from tests.matrix.table import PEOPLE, ROWS

READS = [row for row in ROWS if row.door.startswith("GET ")]
# Said of each answer, so that a whole wall of refusals would not pass for a proof.
ANSWERED: dict[str, int] = {"opened": 0, "closed": 0}


async def test_whoever_reads_whatever_there_is_changes_nothing(stage, site):
    await site.tickers_rest()
    changed: list[str] = []
    for who in PEOPLE:
        await stage.calm()
        before = await fingerprints()
        for row in READS:
            for at in objects(stage, row, who):
                if at.partner != "maimai":
                    answer = await stage.ask(who, "GET", door(row)[1].format(**at.values))
                    assert answer.status_code < 500, f"{row.door}: {who}"
                    ANSWERED["opened" if answer.status_code == 200 else "closed"] += 1
        after = await fingerprints()
        changed += [f"{who}: {name}" for name in before if before[name] != after[name]]
    await site.tickers_work()

    assert changed == []
    assert ANSWERED["opened"] > 600, ANSWERED


async def test_a_change_would_be_noticed(stage, site):
    """The eye itself: one letter in one row."""
    from quanzi.db.engine import rows

    await site.tickers_rest()
    await stage.calm()
    before = await fingerprints()
    await rows("update member set intro = intro || 'x' where id = $1", stage.bystander.member_id)
    after = await fingerprints()
    await site.tickers_work()

    assert [name for name in before if before[name] != after[name]] == ["member"]
