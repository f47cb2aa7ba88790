"""What a member gets of this room who asks for their data."""

from quanzi.db.part import Part
from quanzi.errors import said

PARTS = {
    "collections": Part(
        said("合集"),
        """select c.slug as circle, k.title, k.intro, k.state, k.created_at, k.published_at
           from collection k join circle c on c.id = k.circle_id
           where k.made_by = $1 order by k.created_at""",
    ),
    "collected": Part(
        said("放进合集的帖子"),
        """select c.slug as circle, k.title, e.post_id as post, e.note, e.added_at as at
           from collection_entry e join circle c on c.id = e.circle_id
           join collection k on k.circle_id = e.circle_id and k.id = e.collection_id
           where e.added_by = $1 order by e.added_at""",
    ),
    "suggested": Part(
        said("推荐到合集的帖子"),
        """select c.slug as circle, k.title, s.post_id as post, s.reason, s.state, s.at
           from collection_suggestion s join circle c on c.id = s.circle_id
           left join collection k on k.circle_id = s.circle_id and k.id = s.collection_id
           where s.member_id = $1 order by s.at""",
    ),
}
