"""Who is behind a key, and what it opens."""

from dataclasses import dataclass

from quanzi.db.engine import row, rows
from quanzi.identity.sessions import Viewer
from quanzi.platform.keys import PREFIX, hash_of

LONGEST = 200


@dataclass(frozen=True, slots=True)
class Bearer:
    """`viewer`: without a session, and without a rank on the platform: no program moderates by it."""

    key_id: int
    viewer: Viewer
    scopes: frozenset[str]


async def bearer_of(secret: str) -> Bearer | None:
    """None for a key that is unknown, ended or over, or whose owner is gone or suspended."""
    if not secret.startswith(PREFIX) or len(secret) > LONGEST:
        return None
    found = await row(
        f"""select k.id, k.member_id, k.scopes, k.ends_at, m.handle, m.name,
                  m.verified_at is not null as verified,
                  coalesce(k.used_at < now() - interval '10 minutes', true) as stale
           from {GOOD} and k.secret = $1""",
        hash_of(secret),
    )
    if found is None:
        return None
    if found["stale"]:
        await rows("update access_key set used_at = now() where id = $1", found["id"])
    viewer = Viewer(
        member_id=found["member_id"],
        handle=found["handle"],
        name=found["name"],
        platform_role="",
        session=b"",
        until=found["ends_at"],
        verified=found["verified"],
    )
    return Bearer(found["id"], viewer, frozenset(found["scopes"]))


async def still_good(bearer: Bearer) -> bool:
    """Whether the key opens what it opened a moment ago."""
    return bool(await row(f"select 1 from {GOOD} and k.id = $1", bearer.key_id))


GOOD = """access_key k join member m on m.id = k.member_id
           where k.ended_at is null and k.ends_at > now() and m.suspended_at is null
             and not exists (select 1 from leaving l where l.member_id = m.id)"""
