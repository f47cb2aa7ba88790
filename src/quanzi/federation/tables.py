"""Circles that are followed from elsewhere, and from where. The migrations hold the real keys."""

from piccolo.columns import BigInt, BigSerial, Boolean, Bytea, Integer, Text, Timestamptz
from piccolo.table import Table


class FederatedCircle(Table, tablename="federated_circle"):
    """`private_key`: as it is, since it signs. `state`: 'on', or 'off' with the key kept: a circle
    that comes back is known again.
    """

    circle_id = BigInt(primary_key=True)
    private_key = Bytea()
    state = Text(default="on")
    since = Timestamptz()


class FederatedServer(Table, tablename="federated_server"):
    """An inbox that the circle's news are sent to, once for all who follow from there.

    `epoch`, `seq`: how far it has been told of the circle's log. `ending`: it is to hear that the
    circle is gone, and then to be forgotten. `due_at`: when it is tried next. `taken_until`: a process
    is at it.
    """

    circle_id = BigInt(primary_key=True)
    id = BigSerial()
    inbox = Text()
    epoch = Text()
    seq = BigInt()
    ending = Boolean(default=False)
    tries = Integer(default=0)
    due_at = Timestamptz()
    failing_since = Timestamptz(null=True, default=None)
    taken_until = Timestamptz(null=True, default=None)
    created_at = Timestamptz()


class FederatedFollower(Table, tablename="federated_follower"):
    """Somebody elsewhere, kept for as long as they follow. `follow`: the id of what they asked with;
    `accepted`: whether they have been told yes. The key is kept to know them by when they are gone.
    """

    circle_id = BigInt(primary_key=True)
    actor = Text()
    server_id = BigInt()
    follow = Text()
    key_id = Text()
    public_key = Text()
    accepted = Boolean(default=False)
    since = Timestamptz()
