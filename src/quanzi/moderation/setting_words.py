"""Putting other word lists in force."""

from quanzi.audit import writing as audit
from quanzi.db.transaction import transaction
from quanzi.errors import NotAllowed
from quanzi.identity.sessions import Viewer
from quanzi.moderation import policy
from quanzi.screening import lists
from quanzi.screening.book import Book
from quanzi.screening.comparing import compared


async def put_in_force(
    viewer: Viewer, book: Book, *, after: int, note: str, anyway: bool = False
) -> int:
    """The new version. Raises NotAllowed; Invalid, also for what is worse than before unless
    `anyway`; Conflict when `after` is no longer the one in force.
    """
    if not policy.can_set_policy(viewer):
        raise NotAllowed
    # Trying takes a while: outside of the transaction.
    await lists.check(book, after=after, note=note, anyway=anyway)
    changes = compared((await lists.of_version(after)).words, book.words)
    async with transaction():
        version = await lists.put_in_force(
            book, after=after, note=note, by=viewer.member_id, anyway=True
        )
        await audit.write(
            "words.changed",
            actor_id=viewer.member_id,
            about=f"words:{version}",
            detail={
                "version": version,
                "added": len(changes.added),
                "changed": len(changes.changed),
                "removed": len(changes.removed),
                "anyway": anyway,
                "reason": note.strip(),
            },
        )
    return version
