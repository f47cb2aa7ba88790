"""What open pages ask of the rooms above `live/`, answered by those rooms; `app.py` hands it in."""

from collections.abc import Collection, Sequence

from quanzi.activity import reading as activity
from quanzi.activity import tallying
from quanzi.circles import access
from quanzi.db.engine import rows
from quanzi.moderation import cases as queue
from quanzi.notifications import counting
from quanzi.posts import feed


class Log:
    """`live.log.Log`, by activity."""

    heads = staticmethod(activity.heads)
    after = staticmethod(activity.after)
    epoch = staticmethod(activity.epoch)


class Figures:
    """`live.log.Figures`, by activity and posts."""

    read = staticmethod(tallying.read)
    on_page = staticmethod(feed.figures_on_page)


class Own:
    """`live.tidings.Own`, by notifications and moderation."""

    async def read(self, member_ids: Collection[int]) -> dict[int, dict[str, int]]:
        unseen = await counting.unseen_of(member_ids)
        cases = await queue.open_for(list(member_ids))
        return {
            member_id: {"notices": n} | cases.get(member_id, {}) for member_id, n in unseen.items()
        }


class Rights:
    """`live.log.Rights`, by circles and identity."""

    turned_away = staticmethod(access.turned_away)

    async def revoked(self) -> Sequence[tuple[int, str, str]]:
        found = await rows(
            "select id, kind, subject from revocation where at > now() - interval '20 seconds'"
        )
        return [tuple(line) for line in found]
