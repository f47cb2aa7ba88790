"""What posts are found by: written with the post, in its own transaction."""

from collections.abc import Sequence

from quanzi.db.engine import rows
from quanzi.db.transaction import transaction
from quanzi.search.vectors import vector

# Posts are numbered by age, and a bucket is a stretch of numbers: the index can look at the newest.
BUCKET = 4096
LOOKED_FOR, AT_ONCE = 20_000, 500


async def write(circle_id: int, post_id: int) -> None:
    """As the post is now, with the topics that stand beside its text. What is limited to its circle is
    not found.
    """
    await forget(circle_id, post_id)
    await _write_all([(circle_id, post_id)])


async def forget(circle_id: int, post_id: int) -> None:
    await rows("delete from post_search where circle_id = $1 and post_id = $2", circle_id, post_id)


async def write_missing() -> int:
    """Many of those that nobody can find yet, as after an upgrade; 0 when there are none."""
    # To see what is missing is to look through all posts: once for many, not once for a few.
    found = await rows(
        f"""select p.circle_id, p.id from post p
            where p.state = 'published' and not p.limited and not exists (
                select 1 from post_search s where s.circle_id = p.circle_id and s.post_id = p.id)
            limit {LOOKED_FOR}"""
    )
    pairs = [(line["circle_id"], line["id"]) for line in found]
    for begin in range(0, len(pairs), AT_ONCE):
        await _write_standing(pairs[begin : begin + AT_ONCE])
    return len(pairs)


async def _write_standing(pairs: Sequence[tuple[int, int]]) -> None:
    """Held meanwhile, so that who edits or removes one of them has the last word."""
    async with transaction():
        held = await rows(
            """select p.circle_id, p.id from post p
               join unnest($1::bigint[], $2::bigint[]) as w(circle_id, id)
                 on w.circle_id = p.circle_id and w.id = p.id
               where p.state = 'published' order by p.id for share of p""",
            *zip(*pairs, strict=True),
        )
        if held:
            await _write_all([(line["circle_id"], line["id"]) for line in held])


async def _write_all(pairs: Sequence[tuple[int, int]]) -> None:
    found = await rows(
        """select p.circle_id, p.id, coalesce(p.published_at, now()) as at, p.body,
                  array(select t.name from topic t
                        where t.circle_id = p.circle_id and t.post_id = p.id) as topics
           from post p join unnest($1::bigint[], $2::bigint[]) as w(circle_id, id)
             on w.circle_id = p.circle_id and w.id = p.id and not p.limited""",
        *zip(*pairs, strict=True),
    )
    await rows(
        f"""insert into post_search (circle_id, post_id, at, bucket, words)
            select circle_id, post_id, at, post_id / {BUCKET}, words::tsvector
            from unnest($1::bigint[], $2::bigint[], $3::timestamptz[], $4::text[])
              as w(circle_id, post_id, at, words)
            on conflict (circle_id, post_id) do update set words = excluded.words""",
        [line["circle_id"] for line in found],
        [line["id"] for line in found],
        [line["at"] for line in found],
        [vector(line["body"], *line["topics"]) for line in found],
    )
