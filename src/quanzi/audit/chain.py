"""What an entry's hash is made of, said a second time: the database chains, this checks."""

from hashlib import sha256

import asyncpg

FORM = "quanzi-audit-1"
# What the first entry has before it.
START = bytes(32)
# As `hash_of` wants them.
COLUMNS = """seq, trunc(extract(epoch from at) * 1000000)::text as at, actor_id, deed, circle_id,
             about, member_id, detail::text as detail, salt, detail_hash, before, hash"""


def fits(line: asyncpg.Record, seq: int) -> bool:
    """Whether it was written with this number."""
    return hash_of(line, seq) == bytes(line["hash"])


def hash_of(line: asyncpg.Record, seq: int) -> bytes:
    fields = (
        FORM,
        str(seq),
        line["at"],
        _number(line["actor_id"]),
        line["deed"],
        _number(line["circle_id"]),
        line["about"],
        _number(line["member_id"]),
        line["detail_hash"].hex(),
        line["before"].hex(),
    )
    return sha256(canonical(*fields)).digest()


def canonical(*fields: str | None) -> bytes:
    """Each with its length, so that nothing can move from one field into the next."""
    return b",".join([b"-" if field is None else _measured(field.encode()) for field in fields])


def has_its_words(line: asyncpg.Record) -> bool:
    """Whether the detail is what was written, or was blanked for somebody who is erased."""
    detail, salt = line["detail"], line["salt"]
    if detail is None or salt is None:
        return detail is None and salt is None
    return sha256(salt + detail.encode()).digest() == bytes(line["detail_hash"])


def _measured(field: bytes) -> bytes:
    return b"%d:%b" % (len(field), field)


def _number(given: int | None) -> str | None:
    return None if given is None else str(given)
