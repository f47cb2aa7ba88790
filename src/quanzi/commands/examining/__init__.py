"""`quanzi doctor`: what is wrong, and how to mend it."""

import asyncio

import click

from quanzi.commands.backing import backed
from quanzi.commands.examining import database, machine, outside, running
from quanzi.commands.examining.finding import Check, DatabaseAway, said_of

# What asks the database comes after the question whether it answers.
CHECKS: dict[str, Check] = {
    "settings": machine.settings_in_use,
    "secrets": machine.secrets,
    "limits": machine.descriptors,
    "disk": machine.disk,
    "media": machine.media,
    "anchor": machine.anchor,
    "backup": running.backup,
    "Valkey": outside.valkey,
    "mail": outside.mail,
    "push": outside.push,
    "proxy": outside.proxy,
    "pictures": outside.pictures,
    "database": database.answers,
    "text": database.text,
    "schema": database.schema,
    "rights": database.rights,
    "replica": database.replica,
    "clock": database.clock,
    "audit": database.audit,
    "passwords": running.passwords,
    "jobs": running.jobs,
}


def run() -> int:
    """0 when all is well, 1 otherwise."""
    with backed():
        return asyncio.run(_examine())


async def _examine() -> int:
    wrong = 0
    for name, check in CHECKS.items():
        try:
            good, said = await check()
        except DatabaseAway as why:
            click.echo(f"WRONG {name}: {why}")
            return 1
        except Exception as fault:  # noqa: BLE001 - whatever it is, it is what is wrong
            good, said = False, said_of(fault)
        wrong += not good
        click.echo(f"{'ok   ' if good else 'WRONG'} {name}: {said}")
    return 1 if wrong else 0
