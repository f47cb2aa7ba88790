"""`quanzi credit check`: every account recounted from the ledger."""

import asyncio

import click

from quanzi.commands.backing import backed
from quanzi.commands.failure import Failed


def check() -> None:
    with backed():
        try:
            asyncio.run(_check())
        except OSError as why:
            raise Failed(f"The accounts could not be recounted: {why}") from why


async def _check() -> None:
    from quanzi.credit import reckoning  # noqa: PLC0415 - settings come first
    from quanzi.db.engine import close_pool, open_pool  # noqa: PLC0415
    from quanzi.db.migrating import migrate  # noqa: PLC0415

    await migrate()
    await open_pool(2)
    done = wrong = 0
    try:
        async for looked_at, differences in reckoning.recounted():
            done += looked_at
            wrong += len(differences)
            for each in differences:
                click.echo(
                    f"Member {each.member_id}: the account says {each.total:+d}, "
                    f"the entries say {each.entries:+d}."
                )
            click.echo(f"accounts: {done:,}", err=True)
    finally:
        await close_pool()
    if wrong:
        raise Failed(f"{wrong:,} of {done:,} accounts differ from their ledger.")
    click.echo(f"{done:,} accounts agree with their ledger.")
