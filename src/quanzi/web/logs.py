"""Structured logs: lines for people on a terminal, JSON for everything else."""

import logging
import sys
from typing import Any

import msgspec
import structlog

# What comes after these is a token, as in letters and invitations.
KEYS = frozenset({"join", "confirm", "unsubscribe"})


def set_up() -> None:
    human = sys.stderr.isatty()
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    if human:
        processors: list[structlog.typing.Processor] = [*shared, structlog.dev.ConsoleRenderer()]
        factory: Any = structlog.PrintLoggerFactory(sys.stderr)
    else:
        processors = [*shared, structlog.processors.format_exc_info, _as_json]
        factory = structlog.BytesLoggerFactory(sys.stderr.buffer)
    structlog.configure(
        processors=processors,
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=factory,
        cache_logger_on_first_use=True,
    )
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s %(message)s")


def loggable(path: str) -> str:
    """An address may be a key: who reads the log must not be able to use it."""
    first = path.split("/", 2)[1] if path.count("/") > 1 else ""
    return f"/{first}/…" if first in KEYS else path


def _as_json(_: Any, __: str, event: structlog.typing.EventDict) -> bytes:
    # A line for each request: the quickest encoder at hand, which Litestar brings.
    return msgspec.json.encode(event, enc_hook=str)
