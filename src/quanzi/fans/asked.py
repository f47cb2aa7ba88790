"""What a form of conditions offers and reads: the circle's own tags and services."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from quanzi.db.engine import rows
from quanzi.errors import Said
from quanzi.fans import conditions as asking
from quanzi.fans import tags, wording
from quanzi.fans.conditions import Conditions, Typed
from quanzi.fans.tags import Tag

MOST_SERVICES = 100


@dataclass(frozen=True, slots=True)
class Offered:
    tags: Sequence[Tag]
    services: Mapping[int, str]

    @property
    def tag_names(self) -> Mapping[int, str]:
        return {tag.id: tag.name for tag in self.tags}

    def read(self, typed: Typed) -> Conditions:
        """Raises Invalid."""
        return asking.read(typed, self.tag_names, self.services)

    def sentences(self, conditions: Conditions) -> Sequence[Said]:
        return wording.sentences(conditions, self.tag_names, self.services)


async def offered(circle_id: int) -> Offered:
    found = await rows(
        f"""select id, title from service
            where circle_id = $1 and state <> 'deleted' and link = '' order by place, id
            limit {MOST_SERVICES}""",
        circle_id,
    )
    services = {line["id"]: line["title"] for line in found}
    return Offered(await tags.listed(circle_id), services)
