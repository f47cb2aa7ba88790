"""Where a member's letters go: an address that they have shown to be theirs.

A new address is a wish until the link that was sent to it has been used; until then the old one
stays. Both are told. The link's token is kept as a hash, is good for a day, and only once.
"""

import re
import secrets
from dataclasses import dataclass

from quanzi.db.engine import row, rows
from quanzi.db.transaction import transaction
from quanzi.errors import Invalid, NotFound, Said, said
from quanzi.identity.sessions import Viewer, hash_of
from quanzi.mail import letters
from quanzi.web.letters import drawn

# What mail servers everywhere take: ASCII, one "@", a dot in the host.
ADDRESS = re.compile(
    r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.)+[A-Za-z]{2,63}"
)
LONGEST = 254


@dataclass(frozen=True, slots=True)
class Mailbox:
    """`address`: '' for who has none. `wished`: one that waits to be confirmed, or ''."""

    member_id: int
    handle: str
    name: str
    address: str
    language: str
    time_zone: str
    wished: str


async def of(member_id: int) -> Mailbox:
    """Raises NotFound for who is not there."""
    found = await row(
        """select m.id, m.handle, m.name, coalesce(b.address, ''), coalesce(b.language, 'zh-Hans'),
                  coalesce(b.time_zone, 'Asia/Shanghai'),
                  coalesce((select w.address from mailbox_wish w where w.member_id = m.id
                            and w.ends_at > now() order by w.ends_at desc limit 1), '')
           from member m left join mailbox b on b.member_id = m.id where m.id = $1""",
        member_id,
    )
    if found is None:
        raise NotFound
    return Mailbox(*found)


async def wish(viewer: Viewer, typed: str, language: str) -> None:
    """Send a link to this address. Raises Invalid."""
    address = checked(typed)
    box = await of(viewer.member_id)
    if address == box.address:
        raise Invalid(address=said("这就是你现在用的邮箱。"))
    token = secrets.token_urlsafe(32)
    async with transaction():
        await rows("delete from mailbox_wish where member_id = $1", viewer.member_id)
        await rows(
            "insert into mailbox_wish (token_hash, member_id, address) values ($1, $2, $3)",
            hash_of(token),
            viewer.member_id,
            address,
        )
        await letters.write(
            f"confirm:{hash_of(token).hex()}",
            viewer.member_id,
            address,
            language,
            drawn(
                language,
                said("确认你的邮箱"),
                [
                    said("@%(handle)s 想用这个邮箱接收圈子的邮件。", handle=viewer.handle),
                    said("链接 24 小时内有效，只能用一次。如果不是你，不用理会这封邮件。"),
                ],
                name=viewer.name,
                button=(said("确认邮箱"), f"/confirm/{token}"),
            ),
        )


async def wished(token: str) -> tuple[str, str]:
    """Whose wish this token proves, and for which address. Raises NotFound."""
    found = await row(
        """select m.handle, w.address from mailbox_wish w join member m on m.id = w.member_id
           where w.token_hash = $1 and w.ends_at > now() and m.suspended_at is null""",
        hash_of(token),
    )
    if found is None:
        raise NotFound
    return found["handle"], found["address"]


async def confirm(token: str, language: str) -> None:
    """Raises NotFound: also for a token that has been used, or is too old."""
    async with transaction():
        _, address = await wished(token)
        used = await rows(
            "delete from mailbox_wish where token_hash = $1 returning member_id", hash_of(token)
        )
        if not used:
            raise NotFound
        before = await of(used[0]["member_id"])
        await rows(
            """insert into mailbox (member_id, address, confirmed_at, language)
               values ($1, $2, now(), $3)
               on conflict (member_id) do update set address = $2, confirmed_at = now()""",
            before.member_id,
            address,
            language,
        )
        box = await of(before.member_id)
        await tell(box, box.address, said("邮箱已确认"), said("从现在起，邮件会发到这个邮箱。"))
        if before.address:
            await tell(
                box,
                before.address,
                said("你的邮箱已更换"),
                said("圈子的邮件不再发到这里。如果不是你换的，请马上登录并修改密码。"),
            )


async def forget(viewer: Viewer) -> None:
    """No address any more, and none that waits. The old one is told."""
    async with transaction():
        box = await of(viewer.member_id)
        await rows("delete from mailbox_wish where member_id = $1", viewer.member_id)
        await rows(
            "update mailbox set address = '', confirmed_at = null where member_id = $1",
            viewer.member_id,
        )
        if box.address:
            await tell(
                box,
                box.address,
                said("你的邮箱已移除"),
                said("圈子的邮件不再发到这里。如果不是你做的，请马上登录并修改密码。"),
            )


async def choose(member_id: int, language: str, time_zone: str) -> None:
    """How letters are written, and when the day begins where they are read."""
    await rows(
        """insert into mailbox (member_id, language, time_zone) values ($1, $2, $3)
           on conflict (member_id) do update set language = $2, time_zone = $3""",
        member_id,
        language,
        time_zone,
    )


async def tell(box: Mailbox, address: str, subject: Said, sentence: Said) -> None:
    """What somebody must hear who may not be the one who did it."""
    await letters.write(
        f"told:{secrets.token_hex(12)}",
        box.member_id,
        address,
        box.language,
        drawn(
            box.language,
            subject,
            [sentence],
            name=box.name,
            button=(said("账号与安全"), "/me/settings/account"),
        ),
    )


def checked(typed: str) -> str:
    address = typed.strip()
    if len(address) > LONGEST or not ADDRESS.fullmatch(address):
        raise Invalid(address=said("这不像一个邮箱地址。"))
    return address
