"""What a backup says of itself: when, of which program and schema, and how much there is."""

import json
from dataclasses import asdict, dataclass, fields
from typing import Any, Self

from quanzi.backup.failure import Damaged

FORMAT = 1


@dataclass(frozen=True, slots=True)
class Manifest:
    """`steps`: the migrations that the database had taken. `dump`: the major version of pg_dump.

    `roles`: others than the owner who were given rights; `closed`: functions that not everybody may
    call. `audit_seq`, `audit_hash`: what the audit log ended with.
    """

    made_at: str
    quanzi: str
    postgres: int
    dump: int
    steps: list[str]
    epoch: str
    generation: int
    audit_seq: int
    audit_hash: str
    roles: list[str]
    closed: list[str]
    counts: dict[str, int]
    format: int = FORMAT

    def __str__(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False, indent=1) + "\n"

    @classmethod
    def read(cls, text: bytes) -> Self:
        try:
            given: dict[str, Any] = json.loads(text)
            return cls(**{field.name: given[field.name] for field in fields(cls)})
        except (ValueError, KeyError, TypeError) as why:
            raise Damaged("its manifest cannot be read") from why
