"""The `quanzi` command. Exit codes: 0 done, 1 failed and said why in one line, 2 wrong usage."""

import sys
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

import click

from quanzi import __version__
from quanzi.commands.failure import Failed
from quanzi.environment import WrongSetting


def says_why(command: Callable[..., None]) -> Callable[..., None]:
    """A failure is one line and exit code 1, not a traceback."""

    @wraps(command)
    def careful(*given: Any, **named: Any) -> None:
        from quanzi.servers import ServersFailed  # noqa: PLC0415 - only the failing need it

        try:
            command(*given, **named)
        except (Failed, WrongSetting, ServersFailed) as why:
            click.echo(f"quanzi: {why}", err=True)
            sys.exit(1)

    return careful


@click.group()
@click.version_option(__version__)
def main() -> None:
    """Quanzi 圈子: a live community site."""


@main.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535))
@click.option("--workers", default=1, show_default=True, type=click.IntRange(1, 64))
@click.option("--demo/--no-demo", default=True, help="Demo content on an empty embedded database.")
@says_why
def serve(host: str, port: int, workers: int, demo: bool) -> None:
    """Serve the site until it is told to stop."""
    from quanzi.commands import serving  # noqa: PLC0415 - each command loads what it needs

    serving.run(host=host, port=port, workers=workers, demo=demo)


@main.command()
@says_why
def migrate() -> None:
    """Bring the schema up to date."""
    from quanzi.commands import migrating  # noqa: PLC0415

    migrating.run()


@main.command()
@says_why
def doctor() -> None:
    """Check settings, database, Valkey, disk and clock; say what is wrong and how to mend it."""
    from quanzi.commands import examining  # noqa: PLC0415

    sys.exit(examining.run())


@main.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--force", is_flag=True, help="Write over a file that is there.")
@says_why
def backup(file: Path, force: bool) -> None:
    """Write one file with everything needed to rebuild the site, and read it back."""
    from quanzi.commands import saving  # noqa: PLC0415

    saving.backup(file, force=force)


@main.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--replace", is_flag=True, help="In the place of what the database holds now.")
@click.option("--yes", is_flag=True, help="Do not ask before replacing.")
@click.option(
    "--erased",
    "logs",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A log of the site: whom it says it erased is erased again. May be given more than once.",
)
@says_why
def restore(file: Path, replace: bool, yes: bool, logs: tuple[Path, ...]) -> None:
    """Make the site again that FILE holds; nothing is changed unless all of FILE is good."""
    from quanzi.commands import saving  # noqa: PLC0415

    saving.restore(file, replace=replace, yes=yes, logs=logs)


@main.group()
def demo() -> None:
    """Demo content, and people using it."""


@demo.command()
@says_why
def load() -> None:
    """Load the demo's circles, people and posts; what is there already stays."""
    from quanzi.commands import demonstrating  # noqa: PLC0415

    demonstrating.load()


@demo.command()
@click.option("--rate", default=0.5, show_default=True, help="Deeds per second.")
@click.option("--seconds", default=0, help="Stop after so long; 0: when interrupted.")
@says_why
def traffic(rate: float, seconds: int) -> None:
    """People post, edit, pin and remove at a steady rate, to look at."""
    from quanzi.commands import demonstrating  # noqa: PLC0415

    demonstrating.traffic(rate, seconds)


@demo.command()
@click.option("--followers", default=100_000, show_default=True)
@click.option("--posts", default=10_000, show_default=True)
@click.option("--slug", default="scale", show_default=True, help="The circle's address.")
@says_why
def scale(followers: int, posts: int, slug: str) -> None:
    """Make a circle as large as asked, or let it grow to that; stopped, it goes on the next time."""
    from quanzi.commands import demonstrating  # noqa: PLC0415

    demonstrating.scale(followers, posts, slug)


@main.group()
def search() -> None:
    """What people search in."""


@search.command()
@click.option(
    "--all", "everything", is_flag=True, help="Everything anew, not only what is missing."
)
@says_why
def rebuild(everything: bool) -> None:
    """Make findable what was there before there was a search."""
    from quanzi.commands import indexing  # noqa: PLC0415

    indexing.rebuild(everything=everything)


@main.group()
def credit() -> None:
    """Members' credit."""


@credit.command()
@says_why
def check() -> None:
    """Recount every account from its ledger; exit 1 when one differs."""
    from quanzi.commands import crediting  # noqa: PLC0415

    crediting.check()


@main.group()
def audit() -> None:
    """What was decided and done here."""


@audit.command()
@click.option(
    "--anchors",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Where anchors were kept. [default: QUANZI_ANCHOR]",
)
@says_why
def verify(anchors: Path | None) -> None:
    """Read all of the log; exit 1 and name the first bad entry when it is not as it was written."""
    from quanzi.commands import auditing  # noqa: PLC0415

    auditing.verify(anchors)


@main.group()
def admin() -> None:
    """People, without a browser."""


@admin.command()
@click.argument("handle")
@click.password_option(help="Asked for, or read from standard input when that is not a terminal.")
@says_why
def create(handle: str, password: str) -> None:
    """Make a member."""
    from quanzi.commands import people  # noqa: PLC0415

    people.create(handle, password)


@admin.command()
@click.argument("handle")
@click.argument("role", type=click.Choice(["admin", "moderator", "member"]))
@says_why
def grant(handle: str, role: str) -> None:
    """Make a member the platform's admin or moderator, or a plain member again."""
    from quanzi.commands import people  # noqa: PLC0415

    people.grant(handle, role)


if __name__ == "__main__":
    main()
