"""Closing what nobody has to decide any longer: its author has taken it away, or written otherwise.

Not while its author can still put it back: what was to be looked at would be out unseen. And only what the machine alone was worried about: who reported something is answered by people.
"""

from quanzi.db.engine import rows

AT_ONCE = 50


async def close_moot() -> int:
    """How many cases."""
    closed = await rows(
        f"""update review_case set state = 'decided', decided_at = now(), claimed_by = null,
                   claimed_until = null
            where (circle_id, id) in (
                select k.circle_id, k.id from review_case k
                left join post p on p.circle_id = k.circle_id and p.id = k.post_id
                left join comment t on t.circle_id = k.circle_id and t.id = k.comment_id
                left join held_edit e on e.circle_id = k.circle_id and e.post_id = k.post_id
                where k.state = 'open' and k.source = 'screening' and k.reports = 0
                  and case when k.kind = 'edit' then e.post_id is null
                           when k.comment_id <> 0 then t.state = 'removed'
                           else p.state = 'removed' end
                  and not exists (select 1 from withheld w where w.circle_id = k.circle_id
                      and w.post_id = k.post_id and w.comment_id = k.comment_id
                      and w.undo_until > now())
                limit {AT_ONCE} for update of k skip locked)
            returning id"""
    )
    return len(closed)
