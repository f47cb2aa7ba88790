"""What a site may complain of in its log while it is being broken, and what it may not."""

import json
import re
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime

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
POOL = re.compile(
    r"^WARNING - (\S+ \S+),\d+ - asyncpg\.pool - pool - Failed to restore the pool connection floor;"
    r" retrying\nTraceback.*\n(?:[ ^].*\n)*(\S.*)$",
    re.MULTILINE,
)
# A worker that starts while the database is away ends, and another is started.
STARTING = re.compile(
    r"^ERROR - (\S+ \S+),\d+ - uvicorn\.error - on -(?:[^{]*\n)*?"
    r" +\| ((?:\w+\.)*\w+(?:Error|Exception)\b.*)\n(?: +\| (?:DETAIL|HINT):.*\n)* +\+-+\n\n"
    r"ERROR - .* Application startup failed\. Exiting\.$",
    re.MULTILINE,
)
DETAILS = re.compile(r"(\n(DETAIL|HINT|CONTEXT):.*)+$")
BEFORE, AFTERWARDS = 1.0, 20.0


def unexplained(log: str, happened: Sequence[Fault]) -> tuple[list[str], Counter[str]]:
    """Lines that no fault explains, and what was complained of with reason."""
    odd, explained = [], Counter[str]()
    # asyncpg's pool and uvicorn say it in their own ways.
    for moment, last in POOL.findall(log) + STARTING.findall(log):
        at = datetime.fromisoformat(moment).replace(tzinfo=UTC).timestamp()
        if _while(at, happened) and KINDS.match(last) and not OURS.search(last):
            explained[f"plain {last.split(':')[0]}"] += 1
        else:
            odd.append(f"{moment} {last}")
    for line in STARTING.sub("", POOL.sub("", log)).splitlines():
        if not line.startswith("{"):
            if "Traceback" in line or "never retrieved" in line:
                odd.append(line)
            continue
        said = json.loads(line)
        if said.get("level") not in {"error", "critical"} and "exception" not in said:
            continue
        told = DETAILS.sub("", str(said.get("exception", "")).strip())
        last = told.rsplit("\n", 1)[-1]
        at = datetime.fromisoformat(said["timestamp"]).timestamp()
        if _while(at, happened) and KINDS.match(last) and not OURS.search(last):
            explained[f"{said['event']} {last.split(':')[0]}"] += 1
        else:
            odd.append(line)
    return odd, explained


def _while(at: float, happened: Sequence[Fault]) -> bool:
    return any(each.began - BEFORE <= at <= each.over + AFTERWARDS for each in happened)
