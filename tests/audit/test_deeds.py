"""What people with power do stands in the log, with who and why; and nobody's real name does."""

import json

from quanzi.circles import staffing
from quanzi.credit import rulebook
from quanzi.db.engine import rows
from quanzi.identity import ranks
from quanzi.verification import deciding
from tests.credit.first import FIRST
from tests.verification.test_verifying import NAME, NUMBER, asks


async def logged() -> list[tuple]:
    found = await rows("select deed, actor_id, member_id, detail from audit_entry order by seq")
    return [(line[0], line[1], line[2], json.loads(line[3])) for line in found]


async def test_a_role_that_an_owner_changes(cast, owner, editor):
    await staffing.change_role(await owner.place(), editor.member_id, "reviewer")
    await staffing.change_role(await owner.place(), editor.member_id, "reviewer")
    await staffing.remove(await owner.place(), editor.member_id)

    assert await logged() == [
        ("staff.role", owner.member_id, editor.member_id, {"before": "editor", "role": "reviewer"}),
        ("staff.removed", owner.member_id, editor.member_id, {"before": "reviewer", "role": ""}),
    ]


async def test_rules_that_an_admin_changes(cast, xiaolan):
    await rulebook.put_in_force(FIRST, after=1, note="照旧", by=xiaolan.member_id)

    assert await logged() == [("rules.changed", xiaolan.member_id, None, {"reason": "照旧"})]


async def test_a_rank_that_a_command_gives(cast, xiaolan):
    await ranks.grant("xiaolan", "moderator")

    assert await logged() == [("rank.granted", None, xiaolan.member_id, {"rank": "moderator"})]


async def test_documents_that_an_admin_looks_at_and_decides_about(cast, xiaolan):
    admin = await cast.member("admin", "管理员", "admin")
    request_id = await asks(xiaolan)
    await deciding.look(admin.viewer, request_id, "核对照片")
    await deciding.refuse(admin.viewer, request_id, "照片太暗")

    deeds = await logged()
    assert [(deed, detail["reason"]) for deed, _, _, detail in deeds] == [
        ("documents.opened", "核对照片"),
        ("verification.refused", "照片太暗"),
    ]
    assert NAME not in str(deeds)
    assert NUMBER not in str(deeds)
