"""Made-up things for the gallery: what is long, many, empty, or wrong."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from quanzi.circles.access import Place, Shown
from quanzi.circles.pace import Pace
from quanzi.circles.thresholds import Missing
from quanzi.curation.beginning import Step
from quanzi.identity.sessions import Viewer
from quanzi.posts.carrying import Offer
from quanzi.posts.comments import Comment
from quanzi.posts.reading import Card, Picture, Post
from quanzi.web.assets import asset

LONG_NAME = "一个名字特别特别长的人 Maximiliane-Alexandrine von und zu"
LONG_HANDLE = "a-very-long-handle-without-any-break-in-it"
MIXED = "今天跑了10km，配速5'30\"，路线在https://example.org/a-very-long-address-that-does-not-break/route?from=珠江 见，@小兰 你来吗？GPS信号OK。"
ENDLESS = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft" * 2
AT = datetime(2026, 11, 11, 7, 30, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Drawn(Picture):
    """A picture that every site has: its own mark."""

    def src(self, slug: str, size: str) -> str:  # noqa: ARG002 - as a picture is asked
        return asset(self.name)


VIEWER = Viewer(1, "gallery", "样例", "", b"", AT + timedelta(days=10_000))
CIRCLE = Shown(
    id=0, slug="gallery", partner_id=0, category_slug="fitness", name="珠江夜跑圈",
    name_en="Pearl River Night Run", intro="每周三、周日晚上七点，海心沙集合。", rules="", cover="",
    colour="#5b8a72", posting="members", hidden=False, thresholds={}, pace=Pace(), pin_slots=3,
    time_zone="Asia/Shanghai", version=1, created_at=AT, offers="", check_ins=False,
    partner_slug="joyrun", partner_name="悦跑圈", partner_name_en="Joyrun",
)  # fmt: skip
LONG_CIRCLE = replace(
    CIRCLE, slug="gallery-long", name="名字长到一行放不下的圈子 with a Latin tail that goes on", name_en="",
    intro=MIXED * 2, hidden=True, partner_name=LONG_NAME, partner_name_en="",
)  # fmt: skip
OWNER = Place(CIRCLE, VIEWER, "owner", follows=True)
MEMBER = Place(CIRCLE, VIEWER, "")
VISITOR = Place(CIRCLE, None, "")

WIDE = Drawn("images/icon-512.png", 512, 300, "#dfe8e2", "横的图片")
TALL = Drawn("images/icon-512.png", 300, 512, "#f0e2d2", "竖的图片")
POST = Post(
    circle_id=0, id=1, author_id=1, state="published", waits_for="", seq=1, version=1,
    body="今晚七点，海心沙见。#夜跑#", by_staff=False, publish_at=None, published_at=AT,
    edited_at=None, digest_at=None, handle="gallery", author="小兰", slug="gallery", circle="珠江夜跑圈",
    circle_en="", time_zone="Asia/Shanghai", partner="悦跑圈", partner_en="Joyrun", pictures=(),
    topics=(), mentions=(), card=None, service=None, comments=0, likes=0,
)  # fmt: skip
COMMENT = Comment(
    circle_id=0, id=1, post_id=1, root_id=None, reply_to=None, author_id=1, state="published",
    version=1, body="我也来。", by_staff=False, created_at=AT, handle="gallery", author="小兰",
    to_handle=None, to_author=None, slug="gallery", time_zone="Asia/Shanghai", partner="悦跑圈",
    partner_en="Joyrun", mentions=(),
)  # fmt: skip

POSTS = {
    "plain": POST,
    "long names, many": replace(POST, author=LONG_NAME, handle=LONG_HANDLE, by_staff=True,
                                digest_at=AT, edited_at=AT, body=MIXED, likes=12_345,
                                comments=123_456_789),
    "a word without end": replace(POST, body=ENDLESS, topics=("跑步", "一个很长很长的话题 with Latin")),
    "folded": replace(POST, body="一段。\n\n" * 30),
    "one wide picture": replace(POST, pictures=(WIDE,)),
    "one tall picture": replace(POST, pictures=(TALL,)),
    "four pictures": replace(POST, pictures=(WIDE, TALL) * 2),
    "nine pictures": replace(POST, pictures=(WIDE, TALL, WIDE) * 3),
    "only a picture": replace(POST, body="", pictures=(WIDE,)),
    "a link card": replace(POST, card=Card("https://example.org", MIXED, MIXED, "example.org", WIDE)),
    "a service": replace(POST, by_staff=True, service=Offer(1, "陪跑", "¥ 99", "", "shown")),
    "a service that is gone": replace(POST, by_staff=True, service=Offer(1, "", "", "", "gone")),
    "waits": replace(POST, state="held", published_at=None),
}  # fmt: skip
COMMENTS = {
    "plain": COMMENT,
    "a reply": replace(COMMENT, root_id=1, reply_to=1, to_handle="gallery", to_author=LONG_NAME),
    "long, staff": replace(COMMENT, author=LONG_NAME, by_staff=True, body=MIXED + ENDLESS),
    "removed": replace(COMMENT, state="removed", body="", author="", handle=""),
}
# Each a drawing of its own: what is kept by its key must not be taken for another.
POSTS = {name: replace(post, id=-n) for n, (name, post) in enumerate(POSTS.items(), start=1)}
COMMENTS = {name: replace(each, id=-n) for n, (name, each) in enumerate(COMMENTS.items(), start=1)}
LACKS = {
    "to sign in": Missing("post", sign_in=True),
    "a verified name and credit": Missing("post", verify=True, credit=600, has=520, days=7, left=3),
}
STEPS = {
    "none done": (Step("face", False), Step("post", False), Step("follower", False)),  # noqa: FBT003
    "some done": (Step("face", True), Step("post", True), Step("follower", False)),  # noqa: FBT003
}
OUTCOMES = ("held", "pictures", "kept", "asked", "planned", "masked", "limited")
