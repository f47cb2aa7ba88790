"""A crowd of light pages, told what to do from a test: `async with Crowd() as crowd:`."""

import asyncio
import itertools
import json
import sys
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from tests.faults.harness import ROOT


class Crowd:
    """`await crowd.open(site, CIRCLES, pages=300)` … `await crowd.settled()`; see `crowd.py`."""

    def __init__(self) -> None:
        self._answers: dict[int, asyncio.Future[dict[str, Any]]] = {}
        self._numbers = itertools.count()

    async def __aenter__(self) -> Self:
        self.process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "tests.faults.crowd",
            stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, cwd=ROOT,
            limit=1 << 20,
        )  # fmt: skip
        self._reading = asyncio.create_task(self._read())
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        what: BaseException | None,
        where: TracebackType | None,
    ) -> None:
        self.process.kill()
        await self.process.wait()
        await self._reading

    async def open(
        self,
        ports: int | list[int],
        circles: list[str],
        *,
        pages: int,
        rate: float = 140,
        come_from: str = "",
    ) -> dict[str, Any]:
        ports = [ports] if isinstance(ports, int) else ports
        return await self.tell(
            "open", ports=ports, circles=circles, pages=pages, rate=rate, come_from=come_from
        )

    async def settled(self, within: float = 15) -> float:
        """Seconds until every page was what a fresh load is."""
        answer = await self.tell("settle", within=within)
        assert not answer["different"], answer
        return float(answer["seconds"])

    async def figures(self) -> dict[str, Any]:
        """Since they were last asked for. What pages must never see has not been seen."""
        answer = await self.tell("figures")
        assert not answer["faults"], answer
        return answer

    async def tell(self, do: str, **how: Any) -> dict[str, Any]:
        number = next(self._numbers)
        self._answers[number] = asyncio.get_running_loop().create_future()
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps({"number": number, "do": do, **how}).encode() + b"\n")
        answer = await self._answers[number]
        assert "failed" not in answer, answer
        return answer

    def memory(self) -> int:
        return int(Path(f"/proc/{self.process.pid}/statm").read_text().split()[1]) * 4096

    async def _read(self) -> None:
        assert self.process.stdout is not None
        while line := await self.process.stdout.readline():
            answer = json.loads(line)
            self._answers.pop(answer.pop("of")).set_result(answer)
        for waiting in self._answers.values():
            waiting.set_exception(EOFError("the crowd has ended"))
