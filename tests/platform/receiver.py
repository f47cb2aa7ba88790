"""A partner's program on loopback that is sent a circle's events, and what sends them to it."""

import asyncio
import json
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import uvicorn

from quanzi.db.engine import rows
from quanzi.outbound.posting import Outbound
from quanzi.platform import delivering, hooks, queueing
from tests.faults.harness import free_port
from tests.people import Person


@dataclass
class Receiver:
    """`answers`: what it says to the next ones; 204 when there is nothing left. `free`: until then
    what goes to `/slow` waits.
    """

    port: int
    answers: list[tuple[int, dict[str, str]]] = field(default_factory=list)
    heard: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)
    free: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def netloc(self) -> str:
        return f"127.0.0.1:{self.port}"

    @property
    def told(self) -> list[dict[str, Any]]:
        return [json.loads(body) for _, _, body in self.heard]

    @property
    def numbers(self) -> list[int]:
        return [each["data"]["seq"] for each in self.told]

    @property
    def ids(self) -> list[str]:
        return [headers["webhook-id"] for _, headers, _ in self.heard]

    async def __call__(self, scope, receive, send) -> None:
        body, more = b"", True
        while more:
            message = await receive()
            body += message.get("body", b"")
            more = message.get("more_body", False)
        headers = {key.decode(): value.decode() for key, value in scope["headers"]}
        self.heard.append((scope["path"], headers, body))
        if scope["path"] == "/slow":
            await self.free.wait()
        status, given = self.answers.pop(0) if self.answers else (204, {})
        said = [(key.encode(), value.encode()) for key, value in given.items()]
        await send({"type": "http.response.start", "status": status, "headers": said})
        await send({"type": "http.response.body", "body": b"x" * (200_000 if status == 299 else 0)})


@asynccontextmanager
async def receiving() -> AsyncIterator[Receiver]:
    receiver = Receiver(free_port())
    server = uvicorn.Server(
        uvicorn.Config(receiver, port=receiver.port, log_level="critical", lifespan="off")
    )
    running = asyncio.create_task(server._serve())
    while not server.started:
        await asyncio.sleep(0.01)
    yield receiver
    receiver.free.set()
    server.should_exit = True
    await running


async def added(person: Person, receiver: Receiver | None = None, path: str = "/hook") -> int:
    """At the receiver, where no owner could send it: it stands inside."""
    hook = await hooks.add(await person.place(), "https://hook.example/", key=uuid.uuid4())
    if receiver is not None:
        url = f"http://{receiver.netloc}{path}"
        await rows("update webhook set url = $2 where id = $1", hook, url)
    return hook


async def sent(outbound: Outbound) -> int:
    """Whatever is due now, one webhook after the other; how many had something."""
    count = 0
    while claims := await queueing.claimed(10):
        count += len(claims)
        for claim in claims:
            await delivering.deliver(outbound, claim)
    return count


async def later() -> None:
    """As if the time had come, and as if who had one in hand had died with it."""
    await rows("update webhook set due_at = now(), taken_until = null")


async def state(hook: int) -> tuple[str, str]:
    [found] = await rows("select state, why from webhook where id = $1", hook)
    return found["state"], found["why"]
