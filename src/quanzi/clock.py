"""The one source of time.

Order never depends on it (sequence numbers do that), and what expires is compared with the
database's clock. It dates what people read and log lines.
"""

from datetime import UTC, datetime


def now() -> datetime:
    return datetime.now(UTC)
