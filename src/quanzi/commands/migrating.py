"""`quanzi migrate`."""

import asyncio

import click

from quanzi.commands.backing import backed
from quanzi.commands.failure import Failed


def run() -> None:
    with backed():
        from quanzi.db.migrating import MigrationFailed, migrate  # noqa: PLC0415 - settings first

        try:
            asyncio.run(migrate())
        except (MigrationFailed, OSError) as why:
            raise Failed(f"The schema could not be brought up to date: {why}") from why
    click.echo("The schema is up to date.")
