"""Asking to be verified by documents, and taking that back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from zoneinfo import ZoneInfo

from quanzi import clock
from quanzi.db.engine import row, rows
from quanzi.db.transaction import after_commit, transaction
from quanzi.errors import Conflict, Invalid, Said, TooMany, said
from quanzi.identity import consenting
from quanzi.identity.sessions import Viewer
from quanzi.verification import numbers, pictures, sealing, settling
from quanzi.verification.sealing import Envelope

NAME_LONGEST = 60
MOST_IN_A_MONTH = 5
# By the law's own clock.
HERE = ZoneInfo("Asia/Shanghai")
TOO_YOUNG = said(
    "未满 14 周岁，按法律要由监护人同意，这里还不能认证。你填的内容没有被保存；长大以后欢迎再来。"
)


@dataclass(frozen=True, slots=True)
class Wish:
    """As somebody typed it. `born`: asked for where the number does not tell."""

    kind: str
    name: str
    number: str
    born: str = ""
    agreed: bool = False


async def ask(viewer: Viewer, wish: Wish, files: Sequence[bytes]) -> None:
    """Raises Invalid, Conflict, TooMany. Nothing is kept of what is refused."""
    number = numbers.normalised(wish.number)
    check(wish, number)
    await _check_again(viewer)
    envelope = sealing.new(viewer.member_id)
    names = await pictures.taken_in(files, envelope)
    try:
        await _put_down(viewer.member_id, wish, number, envelope, names)
    except BaseException:
        await pictures.discard(names)
        raise


async def _put_down(
    member_id: int, wish: Wish, number: str, envelope: Envelope, names: list[str]
) -> None:
    async with transaction():
        await consenting.agree(member_id, consenting.IDENTITY, consenting.VERSION)
        made = await rows(
            """insert into verification_request (member_id, kind, fingerprint, masked,
                   wrapped_key, key_version, sealed_name, sealed_number, pictures)
               values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
               on conflict (member_id) where state = 'open' do nothing returning 1""",
            member_id,
            wish.kind,
            sealing.fingerprint(wish.kind, number),
            numbers.masked(number),
            envelope.wrapped,
            envelope.version,
            envelope.seal("name", " ".join(wish.name.split()).encode()),
            envelope.seal("number", number.encode()),
            names,
        )
        if not made:
            raise Conflict(said("你已经提交过了，正在等待审核。"))


async def withdraw(viewer: Viewer) -> None:
    """Everything that was given for it goes: also what has been decided, and with it the result."""
    async with transaction():
        await consenting.withdraw(viewer.member_id, consenting.IDENTITY)
        await close(viewer.member_id)
        found = await row("select 1 from verified where member_id = $1", viewer.member_id)
        if found is not None:
            await settling.unsettle(viewer.member_id)


async def close(member_id: int) -> None:
    """The open request, if there is one, and its pictures. Joins an open transaction."""
    async with transaction():
        found = await rows(
            """select id, pictures from verification_request
               where member_id = $1 and state = 'open' for update""",
            member_id,
        )
        for line in found:
            await emptied(line["id"], "withdrawn")
            after_commit(partial(pictures.discard, line["pictures"]))


async def emptied(request_id: int, state: str) -> None:
    await rows(
        """update verification_request set state = $2, wrapped_key = null, sealed_name = null,
                  sealed_number = null, pictures = '{}', decided_at = now() where id = $1""",
        request_id,
        state,
    )


def check(wish: Wish, number: str) -> None:
    wrong: dict[str, Said] = {}
    if wish.kind not in numbers.KINDS:
        wrong["kind"] = said("请选一个列出的选项。")
    if not 1 <= len(wish.name.strip()) <= NAME_LONGEST:
        wrong["name"] = said("请写证件上的姓名。")
    if not wish.agreed:
        wrong["agreed"] = said("需要你单独同意，才能处理证件信息。")
    fault = numbers.fault(wish.kind, number)
    if fault is not None:
        wrong["number"] = fault
    birth = numbers.born(number) if wish.kind == "resident" and not fault else _typed(wish.born)
    if wish.kind != "resident" and birth is None:
        wrong["born"] = said("请填出生日期。")
    if birth is not None and not wrong:
        years = numbers.age(birth, clock.now().astimezone(HERE).date())
        if not 0 <= years <= numbers.OLDEST:
            wrong["number" if wish.kind == "resident" else "born"] = said("出生日期不对。")
        elif years < numbers.CHILD_BELOW:
            wrong["number" if wish.kind == "resident" else "born"] = TOO_YOUNG
    if wrong:
        raise Invalid(**wrong)


def _typed(born: str) -> date | None:
    try:
        return date.fromisoformat(born.strip())
    except ValueError:
        return None


async def _check_again(viewer: Viewer) -> None:
    if await row("select 1 from verified where member_id = $1", viewer.member_id):
        raise Conflict(said("你已经完成实名认证。"))
    found = await rows(
        """select count(*)::int as n from verification_request
           where member_id = $1 and created_at > now() - interval '30 days'""",
        viewer.member_id,
    )
    if found[0]["n"] >= MOST_IN_A_MONTH:
        raise TooMany(24 * 3600, said("这个月提交的次数太多了，请过些天再试。"))
