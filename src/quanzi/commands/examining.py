"""`quanzi doctor`: what is wrong, and how to mend it."""

import asyncio
import shutil
import time
from collections.abc import Awaitable, Callable

import click

from quanzi.commands.backing import backed
from quanzi.settings import settings

LEAST_FREE = 500 * 2**20
FARTHEST_CLOCK = 2.0
LATEST = 1000

Finding = tuple[bool, str]
Check = Callable[[], Awaitable[Finding]]


def run() -> int:
    """0 when all is well, 1 otherwise."""
    with backed():
        return asyncio.run(_examine())


async def _examine() -> int:
    checks: dict[str, Check] = {
        "settings": _settings,
        "database": _database,
        "schema": _schema,
        "audit": _audit,
        "clock": _clock,
        "Valkey": _valkey,
        "disk": _disk,
        "mail": _mail,
        "push": _push,
        "pictures": _pictures,
    }
    wrong = 0
    for name, check in checks.items():
        try:
            good, said = await check()
        except Exception as fault:  # noqa: BLE001 - whatever it is, it is what is wrong
            good, said = False, f"{type(fault).__name__}: {fault}"
        wrong += not good
        click.echo(f"{'ok   ' if good else 'WRONG'} {name}: {said}")
    return 1 if wrong else 0


async def _settings() -> Finding:
    where = settings().url or "not set: only loopback names are answered"
    return True, f"var {settings().var}, QUANZI_URL {where}"


async def _database() -> Finding:
    from quanzi.db.engine import row  # noqa: PLC0415 - settings come first

    found = await row("show server_version_num")
    number = int(found[0]) if found else 0
    good = number >= 15_00_00  # noqa: PLR2004
    return good, f"PostgreSQL {number // 10000}" + ("" if good else "; use 15 or newer")


async def _schema() -> Finding:
    from quanzi.db.migrating import missing  # noqa: PLC0415 - settings come first

    steps = await missing()
    if steps:
        return False, f"missing {', '.join(steps)}; run `quanzi migrate`"
    return True, "up to date"


async def _audit() -> Finding:
    from quanzi.audit import anchors, verifying  # noqa: PLC0415 - settings come first

    file = settings().anchor
    last = anchors.last(file)
    verdict = await verifying.latest(LATEST, () if last is None else (last,))
    if verdict.fault is not None:
        return False, f"{verdict.fault.said} See docs/audit.md"
    where = "no anchor yet" if last is None else f"last anchor {last.at:%Y-%m-%d %H:%M} UTC"
    return True, f"the last {verdict.entries:,} entries are as they were written, {where} in {file}"


async def _pictures() -> Finding:
    """Whether a machine can look at them; without one every picture waits for people."""
    from quanzi.media.incoming import store  # noqa: PLC0415 - settings come first
    from quanzi.screening import child  # noqa: PLC0415 - as above

    try:
        eye = await child.opened(store().root)
    except child.Blind as why:
        return False, f"nothing looks at pictures, so that all wait for reviewers: {why}"
    await eye.close()
    return True, f"looked at by {eye.model}"


async def _clock() -> Finding:
    from quanzi.db.engine import row  # noqa: PLC0415 - settings come first

    found = await row("select extract(epoch from clock_timestamp())::float8 as now")
    off = abs(time.time() - found["now"]) if found else 1e9
    good = off <= FARTHEST_CLOCK
    return good, f"{off:.2f} s from the database's" + ("" if good else "; set both by NTP")


async def _valkey() -> Finding:
    from quanzi.live import lines  # noqa: PLC0415 - settings come first

    client = lines.connect()
    try:
        said = await client.info("server")
        # A cluster answers node by node.
        nodes = list(said.values()) if settings().valkey_url.startswith(lines.CLUSTER) else [said]
        versions = sorted({node.get("valkey_version", "?") for node in nodes})
    except lines.FAULTS as fault:
        return False, f"does not answer ({fault}); the site works without it, a little slower"
    finally:
        await client.aclose()
    many = f", {len(nodes)} nodes" if len(nodes) > 1 else ""
    return True, f"Valkey {' and '.join(versions)}{many}"


async def _disk() -> Finding:
    free = shutil.disk_usage(settings().var).free
    good = free >= LEAST_FREE
    return good, f"{free / 2**30:.1f} GiB free" + ("" if good else "; make room under QUANZI_VAR")


async def _mail() -> Finding:
    from quanzi.mail import posting  # noqa: PLC0415 - settings come first

    server = settings().mail
    if server is None:
        return True, f"QUANZI_MAIL is not set: letters become files in {settings().var / 'mail'}"
    if not settings().url:
        return False, "letters would link to loopback; set QUANZI_URL"
    try:
        await posting.check(server)
    except posting.NotSent as why:
        return False, f"{server.host}:{server.port} does not take letters ({why}); see QUANZI_MAIL"
    return True, f"{server.host}:{server.port} takes letters"


async def _push() -> Finding:
    from quanzi.push import keys  # noqa: PLC0415 - settings come first

    public = keys.public()
    if not settings().url.startswith("https://"):
        return True, "browsers take pushes from https sites and from loopback only; see QUANZI_URL"
    return True, f"the site's key is {public[:12]}…, kept in {settings().var / 'push-key.pem'}"
