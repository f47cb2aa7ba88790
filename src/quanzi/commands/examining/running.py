"""The site's own doings: that what is due is done, that it is saved, and that the demo stays inside."""

import time

from quanzi.commands.examining.finding import Finding
from quanzi.commands.examining.machine import LOOPBACK
from quanzi.settings import settings

OLDEST_BACKUP = 2 * 24 * 3600


async def jobs() -> Finding:
    from quanzi.admin import waiting  # noqa: PLC0415 - settings come first

    late = [queue for queue in await waiting.queues() if queue.late]
    if late:
        shown = ", ".join(f"{each.due} {each.name} since {each.since:%m-%d %H:%M}" for each in late)
        return False, (
            f"standing still: {shown} UTC; is `quanzi serve` running? Its log says due.failed"
        )
    return True, "nothing that is due has waited long"


async def passwords() -> Finding:
    from quanzi.demo import loading  # noqa: PLC0415 - settings come first

    host = settings().url.partition("://")[2].partition(":")[0]
    if host and host not in LOOPBACK and await loading.has_demo_passwords():
        return False, (
            "demo accounts still have the password that everybody knows; change them, or use "
            "another database (`quanzi serve --no-demo`)"
        )
    return True, "no demo account can be entered from outside"


async def backup() -> Finding:
    from quanzi.admin import remembered  # noqa: PLC0415 - settings come first

    last = remembered.last()
    if last is None:
        return True, "none was made by `quanzi backup` from this folder"
    days = (time.time() - last.at) / 86400
    good = time.time() - last.at <= OLDEST_BACKUP
    return good, f"the last one is {days:.1f} days old ({last.file})" + (
        "" if good else "; look at its timer, and run `quanzi backup`"
    )
