"""What a member gets of this room who asks for their data."""

from quanzi.circles.readable import readable
from quanzi.db.part import Part
from quanzi.errors import said

PARTS = {
    "posts": Part(
        said("帖子"),
        """select c.slug as circle, p.id as post, p.state, p.body,
                  (select array_agg(t.name order by t.name) from topic t
                   where t.circle_id = p.circle_id and t.post_id = p.id) as topics,
                  (select array_agg(i.name order by i.place) from image i
                   where i.circle_id = p.circle_id and i.post_id = p.id) as pictures,
                  (select array_agg(i.alt order by i.place) from image i
                   where i.circle_id = p.circle_id and i.post_id = p.id and i.alt <> '') as alts,
                  p.publish_at, p.published_at, p.edited_at, p.removed_at, p.created_at
           from post p join circle c on c.id = p.circle_id
           where p.author_id = $1 order by p.id""",
    ),
    "plans": Part(
        said("我计划的帖子"),
        """select c.slug as circle, n.post_id as post, n.on_day, n.note, n.missed_at
           from plan n join circle c on c.id = n.circle_id
           where n.planned_by = $1 order by n.post_id""",
    ),
    "unsent": Part(
        said("还没发的"),
        """select c.slug as circle, u.body, u.topics, u.at
           from unsent u join circle c on c.id = u.circle_id
           where u.member_id = $1 order by u.at""",
    ),
    "comments": Part(
        said("评论"),
        """select c.slug as circle, k.post_id as post, k.id as comment, k.reply_to, k.state, k.body,
                  k.removed_at, k.created_at
           from comment k join circle c on c.id = k.circle_id
           where k.author_id = $1 order by k.id""",
    ),
    "likes": Part(
        said("点赞"),
        """select c.slug as circle, l.post_id as post, l.at
           from liking l join circle c on c.id = l.circle_id
           where l.member_id = $1 order by l.at""",
    ),
    "mentions": Part(
        said("别人提到我"),
        f"""select c.slug as circle, w.post_id as post, nullif(w.comment_id, 0) as comment
           from mention w join circle c on c.id = w.circle_id
           join post p on p.circle_id = w.circle_id and p.id = w.post_id and p.state = 'published'
           left join comment k on k.circle_id = w.circle_id and k.id = w.comment_id
           where w.member_id = $1 and coalesce(k.state, 'published') = 'published' and {readable("$1", "false")}
           order by w.post_id, w.comment_id""",
    ),
    "withheld": Part(
        said("被移除、还可以恢复的内容"),
        """select c.slug as circle, w.post_id as post, nullif(w.comment_id, 0) as comment, w.body,
                  w.topics, w.at
           from withheld w join circle c on c.id = w.circle_id where w.author_id = $1 order by w.at""",
    ),
    "held-edits": Part(
        said("等待审核的修改"),
        """select c.slug as circle, e.post_id as post, e.body, nullif(e.pictures, '') as alts, e.at
           from held_edit e join circle c on c.id = e.circle_id
           where e.editor_id = $1 order by e.at""",
    ),
}
