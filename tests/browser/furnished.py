"""A stage with something on it: posts of several kinds, pinned, chosen, talked about."""

from quanzi.db.engine import rows
from tests.matrix.stage import Stage
from tests.people import CIRCLE
from tests.web.pictures import a_jpeg

LONG = "沿着江边一直跑，过了桥再回来。\n\n" * 40


async def furnish(stage: Stage) -> None:
    at = stage.things[CIRCLE]
    owner, member = stage.people["owner"], stage.people["member"]
    assert owner is not None
    assert member is not None
    await rows(
        "insert into follow (circle_id, member_id) values ($1, $2) on conflict do nothing",
        at["circle_id"],
        member.member_id,
    )
    told = (await owner.posts("今晚 #夜跑# 见，@xiaolan 带路 https://run.example/route")).post_id
    await member.posts(LONG)

    for body in ("江边", "桥上"):
        sent = [("images", (f"{n}.jpg", a_jpeg(), "image/jpeg")) for n in range(2)]
        answer = await owner.sends(f"/c/{CIRCLE}/posts", files=sent, body=body)
        assert answer.status_code == 303, answer.text
    said = await member.says(told, "我带灯")
    await owner.says(told, "好的", said.comment_id)
    await owner.sends(f"/c/{CIRCLE}/p/{told}/pin")
    await owner.sends(f"/c/{CIRCLE}/p/{told}/digest")
    await member.sends(f"/c/{CIRCLE}/p/{told}/like")
    await owner.sends("/m/xiaolan/follow")
    await member.sends("/m/joyrun-owner/follow")
