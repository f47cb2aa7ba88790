"""A post as it would be drawn, of which nothing is kept."""

from collections.abc import Sequence
from dataclasses import dataclass

from quanzi import clock
from quanzi.circles import policy as circles
from quanzi.circles.access import Place
from quanzi.errors import NotAllowed, Said, said
from quanzi.posts import carrying, naming, policy, prose, vetting
from quanzi.posts.carrying import Offer
from quanzi.posts.drafts import Draft
from quanzi.posts.reading import Picture, Post
from quanzi.screening import verdicts
from quanzi.screening.categories import CATEGORIES
from quanzi.screening.verdicts import Piece, Verdict
from quanzi.web.assets import asset

# Where nobody says how large a picture is.
WIDTH, HEIGHT = 1200, 900


@dataclass(frozen=True, slots=True)
class Placeholder(Picture):
    """Stands for a picture that nobody has sent yet."""

    def src(self, slug: str, size: str) -> str:  # noqa: ARG002 - of every circle and in every size
        return asset("images/picture.svg")


@dataclass(frozen=True, slots=True)
class Preview:
    """`notes`: what its author should know before they send it."""

    post: Post
    notes: Sequence[Said]


async def preview(place: Place, draft: Draft, sizes: Sequence[tuple[int, int]]) -> Preview:
    """`sizes`: of its pictures, width and height. Raises NotAllowed."""
    if not policy.can_post(place) or place.viewer is None:
        raise NotAllowed
    piece = Piece(
        "post", place.circle.id, place.viewer.member_id, draft.body, vetting.harder(place),
        vetting.spared(place), beside="".join(f"\n{each}" for each in (*draft.topics, *draft.alts)),
    )  # fmt: skip
    verdict = await verdicts.judge(piece)
    body = verdicts.shown(verdict, draft.body)
    circle, viewer = place.circle, place.viewer
    post = Post(
        circle_id=circle.id,
        id=0,
        author_id=viewer.member_id,
        state="published",
        waits_for="",
        seq=None,
        version=0,
        body=body,
        by_staff=circles.can_edit(place),
        publish_at=None,
        published_at=draft.publish_at or clock.now(),
        edited_at=None,
        digest_at=None,
        handle=viewer.handle,
        author=viewer.name,
        slug=circle.slug,
        circle=circle.name,
        circle_en=circle.name_en,
        time_zone=circle.time_zone,
        partner=circle.partner_name,
        partner_en=circle.partner_name_en,
        pictures=_pictures(sizes, draft.alts),
        topics=tuple(draft.topics),
        mentions=tuple(await naming.known(body)),
        card=None,
        service=await _carried(place, draft),
        comments=0,
        likes=0,
    )
    return Preview(post, _notes(verdict, body))


async def _carried(place: Place, draft: Draft) -> Offer | None:
    if not draft.service:
        return None
    return next((each for each in await carrying.choices(place) if each.id == draft.service), None)


def _pictures(sizes: Sequence[tuple[int, int]], alts: Sequence[str]) -> tuple[Picture, ...]:
    said_of = [*alts, *[""] * len(sizes)]
    return tuple(
        Placeholder(f"preview-{n}", width, height, "", said_of[n])
        for n, (width, height) in enumerate(sizes)
    )


def _notes(verdict: Verdict, body: str) -> list[Said]:
    category = CATEGORIES.get(verdict.category, said("其他"))
    found = {
        "refuse": said("疑似“%(category)s”，不能发布。", category=category),
        "hold": said("疑似“%(category)s”，要先审核。", category=category),
        "mask": said("有一部分会打上星号。"),
        "limit": said("只会在这个圈子里看得到。"),
    }
    notes = [found[verdict.action]] if verdict.action in found else []
    if prose.first_link(body):
        notes.append(said("链接的卡片在发布以后几秒钟出现。"))
    return notes
