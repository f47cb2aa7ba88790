"""What the platform says to an application. One decides; whoever comes second is told."""

import json
from dataclasses import replace
from functools import partial

from asyncpg import UniqueViolationError

from quanzi.activity.concerning import concern
from quanzi.applying import policy, reading, wishes
from quanzi.applying.reading import Application
from quanzi.audit import writing as audit
from quanzi.circles import changing, staffing
from quanzi.db.engine import row, rows
from quanzi.db.transaction import after_commit, transaction
from quanzi.errors import Conflict, Invalid, NotAllowed, said
from quanzi.identity.sessions import Viewer
from quanzi.media.incoming import discard

REASON_LONGEST = 500
DECIDED = said("这份申请已经有人处理过了。")
OWNER_GONE = said("申请人已经不是这个合作伙伴的圈主，不能开圈。可以拒绝这份申请并写明原因。")


async def approve(viewer: Viewer, application_id: int, *, slug: str = "", reason: str = "") -> str:
    """The address of what there is now. `slug`: another one than they wished.

    Raises NotFound, NotAllowed, Invalid for a slug that is taken by now, Conflict.
    """
    try:
        async with transaction():
            wished = await _open(viewer, application_id)
            application = replace(wished, slug=slug.strip().lower() or wished.slug)
            await _check(application, reason)
            circle_id = await _make(application)
            await _decided(viewer, application, "approved", reason)
            await _tell(viewer, application, "approved", reason, circle_id)
            await _logged(viewer, application, "approved", reason)
    except UniqueViolationError as taken:
        raise Invalid(slug=wishes.TAKEN) from taken
    folder = "partners" if application.kind == "partner" else "c"
    return f"/{folder}/{application.slug}"


async def refuse(viewer: Viewer, application_id: int, *, reason: str) -> None:
    """Raises NotFound, NotAllowed, Invalid without a reason, Conflict."""
    async with transaction():
        application = await _open(viewer, application_id)
        if not 1 <= len(reason.strip()) <= REASON_LONGEST:
            raise Invalid(
                reason=said("请写明拒绝的原因，最多 %(most)d 个字。", most=REASON_LONGEST)
            )
        await _decided(viewer, application, "refused", reason)
        if application.cover:
            after_commit(partial(discard, application.cover))
        await _tell(viewer, application, "refused", reason)
        await _logged(viewer, application, "refused", reason)


async def _logged(viewer: Viewer, application: Application, state: str, reason: str) -> None:
    await audit.write(
        f"application.{state}",
        actor_id=viewer.member_id,
        about=f"application:0:{application.id}",
        member_id=application.applicant_id,
        detail={"reason": reason.strip()},
    )


async def _open(viewer: Viewer, application_id: int) -> Application:
    application = await reading.locked(viewer, application_id)
    if not policy.can_decide(viewer, application):
        raise NotAllowed(said("自己的申请要由别人来处理。"))
    if application.state != "open":
        raise Conflict(DECIDED)
    return application


async def _check(application: Application, reason: str) -> None:
    wrong = dict(await wishes.slug_faults(application.kind, application.slug))
    if len(reason.strip()) > REASON_LONGEST:
        wrong["reason"] = said("最多 %(most)d 个字。", most=REASON_LONGEST)
    if wrong:
        raise Invalid(**wrong)


async def _make(application: Application) -> int:
    """What they asked for. The circle's id, if it is one."""
    if application.kind == "circle":
        return await _circle(application)
    await _partner(application)
    return 0


async def _partner(application: Application) -> None:
    made = await rows(
        """insert into partner (slug, name, name_en, intro, kind)
           values ($1, $2, $3, $4, $5) returning id""",
        application.slug,
        application.name,
        application.name_en,
        application.intro,
        application.partner_kind,
    )
    await staffing.put(made[0]["id"], application.applicant_id, "owner")


async def _circle(application: Application) -> int:
    partner_id, category = application.partner_id, application.category_slug
    if partner_id is None or category is None:
        raise LookupError("a circle has a partner and a category")
    await staffing.lock(partner_id)
    owner = await row(
        "select 1 from staff where partner_id = $1 and member_id = $2 and role = 'owner'",
        partner_id,
        application.applicant_id,
    )
    if owner is None:
        raise Conflict(OWNER_GONE)
    return await changing.opened(
        partner_id,
        application.slug,
        category,
        application.name,
        application.name_en,
        intro=application.intro,
        rules=application.rules,
        cover=application.cover,
    )


async def _decided(viewer: Viewer, application: Application, state: str, reason: str) -> None:
    """The cover is the circle's from now on, or nobody's."""
    await rows(
        """update application set state = $2, slug = $3, reason = $4, cover = '', decided_by = $5,
                  decided_at = now() where id = $1""",
        application.id,
        state,
        application.slug,
        reason.strip(),
        viewer.member_id,
    )


async def _tell(
    viewer: Viewer, application: Application, state: str, reason: str, circle_id: int = 0
) -> None:
    """`note`: JSON with what they asked for, and what was said to it."""
    note = {
        "what": application.kind,
        "slug": application.slug,
        "name": application.name,
        "name_en": application.name_en,
        "reason": reason.strip(),
    }
    await concern(
        application.applicant_id,
        f"application.{state}",
        actor_id=viewer.member_id,
        circle_id=circle_id,
        note=json.dumps(note, ensure_ascii=False),
    )
