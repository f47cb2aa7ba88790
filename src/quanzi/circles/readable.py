"""What `policy.can_read` asks of one loaded place, as a condition in SQL for many circles at once.

`tests/circles/test_thresholds.py` holds the two together, over every kind of reader.
"""

from quanzi.credit.bands import START


def readable(member: str, platform: str, *, circle: str = "c") -> str:
    """A condition in SQL: whether this member may know of this circle and read it.

    `member`, `platform`: parameters or columns, a number or null, and whether for the platform.
    """
    return f"""({platform} or not {_banned(member, circle)} and (
        not {circle}.hidden and not ({circle}.thresholds ? 'read')
        or exists (select 1 from staff rs
                   where rs.partner_id = {circle}.partner_id and rs.member_id = {member})
        or not {circle}.hidden and exists (
            select 1 from member rm left join credit_account ra on ra.member_id = rm.id
            where rm.id = {member} and {_meets(circle)})))"""


def open_to_all(circle: str = "c") -> str:
    """A condition in SQL: whether everybody may read it."""
    return f"(not {circle}.hidden and not ({circle}.thresholds ? 'read'))"


def _banned(member: str, circle: str) -> str:
    return f"""exists (select 1 from ban rb where rb.member_id = {member}
        and rb.circle_id in (0, {circle}.id) and rb.kind = 'ban'
        and rb.lifted_at is null and rb.until > now())"""


def _meets(circle: str) -> str:
    """Of a member `rm` with a credit account `ra`, which who has not yet earned anything lacks."""
    asked = f"{circle}.thresholds -> 'read' ->>"
    return f"""(rm.verified_at is not null or not coalesce(({asked} 'verified')::bool, false))
        and coalesce(ra.score, {START}) >= coalesce(({asked} 'credit')::int, 0)
        and rm.created_at <= now() - coalesce(({asked} 'days')::int, 0) * interval '1 day'"""
