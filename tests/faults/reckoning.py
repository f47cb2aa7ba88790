"""What must be true of the whole database after anything: nothing is half there."""

from typing import Any

from tests.faults.deeds import DONE, UNSURE, Deeds, Life

# Each finds what is wrong. `$1`: the last post before it all began.
WRONG = {
    "the log has gaps": """
        select h.circle_id, h.head from circle_head h left join circle_event e using (circle_id)
        group by h.circle_id, h.head
        having count(e.seq) <> h.head or (h.head > 0 and (max(e.seq) <> h.head or min(e.seq) <> 1))""",
    "a post and its log differ": """
        select p.id, p.state, p.version, array_agg(e.op order by e.seq) from post p
        left join circle_event e
               on e.circle_id = p.circle_id and e.subject_id = p.id and e.op like 'post.%'
        where p.id > $1 and (p.published_at is not null or p.state = 'published') group by p.id, p.state, p.version
        having coalesce(max(e.version), 0) <> p.version
            -- Before it came out nobody was told of its versions.
            or count(*) <> p.version - min(e.version) + 1
            or count(*) filter (where e.op = 'post.published') <> 1""",
    "a post is found by what it does not say": """
        select p.id, p.state from post p left join post_search s
               on s.circle_id = p.circle_id and s.post_id = p.id
        where p.id > $1 and (p.state = 'published') <> (s.post_id is not null)""",
    "a key was used and nothing came of it": """
        select o.key from once o where o.answer = '' or o.answer is null""",
    "likes are miscounted": """
        select p.id from post p where p.id > $1 and
        (select count(*) from liking l where l.circle_id = p.circle_id and l.post_id = p.id) <>
        (select coalesce(sum(t.n), 0) from tally t where t.circle_id = p.circle_id
            and t.kind = 'likes' and t.subject_id = p.id)""",
    "comments are miscounted": """
        select p.id from post p where p.id > $1 and
        (select count(*) from comment k where k.circle_id = p.circle_id and k.post_id = p.id
            and k.state = 'published') <>
        (select coalesce(sum(t.n), 0) from tally t where t.circle_id = p.circle_id
            and t.kind = 'comments' and t.subject_id = p.id)""",
    "followers are miscounted": """
        select c.id from circle c where
        (select count(*) from follow f where f.circle_id = c.id) <>
        (select coalesce(sum(t.n), 0) from tally t where t.circle_id = c.id
            and t.kind = 'followers')""",
    "a pin is up that cannot be": """
        select n.id from pin n join post p on p.circle_id = n.circle_id and p.id = n.post_id
        join circle c on c.id = n.circle_id
        where n.state = 'shown' and (p.state <> 'published' or n.slot > c.pin_slots)""",
    "a board and its log differ": """
        select b.circle_id, b.version, max(e.version) from pin_board b
        join circle_event e on e.circle_id = b.circle_id and e.op = 'pins.changed'
        group by b.circle_id, b.version having max(e.version) <> b.version""",
    "a decision and its post differ": """
        select d.id, d.state, p.state, w.post_id from decision d
        join post p on p.circle_id = d.circle_id and p.id = d.post_id
        left join withheld w on w.circle_id = p.circle_id and w.post_id = p.id and w.comment_id = 0
            and w.undo_until is null
        where p.id > $1 and d.action = 'remove' and d.comment_id = 0
          and d.id = (select max(id) from decision where post_id = p.id)
          and ((d.state = 'in_force') <> (w.post_id is not null)
               or (d.state = 'in_force' and p.state <> 'removed'))""",
    "a decision is not in the log of deeds": """
        select d.id from decision d where d.post_id > $1 and not exists
        (select 1 from audit_entry a where a.deed = 'case.decided'
            and a.detail->>'decision' = d.id::text)""",
    "a score is not what the ledger says": """
        select a.member_id from credit_account a where a.total <>
        (select coalesce(sum(points), 0) from credit_entry e where e.member_id = a.member_id)""",
    "a decision counted twice": """
        select member_id from credit_entry where reverses is null
        group by member_id, rule, detail, cause, circle_id, cause_id having count(*) > 1""",
    "a transaction was left open": """
        select pid, state, query from pg_stat_activity
        where datname = current_database() and state like 'idle in transaction%'""",
}


async def everything_adds_up(database: Any, deeds: Deeds, last: int) -> None:
    wrong = {}
    for what, sql in WRONG.items():
        found = await (database.fetch(sql, last) if "$1" in sql else database.fetch(sql))
        if found:
            wrong[what] = [tuple(line) for line in found[:3]]
    assert not wrong, wrong
    odd = [said for life in deeds.lives if (said := await _odd(database, life))]
    assert not odd, odd[:5]
    # Nobody else has posted: each post there is was asked for, and once.
    there = await database.fetchval("select count(*) from post where id > $1", last)
    sure = sum(life.outcome == DONE for life in deeds.lives)
    assert sure <= there <= sure + sum(life.outcome == UNSURE for life in deeds.lives)


async def _odd(database: Any, life: Life) -> str:
    """What is not as it was answered; nothing when all is."""
    if life.outcome != DONE:
        # Without an answer, or refused: it is there whole, or not at all.
        n = await database.fetchval("select count(*) from post where body = $1", life.body)
        key = await database.fetchval("select count(*) from once where key = $1::uuid", life.key)
        return "" if n == key <= (life.outcome == UNSURE) else f"{life} is there {n} times, {key}"
    post = await database.fetchrow("select * from post where id = $1", life.post_id)
    says = {""} if post["state"] == "removed" else life.bodies
    if post["state"] not in life.state or post["body"] not in says:
        return f"{life} is {post}"
    up = await database.fetchval(
        "select count(*) from pin where post_id = $1 and state = 'shown'", life.post_id
    )
    if up not in {int(each) for each in life.pinned}:
        return f"{life} is pinned {up} times"
    return await _odd_around(database, life)


async def _odd_around(database: Any, life: Life) -> str:
    likers = await database.fetch(
        "select handle from liking l join member m on m.id = member_id where post_id = $1",
        life.post_id,
    )
    liked = {line["handle"] for line in likers}
    for who, known in life.likes.items():
        if (who in liked) not in known:
            return f"{life}: {who} likes it {who in liked}"
    if liked - life.likes.keys():
        return f"{life}: nobody said that {liked - life.likes.keys()} like it"
    found = await database.fetch("select state, body from comment where post_id = $1", life.post_id)
    words = [line["body"] for line in found if line["state"] != "removed"]
    for body, known in life.comments.items():
        n = words.count(body)
        if n > 1 or (n == 0 and known == {"published"}) or (n and "published" not in known):
            return f"{life}: the comment {body} is there {n} times"
    if len(found) > len(life.comments):
        return f"{life} has {len(found)} comments"
    return ""
