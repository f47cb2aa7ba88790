"""`quanzi admin …`: people without a browser."""

import asyncio

import click

from quanzi.commands.backing import backed
from quanzi.commands.failure import Failed


def create(handle: str, password: str) -> None:
    with backed():
        from quanzi.errors import Invalid  # noqa: PLC0415 - settings come first
        from quanzi.identity import signing_up  # noqa: PLC0415

        try:
            asyncio.run(signing_up.sign_up(handle, "", password))
        except Invalid as wrong:
            raise Failed(" ".join(str(sentence) for sentence in wrong.fields.values())) from wrong
    click.echo(f"{handle} is a member now.")


def grant(handle: str, role: str) -> None:
    with backed():
        from quanzi.identity import ranks  # noqa: PLC0415 - settings come first

        if not asyncio.run(ranks.grant(handle, "" if role == "member" else role)):
            raise Failed(f"There is no member {handle!r}.")
    click.echo(f"{handle} is {role} now.")
