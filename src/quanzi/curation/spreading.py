"""One post for several circles of one partner, each with its own rules, its own feed, its own talk.

What cannot come out in one of them waits there as a draft, and who posts is told why.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace

from quanzi.circles import access
from quanzi.circles.access import Place
from quanzi.curation import composing
from quanzi.db.engine import rows
from quanzi.errors import Barred, Invalid, NotFound, Refusal, Said
from quanzi.posts import pictures, policy
from quanzi.posts.drafts import Draft


@dataclass(frozen=True, slots=True)
class Other:
    """Another circle of the partner's, as the composer offers it."""

    slug: str
    name: str
    name_en: str


@dataclass(frozen=True, slots=True)
class Failed:
    """`kept`: whether it waits there as a draft."""

    circle: str
    slug: str
    why: Said
    kept: bool


async def others(place: Place) -> list[Other]:
    """Where else who may plan here can post at once."""
    if not policy.can_plan(place):
        return []
    found = await rows(
        """select slug, name, name_en from circle where partner_id = $1 and id <> $2
           order by id limit 100""",
        place.circle.partner_id,
        place.circle.id,
    )
    return [Other(**line) for line in found]


async def spread(
    place: Place, draft: Draft, files: Sequence[bytes], slugs: Sequence[str]
) -> list[Failed]:
    """Where it could not come out. A place that is not the partner's is nobody's business: left out."""
    allowed = {other.slug for other in await others(place)}
    failed = []
    for slug in slugs:
        if slug in allowed:
            failure = await _to(place, slug, draft, files)
            if failure is not None:
                failed.append(failure)
    return failed


async def _to(place: Place, slug: str, draft: Draft, files: Sequence[bytes]) -> Failed | None:
    try:
        there = await access.place(slug, place.viewer)
    except NotFound:
        return None
    except Barred as why:
        name = next(other.name for other in await others(place) if other.slug == slug)
        return Failed(name, slug, why.sentence, kept=False)
    # The same form sent again says the same in each of them, and nothing twice. A service is one
    # circle's own.
    there_too = replace(draft, key=uuid.uuid5(draft.key, slug), service=None)
    try:
        await _compose(there, there_too, files)
    except Refusal as why:
        # It is out in the circle it was written in, whatever stands against it here.
        sentence = next(iter(why.fields.values())) if isinstance(why, Invalid) else why.sentence
        return Failed(there.circle.name, slug, sentence, await _keep(there, there_too, files))
    return None


async def _keep(there: Place, draft: Draft, files: Sequence[bytes]) -> bool:
    key = uuid.uuid5(draft.key, "kept")
    try:
        await _compose(there, replace(draft, kept=True, publish_at=None, pin=False, key=key), files)
    except Refusal:
        return False
    return True


async def _compose(there: Place, draft: Draft, files: Sequence[bytes]) -> None:
    async with pictures.taken_in(files) as taken:
        written = await composing.compose(there, draft, taken)
    if written.again:
        await pictures.discard_all(taken)
