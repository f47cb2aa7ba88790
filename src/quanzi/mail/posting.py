"""Hand letters in: to an SMTP server over one connection that is kept, or into a folder."""

import contextlib
import os
from email.message import EmailMessage
from types import TracebackType
from typing import Self

from aiosmtplib import SMTP, SMTPException, SMTPResponseException

from quanzi.settings import MailServer, settings

SECONDS = 20.0
GIVEN_UP = range(500, 600)


class NotSent(Exception):
    """It certainly was not taken. `for_good`: and never will be."""

    def __init__(self, why: str, *, for_good: bool) -> None:
        super().__init__(why)
        self.for_good = for_good


class Unsure(Exception):
    """The connection went while the server had the letter in its hands."""


class SmtpPost:
    """One connection, opened for the first letter and kept for the next ones."""

    def __init__(self, server: MailServer) -> None:
        self._server = server
        self._smtp: SMTP | None = None
        self._away = ""

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        smtp, self._smtp = self._smtp, None
        if smtp is not None:
            with contextlib.suppress(SMTPException, OSError, TimeoutError):
                await smtp.quit()

    async def hand_in(self, message: EmailMessage) -> None:
        """Raises NotSent, Unsure."""
        await self._offer(message)
        assert self._smtp is not None  # noqa: S101 - `_offer` has connected
        try:
            await self._smtp.data(message.as_bytes())
        except SMTPResponseException as answer:
            # The server has said no: nothing was taken.
            raise _refused(answer) from answer
        except (SMTPException, OSError, TimeoutError) as fault:
            self._drop()
            raise Unsure(_words(fault)) from fault

    async def greet(self) -> None:
        """Connect and sign in. Raises NotSent; one failure is enough for all letters at hand."""
        if self._away:
            raise NotSent(self._away, for_good=False)
        try:
            self._smtp = self._smtp or await self._connected()
        except (SMTPException, OSError, TimeoutError) as fault:
            # Also when it will not have us: the operator's to mend, no letter's fault.
            self._away = _words(fault)
            raise NotSent(self._away, for_good=False) from fault

    async def _offer(self, message: EmailMessage) -> None:
        """Everything before the letter itself: failing here has sent nothing."""
        await self.greet()
        assert self._smtp is not None  # noqa: S101 - `greet` has connected
        try:
            await self._smtp.rset()
            await self._smtp.mail(_address(message, "From"))
            await self._smtp.rcpt(_address(message, "To"))
        except SMTPResponseException as answer:
            raise _refused(answer) from answer
        except (SMTPException, OSError, TimeoutError) as fault:
            self._drop()
            raise NotSent(_words(fault), for_good=False) from fault

    async def _connected(self) -> SMTP:
        server = self._server
        smtp = SMTP(
            hostname=server.host,
            port=server.port,
            use_tls=server.tls == "tls",
            # Never "if the server offers it": who listens on the line could take the offer away.
            start_tls=server.tls == "starttls",
            username=server.user or None,
            password=server.password or None,
            timeout=SECONDS,
        )
        await smtp.connect()
        return smtp

    def _drop(self) -> None:
        smtp, self._smtp = self._smtp, None
        if smtp is not None:
            smtp.close()


class FolderPost:
    """Without a server: each letter is a file that any mail program opens."""

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        return None

    async def hand_in(self, message: EmailMessage) -> None:
        folder = settings().var / "mail"
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        name = message["Message-ID"].strip("<>").partition("@")[0]
        half = folder / f"{name}.{os.getpid()}"
        half.write_bytes(message.as_bytes())
        half.replace(folder / f"{name}.eml")


Post = SmtpPost | FolderPost


def server() -> MailServer | None:
    return settings().mail


def post() -> Post:
    known = server()
    return SmtpPost(known) if known else FolderPost()


async def check(known: MailServer) -> None:
    """Connect, sign in, leave again. Raises NotSent."""
    async with SmtpPost(known) as trying:
        await trying.greet()


def _address(message: EmailMessage, header: str) -> str:
    return str(message[header].addresses[0].addr_spec)


def _refused(answer: SMTPResponseException) -> NotSent:
    return NotSent(_words(answer), for_good=answer.code in GIVEN_UP)


def _words(fault: BaseException) -> str:
    return f"{type(fault).__name__}: {fault}"[:500]
