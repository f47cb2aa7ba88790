"""Rows and things of the rooms below, as programs are told of them."""

from collections.abc import Mapping
from typing import Any

from quanzi.circles.access import Place, Shown
from quanzi.collections import reading as collected
from quanzi.platform import shapes
from quanzi.posts import comments, reading


def circle(origin: str, here: Shown, followers: int, place: Place | None = None) -> shapes.Circle:
    return shapes.Circle(
        slug=here.slug,
        name=here.name,
        name_en=here.name_en,
        intro=here.intro,
        rules=here.rules,
        category=here.category_slug,
        partner=here.partner_slug,
        partner_name=here.partner_name,
        posting=here.posting,
        time_zone=here.time_zone,
        hidden=here.hidden,
        created_at=here.created_at,
        followers=followers,
        url=f"{origin}/c/{here.slug}",
        role=place.role if place else "",
        follows=place.follows if place else False,
    )


def post(origin: str, found: reading.Post) -> shapes.Post:
    return shapes.Post(
        id=found.id,
        circle=found.slug,
        state=found.state,  # type: ignore[arg-type]
        seq=found.seq,
        version=found.version,
        author=shapes.Person(handle=found.handle, name=found.author),
        by_staff=found.by_staff,
        body=found.body,
        topics=list(found.topics),
        mentions=list(found.mentions),
        images=[
            shapes.Image(
                url=origin + each.src(found.slug, "l"),
                width=each.width,
                height=each.height,
                alt=each.alt,
            )
            for each in found.pictures
        ],
        link=found.card.address if found.card else None,
        service_id=found.service.id if found.service else None,
        publish_at=found.publish_at,
        published_at=found.published_at,
        edited_at=found.edited_at,
        digest_at=found.digest_at,
        comments=found.comments,
        likes=found.likes,
        url=f"{origin}/c/{found.slug}/p/{found.id}",
    )


def tag_of(found: reading.Post) -> str:
    """Its version first: that is what a change is held against."""
    return f"{found.version}.{found.comments}.{found.likes}.{found.state}"


def comment(found: comments.Comment) -> shapes.Comment:
    gone = found.state == "removed"
    return shapes.Comment(
        id=found.id,
        post_id=found.post_id,
        root_id=found.root_id,
        reply_to=found.reply_to,
        state=found.state,
        author=None if gone else shapes.Person(handle=found.handle, name=found.author),
        by_staff=found.by_staff and not gone,
        body="" if gone else found.body,
        created_at=found.created_at,
    )


def thread(found: comments.Thread) -> shapes.Thread:
    return shapes.Thread(
        comment=comment(found.root),
        replies=[comment(each) for each in found.replies],
        more=found.more,
    )


def collection_head(origin: str, slug: str, line: Mapping[str, Any]) -> shapes.CollectionHead:
    return shapes.CollectionHead(
        id=line["id"],
        title=line["title"],
        intro=line["intro"],
        posts=line["entries"],
        url=f"{origin}/c/{slug}/collections/{line['id']}",
    )


def collection(origin: str, found: collected.Collection) -> shapes.Collection:
    return shapes.Collection(
        id=found.id,
        title=found.title,
        intro=found.intro,
        version=found.version,
        sections=[
            shapes.CollectionSection(
                title=section.title,
                items=[
                    shapes.CollectionItem(
                        post_id=each.post_id,
                        title=each.title,
                        note=each.note,
                        metres=each.metres,
                        start=each.start,
                        link=each.link,
                    )
                    for each in section.items
                ],
            )
            for section in found.sections
        ],
        url=f"{origin}/c/{found.slug}/collections/{found.id}",
    )
