"""Keys for programs, apps and what people allow them, webhooks. The migrations hold the real keys."""

from piccolo.columns import (
    Array,
    BigInt,
    BigSerial,
    Boolean,
    Bytea,
    Integer,
    Text,
    Timestamptz,
)
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


class OAuthApp(Table, tablename="oauth_app"):
    """A program that others may let act for them. Without a secret: one that can keep none."""

    id = BigSerial(primary_key=True)
    # Who made it.
    member_id = BigInt()
    client_id = Text()
    name = Text()
    secret = Bytea(null=True, default=None)
    hint = Text()
    redirects = Array(base_column=Text())
    # What it may ask for.
    scopes = Array(base_column=Text())
    created_at = Timestamptz()


class OAuthGrant(Table, tablename="oauth_grant"):
    """One press on "allow", and the family of codes and tokens that come of it: they end with it."""

    id = BigSerial(primary_key=True)
    member_id = BigInt()
    app_id = BigInt()
    # The app's own, by its secret alone: for who made it.
    by_itself = Boolean()
    scopes = Array(base_column=Text())
    created_at = Timestamptz()
    used_at = Timestamptz(null=True, default=None)
    # When the last of the family is over.
    ends_at = Timestamptz()


class OAuthCode(Table, tablename="oauth_code"):
    """Brought back by the browser, changed for tokens once."""

    secret = Bytea(primary_key=True)
    grant_id = BigInt()
    redirect = Text()
    challenge = Text()
    spent = Boolean()
    ends_at = Timestamptz()


class OAuthToken(Table, tablename="oauth_token"):
    """`kind`: access or refresh. A spent one is kept until its end, so that it is known again."""

    secret = Bytea(primary_key=True)
    grant_id = BigInt()
    kind = Text()
    scopes = Array(base_column=Text())
    spent_at = Timestamptz(null=True, default=None)
    ends_at = Timestamptz()


class Webhook(Table, tablename="webhook"):
    """An address that hears what happens in a circle, in the name of one of its owners.

    `secret`: as it is, since it signs; the former one signs beside it until `former_until`.
    `state`: 'on', 'paused', or 'ended' by its own answer; `why`: '' when a person did it.
    `epoch`, `seq`: how far the circle's log has been taken over into deliveries. `due_at`: when it is
    tried next. `taken_until`: a process is at it.
    """

    circle_id = BigInt(primary_key=True)
    id = BigSerial()
    member_id = BigInt()
    url = Text()
    secret = Bytea()
    former_secret = Bytea(null=True, default=None)
    former_until = Timestamptz(null=True, default=None)
    state = Text(default="on")
    why = Text(default="")
    epoch = Text()
    seq = BigInt()
    tries = Integer(default=0)
    due_at = Timestamptz()
    failing_since = Timestamptz(null=True, default=None)
    taken_until = Timestamptz(null=True, default=None)
    created_at = Timestamptz()


class WebhookDelivery(Table, tablename="webhook_delivery"):
    """One message: the queue, and for thirty days the log of it.

    `message`: its webhook-id, the same at every attempt. `state`: 'waiting' in its order, 'asked' for
    by an owner and sent once, 'delivered', or 'failed' when what was asked for did not arrive.
    `status`: the last answer's; 0 when there was none.
    """

    circle_id = BigInt(primary_key=True)
    id = BigSerial()
    webhook_id = BigInt()
    message = Text()
    op = Text()
    body = Text()
    state = Text(default="waiting")
    attempts = Integer(default=0)
    status = Integer(default=0)
    created_at = Timestamptz()
    tried_at = Timestamptz(null=True, default=None)
