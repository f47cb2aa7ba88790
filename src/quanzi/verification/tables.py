"""What people agreed to, asked for and proved; and who looked at what is sealed."""

from piccolo.columns import Array, BigInt, BigSerial, Bytea, Integer, Text, Timestamptz
from piccolo.table import Table


class VerificationRequest(Table, tablename="verification_request"):
    """Documents that wait for somebody to look at them. What is sealed goes when it is decided.

    `pictures`: names in the private store. `state`: 'open', 'approved', 'refused' or 'withdrawn'.
    """

    id = BigSerial(primary_key=True)
    member_id = BigInt()
    kind = Text()
    fingerprint = Bytea()
    masked = Text()
    wrapped_key = Bytea(null=True, default=None)
    key_version = Integer(default=0)
    sealed_name = Bytea(null=True, default=None)
    sealed_number = Bytea(null=True, default=None)
    pictures = Array(base_column=Text())
    state = Text(default="open")
    reason = Text(default="")
    decided_by = BigInt(null=True, default=None)
    decided_at = Timestamptz(null=True, default=None)
    created_at = Timestamptz()


class Verified(Table, tablename="verified"):
    """That a member's real name is known to be theirs. Name and number only if the operator wants.

    `receipt`: what the provider calls it. `fingerprint`: of the number, where one was given.
    """

    member_id = BigInt(primary_key=True)
    provider = Text()
    receipt = Text(default="")
    fingerprint = Bytea(unique=True, null=True, default=None)
    masked = Text(default="")
    wrapped_key = Bytea(null=True, default=None)
    key_version = Integer(default=0)
    sealed_name = Bytea(null=True, default=None)
    sealed_number = Bytea(null=True, default=None)
    at = Timestamptz()


class SealedLook(Table, tablename="sealed_look"):
    """Somebody opened what is sealed of a member's. Only ever added to."""

    id = BigSerial(primary_key=True)
    member_id = BigInt()
    looker_id = BigInt()
    why = Text()
    at = Timestamptz()


class BarredPerson(Table, tablename="barred_person"):
    """The fingerprint of a number whose owner's account is suspended until then; it names nobody."""

    fingerprint = Bytea(primary_key=True)
    until = Timestamptz()
    at = Timestamptz()


class OpenidLink(Table, tablename="openid_link"):
    """Who a member is at a provider that they sign in with."""

    issuer = Text(primary_key=True)
    subject = Text()
    member_id = BigInt()
    at = Timestamptz()
