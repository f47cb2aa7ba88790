"""What of this site others know it by: whether it speaks to them at all, its name, its addresses."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from quanzi.settings import settings

PUBLIC = "https://www.w3.org/ns/activitystreams#Public"
# No circle's own name holds a dot: nobody else can be called so.
AUTHOR = ".posts"


def federates() -> bool:
    return settings().federation and bool(settings().url)


def origin() -> str:
    return settings().url


def host() -> str:
    """What stands behind the @ in a circle's name."""
    return urlsplit(origin()).netloc


def is_blocked(netloc: str) -> bool:
    """A domain that the operator named, or one below it."""
    name = (urlsplit(f"//{netloc}").hostname or "").rstrip(".")
    return any(name == each or name.endswith(f".{each}") for each in settings().federation_blocked)


@dataclass(frozen=True, slots=True)
class Actors:
    """A circle's two: the group that is followed, and the author of all that stands in it.

    Lemmy takes a post from nobody that is a group; who wrote it here is nobody's business there.
    """

    slug: str

    @property
    def page(self) -> str:
        return f"{origin()}/c/{self.slug}"

    @property
    def group(self) -> str:
        return f"{origin()}/ap/c/{self.slug}"

    @property
    def author(self) -> str:
        return f"{self.group}/author"

    @property
    def inbox(self) -> str:
        return f"{self.group}/inbox"

    @property
    def outbox(self) -> str:
        return f"{self.group}/outbox"

    @property
    def followers(self) -> str:
        return f"{self.group}/followers"

    @property
    def moderators(self) -> str:
        return f"{self.group}/moderators"

    @property
    def address(self) -> str:
        """What people search for."""
        return f"@{self.slug}@{host()}"

    def post(self, post_id: int) -> str:
        return f"{self.group}/p/{post_id}"


def key_id(actor: str) -> str:
    """In the very document that is served under the actor's own address."""
    return f"{actor}#main-key"
