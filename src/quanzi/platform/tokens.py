"""Tokens: had for a code, for the refresh token before, or for the app's own secret; given back.

All that comes of one press on "allow" is a family, held by its row in `oauth_grant`: who changes
anything in it locks that row first. What is used twice was stolen by one of the two, so the whole
family goes (RFC 9700 §4.14.2). An app with a secret may ask again with a spent refresh token for a few
seconds, since the answer may have been lost: to a thief, who lacks the secret, that is of no use.
"""

import base64
import hashlib
import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass

import asyncpg

from quanzi.db.engine import row, rows
from quanzi.db.transaction import transaction
from quanzi.platform.clients import Client
from quanzi.platform.consenting import scopes_of
from quanzi.platform.keys import hash_of
from quanzi.platform.refused import NoSuchClient, Refused

ACCESS, REFRESH = "qzo_", "qzr_"
SECONDS = 3600
REFRESH_GOOD_FOR = "30 days"
AGAIN_WITHIN = "10 seconds"
_VERIFIER = re.compile(r"[A-Za-z0-9\-._~]{43,128}")


@dataclass(frozen=True, slots=True)
class Tokens:
    access: str
    scopes: Sequence[str]
    refresh: str = ""


async def for_code(client: Client, code: str, redirect: str, verifier: str) -> Tokens:
    """Raises Refused."""
    async with transaction():
        made = await _for_code(client, hash_of(code), redirect, verifier)
    if made is None:
        # Not from within: what was ended by it must stay ended.
        raise Refused("invalid_grant", "the code is not good, or not good with these values")
    return made


async def for_refresh(client: Client, token: str, scope: str) -> Tokens:
    """Raises Refused. `scope`: less than was allowed, for this access token alone."""
    async with transaction():
        made = await _for_refresh(client, hash_of(token), scope)
    if made is None:
        raise Refused("invalid_grant", "the refresh token is not good")
    return made


async def for_itself(client: Client, scope: str) -> Tokens:
    """In the name of who made the app. Raises Refused."""
    if not client.confidential:
        raise Refused("unauthorized_client", "an app without a secret does nothing by itself")
    scopes = scopes_of(scope, client.scopes)
    async with transaction():
        found = await rows(
            f"""insert into oauth_grant (member_id, app_id, by_itself, scopes, ends_at)
                select member_id, id, true, $3, now() + interval '{SECONDS} seconds'
                from oauth_app where id = $1 and secret = $2 and scopes @> $3 for share
                on conflict (app_id) where by_itself
                do update set scopes = excluded.scopes, ends_at = excluded.ends_at returning id""",
            client.app_id,
            client.secret,
            scopes,
        )
        if not found:
            raise NoSuchClient("its secret or its scopes have been changed meanwhile")
        return await _issue(found[0]["id"], scopes, scopes, refresh=False)


async def give_back(client: Client, token: str) -> None:
    """RFC 7009: what is not its own, or nothing, is no fault. With a refresh token the family goes."""
    secret = hash_of(token)
    async with transaction():
        grant = await _family("oauth_token", secret, client)
        if grant is not None:
            gone = await rows(
                "delete from oauth_token where secret = $1 and kind = 'access' returning 1", secret
            )
            if not gone:
                await _end(grant["id"])


async def _for_code(client: Client, secret: bytes, redirect: str, verifier: str) -> Tokens | None:
    grant = await _family("oauth_code", secret, client)
    if grant is None:
        return None
    code = await row(
        """select redirect, challenge, spent, ends_at > now() as fresh from oauth_code
           where secret = $1""",
        secret,
    )
    good = code and code["fresh"] and not code["spent"] and code["redirect"] == redirect
    if not (good and code and _fits(verifier, code["challenge"])):
        await _end(grant["id"])
        return None
    await rows("update oauth_code set spent = true where secret = $1", secret)
    return await _issue(grant["id"], grant["scopes"], grant["scopes"], refresh=True)


async def _for_refresh(client: Client, secret: bytes, scope: str) -> Tokens | None:
    grant = await _family("oauth_token", secret, client)
    if grant is None:
        return None
    token = await row(
        f"""select spent_at is not null as spent,
                   spent_at > now() - interval '{AGAIN_WITHIN}' as lately from oauth_token
            where secret = $1 and kind = 'refresh' and ends_at > now()""",
        secret,
    )
    if token is None:
        return None
    if token["spent"] and not (client.confidential and token["lately"]):
        await _end(grant["id"])
        return None
    scopes = scopes_of(scope, grant["scopes"])
    await rows(
        "update oauth_token set spent_at = coalesce(spent_at, now()) where secret = $1", secret
    )
    return await _issue(grant["id"], scopes, grant["scopes"], refresh=True)


async def _family(table: str, secret: bytes, client: Client) -> asyncpg.Record | None:
    """Of this app's, and of a member who is here; held until the transaction ends, so that of two
    who come with the same at once one comes second.
    """
    return await row(
        f"""select g.id, g.scopes from oauth_grant g join member m on m.id = g.member_id
            where g.id = (select grant_id from {table} where secret = $1) and g.app_id = $2
              and m.suspended_at is null
              and not exists (select 1 from leaving l where l.member_id = m.id)
            for update of g""",
        secret,
        client.app_id,
    )


async def _issue(
    grant_id: int, scopes: Sequence[str], all_scopes: Sequence[str], *, refresh: bool
) -> Tokens:
    made = Tokens(
        ACCESS + secrets.token_urlsafe(32),
        scopes,
        REFRESH + secrets.token_urlsafe(32) if refresh else "",
    )
    await _keep(grant_id, "access", made.access, scopes, f"{SECONDS} seconds")
    if refresh:
        await _keep(grant_id, "refresh", made.refresh, all_scopes, REFRESH_GOOD_FOR)
    return made


async def _keep(grant_id: int, kind: str, token: str, scopes: Sequence[str], good_for: str) -> None:
    await rows(
        f"""insert into oauth_token (secret, grant_id, kind, scopes, ends_at)
            values ($1, $2, $3, $4, now() + interval '{good_for}')""",
        hash_of(token),
        grant_id,
        kind,
        scopes,
    )
    await rows(
        f"""update oauth_grant set ends_at = greatest(ends_at, now() + interval '{good_for}')
            where id = $1""",
        grant_id,
    )


async def _end(grant_id: int) -> None:
    await rows("delete from oauth_grant where id = $1", grant_id)


def _fits(verifier: str, challenge: str) -> bool:
    if not _VERIFIER.fullmatch(verifier):
        return False
    digest = hashlib.sha256(verifier.encode()).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode() == challenge
