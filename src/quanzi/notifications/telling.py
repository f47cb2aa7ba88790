"""The teller: concerns become notices, exactly once, by whichever process looks first.

It takes rows and writes notices in one transaction: killed in between, nothing has happened and
the next look does it.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from functools import partial

import asyncpg
import structlog

from quanzi.circles import access
from quanzi.db.engine import rows
from quanzi.db.transaction import after_commit, transaction
from quanzi.live import bell
from quanzi.notifications import kinds, preferences, pushing
from quanzi.notifications.kinds import CHANNELS, KINDS

log = structlog.get_logger()

AT_ONCE = 200
WAITS = "select id from concern"
MOST_ACTORS = 3


@dataclass(slots=True)
class News:
    """What one batch has to say to one member about one thing; `actors` latest first, each once."""

    member_id: int
    group_key: str
    kind: str
    circle_id: int
    post_id: int
    comment_id: int
    note: str
    tray: bool
    push: bool
    actors: list[int] = field(default_factory=list)


# What has not been read yet is joined, and is news again. Of who did it before, nobody counts twice
# as far as the names that are kept tell.
WRITE = f"""
    insert into notice (member_id, group_key, kind, circle_id, post_id, comment_id, note, tray,
                        actor_ids, actors)
    select member_id, group_key, kind, circle_id, post_id, comment_id, note, tray,
           array(select jsonb_array_elements_text(actor_ids)::bigint), actors
    from jsonb_to_recordset($1::jsonb) as news(
        member_id bigint, group_key text, kind text, circle_id bigint, post_id bigint,
        comment_id bigint, note text, tray boolean, actor_ids jsonb, actors int)
    order by member_id, group_key
    on conflict (member_id, group_key) where read_at is null do update set
        comment_id = excluded.comment_id, note = excluded.note,
        at = now(), seen_at = null, tray = excluded.tray,
        actor_ids = array(select actor from unnest(excluded.actor_ids || notice.actor_ids)
                          with ordinality as who(actor, place)
                          group by actor order by min(place) limit {MOST_ACTORS}),
        actors = notice.actors + excluded.actors - (
            select count(*) from unnest(excluded.actor_ids) actor
            where actor = any(notice.actor_ids))
    returning member_id, id, group_key
"""


async def tell_due() -> int:
    """How many concerns were taken."""
    async with transaction():
        taken = await rows(
            f"""with taken as ({WAITS} order by id limit {AT_ONCE}
                               for update skip locked)
                delete from concern c using taken where c.id = taken.id returning c.*"""
        )
        if not taken:
            return 0
        news = await _worth_telling(sorted(taken, key=lambda line: line["id"]))
        if news:
            await _write(news)
            after_commit(partial(bell.ring_members, {each.member_id for each in news}))
    return len(taken)


async def _worth_telling(taken: Sequence[asyncpg.Record]) -> list[News]:
    known = [line for line in taken if _is_known(line)]
    unreadable = await access.unreadable(
        [(line["member_id"], line["circle_id"]) for line in known if KINDS[line["kind"]].reads]
    )
    deaf = await preferences.unwanted({line["member_id"] for line in known})
    joined: dict[tuple[int, str], News] = {}
    for line in known:
        member_id, kind = line["member_id"], KINDS[line["kind"]]
        if kind.reads and (member_id, line["circle_id"]) in unreadable:
            continue
        wanted = {way for way in CHANNELS if (member_id, kind.subject, way) not in deaf}
        if wanted:
            _join(joined, line, tray="bell" in wanted, push="push" in wanted)
    return list(joined.values())


def _is_known(line: asyncpg.Record) -> bool:
    """A room above may be newer than this one: what it says is noted, and holds up nobody."""
    if line["kind"] in KINDS:
        return True
    log.warning("notices.unknown_kind", kind=line["kind"], concern=line["id"])
    return False


def _join(
    joined: dict[tuple[int, str], News], line: asyncpg.Record, *, tray: bool, push: bool
) -> None:
    key = kinds.group_key(
        line["kind"],
        line["id"],
        (line["circle_id"], line["post_id"], line["comment_id"]),
        line["at"],
    )
    about = {name: line[name] for name in ("kind", "circle_id", "post_id", "comment_id", "note")}
    before = joined.get((line["member_id"], key))
    actors = [line["actor_id"]] if line["actor_id"] is not None else []
    actors += [one for one in (before.actors if before else []) if one not in actors]
    joined[line["member_id"], key] = News(
        line["member_id"], key, **about, tray=tray, push=push, actors=actors
    )


async def _write(news: Sequence[News]) -> None:
    lines = [
        asdict(each) | {"actor_ids": each.actors[:MOST_ACTORS], "actors": len(each.actors)}
        for each in news
    ]
    written = await rows(WRITE, json.dumps(lines))
    pushed = {(each.member_id, each.group_key) for each in news if each.push}
    await pushing.enqueue(
        [
            (line["member_id"], line["id"], line["group_key"])
            for line in written
            if (line["member_id"], line["group_key"]) in pushed
        ]
    )
