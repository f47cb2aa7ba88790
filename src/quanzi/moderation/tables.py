"""What people say about what others wrote, and what follows. Real primary keys begin with the circle."""

from piccolo.columns import BigInt, BigSerial, Boolean, Integer, Text, Timestamptz
from piccolo.table import Table


class ReviewCase(Table, tablename="review_case"):
    """Something that a reviewer should look at; of one thing one is open at a time.

    `kind`: 'edit' is new words for a post, which wait while the old ones stand. Of a service, which has
    no author, its circle's owner is told and asked. `source`: who says
    so. `state`: 'second' when a ban waits for somebody else to look. `due_at`: when it should have
    been decided, which is also its place in the queue.
    """

    id = BigSerial(primary_key=True)
    circle_id = BigInt()
    kind = Text()
    post_id = BigInt()
    comment_id = BigInt(default=0)
    service_id = BigInt(default=0)
    author_id = BigInt()
    source = Text()
    category = Text()
    reports = Integer(default=0)
    reach = BigInt(default=0)
    state = Text(default="open")
    claimed_by = BigInt(null=True)
    claimed_until = Timestamptz(null=True)
    opened_at = Timestamptz()
    due_at = Timestamptz()
    decided_at = Timestamptz(null=True)


class Report(Table, tablename="report"):
    """What a member thinks is wrong with something; once per case."""

    id = BigSerial(primary_key=True)
    circle_id = BigInt()
    case_id = BigInt()
    reporter_id = BigInt()
    category = Text()
    note = Text(default="")
    at = Timestamptz()


class Decision(Table, tablename="decision"):
    """What a reviewer decided: about the thing (`action`), and about its author (`measure`).

    `second`: a ban is 'wanted' until somebody else has 'confirmed' or 'declined' it. `excerpt`: the
    beginning of what it was about, for its author to know it by.
    """

    id = BigSerial(primary_key=True)
    circle_id = BigInt()
    case_id = BigInt()
    kind = Text()
    post_id = BigInt()
    comment_id = BigInt(default=0)
    service_id = BigInt(default=0)
    author_id = BigInt()
    decided_by = BigInt()
    category = Text()
    action = Text()
    measure = Text(default="")
    until = Timestamptz(null=True)
    credit = Boolean(default=True)
    reason = Text()
    state = Text(default="in_force")
    second = Text(default="")
    second_by = BigInt(null=True)
    second_at = Timestamptz(null=True)
    excerpt = Text(default="")
    at = Timestamptz()


class DecisionAppeal(Table, tablename="decision_appeal"):
    """That its author thinks a decision wrong, and what somebody else answered."""

    circle_id = BigInt(primary_key=True)
    decision_id = BigInt()
    member_id = BigInt()
    words = Text()
    state = Text(default="open")
    reason = Text(default="")
    decided_by = BigInt(null=True)
    decided_at = Timestamptz(null=True)
    created_at = Timestamptz()
