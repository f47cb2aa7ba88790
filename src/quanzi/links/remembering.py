"""What is known of a page: for a day, and for everybody who links to it.

One process goes to see it; of one host only one page at a time is asked for, and not the next at once.
"""

from dataclasses import dataclass
from urllib.parse import urlsplit

import asyncpg

from quanzi.db.engine import row, rows
from quanzi.db.transaction import transaction
from quanzi.links.reading import Head
from quanzi.links.visiting import visit
from quanzi.media import Picture
from quanzi.outbound.posting import Outbound

# Where nothing was found somebody may have been mending something.
KEPT, NOTHING_KEPT = "1 day", "1 hour"
TURN = "40 seconds"
PAUSE = "2 seconds"
# Any number that nothing else in this database locks.
LOCK = 7_305_017
PAGE = "address, state, title, description, site, picture, width, height, colour"


class Later(Exception):
    """Somebody is looking, or the host has just been asked for something else."""


@dataclass(frozen=True, slots=True)
class Page:
    """`picture`: a name in our store, or ''."""

    address: str
    title: str
    description: str
    site: str
    picture: str
    width: int
    height: int
    colour: str


async def page(outbound: Outbound, address: str) -> Page | None:
    """None: nothing to show. Raises Later."""
    found = await _known(address)
    if found is None:
        await _take(address)
        found = await _keep(address, await visit(outbound, address))
    return _made(found) if found["state"] == "ready" else None


async def forget_old() -> list[str]:
    """The pictures of pages that are known no longer. In a transaction that lets go of them."""
    gone = await rows(
        f"""delete from link_page where address in (
                select address from link_page
                where taken_until < now() and (at < now() - interval '{KEPT}'
                    or (state = 'nothing' and at < now() - interval '{NOTHING_KEPT}')
                    or state = 'taken') order by at limit 200 for update skip locked)
            returning picture"""
    )
    return [line["picture"] for line in gone if line["picture"]]


async def is_held(address: str, picture: str) -> bool:
    """Whether the page is still known with this picture; held so until the transaction ends."""
    found = await row(
        "select 1 from link_page where address = $1 and picture = $2 for share", address, picture
    )
    return found is not None


async def _known(address: str) -> asyncpg.Record | None:
    """Raises Later for what somebody is looking at, or what is about to be forgotten."""
    found = await row(
        f"""select {PAGE}, taken_until < now() and (at < now() - interval '{KEPT}'
                or (state = 'nothing' and at < now() - interval '{NOTHING_KEPT}')) as old
            from link_page where address = $1""",
        address,
    )
    if found is not None and (found["state"] == "taken" or found["old"]):
        raise Later
    return found


async def _take(address: str) -> None:
    host = urlsplit(address).hostname or ""
    async with transaction():
        # One after the other, in all processes: else two would find the host at rest.
        await rows("select pg_advisory_xact_lock($1)", LOCK)
        taken = await rows(
            f"""insert into link_page (address, host, taken_until)
                select $1, $2, now() + interval '{TURN}' where not exists (
                    select 1 from link_page where host = $2 and at > now() - interval '{KEPT}'
                    and (at > now() - interval '{PAUSE}'
                         or (state = 'taken' and taken_until > now())))
                on conflict do nothing returning address""",
            address,
            host,
        )
    if not taken:
        raise Later


async def _keep(address: str, seen: tuple[Head, Picture | None] | None) -> asyncpg.Record:
    head, picture = seen or (Head("", "", "", ""), None)
    [kept] = await rows(
        f"""insert into link_page (address, host, state, title, description, site, picture, width,
                                   height, colour, taken_until)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, now())
            on conflict (address) do update set state = excluded.state, title = excluded.title,
                description = excluded.description, site = excluded.site,
                picture = excluded.picture, width = excluded.width, height = excluded.height,
                colour = excluded.colour, taken_until = now(), at = now()
            returning {PAGE}""",
        address,
        urlsplit(address).hostname or "",
        "ready" if seen else "nothing",
        head.title,
        head.description,
        head.site,
        *(
            (picture.name, picture.width, picture.height, picture.colour)
            if picture
            else ("", 0, 0, "")
        ),
    )
    return kept


def _made(line: asyncpg.Record) -> Page:
    values = dict(line)
    return Page(**{name: values[name] for name in Page.__slots__})
