"""Posting from the composer: publish, and pin it if that was ticked; both or neither."""

from collections.abc import Sequence

from quanzi.circles.access import Place
from quanzi.curation import board, pinning
from quanzi.db.transaction import transaction
from quanzi.errors import Invalid
from quanzi.media import Picture
from quanzi.posts import vetting, writing
from quanzi.posts.drafts import Draft
from quanzi.posts.writing import Written


async def compose(place: Place, draft: Draft, pictures: Sequence[Picture] = ()) -> Written:
    """Raises what `writing.publish` and `pinning.pin` raise; a full board under `pin`."""
    vetted = await vetting.vet(
        place, draft.body, kind="post", shown=pictures, topics=draft.topics, alts=draft.alts
    )
    async with transaction():
        if draft.pin:
            # Before the log's counter is taken, which others of this circle wait for.
            await board.lock(place.circle.id)
        written = await writing.publish(place, draft, pictures, vetted)
        if draft.pin and written.seq is not None and not written.again:
            try:
                await pinning.pin(place, written.post_id, ends_at=draft.pin_until)
            except Invalid as full:
                raise Invalid(pin=next(iter(full.fields.values()))) from full
    return written
