"""Actors on other servers: their documents, fetched with care and remembered for a while.

An address is fetched that somebody sent us. It must be of another host than ours, and all that the
document names must be of that same host: nobody makes us call on a third.
"""

import asyncio
import time
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import msgspec
from cryptography.hazmat.primitives.asymmetric import rsa

from quanzi.federation import keys, ours, signatures
from quanzi.federation.openings import Opening
from quanzi.outbound.posting import NotReached, Outbound
from quanzi.web import limits
from quanzi.web.limits import Limit

KINDS = ("Person", "Service", "Application", "Group", "Organization")
SERVED_AS = ("application/activity+json", "application/ld+json")
MOST_READ = 128 * 1024
SECONDS = 8.0
OK = 200
# Remembered for so long, and what could not be had for so long.
KEPT, NOT_KEPT = 3600.0, 60.0
MOST_KEPT = 1000
LONGEST = 500
# Of one host, so that nobody sends us to fetch from somebody else without end.
FETCHES = Limit("federation-fetches", 60, 60, 30)

_known: OrderedDict[str, tuple[float, "Actor | None"]] = OrderedDict()


@dataclass(frozen=True, slots=True)
class Actor:
    """`inbox`: where their server takes what is meant for them; the one for all there, if it has one."""

    id: str
    inbox: str
    key_id: str
    public_key: str

    @property
    def key(self) -> rsa.RSAPublicKey | None:
        return keys.public(self.public_key)


def netloc(url: str) -> str:
    try:
        return urlsplit(url).netloc.lower()
    except ValueError:
        return ""


def is_theirs(outbound: Outbound, url: object) -> bool:
    """Whether this could be an address of somebody elsewhere whom we speak with."""
    if not isinstance(url, str) or not url.isprintable() or len(url) > LONGEST:
        return False
    there = netloc(url)
    return not outbound.refuses(url) and there != ours.host() and not ours.is_blocked(there)


async def actor(
    outbound: Outbound, url: str, opening: Opening, *, anew: bool = False
) -> Actor | None:
    """None for what is no actor or could not be had. `anew`: though it is remembered, for who may
    have changed their key. Raises TooMany.
    """
    until, found = _known.get(url, (0.0, None))
    if until > time.monotonic() and not (anew and found is not None):
        return found
    await limits.hold(FETCHES, netloc(url))
    found = await _fetched(outbound, url, opening)
    _known[url] = (time.monotonic() + (KEPT if found else NOT_KEPT), found)
    _known.move_to_end(url)
    while len(_known) > MOST_KEPT:
        _known.popitem(last=False)
    return found


def forget() -> None:
    """All that is remembered."""
    _known.clear()


def read(outbound: Outbound, url: str, told: object) -> Actor | None:
    """The actor of that address in a document that somebody served; None where it is none."""
    if not isinstance(told, dict) or told.get("id") != url or told.get("type") not in KINDS:
        return None
    key = told.get("publicKey")
    key = key[0] if isinstance(key, list) and key else key
    if not isinstance(key, dict) or key.get("owner") != url:
        return None
    key_id, pem = key.get("id"), key.get("publicKeyPem")
    endpoints = told.get("endpoints")
    shared = endpoints.get("sharedInbox") if isinstance(endpoints, dict) else None
    inbox = next(
        (
            each
            for each in (shared, told.get("inbox"))
            if is_theirs(outbound, each) and netloc(str(each)) == netloc(url)
        ),
        None,
    )
    if not isinstance(key_id, str) or not isinstance(pem, str) or not isinstance(inbox, str):
        return None
    if netloc(key_id) != netloc(url) or len(key_id) > LONGEST or keys.public(pem) is None:
        return None
    return Actor(url, inbox, key_id, pem)


async def _fetched(outbound: Outbound, url: str, opening: Opening) -> Actor | None:
    """Signed, since some answer nobody whom they cannot block."""
    me = opening.actors.group
    headers = signatures.signed(
        "GET", url, None, ours.key_id(me), keys.private(opening.private_key)
    )
    try:
        async with asyncio.timeout(SECONDS):
            answer = await outbound.get(url, headers, most=MOST_READ)
        if answer.status != OK or answer.cut or not _is_ours_to_read(answer.headers):
            return None
        return read(outbound, url, msgspec.json.decode(answer.body))
    except (NotReached, TimeoutError, msgspec.MsgspecError, RecursionError):
        return None


def _is_ours_to_read(headers: Mapping[str, Any]) -> bool:
    kind = str(headers.get("content-type", "")).partition(";")[0].strip().lower()
    return kind in SERVED_AS
