"""Setting the site up: its first admin, its name, its categories. Once, for whoever has the code."""

from collections.abc import Callable, Collection
from dataclasses import dataclass

from quanzi import clock
from quanzi.audit import writing as audit
from quanzi.circles import categories
from quanzi.db.engine import row, rows
from quanzi.db.transaction import after_commit, transaction
from quanzi.errors import Conflict, Invalid, Said, said
from quanzi.founding import code, keeping
from quanzi.identity import mailbox, passwords, signing_up
from quanzi.identity.sessions import Viewer
from quanzi.site import naming

WRONG_CODE = said("设置码不对。它在启动网站的终端里，也在服务器的 setup-code 文件里。")
TAKEN = said("这个网站已经设置好了，请直接登录。")


@dataclass(frozen=True, slots=True)
class Wish:
    """`kept`: what stands for a password that was typed before, see `keeping.py`."""

    handle: str
    name: str
    password: str
    kept: str
    address: str
    site_name: str
    categories: Collection[str]


async def set_up(typed_code: str, wish: Wish, language: str) -> int:
    """The admin's id. Raises Invalid, and Conflict for who comes second."""
    handle, name = wish.handle.strip().lower(), " ".join(wish.name.split())
    check(typed_code, wish)
    stored = keeping.opened(wish.kept) if not wish.password else ""
    stored = stored or await passwords.hashed(wish.password)
    async with transaction():
        await _take()
        member_id = await signing_up.admit(handle, name or handle, stored, "admin", agreed=True)
        await naming.call(naming.checked(wish.site_name))
        await categories.offer(wish.categories)
        await mailbox.choose(member_id, language, "Asia/Shanghai")
        await audit.write(
            "site.founded",
            actor_id=member_id,
            about=f"member:0:{member_id}",
            member_id=member_id,
            detail={"name": wish.site_name.strip()},
        )
        after_commit(_forget_code)
    if wish.address.strip():  # now that the site has a name to write under
        viewer = Viewer(member_id, handle, name or handle, "admin", b"", clock.now())
        await mailbox.wish(viewer, wish.address, language)
    return member_id


def check(typed_code: str, wish: Wish) -> None:
    """Everything at once. Raises Invalid with a sentence by each field."""
    handle, name = wish.handle.strip().lower(), " ".join(wish.name.split())
    password = "x" * 8 if keeping.opened(wish.kept) and not wish.password else wish.password
    wrong = _wrong(lambda: signing_up.check(handle, name, password, spared=frozenset({"admin"})))
    wrong |= _wrong(lambda: naming.checked(wish.site_name))
    if wish.address.strip():
        wrong |= _wrong(lambda: mailbox.checked(wish.address))
    wrong |= _wrong(lambda: check_code(typed_code))
    if wrong:
        raise Invalid(**wrong)


def check_code(typed: str) -> None:
    """Raises Invalid."""
    if not code.fits(typed):
        raise Invalid(code=WRONG_CODE)


def _wrong(checks: Callable[[], object]) -> dict[str, Said]:
    try:
        checks()
    except Invalid as found:
        return dict(found.fields)
    return {}


async def _take() -> None:
    """Whoever writes the row first has the site; the others wait for them here, and are told."""
    mine = await rows(
        """insert into site (founded_at) values (now())
           on conflict (single) do update set founded_at = now() where site.founded_at is null
           returning 1"""
    )
    admin = await row("select 1 from member where platform_role = 'admin'")
    if not mine or admin is not None:
        raise Conflict(TAKEN)


async def _forget_code() -> None:
    code.forget()
