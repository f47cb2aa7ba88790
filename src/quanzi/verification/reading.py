"""Where a member's verification stands, and what waits for the platform."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import asyncpg

from quanzi.db.engine import row, rows
from quanzi.errors import NotFound
from quanzi.identity.sessions import Viewer
from quanzi.verification import numbers
from quanzi.verification.sealing import Envelope

PAGE = 20
Key = tuple[datetime, int]


@dataclass(frozen=True, slots=True)
class State:
    """`verified`, `request`: the row, or None. `looks`: who opened what is sealed, latest first."""

    verified: asyncpg.Record | None
    request: asyncpg.Record | None
    looks: Sequence[asyncpg.Record]


@dataclass(frozen=True, slots=True)
class Request:
    id: int
    member_id: int
    handle: str
    name: str
    kind: str
    masked: str
    state: str
    reason: str
    created_at: datetime
    decided_at: datetime | None
    pictures: tuple[str, ...]
    taken: bool

    @property
    def kind_name(self) -> object:
        return numbers.KINDS[self.kind]


# `taken`: another account is verified with this very document.
REQUEST = """
    select q.id, q.member_id, m.handle, m.name, q.kind, q.masked, q.state, q.reason, q.created_at,
           q.decided_at, q.pictures,
           exists (select 1 from verified v where v.fingerprint = q.fingerprint
                                              and v.member_id <> q.member_id) as taken
    from verification_request q join member m on m.id = q.member_id
"""


async def of(viewer: Viewer) -> State:
    return State(
        await row(
            """select provider, masked, at, sealed_number is not null as kept
               from verified where member_id = $1""",
            viewer.member_id,
        ),
        await row(
            """select kind, masked, state, reason, created_at from verification_request
               where member_id = $1 order by created_at desc, id desc limit 1""",
            viewer.member_id,
        ),
        await rows(
            """select l.why, l.at, m.name from sealed_look l left join member m on m.id = l.looker_id
               where l.member_id = $1 order by l.at desc limit 20""",
            viewer.member_id,
        ),
    )


async def one(request_id: int) -> Request:
    """Raises NotFound."""
    found = await row(f"{REQUEST} where q.id = $1", request_id)
    if found is None:
        raise NotFound
    return _made(found)


async def locked(request_id: int) -> Request:
    """The same, and nobody else decides on it until the commit."""
    await rows("select 1 from verification_request where id = $1 for update", request_id)
    return await one(request_id)


async def queue(after: Key | None) -> Sequence[Request]:
    """What waits, the oldest first; one more than a page when there are more."""
    found = await rows(
        f"""{REQUEST} where q.state = 'open'
              and ($1::timestamptz is null or (q.created_at, q.id) > ($1, $2))
            order by q.created_at, q.id limit {PAGE + 1}""",
        *(after or (None, 0)),
    )
    return [_made(line) for line in found]


async def sealed(request_id: int) -> tuple[Envelope, asyncpg.Record]:
    """With what it holds, still sealed. Raises NotFound when it has gone."""
    found = await row(
        """select member_id, wrapped_key, key_version, sealed_name, sealed_number, fingerprint,
                  pictures from verification_request where id = $1 and state = 'open'""",
        request_id,
    )
    if found is None:
        raise NotFound
    return Envelope(found["member_id"], found["wrapped_key"], found["key_version"]), found


def _made(line: asyncpg.Record) -> Request:
    values = dict(line)
    return Request(**{**values, "pictures": tuple(values["pictures"])})
