"""Keys for programs. The migration holds the real ones."""

from piccolo.columns import Array, BigInt, BigSerial, Bytea, Text, Timestamptz
from piccolo.table import Table


class AccessKey(Table, tablename="access_key"):
    """A member's key for programs of their own: of the secret only a hash is kept."""

    id = BigSerial(primary_key=True)
    member_id = BigInt()
    name = Text()
    secret = Bytea()
    # The last signs of the secret, for its owner to know it by.
    hint = Text()
    scopes = Array(base_column=Text())
    created_at = Timestamptz()
    used_at = Timestamptz(null=True, default=None)
    ends_at = Timestamptz()
    ended_at = Timestamptz(null=True, default=None)
