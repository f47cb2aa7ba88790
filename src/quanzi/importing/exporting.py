"""What a member gets of this room who asks for their data."""

from quanzi.db.part import Part
from quanzi.errors import said

PARTS = {
    "imports": Part(
        said("导入的帖子"),
        """select c.slug as circle, i.name, i.state, r.number as row,
                  coalesce(nullif(r.body, ''), r.excerpt) as body, r.post_id as post, i.asked_at as at
           from post_import i join circle c on c.id = i.circle_id
           left join post_import_row r on r.circle_id = i.circle_id and r.import_id = i.id
           where i.member_id = $1 order by i.id, r.number""",
    ),
}
