"""What a member gets of this room who asks for their data: never what is sealed, they have that."""

from quanzi.db.part import Part
from quanzi.errors import said

PARTS = {
    "verification": Part(
        said("实名认证"),
        "select provider, masked, at from verified where member_id = $1",
    ),
    "verification-requests": Part(
        said("实名认证申请"),
        """select kind, masked, state, reason, created_at, decided_at from verification_request
           where member_id = $1 order by created_at""",
    ),
    "verification-looks": Part(
        said("谁看过我的证件"),
        "select why, at from sealed_look where member_id = $1 order by at",
    ),
    "sign-in": Part(
        said("用别处的账号登录"),
        "select issuer as provider, at from openid_link where member_id = $1 order by at",
    ),
    "consent": Part(
        said("我同意过的"),
        """select text, version, at, withdrawn_at from consent
           where member_id = $1 order by at""",
    ),
}
