"""Who people are to the site, and how they prove it."""

from piccolo.columns import BigInt, BigSerial, Boolean, Bytea, Integer, Text, Timestamptz
from piccolo.table import Table


class Member(Table, tablename="member"):
    """`verified_at`: since when the site knows that there is a real person, and which only once."""

    id = BigSerial(primary_key=True)
    handle = Text(unique=True)
    name = Text()
    intro = Text(default="")
    platform_role = Text(default="")
    suspended_at = Timestamptz(null=True, default=None)
    verified_at = Timestamptz(null=True, default=None)
    created_at = Timestamptz()


class Credential(Table, tablename="credential"):
    """`chosen`: false while nobody knows the password, since they come in by a provider."""

    member_id = BigInt(primary_key=True)
    password_hash = Text()
    chosen = Boolean(default=True)
    changed_at = Timestamptz()


class Session(Table, tablename="session"):
    """`id` is the SHA-256 of what the browser holds, so that a dump opens no door."""

    id = Bytea(primary_key=True)
    member_id = BigInt()
    agent = Text(default="")
    created_at = Timestamptz()
    seen_at = Timestamptz()
    idle_until = Timestamptz()
    ends_at = Timestamptz()


class Revocation(Table, tablename="revocation"):
    """Somebody lost a right; every process with live pages reads these within two seconds."""

    id = BigSerial(primary_key=True)
    kind = Text()
    subject = Text()
    at = Timestamptz()


class Mailbox(Table, tablename="mailbox"):
    """Where a member's letters go, and how they are written. `address` has been confirmed, or ''."""

    member_id = BigInt(primary_key=True)
    address = Text(default="")
    confirmed_at = Timestamptz(null=True, default=None)
    language = Text(default="zh-Hans")
    time_zone = Text(default="Asia/Shanghai")


class MailboxWish(Table, tablename="mailbox_wish"):
    """An address that waits to be confirmed by the link that was sent to it; once, within a day."""

    token_hash = Bytea(primary_key=True)
    member_id = BigInt()
    address = Text()
    ends_at = Timestamptz()


class MemberSearch(Table, tablename="member_search"):
    """What a member is found by."""

    member_id = BigInt(primary_key=True)
    words = Text()


class Leaving(Table, tablename="leaving"):
    """Asked to be erased at `at`; until `due_at` they may change their mind.

    `taken_until`: some process is erasing them, unless it has died by then.
    """

    member_id = BigInt(primary_key=True)
    at = Timestamptz()
    due_at = Timestamptz()
    taken_until = Timestamptz(null=True, default=None)


class Consent(Table, tablename="consent"):
    """Who agreed to which version of a text, and when they took it back."""

    id = BigSerial(primary_key=True)
    member_id = BigInt()
    text = Text()
    version = Integer()
    at = Timestamptz()
    withdrawn_at = Timestamptz(null=True, default=None)
