"""A real SMTP server on loopback, that says what it is told to say."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest
from aiosmtpd.smtp import SMTP

from quanzi.mail import posting
from quanzi.settings import MailServer


@dataclass
class Receiver:
    """`says`: answers to RCPT and to the letter itself, by recipient; '' and absent: taken."""

    says: dict[str, str] = field(default_factory=dict)
    says_at_end: dict[str, str] = field(default_factory=dict)
    took: list[EmailMessage] = field(default_factory=list)
    greeted: int = 0
    hangs_up_on: str = ""

    async def handle_EHLO(  # noqa: N802 - aiosmtpd's name
        self, server: Any, session: Any, envelope: Any, hostname: str, responses: list[str]
    ) -> list[str]:
        self.greeted += 1
        session.host_name = hostname
        return responses

    async def handle_RCPT(  # noqa: N802
        self, server: Any, session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        said = self.says.get(address, "")
        if not said:
            envelope.rcpt_tos.append(address)
        return said or "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        (recipient,) = envelope.rcpt_tos
        if recipient == self.hangs_up_on:
            server.transport.abort()
            return "421 gone"
        said = self.says_at_end.get(recipient, "")
        if not said:
            self.took.append(message_from_bytes(envelope.content, policy=policy.default))
        return said or "250 OK"

    def to(self, address: str) -> list[EmailMessage]:
        return [one for one in self.took if one["To"] == address]


@pytest.fixture
async def receiver(site, database, monkeypatch) -> AsyncIterator[Receiver]:
    await site.tickers_rest()
    made = Receiver()
    loop = asyncio.get_running_loop()
    server = await loop.create_server(
        lambda: SMTP(made, hostname="mail.test", loop=loop), "127.0.0.1", 0
    )
    port = server.sockets[0].getsockname()[1]
    address = MailServer("127.0.0.1", port, "", sender="quanzi@quanzi.example")
    monkeypatch.setattr(posting, "server", lambda: address)
    monkeypatch.setattr(posting, "SECONDS", 3.0)
    yield made
    server.close()
    await server.wait_closed()
