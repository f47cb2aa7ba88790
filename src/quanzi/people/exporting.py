"""What a member gets of this room who asks for their data."""

from quanzi.db.part import Part
from quanzi.errors import said

PARTS = {
    "following": Part(
        said("关注的人"),
        """select m.handle, m.name, f.since from member_follow f join member m on m.id = f.member_id
           where f.follower_id = $1 order by f.since""",
    ),
    "followers": Part(
        said("关注我的人"),
        """select m.handle, m.name, f.since from member_follow f
           join member m on m.id = f.follower_id where f.member_id = $1 order by f.since""",
    ),
    "not-interested": Part(
        said("不感兴趣的人"),
        """select m.handle, d.at from dismissal d join member m on m.id = d.dismissed_id
           where d.member_id = $1 order by d.at""",
    ),
    "people-settings": Part(
        said("同好设置"),
        """select suggestable, suggestions, circles_shown from people_setting
           where member_id = $1""",
    ),
}
