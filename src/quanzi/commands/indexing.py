"""`quanzi search rebuild`: make findable what was there before there was a search."""

import asyncio

import click

from quanzi.commands.backing import backed
from quanzi.commands.failure import Failed


def rebuild(*, everything: bool) -> None:
    """What cannot be found yet; with `everything` all of it anew, as after a change of cutting."""
    with backed():
        try:
            asyncio.run(_rebuild(everything))
        except OSError as why:
            raise Failed(f"The search could not be rebuilt: {why}") from why


async def _rebuild(everything: bool) -> None:
    from quanzi.circles import searching as circles  # noqa: PLC0415 - settings come first
    from quanzi.collections import searching as collections  # noqa: PLC0415
    from quanzi.db.engine import close_pool, open_pool, rows  # noqa: PLC0415
    from quanzi.db.migrating import migrate  # noqa: PLC0415
    from quanzi.identity import searching as members  # noqa: PLC0415
    from quanzi.posts import indexing as posts  # noqa: PLC0415

    await migrate()
    await open_pool(2)
    try:
        for name, table, write_missing in (
            ("circles", "circle_search", circles.write_missing),
            ("members", "member_search", members.write_missing),
            ("posts", "post_search", posts.write_missing),
            ("collections", "collection_search", collections.write_missing),
        ):
            if everything:
                await rows(f"truncate {table}")
            done = 0
            while written := await write_missing():
                done += written
                click.echo(f"{name}: {done:,}", err=True)
            click.echo(f"{done:,} {name} were made findable.")
    finally:
        await close_pool()
