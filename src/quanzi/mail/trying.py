"""A letter that somebody waits for: handed in at once, and said what became of it."""

from dataclasses import dataclass
from datetime import datetime

from quanzi.errors import Said, said
from quanzi.mail import posting
from quanzi.mail.letters import Written
from quanzi.mail.message import Letter, message
from quanzi.mail.posting import NotSent, Unsure
from quanzi.settings import settings


@dataclass(frozen=True, slots=True)
class Outcome:
    good: bool
    said: Said


async def hand_in(recipient: str, language: str, written: Written, at: datetime) -> Outcome:
    letter = Letter(0, recipient, language, written.subject, written.text, written.html, "", 1, at)
    server = posting.server()
    try:
        async with posting.post() as post:
            await post.hand_in(message(letter))
    except (NotSent, Unsure) as why:
        where = f"{server.host}:{server.port}" if server else "?"
        return Outcome(
            good=False,
            said=said("%(where)s 没有收下这封信：%(why)s", where=where, why=str(why)[:300]),
        )
    except OSError as why:
        return Outcome(good=False, said=said("这封信写不进文件夹：%(why)s", why=str(why)[:300]))
    if server is None:
        folder = str(settings().var / "mail")
        return Outcome(
            good=True,
            said=said(
                "还没有设置邮件服务器（QUANZI_MAIL），信写成了文件，在 %(folder)s。", folder=folder
            ),
        )
    return Outcome(
        good=True,
        said=said(
            "%(where)s 收下了这封信，请看看 %(to)s 的收件箱，也看看垃圾邮件。",
            where=f"{server.host}:{server.port}",
            to=recipient,
        ),
    )
