"""No table learns about members without somebody deciding what they get of it, and what goes."""

import pytest

from quanzi.db.engine import rows
from quanzi.privacy.parts import LABELS, PARTS
from quanzi.privacy.register import REGISTER, Fate

# A reference to the member, or a name as columns for members have it.
NAMES_A_MEMBER = """
    select c.table_name || '.' || c.column_name as name
    from information_schema.columns c
    where c.table_schema = 'public' and c.udt_name in ('int8', '_int8')
      and (c.column_name ~ '^(.*_)?(member|author|actor|follower|liker|looker|dismissed|invited|owner|user)_ids?$'
           or c.column_name ~ '_by$')
    union
    select k.conrelid::regclass::text || '.' || a.attname
    from pg_constraint k join pg_attribute a on a.attrelid = k.conrelid and a.attnum = any(k.conkey)
    where k.contype = 'f' and k.confrelid = 'member'::regclass
"""


async def test_every_column_that_names_a_member_is_decided_on(database):
    found = {line["name"] for line in await rows(NAMES_A_MEMBER)} | {"member.id"}

    assert found - REGISTER.keys() == set(), "decide in privacy/register.py"
    assert REGISTER.keys() - found == set(), "these columns are gone"


@pytest.mark.parametrize("column", REGISTER)
def test_a_decision_names_a_part_or_says_why_not(column):
    decision = REGISTER[column]

    assert bool(decision.part) != bool(decision.why_not)
    assert not decision.part or decision.part in PARTS


def test_every_part_is_named_by_a_column():
    assert PARTS.keys() == {each.part for each in REGISTER.values() if each.part}


@pytest.mark.parametrize("name", PARTS)
async def test_a_part_can_be_asked_for_and_its_columns_have_words(database, name):
    from quanzi.db.engine import ENGINE
    from quanzi.db.transaction import transaction

    async with transaction():
        asked = await ENGINE.current_transaction.get().connection.prepare(PARTS[name].sql)
        columns = [column.name for column in asked.get_attributes()]
    spoken = {*LABELS, "id", "platform_role", "suspended_at"}
    assert [column for column in columns if column not in spoken] == []


@pytest.mark.parametrize("column", [c for c, d in REGISTER.items() if d.fate is Fate.GONE])
async def test_rows_that_go_are_found_by_an_index(database, column):
    """Erasing one member must not read a table of ten million."""
    table, name = column.split(".")
    found = await rows(
        """select 1 from pg_index i join pg_attribute a
               on a.attrelid = i.indrelid and a.attnum = i.indkey[0]
           where i.indrelid = $1::regclass and a.attname = $2""",
        table,
        name,
    )
    # News waits in `concern` for seconds only.
    assert found or table == "concern"
