"""Pictures that come with a post, looked at while its author waits a moment; what is not seen by
then waits without them.
"""

from collections.abc import Sequence
from functools import cache

from quanzi.media.incoming import store
from quanzi.screening import hashes
from quanzi.screening.finding import Finding
from quanzi.screening.looking import Looker, Seen

WITHIN = 1.0


@cache
def looker() -> Looker:
    """This process's own; its child is started when there is something to look at."""
    return Looker(store())


async def look(names: Sequence[str], *, within: float | None = None) -> list[Seen | None]:
    """Without a limit of its own, as long as an author may be kept waiting."""
    return await looker().look(names, within=WITHIN if within is None else within) if names else []


async def close() -> None:
    if looker.cache_info().currsize:
        await looker().close()
        looker.cache_clear()


async def findings(seen: Sequence[Seen | None]) -> list[Finding]:
    """What the machine thinks of each, and which of them people have removed before."""
    found = []
    for number, each in enumerate(seen, start=1):
        if each is None:
            continue
        found.append(Finding(each.category, each.score, 0, 0, f"picture:{number}"))
        category = await hashes.known(each.hash)
        if category:
            found.append(Finding(category, 1.0, 0, 0, f"removed before:{number}"))
    return found
