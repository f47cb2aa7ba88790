"""The audit log as people read it: with names, and the way to what it is about."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from quanzi.audit import reading
from quanzi.audit.reading import Entry
from quanzi.db.engine import rows
from quanzi.errors import Said, said
from quanzi.moderation.ruling import ACTIONS, MEASURES
from quanzi.screening.categories import CATEGORIES

PAGE = 50
DEEDS: dict[str, Said] = {
    "case.decided": said("决定了审核单"),
    "ban.confirmed": said("确认了处罚"),
    "ban.declined": said("否决了处罚"),
    "appeal.upheld": said("维持了决定，驳回申诉"),
    "appeal.overturned": said("改判，申诉成立"),
    "policy.changed": said("修改了机审规则"),
    "words.changed": said("修改了词表"),
    "documents.opened": said("查看了证件"),
    "verification.approved": said("通过了实名认证"),
    "verification.refused": said("没有通过实名认证"),
    "application.approved": said("通过了申请"),
    "application.refused": said("没有通过申请"),
    "rules.changed": said("修改了信用规则"),
    "credit.upheld": said("维持了信用流水"),
    "credit.overturned": said("信用申诉成立"),
    "staff.role": said("调整了角色"),
    "staff.removed": said("移出了工作人员"),
    "requests.exported": said("导出了服务预约"),
    "circle.exported": said("下载了整个圈子"),
    "rank.granted": said("调整了平台身份"),
    "member.suspended": said("封禁了账号"),
    "member.let_in": said("解除了封禁"),
    "category.changed": said("修改了分类"),
    "jobs.retried": said("让等着的事马上重试"),
    "mail.tried": said("寄了一封试信"),
    "site.founded": said("设置了网站"),
    "site.named": said("修改了网站名称"),
    "site.restored": said("从备份恢复了整个网站"),
}
KINDS: dict[str, Said] = {
    "post": said("一篇帖子"),
    "comment": said("一条评论"),
    "edit": said("帖子的修改"),
    "decision": said("一个决定"),
    "policy": said("机审规则"),
    "words": said("词表"),
    "verification": said("一份实名认证"),
    "service": said("一项服务"),
    "application": said("一份申请"),
    "rules": said("信用规则"),
    "entry": said("一条信用流水"),
    "member": said("一位用户"),
    "category": said("一个分类"),
    "jobs": said("等着的事"),
}
ERASED = "deleted-"


@dataclass(frozen=True, slots=True)
class Person:
    """`handle` is empty for who has left."""

    handle: str
    name: str


@dataclass(frozen=True, slots=True)
class Circle:
    slug: str
    name: str
    name_en: str


@dataclass(frozen=True, slots=True)
class Line:
    """`kind`, `number`: what it is about, '' when nothing; `href`: where that is, '' when nowhere."""

    entry: Entry
    actor: Person | None
    member: Person | None
    circle: Circle | None
    kind: str
    number: str
    href: str

    @property
    def what(self) -> Sequence[Said]:
        """What was decided, in a few words."""
        detail = self.entry.detail or {}
        named = ((CATEGORIES, "category"), (ACTIONS, "action"), (MEASURES, "measure"))
        given = ((names, detail.get(name)) for names, name in named)
        return [names[key] for names, key in given if isinstance(key, str) and key in names and key]


async def lines(circle_id: int | None, before: int | None) -> Sequence[Line]:
    """The newest first; one more than a page when there are more."""
    found = await reading.entries(circle_id=circle_id, before=before, limit=PAGE + 1)
    people = await _people({n for each in found for n in (each.actor_id, each.member_id) if n})
    circles = await _circles({each.circle_id for each in found})
    threads = await _threads([each for each in found if each.about.startswith("comment:")])
    return [_line(each, people, circles, threads) for each in found]


async def circle_called(slug: str) -> int | None:
    found = await rows("select id from circle where slug = $1", slug)
    return int(found[0]["id"]) if found else None


def _line(
    entry: Entry,
    people: Mapping[int, Person],
    circles: Mapping[int, Circle],
    threads: Mapping[str, str],
) -> Line:
    circle = circles.get(entry.circle_id)
    kind, _, rest = entry.about.partition(":")
    number = rest.rpartition(":")[2]
    return Line(
        entry,
        people.get(entry.actor_id or 0),
        people.get(entry.member_id or 0),
        circle,
        kind,
        number,
        _href(kind, number, circle, threads.get(entry.about, "")),
    )


def _href(kind: str, number: str, circle: Circle | None, thread: str) -> str:
    if kind == "words":
        return "/admin/screening/lists"
    if kind == "policy":
        here = f"/c/{circle.slug}/manage/screening" if circle else "/admin/screening"
        return f"{here}?version={number}"
    if circle and kind == "decision":
        return f"/c/{circle.slug}/manage/appeals/{number}"
    if circle and kind in {"post", "edit"}:
        return f"/c/{circle.slug}/p/{number}"
    return f"/c/{circle.slug}/p/{thread}" if circle and thread else ""


async def _people(ids: Collection[int]) -> dict[int, Person]:
    found = await rows(
        "select id, handle, name from member where id = any($1::bigint[])", list(ids)
    )
    return {
        line["id"]: Person(
            "" if line["handle"].startswith(ERASED) else line["handle"], line["name"]
        )
        for line in found
    }


async def _circles(ids: Collection[int]) -> dict[int, Circle]:
    found = await rows(
        "select id, slug, name, name_en from circle where id = any($1::bigint[])", list(ids)
    )
    return {line["id"]: Circle(line["slug"], line["name"], line["name_en"]) for line in found}


async def _threads(about: Sequence[Entry]) -> dict[str, str]:
    """Where these comments stand on their post's page."""
    named = [(each.circle_id, each.about.rpartition(":")[2]) for each in about]
    pairs = [(circle, int(number)) for circle, number in named if number.isdecimal()]
    found = await rows(
        """select t.circle_id, t.id, t.post_id, coalesce(t.root_id, t.id) as thread
           from unnest($1::bigint[], $2::bigint[]) as k(circle_id, id)
           join comment t on t.circle_id = k.circle_id and t.id = k.id""",
        [circle for circle, _ in pairs],
        [number for _, number in pairs],
    )
    return {
        f"comment:{line['circle_id']}:{line['id']}": f"{line['post_id']}/t/{line['thread']}"
        f"#comment-{line['id']}"
        for line in found
    }
