"""What a circle's followers elsewhere are told of one thing that happened in it.

As Lemmy does it (FEP-1b12): the group repeats what its author does, as an activity for servers that
understand that, and by the post's address alone for those that only know how to repeat a post, as
Mastodon. A change or a removal the author says itself, too: to Mastodon nobody else may.

Each activity has the same id whenever it is sent again: it stands in a document that is served.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import msgspec

from quanzi.federation import documents
from quanzi.federation.documents import Document
from quanzi.federation.openings import Opening
from quanzi.federation.ours import PUBLIC, Actors
from quanzi.live.log import Logged
from quanzi.posts import reading
from quanzi.posts.reading import Post

OPS = {"post.published", "post.edited", "post.removed", "post.restored", "circle.changed"}


@dataclass(frozen=True, slots=True)
class Letter:
    """One activity as it is sent, and whose key signs it."""

    actor: str
    body: bytes


async def letters_of(opening: Opening, event: Logged, place: str) -> Sequence[Letter]:
    """Of the thing as it is now: what is removed by now is never sent for the first time, nor again.
    `place`: names the event for good.
    """
    actors = opening.actors
    if event.op == "circle.changed":
        return circle_changed(opening, place)
    post = (await reading.some(event.circle_id, [event.subject_id])).get(event.subject_id)
    if event.op == "post.removed":
        return [] if post else removed(actors, event.subject_id, place)
    if post is None:
        return []
    return (
        edited(actors, post, place) if event.op == "post.edited" else published(actors, post, place)
    )


def published(actors: Actors, post: Post, place: str) -> list[Letter]:
    announced = announce(actors, post, place)
    by_address = {**announced, "id": f"{announced['id']}-address", "object": actors.post(post.id)}
    return [_letter(announced), _letter(by_address)]


def announce(actors: Actors, post: Post, place: str) -> Document:
    """That the author made it, repeated by the group: what the outbox holds, too."""
    note = documents.note(actors, post)
    made = _by_author(actors, "Create", f"{note['id']}#created-{place}", note)
    return _repeated(actors, made, post.published_at)


def edited(actors: Actors, post: Post, place: str) -> list[Letter]:
    note = documents.note(actors, post)
    changed = _by_author(actors, "Update", f"{note['id']}#changed-{place}", note)
    return [_letter(changed), _letter(_repeated(actors, changed, post.edited_at))]


def removed(actors: Actors, post_id: int, place: str) -> list[Letter]:
    stone = documents.tombstone(actors, post_id)
    gone = _by_author(actors, "Delete", f"{stone['id']}#removed-{place}", stone)
    return [_letter(gone), _letter(_repeated(actors, gone, None))]


def circle_changed(opening: Opening, place: str) -> list[Letter]:
    return [
        _letter(_of_itself("Update", f"changed-{place}", document["id"], document))
        for document in (documents.group(opening), documents.author(opening))
    ]


def accepted(actors: Actors, follower: str, asked: str) -> list[Letter]:
    follow = {"type": "Follow", "id": asked, "actor": follower, "object": actors.group}
    told = {
        "id": f"{actors.group}#accepted-{_short(asked)}",
        "type": "Accept",
        "actor": actors.group,
        "to": [follower],
        "object": follow,
    }
    return [_letter(told)]


def goodbye(actors: Actors) -> list[Letter]:
    return [
        _letter(_of_itself("Delete", "gone", each, each)) for each in (actors.group, actors.author)
    ]


def _by_author(actors: Actors, kind: str, id_: str, thing: Document) -> Document:
    return {
        "id": id_,
        "type": kind,
        "actor": actors.author,
        "to": [PUBLIC, actors.group],
        "cc": [actors.followers],
        "audience": actors.group,
        "object": thing,
    }


def _repeated(actors: Actors, activity: Document, at: datetime | None) -> Document:
    found = {
        "id": f"{actors.group}#announced-{_short(activity['id'])}",
        "type": "Announce",
        "actor": actors.group,
        "to": [PUBLIC],
        "cc": [actors.followers],
        "object": activity,
    }
    return {**found, "published": at.isoformat()} if at else found


def _of_itself(kind: str, what: str, actor: str, thing: Document | str) -> Document:
    return {"id": f"{actor}#{what}", "type": kind, "actor": actor, "to": [PUBLIC], "object": thing}


def _short(id_: str) -> str:
    return hashlib.sha256(id_.encode()).hexdigest()[:24]


def _letter(activity: Document) -> Letter:
    return Letter(activity["actor"], msgspec.json.encode(documents.whole(activity)))
