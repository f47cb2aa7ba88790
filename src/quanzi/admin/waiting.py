"""What is due and has not been done, by kind: how much, since when, and what was given up."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from quanzi.db.engine import database_now, rows
from quanzi.errors import Said, said

# Whatever is due is looked for at least once a minute; longer than this is standing still.
LATE = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Queue:
    """`since`: when the oldest of what is due fell due. `failed`: of the last thirty days."""

    name: str
    words: Said
    due: int
    since: datetime | None
    failed: int
    late: bool


# Name, words, what is due with the column that says since when, and what was given up.
KINDS = (
    (
        "posts",
        said("计划的帖子"),
        "post where state = 'scheduled' and held_for = '' and publish_at <= now()",
        "publish_at",
        "",
    ),
    ("pictures", said("等机器看的图片"), "post where held_for = 'pictures'", "created_at", ""),
    ("notices", said("要通知的事"), "concern", "at", ""),
    (
        "letters",
        said("邮件"),
        "letter where state = 'waiting' and next_at <= now()",
        "next_at",
        "letter where state in ('failed', 'unsure') and at > now() - interval '30 days'",
    ),
    ("pushes", said("推送"), "push_message where due_at <= now()", "due_at", ""),
    (
        "webhooks",
        said("Webhook"),
        """webhook_delivery d join webhook w using (circle_id) where w.id = d.webhook_id
               and d.state = 'waiting' and w.state = 'on' and w.due_at <= now()""",
        "greatest(d.created_at, w.due_at)",
        "webhook_delivery where state = 'failed' and created_at > now() - interval '30 days'",
    ),
    (
        "circle-notices",
        said("给粉丝的通知"),
        "circle_notice where state in ('planned', 'sending') and send_at <= now()",
        "send_at",
        "",
    ),
    (
        "exports",
        said("个人数据导出"),
        "data_export where state = 'waiting'",
        "asked_at",
        "data_export where state = 'failed' and asked_at > now() - interval '30 days'",
    ),
    ("leavings", said("注销账号"), "leaving where due_at <= now()", "due_at", ""),
)


async def queues() -> Sequence[Queue]:
    """In one question, however much waits."""
    asked = " union all ".join(
        f"select {place} as place, (select count(*) from {due}) as due, "
        f"(select min({since}) from {due}) as since, "
        f"({f'select count(*) from {failed}' if failed else 'select 0'}) as failed"
        for place, (_, _, due, since, failed) in enumerate(KINDS)
    )
    found = await rows(f"select * from ({asked}) q order by place")
    now = await database_now()
    return [
        Queue(
            KINDS[line["place"]][0],
            KINDS[line["place"]][1],
            line["due"],
            line["since"],
            line["failed"],
            late=line["since"] is not None and now - line["since"] > LATE,
        )
        for line in found
    ]
