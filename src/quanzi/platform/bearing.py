"""Who is behind a key, or behind an app's token, and what it opens."""

from dataclasses import dataclass

import asyncpg

from quanzi.db.engine import row, rows
from quanzi.identity.sessions import Viewer
from quanzi.platform.keys import PREFIX, hash_of
from quanzi.platform.tokens import ACCESS

LONGEST = 200


@dataclass(frozen=True, slots=True)
class Bearer:
    """`viewer`: without a session, and without a rank on the platform: no program moderates by it.

    `key`: what is counted by: the key, or the app together with the member it acts for, whatever
    tokens it has of them. `table`: where the key's hash `secret` stands.
    """

    key: str
    viewer: Viewer
    scopes: frozenset[str]
    table: str
    secret: bytes


async def bearer_of(secret: str) -> Bearer | None:
    """None for a key that is unknown, ended or over, or whose owner is gone or suspended."""
    if len(secret) > LONGEST:
        return None
    table = {PREFIX: "access_key", ACCESS: "oauth_token"}.get(f"{secret.partition('_')[0]}_")
    found = await _found(table, hash_of(secret)) if table else None
    if found is None or table is None:
        return None
    if found["stale"]:
        await rows(f"update {USED[table]} set used_at = now() where id = $1", found["id"])
    viewer = Viewer(
        member_id=found["member_id"],
        handle=found["handle"],
        name=found["name"],
        platform_role="",
        session=b"",
        until=found["ends_at"],
        verified=found["verified"],
    )
    return Bearer(found["key"], viewer, frozenset(found["scopes"]), table, hash_of(secret))


async def still_good(bearer: Bearer) -> bool:
    """Whether the key opens what it opened a moment ago: an app may be let do less by now."""
    found = await _found(bearer.table, bearer.secret)
    return found is not None and bearer.scopes <= set(found["scopes"])


async def _found(table: str, secret: bytes) -> asyncpg.Record | None:
    return await row(
        f"""select k.*, m.handle, m.name, m.verified_at is not null as verified,
                  coalesce(k.used_at < now() - interval '10 minutes', true) as stale
           from ({GOOD[table]}) k join member m on m.id = k.member_id
           where m.suspended_at is null
             and not exists (select 1 from leaving l where l.member_id = m.id)""",
        secret,
    )


GOOD = {
    "access_key": """select id, 'key ' || id as key, member_id, scopes, used_at, ends_at
                     from access_key
                     where secret = $1 and ended_at is null and ends_at > now()""",
    # An app ends with its maker, too.
    "oauth_token": """select g.id, 'app ' || g.app_id || ' of ' || g.member_id as key, g.member_id,
                             t.scopes, g.used_at, t.ends_at
                      from oauth_token t join oauth_grant g on g.id = t.grant_id
                           join oauth_app a on a.id = g.app_id
                           join member o on o.id = a.member_id
                      where t.secret = $1 and t.kind = 'access' and t.ends_at > now()
                        and o.suspended_at is null
                        and not exists (select 1 from leaving l where l.member_id = o.id)""",
}
# Where the last use is written down.
USED = {"access_key": "access_key", "oauth_token": "oauth_grant"}
