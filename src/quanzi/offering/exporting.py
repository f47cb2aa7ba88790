"""What a member gets of this room who asks for their data."""

from quanzi.db.part import Part
from quanzi.errors import said

PARTS = {
    "service-requests": Part(
        said("服务预约"),
        """select c.slug as circle, s.title as service, r.state, r.answers::text as answers, r.note,
                  r.keeps_until, r.erased_at, r.decided_at, r.created_at
           from service_request r join circle c on c.id = r.circle_id
           join service s on s.circle_id = r.circle_id and s.id = r.service_id
           where r.member_id = $1 order by r.id""",
    ),
}
