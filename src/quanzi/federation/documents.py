"""What stands under our addresses: a circle's two actors, its posts, and where to find them."""

from typing import Any
from urllib.parse import quote

from markupsafe import Markup, escape

from quanzi import __version__
from quanzi.federation import keys, ours
from quanzi.federation.openings import Opening
from quanzi.federation.ours import PUBLIC, Actors
from quanzi.platform import feeds
from quanzi.posts.reading import Picture, Post

Document = dict[str, Any]

CONTEXT = [
    "https://www.w3.org/ns/activitystreams",
    "https://w3id.org/security/v1",
    {
        "toot": "http://joinmastodon.org/ns#",
        "lemmy": "https://join-lemmy.org/ns#",
        "discoverable": "toot:discoverable",
        "indexable": "toot:indexable",
        "manuallyApprovesFollowers": "as:manuallyApprovesFollowers",
        "sensitive": "as:sensitive",
        "Hashtag": "as:Hashtag",
        "postingRestrictedToMods": "lemmy:postingRestrictedToMods",
    },
]


def whole(document: Document) -> Document:
    return {"@context": CONTEXT, **document}


def group(opening: Opening) -> Document:
    """The circle: what is followed. Nobody elsewhere can post in it, and it says so."""
    actors = opening.actors
    return {
        **_actor(opening, actors.group, "Group", actors.slug),
        "attributedTo": actors.moderators,
        "postingRestrictedToMods": True,
        "discoverable": True,
        "manuallyApprovesFollowers": False,
        "followers": actors.followers,
        "outbox": actors.outbox,
    }


def author(opening: Opening) -> Document:
    """Who all its posts are by, to others: no person, and not to be followed."""
    actors = opening.actors
    return {
        **_actor(opening, actors.author, "Organization", actors.slug + ours.AUTHOR),
        "discoverable": False,
        "manuallyApprovesFollowers": True,
        "outbox": f"{actors.author}/outbox",
    }


def note(actors: Actors, post: Post) -> Document:
    """The post as its page shows it to a visitor: its words drawn by the same hand, who wrote it by
    the name that stands there, and nothing that leads to them.
    """
    found: Document = {
        "id": actors.post(post.id),
        "type": "Note",
        "attributedTo": actors.author,
        "to": [PUBLIC, actors.group],
        "cc": [actors.followers],
        "audience": actors.group,
        "name": feeds.title(post) or post.author,
        "content": _by(post) + feeds.words(ours.origin(), post),
        "mediaType": "text/html",
        "url": f"{actors.page}/p/{post.id}",
        "published": (post.published_at or feeds.NEVER).isoformat(),
        "sensitive": False,
        "attachment": [_attachment(post, picture) for picture in post.pictures],
        "tag": [
            {
                "type": "Hashtag",
                "name": f"#{name}",
                "href": f"{actors.page}/topics/{quote(name, safe='')}",
            }
            for name in post.topics
        ],
    }
    if post.edited_at:
        found["updated"] = post.edited_at.isoformat()
    return found


def tombstone(actors: Actors, post_id: int) -> Document:
    return {"id": actors.post(post_id), "type": "Tombstone"}


def collection(
    id_: str, count: int, *, items: list[str] | None = None, first: str = ""
) -> Document:
    """Of so many things; which ones is said only where it may be known."""
    found: Document = {"id": id_, "type": "OrderedCollection", "totalItems": count}
    if items is not None:
        found["orderedItems"] = items
    return {**found, "first": first} if first else found


def webfinger(actors: Actors, *, of_author: bool) -> Document:
    actor = actors.author if of_author else actors.group
    name = actors.slug + (ours.AUTHOR if of_author else "")
    return {
        "subject": f"acct:{name}@{ours.host()}",
        "aliases": [actors.page, actor],
        "links": [
            {
                "rel": "http://webfinger.net/rel/profile-page",
                "type": "text/html",
                "href": actors.page,
            },
            {
                "rel": "self",
                "type": "application/activity+json",
                "href": actor,
                "properties": {
                    "https://www.w3.org/ns/activitystreams#type": "Organization"
                    if of_author
                    else "Group"
                },
            },
        ],
    }


def nodeinfo() -> Document:
    """What kind of site this is; how many people it has is its own business."""
    return {
        "version": "2.1",
        "software": {"name": "quanzi", "version": __version__},
        "protocols": ["activitypub"],
        "services": {"inbound": [], "outbound": ["atom1.0"]},
        "openRegistrations": True,
        "usage": {"users": {}},
        "metadata": {},
    }


def _actor(opening: Opening, actor: str, kind: str, name: str) -> Document:
    """What the two have in common: they sign with the same key, each by its own name for it."""
    circle, actors = opening.place.circle, opening.actors
    found: Document = {
        "id": actor,
        "type": kind,
        "preferredUsername": name,
        "name": circle.name,
        "summary": str(Markup("<p>{}</p>").format(escape(circle.intro))) if circle.intro else "",
        "url": actors.page,
        "inbox": actors.inbox,
        "indexable": False,
        "published": circle.created_at.isoformat(),
        "publicKey": {
            "id": ours.key_id(actor),
            "owner": actor,
            "publicKeyPem": keys.public_of(opening.private_key),
        },
    }
    if circle.cover:
        found["icon"] = {**_IMAGE, "url": f"{actors.page}/cover/s.webp"}
        found["image"] = {**_IMAGE, "url": f"{actors.page}/cover/l.webp"}
    return found


def _by(post: Post) -> str:
    return str(Markup("<p><strong>{}</strong></p>").format(post.author))


def _attachment(post: Post, picture: Picture) -> Document:
    return {
        **_IMAGE,
        "url": ours.origin() + picture.src(post.slug, "l"),
        "name": picture.alt or None,
        "width": picture.width,
        "height": picture.height,
    }


# Two things that every picture says.
_IMAGE: Document = {"type": "Image", "mediaType": "image/webp"}
