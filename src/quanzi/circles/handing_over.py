"""Passing a partner on to a colleague: the one deed here that cannot be taken back by who did it."""

from quanzi.circles import policy, staffing
from quanzi.circles.access import Place
from quanzi.db.engine import row
from quanzi.db.transaction import transaction
from quanzi.errors import Invalid, NotAllowed, Said, said
from quanzi.identity import passwords

AFTERWARDS = ("editor", "leave")


async def hand_over(place: Place, member_id: int, *, password: str, afterwards: str) -> None:
    """`afterwards`: stay as 'editor', or 'leave'. Raises NotAllowed, Invalid."""
    if not policy.can_hand_over(place) or place.member_id is None:
        raise NotAllowed
    wrong: dict[str, Said] = {}
    if afterwards not in AFTERWARDS:
        wrong["afterwards"] = said("请选择之后怎么办。")
    if not await _is_theirs(place.member_id, password):
        wrong["password"] = said("密码不对。")
    if wrong:
        raise Invalid(**wrong)
    async with transaction():
        place = await staffing.locked(place)
        if not policy.can_hand_over(place) or place.member_id is None:
            raise NotAllowed
        await _check_heir(place, member_id)
        await staffing.put(place.circle.partner_id, member_id, "owner")
        if afterwards == "leave":
            await staffing.take_off(place.circle.partner_id, place.member_id)
        else:
            await staffing.put(place.circle.partner_id, place.member_id, "editor")
        await staffing.tell(place, "staff.handed_over", member_id, "owner")


async def _is_theirs(member_id: int, password: str) -> bool:
    """Whoever sits before an open browser is not yet the owner."""
    found = await row("select password_hash from credential where member_id = $1", member_id)
    return await passwords.matches(password, found["password_hash"] if found else None)


async def _check_heir(place: Place, member_id: int) -> None:
    """A colleague, somebody else, and not shut out of the site."""
    found = await row(
        """select 1 from staff s join member m on m.id = s.member_id
           where s.partner_id = $1 and s.member_id = $2 and s.role <> 'owner'
             and m.suspended_at is null""",
        place.circle.partner_id,
        member_id,
    )
    if found is None or member_id == place.member_id:
        raise Invalid(to=said("请选择一位同事。"))
