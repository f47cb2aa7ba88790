"""The site gets another name."""

from quanzi.audit import writing as audit
from quanzi.db.transaction import transaction
from quanzi.identity.sessions import Viewer
from quanzi.site import naming


async def rename(viewer: Viewer, typed: str) -> None:
    """Raises Invalid."""
    name = naming.checked(typed)
    async with transaction():
        await naming.call(name)
        await audit.write("site.named", actor_id=viewer.member_id, detail={"name": name})
