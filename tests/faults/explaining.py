"""What a site may complain of in its log while it is being broken, and what it may not."""

import json
import re
from collections import Counter
from collections.abc import Sequence
from datetime import datetime

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
BEFORE, AFTERWARDS = 1.0, 20.0


def unexplained(log: str, happened: Sequence[Fault]) -> tuple[list[str], Counter[str]]:
    """Lines that no fault explains, and what was complained of with reason."""
    odd, explained = [], Counter[str]()
    for line in log.splitlines():
        if not line.startswith("{"):
            if "Traceback" in line or "never retrieved" in line:
                odd.append(line)
            continue
        said = json.loads(line)
        if said.get("level") not in {"error", "critical"} and "exception" not in said:
            continue
        last = str(said.get("exception", "")).strip().rsplit("\n", 1)[-1]
        if _while(said["timestamp"], happened) and KINDS.match(last) and not OURS.search(last):
            explained[f"{said['event']} {last.split(':')[0]}"] += 1
        else:
            odd.append(line)
    return odd, explained


def _while(timestamp: str, happened: Sequence[Fault]) -> bool:
    at = datetime.fromisoformat(timestamp).timestamp()
    return any(each.began - BEFORE <= at <= each.over + AFTERWARDS for each in happened)
