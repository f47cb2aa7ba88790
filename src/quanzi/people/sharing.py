"""What two people share, as parts of one query: public circles, topics, posts they both like.

Candidates are samples read through indexes, the same number of rows whether a circle has ten
followers or ten million. What few share weighs more than what everybody does: the weight is the
inverse of a logarithm, as in searching. Each part gives the columns
(member_id, kind, slug, name, name_en, weight). $1 is the member to whom people are suggested.
"""

from quanzi.circles.readable import open_to_all

# Of so many circles of theirs the smallest, and of each the latest followers.
FOLLOWED, CIRCLES, FOLLOWERS = 200, 20, 200
# The topics of so many posts of theirs, the most used, and who used them in their latest posts.
POSTS, TOPICS, POSTS_PER_TOPIC = 100, 20, 50
# The posts they liked last, and of each so many others with a smaller and with a larger id.
LIKED, LIKERS = 50, 25

# Who does not show their circles is not found by them either: the reason would tell.
BY_CIRCLE = f"""
    select f.member_id, 'circle' as kind, m.slug, m.name, m.name_en,
           1 / ln(2.7 + m.size) as weight
    from (select c.id, c.slug, c.name, c.name_en, k.size
          from (select circle_id from follow where member_id = $1
                order by circle_id desc limit {FOLLOWED}) mine
          join circle c on c.id = mine.circle_id and not c.hidden
          cross join lateral (select coalesce(sum(t.n), 0)::float8 as size from tally t
              where t.circle_id = c.id and t.kind = 'followers' and t.subject_id = c.id) k
          order by k.size, c.id limit {CIRCLES}) m
    cross join lateral (select f.member_id from follow f where f.circle_id = m.id
        order by f.since desc, f.member_id desc limit {FOLLOWERS}) f
    where not exists (select 1 from people_setting s
                      where s.member_id = f.member_id and not s.circles_shown)
"""
BY_TOPIC = f"""
    select a.author_id, 'topic', '', m.name, '',
           1.5 / ln(2.7 + count(*) over (partition by m.circle_id, m.name))
    from (select t.circle_id, t.name
          from (select p.circle_id, p.id from post p
                join circle c on c.id = p.circle_id and {open_to_all()}
                where p.author_id = $1 and p.state = 'published'
                order by p.published_at desc, p.id desc limit {POSTS}) p
          join topic t on t.circle_id = p.circle_id and t.post_id = p.id
          group by t.circle_id, t.name order by count(*) desc, max(p.id) desc limit {TOPICS}) m
    cross join lateral (select distinct author_id from (
        select p.author_id from topic t
        join post p on p.circle_id = t.circle_id and p.id = t.post_id and p.state = 'published'
        where t.circle_id = m.circle_id and t.name = m.name and t.seq is not null
        order by t.seq desc limit {POSTS_PER_TOPIC}) latest) a
"""
# A post's likers are keyed by member: those who joined about when this member did are read, which
# needs no index more on the busiest table, and is another sample for everyone.
BY_LIKE = f"""
    select o.member_id, 'like', '', '', '', 1 / ln(2.7 + k.size)
    from (select circle_id, post_id from liking where member_id = $1
          order by at desc limit {LIKED}) mine
    join circle c on c.id = mine.circle_id and {open_to_all()}
    join post p on p.circle_id = mine.circle_id and p.id = mine.post_id and p.state = 'published'
    cross join lateral (select coalesce(sum(t.n), 0)::float8 as size from tally t
        where t.circle_id = p.circle_id and t.kind = 'likes' and t.subject_id = p.id) k
    cross join lateral (
        (select member_id from liking l where l.circle_id = p.circle_id and l.post_id = p.id
         and l.member_id > $1 order by l.member_id limit {LIKERS})
        union all
        (select member_id from liking l where l.circle_id = p.circle_id and l.post_id = p.id
         and l.member_id < $1 order by l.member_id desc limit {LIKERS})) o
"""
