"""What is asked of a restored site before anybody is let in, and what is written down about it."""

import re
from collections.abc import Iterable
from pathlib import Path

from quanzi.audit import anchors, verifying, writing
from quanzi.audit.anchors import Anchor
from quanzi.audit.verifying import Verdict
from quanzi.backup.manifest import Manifest
from quanzi.backup.target import TOMB
from quanzi.db.engine import rows
from quanzi.settings import settings

# A line of the site's log, as JSON or as people see it on a terminal.
MEMBER = re.compile(r'\bmember"?[=:]\s*(\d{1,18})\b', re.ASCII)
COLOURS = re.compile(r"\x1b\[[0-9;]*m")


async def gaps() -> list[int]:
    """Circles whose log is not numbered 1, 2, 3 … up to its head (LIVE.md, P2)."""
    found = await rows(
        """select coalesce(h.circle_id, e.circle_id) as circle_id from circle_head h
           full join (select circle_id, count(*) as n, min(seq) as first, max(seq) as last
                      from circle_event group by circle_id) e using (circle_id)
           where h.circle_id is null or coalesce(e.n, 0) <> h.head - h.floor
              or (e.n > 0 and (e.first <> h.floor + 1 or e.last <> h.head))
           order by 1"""
    )
    return [line["circle_id"] for line in found]


async def verdict() -> Verdict:
    """Of the audit log, against the anchors that came with it."""
    file = settings().anchor
    return await verifying.verify(anchors.read(file) if file.exists() else [])


def lost(former: Iterable[Anchor], manifest: Manifest) -> int:
    """How many entries of the audit log an anchor outside knows that this past does not have."""
    return max((anchor.seq - manifest.audit_seq for anchor in former), default=0)


async def write_down(manifest: Manifest, lost_entries: int) -> None:
    """In the log itself: that it went back is part of what was done here."""
    await writing.write(
        "site.restored",
        actor_id=None,
        detail={
            "made_at": manifest.made_at,
            "head": manifest.audit_seq,
            "hash": manifest.audit_hash,
            "lost": max(lost_entries, 0),
        },
    )


def erased_in(log: Path) -> set[int]:
    """Whom the site's log says it erased."""
    found = set()
    with log.open(encoding="utf-8", errors="replace") as lines:
        for line in lines:
            if "member.erased" in line and (who := MEMBER.search(COLOURS.sub("", line))):
                found.add(int(who[1]))
    return found


async def erase_again(members: Iterable[int]) -> list[int]:
    """Those who came back with the backup; the site erases them within seconds of its start."""
    found = await rows(
        f"""insert into leaving (member_id, due_at)
            select id, now() from member where id = any($1::bigint[]) and not ({TOMB})
            on conflict (member_id) do update set due_at = now() returning member_id""",
        sorted(members),
    )
    return sorted(line["member_id"] for line in found)
