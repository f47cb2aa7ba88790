"""What a member gets of this room, and of the machine's verdicts, who asks for their data."""

from quanzi.db.part import Part
from quanzi.errors import said

PARTS = {
    "verdicts": Part(
        said("机审判定"),
        """select c.slug as circle, v.kind, nullif(v.post_id, 0) as post,
                  nullif(v.comment_id, 0) as comment, v.action, v.category, v.score, v.at
           from screening_verdict v left join circle c on c.id = v.circle_id
           where v.author_id = $1 order by v.at""",
    ),
    "reports": Part(
        said("我的举报"),
        """select c.slug as circle, r.category, r.note, r.at
           from report r join circle c on c.id = r.circle_id where r.reporter_id = $1 order by r.at""",
    ),
    "rulings": Part(
        said("对我写的内容的决定"),
        """select c.slug as circle, d.kind, nullif(d.post_id, 0) as post,
                  nullif(d.comment_id, 0) as comment, nullif(d.service_id, 0) as service, d.excerpt, d.category, d.action, d.measure, d.until, d.reason, d.state, d.at
           from decision d join circle c on c.id = d.circle_id where d.author_id = $1 order by d.at""",
    ),
    "appeals": Part(
        said("内容申诉"),
        """select c.slug as circle, a.words, a.state, a.reason, a.created_at, a.decided_at
           from decision_appeal a join circle c on c.id = a.circle_id
           where a.member_id = $1 order by a.created_at""",
    ),
}
