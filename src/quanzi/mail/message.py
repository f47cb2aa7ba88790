"""A letter as mail (RFC 5322), with the headers that let machines treat it well."""

from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from urllib.parse import urlsplit

from quanzi.mail import posting
from quanzi.settings import settings
from quanzi.site import naming

NAME = "Quanzi 圈子"


@dataclass(frozen=True, slots=True)
class Letter:
    """A row that is to be sent."""

    id: int
    recipient: str
    language: str
    subject: str
    text: str
    html: str
    unsubscribe: str
    tries: int
    at: datetime


def message(letter: Letter) -> EmailMessage:
    """The same letter is the same message: its id and date do not change when it is tried again."""
    made = EmailMessage(policy=SMTP)
    made["From"] = Address(naming.known() or NAME, addr_spec=sender())
    made["To"] = Address(addr_spec=letter.recipient)
    made["Subject"] = " ".join(letter.subject.split())
    made["Date"] = format_datetime(letter.at)
    made["Message-ID"] = f"<letter-{letter.id}-{int(letter.at.timestamp())}@{domain()}>"
    # Nobody's out-of-office note shall answer it (RFC 3834).
    made["Auto-Submitted"] = "auto-generated"
    if letter.unsubscribe:
        made["List-Unsubscribe"] = f"<{letter.unsubscribe}>"
        made["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    made.set_content(letter.text, cte="base64")
    made.add_alternative(letter.html, subtype="html", cte="base64")
    made["Content-Language"] = letter.language
    return made


def sender() -> str:
    server = posting.server()
    return (server.sender if server else "") or f"noreply@{domain()}"


def domain() -> str:
    return urlsplit(settings().url).hostname or "localhost"
