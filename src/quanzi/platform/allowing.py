"""What a member lets an app do: allowed by a press, listed, taken back."""

import secrets
from collections.abc import Sequence

import asyncpg

from quanzi.db.engine import rows
from quanzi.db.transaction import transaction
from quanzi.errors import NotFound
from quanzi.identity.sessions import Viewer
from quanzi.platform.consenting import Asked
from quanzi.platform.keys import hash_of
from quanzi.platform.redirects import is_one_of

# From the press until the app has changed it for tokens.
CODE_GOOD_FOR = "60 seconds"


async def allow(viewer: Viewer, asked: Asked) -> str:
    """The code that goes back with the browser. Raises NotFound when the app has gone meanwhile, or
    leads elsewhere, or may ask for less.
    """
    code = secrets.token_urlsafe(32)
    async with transaction():
        found = await rows(
            "select redirects, scopes from oauth_app where id = $1 for share", asked.app.id
        )
        if not found or not _still(asked, *found[0]):
            raise NotFound
        made = await rows(
            f"""insert into oauth_grant (member_id, app_id, scopes, ends_at)
                values ($1, $2, $3, now() + interval '{CODE_GOOD_FOR}') returning id""",
            viewer.member_id,
            asked.app.id,
            asked.scopes,
        )
        await rows(
            f"""insert into oauth_code (secret, grant_id, redirect, challenge, ends_at)
                values ($1, $2, $3, $4, now() + interval '{CODE_GOOD_FOR}')""",
            hash_of(code),
            made[0]["id"],
            asked.redirect,
            asked.challenge,
        )
    return code


def _still(asked: Asked, addresses: Sequence[str], scopes: Sequence[str]) -> bool:
    return is_one_of(asked.redirect, addresses) and set(asked.scopes) <= set(scopes)


async def allowed(viewer: Viewer) -> Sequence[asyncpg.Record]:
    """By app, whatever number of times they allowed it; the latest first."""
    return await rows(
        """select a.id, a.name, o.name as maker, o.handle as maker_handle, max(g.used_at) as used_at,
                  array(select distinct unnest(h.scopes) from oauth_grant h
                        where h.app_id = a.id and h.member_id = $1 and not h.by_itself
                          and h.ends_at > now() order by 1) as scopes,
                  max(g.created_at) as allowed_at
           from oauth_grant g join oauth_app a on a.id = g.app_id
                join member o on o.id = a.member_id
           where g.member_id = $1 and not g.by_itself and g.ends_at > now()
           group by a.id, o.id order by max(g.id) desc limit 200""",
        viewer.member_id,
    )


async def take_back(viewer: Viewer, app_id: int) -> None:
    """All that it was allowed by this member; its tokens open nothing from now on."""
    await rows(
        "delete from oauth_grant where app_id = $1 and member_id = $2 and not by_itself",
        app_id,
        viewer.member_id,
    )
