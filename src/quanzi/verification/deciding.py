"""Looking at documents, each look written down first, and deciding on them."""

import base64
from dataclasses import dataclass
from functools import partial

from quanzi.activity.concerning import concern
from quanzi.audit import writing as audit
from quanzi.db.engine import rows
from quanzi.db.transaction import after_commit, transaction
from quanzi.errors import Conflict, Invalid, NotAllowed, NotFound, said
from quanzi.identity.sessions import Viewer
from quanzi.settings import settings
from quanzi.verification import asking, pictures, policy, reading, settling
from quanzi.verification.reading import Request
from quanzi.verification.settling import Proof

WHY_LONGEST, REASON_LONGEST = 200, 500


@dataclass(frozen=True, slots=True)
class Documents:
    """`pictures`: as `data:` addresses, so that they stand in one page and have none of their own."""

    name: str
    number: str
    pictures: tuple[str, ...]


async def look(viewer: Viewer, request_id: int, why: str) -> Documents:
    """Written down before anything is opened. Raises NotFound, NotAllowed, Invalid."""
    if not 1 <= len(why.strip()) <= WHY_LONGEST:
        raise Invalid(why=said("请写为什么要看，最多 %(most)d 个字。", most=WHY_LONGEST))
    request = await _open(viewer, request_id)
    async with transaction():
        await rows(
            "insert into sealed_look (member_id, looker_id, why) values ($1, $2, $3)",
            request.member_id,
            viewer.member_id,
            why.strip(),
        )
        await audit.write(
            "documents.opened",
            actor_id=viewer.member_id,
            about=f"verification:0:{request_id}",
            member_id=request.member_id,
            detail={"reason": why.strip()},
        )
    envelope, held = await reading.sealed(request_id)
    seen = await pictures.opened(held["pictures"], envelope)
    return Documents(
        envelope.open("name", held["sealed_name"]).decode(),
        envelope.open("number", held["sealed_number"]).decode(),
        tuple("data:image/webp;base64," + base64.b64encode(each).decode() for each in seen),
    )


async def approve(viewer: Viewer, request_id: int) -> None:
    """Raises NotFound, NotAllowed, Conflict: decided already, or this person has an account."""
    async with transaction():
        request = await _open(viewer, request_id, lock=True)
        envelope, held = await reading.sealed(request_id)
        keeps = settings().keeps_identity
        await settling.settle(
            request.member_id,
            Proof(
                provider="documents",
                receipt=f"request:{request_id}",
                fingerprint=held["fingerprint"],
                masked=request.masked,
                wrapped_key=envelope.wrapped if keeps else None,
                key_version=envelope.version if keeps else 0,
                sealed_name=held["sealed_name"] if keeps else None,
                sealed_number=held["sealed_number"] if keeps else None,
            ),
            viewer.member_id,
        )
        await _end(viewer, request, "approved", "")
        await _logged(viewer, request, "verification.approved", "")


async def refuse(viewer: Viewer, request_id: int, reason: str) -> None:
    """Raises NotFound, NotAllowed, Invalid without a reason, Conflict."""
    if not 1 <= len(reason.strip()) <= REASON_LONGEST:
        raise Invalid(reason=said("请写明拒绝的原因，最多 %(most)d 个字。", most=REASON_LONGEST))
    async with transaction():
        request = await _open(viewer, request_id, lock=True)
        await _end(viewer, request, "refused", reason.strip())
        await concern(
            request.member_id,
            "verification.refused",
            actor_id=viewer.member_id,
            note=reason.strip(),
        )
        await _logged(viewer, request, "verification.refused", reason.strip())


async def _logged(viewer: Viewer, request: Request, deed: str, reason: str) -> None:
    await audit.write(
        deed,
        actor_id=viewer.member_id,
        about=f"verification:0:{request.id}",
        member_id=request.member_id,
        detail={"reason": reason},
    )


async def _open(viewer: Viewer, request_id: int, *, lock: bool = False) -> Request:
    if not policy.can_see_queue(viewer):
        raise NotFound
    request = await (reading.locked(request_id) if lock else reading.one(request_id))
    if not policy.can_decide(viewer, request.member_id):
        raise NotAllowed(said("自己的认证要由别人来处理。"))
    if request.state != "open":
        raise Conflict(said("这份认证已经有人处理过了。"))
    return request


async def _end(viewer: Viewer, request: Request, state: str, reason: str) -> None:
    """What was sealed for it goes, whatever was decided."""
    await asking.emptied(request.id, state)
    await rows(
        "update verification_request set decided_by = $2, reason = $3 where id = $1",
        request.id,
        viewer.member_id,
        reason,
    )
    after_commit(partial(pictures.discard, request.pictures))
