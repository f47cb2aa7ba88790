"""What nobody went on with is given up after a week; files that no import names go."""

import asyncio
from collections.abc import Collection

from quanzi import clock
from quanzi.db.engine import rows
from quanzi.db.transaction import transaction
from quanzi.importing import archive, claiming

KEPT_DAYS, HISTORY_DAYS = 7, 365
HOUR = 3600


async def sweep() -> int:
    """How many imports were given up."""
    old = await rows(
        f"""select circle_id, id from post_import where state in ('trying', 'tried', 'stopped')
            and asked_at < now() - interval '{KEPT_DAYS} days' limit 50"""
    )
    for line in old:
        async with transaction():
            await claiming.finish(line["circle_id"], line["id"], "dropped")
    await rows(
        f"""delete from post_import where (circle_id, id) in (
                select circle_id, id from post_import
                where ended_at < now() - interval '{HISTORY_DAYS} days' limit 50)"""
    )
    named = await rows("select archive from post_import where archive <> ''")
    await asyncio.to_thread(_sweep_folder, {line["archive"] for line in named})
    return len(old)


def _sweep_folder(named: Collection[str]) -> None:
    """Not what came a moment ago: its import may be about to be written."""
    oldest = clock.now().timestamp() - HOUR
    for file in archive.folder().glob("*.zip"):
        if file.stem not in named and file.stat().st_mtime < oldest:
            file.unlink(missing_ok=True)
