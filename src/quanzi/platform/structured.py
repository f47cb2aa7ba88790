"""What a search engine is told of a post beside the words people read: schema.org's
`DiscussionForumPosting`, as JSON-LD. Nothing that the page does not show.
"""

from typing import Any

from quanzi.posts.reading import Post

LIKED, SAID = "https://schema.org/LikeAction", "https://schema.org/CommentAction"


def of_post(origin: str, post: Post) -> dict[str, Any]:
    """`origin`: of this site."""
    circle = f"{origin}/c/{post.slug}"
    told: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "DiscussionForumPosting",
        "url": f"{circle}/p/{post.id}",
        "text": post.body,
        "author": {"@type": "Person", "name": post.author, "url": f"{origin}/m/{post.handle}"},
        "isPartOf": {"@type": "WebPage", "name": post.circle, "url": circle},
        "interactionStatistic": [_counted(LIKED, post.likes), _counted(SAID, post.comments)],
    }
    for name, moment in (("datePublished", post.published_at), ("dateModified", post.edited_at)):
        if moment:
            told[name] = moment.isoformat(timespec="milliseconds")
    if post.pictures:
        told["image"] = [f"{origin}{each.src(post.slug, 'l')}" for each in post.pictures]
    return told


def _counted(kind: str, n: int) -> dict[str, Any]:
    return {"@type": "InteractionCounter", "interactionType": kind, "userInteractionCount": n}
