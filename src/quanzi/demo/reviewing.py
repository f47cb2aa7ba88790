"""What waits for reviewers in the demo: by the machine, by a report, by an appeal. Each by its own verb.

The accounts and hosts in these texts are made up.
"""

import uuid

from quanzi.circles import access
from quanzi.circles.access import Place
from quanzi.db.engine import row
from quanzi.identity import sessions
from quanzi.moderation import appealing, deciding, opening, reporting
from quanzi.moderation.ruling import Ruling
from quanzi.posts import commenting, drafts, writing

NIGHT_RUN, PETS = "pearl-river-night-run", "city-pets"
ADVERT = "跑完膝盖疼的看过来，我家的膏药好用，加微信 gaoyao8899"
SCOLDING = "你这个傻逼，不会养就别养"
OFF_TOPIC = "顺便问问，体育东路哪家理发店不推销办卡？另外周六的跑团还能报名吗"


async def review(ids: dict[str, int]) -> None:
    """Where something waits already nothing is added."""
    if await row("select 1 from review_case where state <> 'decided' limit 1"):
        return
    await _writes(await _place(NIGHT_RUN, ids["aqiang"]), ADVERT)
    await _scolds(ids)
    await _is_reported(ids)
    await _was_decided_and_appeals(ids)
    await opening.open_due()


async def _scolds(ids: dict[str, int]) -> None:
    place = await _place(PETS, ids["dazhuang"])
    post = await _newest(place)
    await commenting.comment(place, post, SCOLDING, key=uuid.uuid4())


async def _is_reported(ids: dict[str, int]) -> None:
    place = await _place(PETS, ids["xiaolan"])
    await reporting.report(
        place, await _newest(place), 0, category="advertising", note="像是在卖东西"
    )


async def _was_decided_and_appeals(ids: dict[str, int]) -> None:
    author = await _place(NIGHT_RUN, ids["laozhou"])
    post_id = await _writes(author, OFF_TOPIC)
    reviewer = await _place(NIGHT_RUN, ids["joyrun-reviewer"])
    decision = await deciding.at_once(
        reviewer,
        post_id,
        0,
        Ruling(
            "other",
            "remove",
            "",
            None,
            credit=True,
            reason="这里只聊跑步，理发店请到别的圈子问。",
        ),
    )
    if author.viewer is not None:
        words = "后半句是真的想报名，前半句我删掉，请恢复。"
        await appealing.appeal(author.viewer, decision, words)


async def _writes(place: Place, body: str) -> int:
    draft = drafts.read(
        body=body, topics="", publish_at="", pin=False, pin_until="", key="", time_zone="UTC"
    )
    return (await writing.publish(place, draft)).post_id


async def _place(circle: str, member_id: int) -> Place:
    return await access.front(circle, sessions.absent(member_id))


async def _newest(place: Place) -> int:
    """Of somebody else's."""
    found = await row(
        """select id from post where circle_id = $1 and state = 'published' and author_id <> $2
           and not by_staff order by seq desc limit 1""",
        place.circle.id,
        place.member_id,
    )
    return int(found["id"]) if found else 0
