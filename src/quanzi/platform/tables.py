"""Keys for programs, apps, and what people allow them. The migrations hold the real ones."""

from piccolo.columns import Array, BigInt, BigSerial, Boolean, Bytea, Text, Timestamptz
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
