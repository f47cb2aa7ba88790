"""`quanzi demo …`: its content, and people using it."""

import asyncio
import contextlib

import click

from quanzi.commands.backing import backed
from quanzi.commands.failure import Failed


def load() -> None:
    with backed():
        from quanzi.db.migrating import MigrationFailed, migrate  # noqa: PLC0415 - settings first
        from quanzi.demo import loading  # noqa: PLC0415

        async def loaded() -> int:
            await migrate()
            return await loading.load()

        try:
            new = asyncio.run(loaded())
        except (MigrationFailed, OSError) as why:
            raise Failed(f"The demo could not be loaded: {why}") from why
    click.echo(f"{new} demo circles were loaded." if new else "All demo circles are there already.")


def traffic(rate: float, seconds: int) -> None:
    if rate <= 0:
        raise Failed("--rate must be more than 0.")
    with backed():
        from quanzi.demo import traffic as people  # noqa: PLC0415 - settings come first

        with contextlib.suppress(KeyboardInterrupt):
            asyncio.run(people.run(rate, seconds, click.echo))


def scale(followers: int, posts: int, slug: str) -> None:
    if followers < 1 or posts < 0:
        raise Failed("Ask for at least one follower, and for no less than no post.")
    with backed():
        from quanzi.db.migrating import MigrationFailed, migrate  # noqa: PLC0415 - settings first
        from quanzi.demo import scaling  # noqa: PLC0415

        async def made() -> None:
            await migrate()
            with (
                click.progressbar(length=followers, label="Followers", show_pos=True) as follow,
                click.progressbar(length=posts, label="Posts    ", show_pos=True) as post,
            ):
                bars = {"followers": follow, "posts": post}
                await scaling.scale(
                    followers, posts, lambda what, n: bars[what].update(n - bars[what].pos), slug
                )

        try:
            asyncio.run(made())
        except (MigrationFailed, OSError) as why:
            raise Failed(f"The circle could not be made: {why}") from why
    click.echo(
        f"/c/{slug} has its followers and posts. `quanzi search rebuild` makes them findable."
    )
