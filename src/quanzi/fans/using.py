"""What a tag or a segment is used by, as its partner would call it: it does not go before they do."""

from collections.abc import Sequence

from quanzi.db.engine import rows
from quanzi.fans import conditions as asking
from quanzi.fans.conditions import Conditions

# In a circle ($1) what names a segment ($2): rooms above that keep one in a table stand here.
OF_SEGMENT = (
    """select title as name from service
       where circle_id = $1 and segment_id = $2 and segment = 'segment' and state <> 'deleted'""",
    """select title as name from circle_notice
       where circle_id = $1 and segment_id = $2 and state in ('draft', 'asked', 'planned', 'sending', 'on')""",
)


async def of_segment(circle_id: int, segment_id: int) -> Sequence[str]:
    return [line["name"] for sql in OF_SEGMENT for line in await rows(sql, circle_id, segment_id)]


async def of_tag(circle_id: int, tag_id: int) -> Sequence[str]:
    found = await rows(
        """select name, conditions::text as asked from segment
           where circle_id = $1 and withdrawn_at is null
           union all select name, rule::text from fan_tag where circle_id = $1 and rule is not null""",
        circle_id,
    )
    return [line["name"] for line in found if tag_id in asking.of_json(line["asked"]).tags]


async def rules(circle_id: int) -> Sequence[Conditions]:
    found = await rows(
        "select rule::text as rule from fan_tag where circle_id = $1 and rule is not null",
        circle_id,
    )
    return [asking.of_json(line["rule"]) for line in found]
