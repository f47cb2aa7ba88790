"""What other servers send to a circle: who follows, who ends it, who is gone. The rest is not read.

Whom it is from is proved by a signature over the request, made with the key of the actor that it
says it is of; the key is the one that stands in that actor's own document.
"""

from typing import Any

import msgspec

from quanzi.errors import Invalid, NotAllowed, said
from quanzi.federation import elsewhere, following, signatures
from quanzi.federation.elsewhere import Actor, is_theirs, netloc
from quanzi.federation.openings import Opening
from quanzi.federation.signatures import Received, Signature, Unsigned
from quanzi.outbound.posting import Outbound

FOLLOW, UNDO, DELETE = "Follow", "Undo", "Delete"


async def receive(outbound: Outbound, opening: Opening, request: Received) -> bool:
    """Whether anything came of it. Raises Unsigned, Invalid, NotAllowed, Conflict,
    TooMany.
    """
    told = _told(request.body)
    kind, sender = told.get("type"), told.get("actor")
    if kind not in (FOLLOW, UNDO, DELETE):
        return False
    if not isinstance(sender, str) or not is_theirs(outbound, sender):
        raise NotAllowed(said("我们不接收这个服务器的消息。"))
    if kind == DELETE:
        return await _delete(told, sender, request)
    deed = _follow if kind == FOLLOW else _undo
    return await deed(outbound, opening, told, request)


async def _delete(told: dict[str, Any], sender: str, request: Received) -> bool:
    """Everybody is told of every account that ends: whoever does not follow is not looked at."""
    known = await following.known(sender) if _id_of(told.get("object")) == sender else None
    if known is None:
        return False
    if not _proves(request, _signature(request, sender), known):
        raise Unsigned("not signed by the key that was known")
    await following.gone(sender)
    return True


async def _follow(
    outbound: Outbound, opening: Opening, told: dict[str, Any], request: Received
) -> bool:
    if _id_of(told.get("object")) != opening.actors.group:
        return False
    actor = await _proved(outbound, opening, told["actor"], request)
    asked = _id_of(told)
    if not asked or netloc(asked) != netloc(actor.id) or len(asked) > elsewhere.LONGEST:
        raise Unsigned("a Follow without an id of the same host")
    await following.follow(opening.place.circle.id, actor, asked)
    return True


async def _undo(
    outbound: Outbound, opening: Opening, told: dict[str, Any], request: Received
) -> bool:
    """Of a Follow of this circle by the same actor: the whole of it, or its id alone."""
    taken = told.get("object")
    if isinstance(taken, dict) and (
        taken.get("type") != FOLLOW
        or _id_of(taken.get("actor")) != told["actor"]
        or _id_of(taken.get("object")) != opening.actors.group
    ):
        return False
    actor = await _proved(outbound, opening, told["actor"], request)
    asked = taken if isinstance(taken, str) else ""
    if asked or isinstance(taken, dict):
        await following.unfollow(opening.place.circle.id, actor.id, asked)
    return True


async def _proved(outbound: Outbound, opening: Opening, sender: str, request: Received) -> Actor:
    """Who really sent it. A key that does not fit may have been changed: it is asked for once more."""
    signature = _signature(request, sender)
    for anew in (False, True):
        actor = await elsewhere.actor(outbound, sender, opening, anew=anew)
        if actor is not None and _proves(request, signature, actor):
            return actor
    raise Unsigned("not signed by a key of its actor")


def _signature(request: Received, sender: str) -> Signature:
    signature = signatures.read(request)
    if netloc(signature.key_id) != netloc(sender):
        raise Unsigned("a key of another host than its actor")
    return signature


def _proves(request: Received, signature: Signature, actor: Actor) -> bool:
    key = actor.key
    return (
        key is not None
        and signature.key_id == actor.key_id
        and signatures.fits(request, signature, key)
    )


def _told(body: bytes) -> dict[str, Any]:
    try:
        told = msgspec.json.decode(body)
    except (msgspec.MsgspecError, RecursionError):
        raise Invalid(body=said("这不是 JSON。")) from None
    return told if isinstance(told, dict) else {}


def _id_of(thing: object) -> str:
    found = thing.get("id") if isinstance(thing, dict) else thing
    return found if isinstance(found, str) else ""
