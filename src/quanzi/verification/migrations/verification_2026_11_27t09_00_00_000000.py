"""Whose real name is not to be verified again for a while, since their account was suspended."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from quanzi.db.engine import rows

ID = "2026-11-27T09:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Whose real name is not to be verified again while their account is suspended."


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="verification", description=DESCRIPTION)

    async def run() -> None:
        await rows(
            """create table barred_person (
                   fingerprint bytea primary key,
                   until timestamptz not null,
                   at timestamptz not null default now())"""
        )
        await rows("create index barred_person_until on barred_person (until)")

    manager.add_raw(run)
    return manager
