"""Letters as an admin sees them: which wait, which failed and why; never what they said."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from quanzi import clock
from quanzi.audit import writing as audit
from quanzi.db.engine import rows
from quanzi.db.transaction import transaction
from quanzi.errors import Said, said
from quanzi.identity import mailbox
from quanzi.identity.sessions import Viewer
from quanzi.mail import trying
from quanzi.mail.trying import Outcome
from quanzi.web.letters import drawn

PAGE = 30
STATES: dict[str, Said] = {
    "waiting": said("等着寄"),
    "sending": said("正在寄"),
    "failed": said("没寄到"),
    "unsure": said("不知道寄到没有"),
}


@dataclass(frozen=True, slots=True)
class Letter:
    """`whose`: the address, but for what is before the @."""

    id: int
    kind: str
    whose: str
    state: str
    tries: int
    next_at: datetime
    last_error: str
    at: datetime


async def unsent(before: tuple[datetime, int] | None) -> Sequence[Letter]:
    """The newest first; one more than a page when there are more."""
    found = await rows(
        f"""select id, split_part(key, ':', 1) as kind,
                   left(recipient, 1) || '…@' || split_part(recipient, '@', 2) as whose,
                   state, tries, next_at, last_error, at
            from letter where state in ('waiting', 'sending', 'failed', 'unsure')
              and ($1::timestamptz is null or (at, id) < ($1, $2::bigint))
            order by at desc, id desc limit {PAGE + 1}""",
        before[0] if before else None,
        before[1] if before else None,
    )
    return [Letter(**dict(line)) for line in found]


async def try_out(viewer: Viewer, typed: str, language: str) -> Outcome:
    """A letter to this address, at once. Raises Invalid."""
    address = mailbox.checked(typed)
    letter = drawn(
        language,
        said("试一试：网站能寄信"),
        [
            said(
                "管理员 @%(handle)s 寄了这封试信。收到它，就说明邮件没有问题。",
                handle=viewer.handle,
            )
        ],
        name=viewer.name,
    )
    outcome = await trying.hand_in(address, language, letter, clock.now())
    async with transaction():
        await audit.write("mail.tried", actor_id=viewer.member_id, detail={"good": outcome.good})
    return outcome
