"""Who may do what with posts. Plain questions on loaded rows; templates ask the same ones."""

from typing import Protocol

from quanzi.circles import policy as circles
from quanzi.circles.access import Place

NEW_FOR_DAYS = 3
REMOVES = frozenset({"owner", "editor", "reviewer"})


class PostLike(Protocol):
    """A post or a comment, as far as rights go."""

    @property
    def author_id(self) -> int: ...
    @property
    def state(self) -> str: ...
    @property
    def by_staff(self) -> bool: ...


def can_see(place: Place, post: PostLike) -> bool:
    """What is out, who may read the circle; what waits, who wrote it or will decide about it."""
    match post.state:
        case "published":
            return True
        case "scheduled":
            return can_edit_post(place, post)
        case "held":
            return _is_author(place, post) or can_review(place)
    return False


def can_post(place: Place) -> bool:
    if place.viewer is None:
        return False
    return place.circle.posting == "members" or circles.can_edit(place)


def can_comment(place: Place) -> bool:
    """Also where only the partner posts: fans talk back. What the circle asks of them is asked
    beside this, by `thresholds.missing`, as for posts.
    """
    return place.viewer is not None and circles.can_read(place)


def can_like(place: Place) -> bool:
    return place.viewer is not None and circles.can_read(place)


def is_newcomer(place: Place) -> bool:
    """Too new to the site to do much at once, unless their name is verified."""
    return (
        place.viewer is not None
        and place.days < NEW_FOR_DAYS
        and not (place.verified or place.role or place.platform_role)
    )


def can_plan(place: Place) -> bool:
    """Choose when a post comes out."""
    return circles.can_edit(place)


def needs_approval(place: Place) -> bool:
    """What they post comes out once an owner has said so."""
    return place.circle.pace.approval and place.role == "editor"


def can_approve(place: Place) -> bool:
    return place.role == "owner"


def can_carry(place: Place) -> bool:
    """Let a post carry one of the circle's services."""
    return circles.can_edit(place)


def can_edit_post(place: Place, post: PostLike) -> bool:
    """One's own words; and the partner's words by who speaks for the partner."""
    return _is_author(place, post) or (post.by_staff and circles.can_edit(place))


def can_remove(place: Place, post: PostLike) -> bool:
    """One's own, a post or a comment; and the partner's by who speaks for the partner. About what
    others wrote somebody decides, see `moderation/`.
    """
    return can_edit_post(place, post)


class StoneLike(PostLike, Protocol):
    """What is left of one that was taken away."""

    @property
    def removed_by(self) -> int | None: ...


def can_restore(place: Place, stone: StoneLike) -> bool:
    """Undo what one did oneself; whether it still can be is another question."""
    mine = place.member_id is not None and stone.removed_by == place.member_id
    return mine and stone.state == "removed" and can_remove(place, stone)


def can_review(place: Place) -> bool:
    """Decide about what others wrote here."""
    return place.role in REMOVES or bool(place.platform_role)


def _is_author(place: Place, post: PostLike) -> bool:
    return place.member_id is not None and place.member_id == post.author_id
