"""Telling followers of a notice: each once, or once more when they have been here and gone again."""

from collections.abc import Sequence

from quanzi.activity.concerning import concern_all
from quanzi.db.engine import rows
from quanzi.fans.matching import active_since

KIND = "circle.notice"
WANTS = """not exists (select 1 from circle_notice_mute u
                       where u.circle_id = $1 and u.member_id = f.member_id)"""
ONCE = f"""
    insert into circle_notice_sent (circle_id, notice_id, member_id)
    select $1, $2, f.member_id from unnest($3::bigint[]) as f(member_id)
    where {WANTS} on conflict do nothing returning member_id
"""
# Who was told and has not been here since is still the same absence.
EACH_ABSENCE = f"""
    insert into circle_notice_sent (circle_id, notice_id, member_id)
    select $1, $2, f.member_id from follow f
    left join circle_notice_sent t
        on t.circle_id = $1 and t.notice_id = $2 and t.member_id = f.member_id
    where f.circle_id = $1 and f.member_id = any($3::bigint[]) and {WANTS}
      and (t.at is null or {active_since("t.at")})
    on conflict (circle_id, notice_id, member_id) do update set at = now(), opened_at = null
    returning member_id
"""


async def tell(
    circle_id: int, notice_id: int, member_ids: Sequence[int], *, occasion: str = ""
) -> int:
    """How many had to be told; in the caller's transaction. Who wants no notices is left out."""
    told = await rows(
        EACH_ABSENCE if occasion == "silent" else ONCE, circle_id, notice_id, list(member_ids)
    )
    await concern_all(
        [line["member_id"] for line in told], KIND, circle_id=circle_id, note=str(notice_id)
    )
    return len(told)
