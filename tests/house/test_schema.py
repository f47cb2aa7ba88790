"""The tables' classes and the schema that the migrations make are one."""

import pytest
from piccolo.conf.apps import Finder

from quanzi.db.engine import rows

TABLES = Finder().get_table_classes()


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table._meta.tablename)
async def test_a_table_has_the_columns_its_class_says(database, table):
    found = await rows(
        "select column_name, is_nullable from information_schema.columns where table_name = $1",
        table._meta.tablename,
    )
    real = {line["column_name"]: line["is_nullable"] == "YES" for line in found}
    said = {column._meta.name: column._meta.null for column in table._meta.columns}

    assert real == said


async def test_migrating_again_changes_nothing_even_from_many_processes_at_once(database):
    import asyncio

    from quanzi.db.migrating import migrate

    before = await rows("select name from migration")
    await asyncio.gather(*(migrate() for _ in range(4)))

    assert await rows("select name from migration") == before
