"""What a site may complain of in its log while it is being broken, and what it may not."""

import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

from tests.faults.breaking import Fault

# What PostgreSQL, Valkey and the system say when something of theirs has gone.
KINDS = re.compile(
    r"^(asyncpg\.exceptions\.(_base\.)?\w+|ConnectionError|ConnectionRefusedError|TimeoutError"
    r"|ConnectionResetError|ConnectionDoesNotExistError|BrokenPipeError|FileNotFoundError|OSError"
    r"|asyncio\.exceptions\.\w+|valkey\.exceptions\.\w+)\b"
)
# These are said by PostgreSQL of what we do wrong, whatever else is broken.
OURS = re.compile(
    r"DeadlockDetected|UniqueViolation|ForeignKeyViolation|CheckViolation|NotNullViolation"
    r"|SyntaxError|Undefined\w+|DataError|RaiseError|SerializationError|ClientCannotConnect"
    r"|another operation is in progress|cannot use Connection"
)
# asyncpg's pool, which tries again, and a worker that cannot start while the database is away, say it
# in their own ways: a line with the time, and what belongs to it until something else is said.
PLAIN = re.compile(r"^(?:WARNING|ERROR) - (\S+ \S+),\d+ - (?:asyncpg\.pool|uvicorn\.error) - ")
ELSE = re.compile(r"^(\{|quanzi: |(WARNING|ERROR) - )")
RAISED = re.compile(r"^[ |]*((?:\w+\.)*\w*(?:Error|Exception)\b.*)$")
DETAILS = re.compile(r"(\n(DETAIL|HINT|CONTEXT):.*)+$")
BEFORE, AFTERWARDS = 1.0, 20.0


def unexplained(log: str, happened: Sequence[Fault]) -> tuple[list[str], Counter[str]]:
    """What no fault explains, and what was complained of with reason."""
    odd, explained = [], Counter[str]()
    for said, at, last in _complaints(log):
        if _while(at, happened) and KINDS.match(last) and not OURS.search(last):
            explained[f"{said} {last.split(':')[0]}"] += 1
        else:
            odd.append(f"{said} {last}")
    return odd, explained


def _complaints(log: str) -> Iterator[tuple[str, float, str]]:
    """What said it, when (0: it did not say), and the last words of what was raised."""
    plain, at, raised = False, 0.0, ""
    for line in [*log.splitlines(), "{}"]:
        if ELSE.match(line):
            if plain and raised:
                yield "plain", at, raised
            plain, raised = False, ""
        if line.startswith("{"):
            yield from _in_json(json.loads(line))
        elif header := PLAIN.match(line):
            plain = True
            at = datetime.fromisoformat(header[1]).replace(tzinfo=UTC).timestamp()
        elif plain:
            found = RAISED.match(line)
            raised = found[1] if found else raised
        elif "Traceback" in line or "never retrieved" in line:
            yield "plain", 0.0, line


def _in_json(said: dict[str, Any]) -> Iterator[tuple[str, float, str]]:
    if said.get("level") in {"error", "critical"} or "exception" in said:
        told = DETAILS.sub("", str(said.get("exception", "")).strip())
        at = datetime.fromisoformat(said["timestamp"]).timestamp()
        yield str(said["event"]), at, told.rsplit("\n", 1)[-1]


def _while(at: float, happened: Sequence[Fault]) -> bool:
    return any(each.began - BEFORE <= at <= each.over + AFTERWARDS for each in happened)
