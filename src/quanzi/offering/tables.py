"""Services and requests. The real primary keys begin with the circle; the migration holds them."""

from piccolo.columns import JSONB, BigInt, BigSerial, Boolean, Integer, Text, Timestamptz
from piccolo.table import Table


class ServiceShelf(Table, tablename="service_shelf"):
    """One per circle. Its row is what those who change its services at the same time wait for."""

    circle_id = BigInt(primary_key=True)
    version = BigInt(default=0)


class Service(Table, tablename="service"):
    """What a partner offers. `place`: where it stands among the others.

    `state`: 'draft', 'waiting' for its start, 'shown', 'ended', 'removed' by reviewers, or 'deleted', which leaves a stone
    with its title. `price`: '' is to be asked for. `link`: where it leads out to; '' for one that is
    asked for here, by `questions` (see `questions.py`). `segment`, `least`, `segment_id`: for whom it is,
    see `segment.py`. `kept_days`: how long what is answered is kept. `stale`: posts that carry it have
    yet to show what it says now.
    """

    circle_id = BigInt()
    id = BigSerial(primary_key=True)
    place = Integer()
    state = Text(default="draft")
    version = BigInt(default=1)
    title = Text()
    body = Text(default="")
    price = Text(default="")
    picture = Text(default="")
    link = Text(default="")
    questions = JSONB(default="[]")
    segment = Text(default="everyone")
    least = Integer(default=0)
    starts_at = Timestamptz(null=True)
    ends_at = Timestamptz(null=True)
    ended_at = Timestamptz(null=True)
    kept_days = Integer(default=90)
    stale = Boolean(default=False)
    created_at = Timestamptz()
    segment_id = BigInt(null=True, default=None)


class ServiceRequest(Table, tablename="service_request"):
    """What a member asked for. `answers`: each question as it was, with what they wrote.

    `state`: 'new', then 'accepted' or 'declined', 'done'; or 'withdrawn' by the member. After
    `keeps_until` answers and note go, at `erased_at`; the row stays.
    """

    circle_id = BigInt()
    id = BigSerial(primary_key=True)
    service_id = BigInt()
    member_id = BigInt()
    state = Text(default="new")
    answers = JSONB(default="[]")
    note = Text(default="")
    keeps_until = Timestamptz()
    erased_at = Timestamptz(null=True)
    decided_by = BigInt(null=True)
    decided_at = Timestamptz(null=True)
    created_at = Timestamptz()
