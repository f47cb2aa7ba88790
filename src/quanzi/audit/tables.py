"""What was decided and done here, by whom, and why: a chain that shows what was changed in it."""

from piccolo.columns import JSONB, BigInt, Bytea, Text, Timestamptz
from piccolo.table import Table


class AuditEntry(Table, tablename="audit_entry"):
    """Never changed and never deleted. Whoever is erased takes `detail` and `salt` with them.

    `actor_id`: who did it, null for the site itself. `member_id`: whom it concerns. Both are plain
    numbers, which lead nowhere once that member is erased. `about`: what it was done to, like
    'post:3:17'. `before`: the `hash` of the entry before; `docs/audit.md` says what is hashed.
    """

    seq = BigInt(primary_key=True)
    at = Timestamptz()
    actor_id = BigInt(null=True, default=None)
    deed = Text()
    circle_id = BigInt(default=0)
    about = Text(default="")
    member_id = BigInt(null=True, default=None)
    detail = JSONB(null=True, default=None)
    salt = Bytea(null=True, default=None)
    detail_hash = Bytea()
    before = Bytea(unique=True)
    hash = Bytea()
