"""Asking the platform for something, and taking that back."""

from functools import partial

from asyncpg import UniqueViolationError

from quanzi.activity import once
from quanzi.applying import policy, reading
from quanzi.applying.wishes import CircleWish, PartnerWish
from quanzi.circles import policy as circles
from quanzi.circles.partners import Counter
from quanzi.db.engine import rows
from quanzi.db.transaction import after_commit, transaction
from quanzi.errors import Conflict, NotAllowed, said
from quanzi.identity.sessions import Viewer
from quanzi.media.incoming import discard
from quanzi.screening import pages

ONE_AT_A_TIME = said("你已经有一份同样的申请在等待审核，可以先撤回它。")


async def ask_for_partner(viewer: Viewer, wish: PartnerWish) -> int:
    """The application's id. Raises Invalid; Conflict when one of theirs is waiting."""
    await pages.check(of_partner=True, name=wish.name, name_en=wish.name_en, intro=wish.intro)
    try:
        async with transaction():
            before = await once.first_time(viewer.member_id, wish.key, "partner", wish.slug)
            if before is not None:
                return int(before)
            made = await rows(
                """insert into application (kind, applicant_id, slug, name, name_en, partner_kind,
                                            intro, contact)
                   values ('partner', $1, $2, $3, $4, $5, $6, $7) returning id""",
                viewer.member_id,
                wish.slug,
                wish.name,
                wish.name_en,
                wish.partner_kind,
                wish.intro,
                wish.contact,
            )
            await once.answered(viewer.member_id, wish.key, str(made[0]["id"]))
    except UniqueViolationError as waiting:
        raise Conflict(ONE_AT_A_TIME) from waiting
    return int(made[0]["id"])


async def ask_for_circle(here: Counter, wish: CircleWish, cover: str) -> tuple[int, bool]:
    """The application's id, and whether it was there already: then `cover` is not needed.

    Raises NotAllowed, Invalid; Conflict when one of theirs is waiting.
    """
    if not circles.can_apply_for_circle(here) or here.viewer is None:
        raise NotAllowed
    member_id = here.viewer.member_id
    await pages.check(
        of_partner=True,
        name=wish.name,
        name_en=wish.name_en,
        intro=wish.intro,
        rules=wish.rules,
    )
    if cover:
        await pages.check_picture(cover, "cover")
    try:
        async with transaction():
            before = await once.first_time(
                member_id, wish.key, "circle", here.partner.id, wish.slug
            )
            if before is not None:
                return int(before), True
            made = await rows(
                """insert into application (kind, applicant_id, partner_id, slug, name, name_en,
                                            category_slug, intro, rules, cover)
                   values ('circle', $1, $2, $3, $4, $5, $6, $7, $8, $9) returning id""",
                member_id,
                here.partner.id,
                wish.slug,
                wish.name,
                wish.name_en,
                wish.category,
                wish.intro,
                wish.rules,
                cover,
            )
            await once.answered(member_id, wish.key, str(made[0]["id"]))
    except UniqueViolationError as waiting:
        raise Conflict(ONE_AT_A_TIME) from waiting
    return int(made[0]["id"]), False


async def withdraw(viewer: Viewer, application_id: int) -> None:
    """Raises NotFound; Conflict when it has been decided. Twice is once."""
    async with transaction():
        application = await reading.locked(viewer, application_id)
        if not policy.can_withdraw(viewer, application):
            raise NotAllowed
        if application.state == "withdrawn":
            return
        if application.state != "open":
            raise Conflict(said("这份申请已经处理过了，不能撤回。"))
        await rows(
            "update application set state = 'withdrawn', cover = '', decided_at = now() where id = $1",
            application_id,
        )
        if application.cover:
            after_commit(partial(discard, application.cover))
