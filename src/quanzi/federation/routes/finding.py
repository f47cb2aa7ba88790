"""How a circle is found by `@name@host`, and what kind of site this is."""

from typing import Annotated

from litestar import Response, get
from litestar.params import QueryParameter

from quanzi.errors import NotFound
from quanzi.federation import documents, openings, ours
from quanzi.federation.ours import Actors
from quanzi.federation.routes.answers import OPEN, plain

Resource = Annotated[str, QueryParameter(name="resource", max_length=500)]
SCHEMA = "http://nodeinfo.diaspora.software/ns/schema/2.1"


@get("/.well-known/webfinger", opt=OPEN)
async def show_webfinger(resource: Resource = "") -> Response[bytes]:
    slug, of_author = _meant(resource)
    actors = (await openings.opening(slug)).actors
    return plain(documents.webfinger(actors, of_author=of_author), "application/jrd+json")


@get("/.well-known/nodeinfo", opt=OPEN)
async def show_where_nodeinfo_is() -> Response[bytes]:
    if not ours.federates():
        raise NotFound
    links = [{"rel": SCHEMA, "href": f"{ours.origin()}/ap/nodeinfo/2.1"}]
    return plain({"links": links}, "application/json")


@get("/ap/nodeinfo/2.1", opt=OPEN)
async def show_nodeinfo() -> Response[bytes]:
    if not ours.federates():
        raise NotFound
    return plain(documents.nodeinfo(), f'application/json; profile="{SCHEMA}#"')


def _meant(resource: str) -> tuple[str, bool]:
    """A circle's name in addresses, and whether its author is meant. Raises NotFound."""
    if resource.lower().startswith("acct:"):
        name, _, host = resource[5:].lstrip("@").lower().rpartition("@")
        if host != ours.host():
            raise NotFound
        return name.removesuffix(ours.AUTHOR), name.endswith(ours.AUTHOR)
    slug = resource.removesuffix("/author").rpartition("/")[2]
    actors = Actors(slug)
    if resource not in {actors.page, actors.group, actors.author}:
        raise NotFound
    return slug, resource == actors.author
