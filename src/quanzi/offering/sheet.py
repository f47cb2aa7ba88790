"""Requests as a sheet for spreadsheets: written down that it was taken, and made as it is fetched."""

import csv
import io
from collections.abc import AsyncIterator, Sequence

from quanzi.audit import writing as audit
from quanzi.circles.access import Place
from quanzi.db.transaction import transaction
from quanzi.errors import NotAllowed, NotFound, said
from quanzi.offering import inbox, policy, reading, wording
from quanzi.offering.inbox import PAGE, Request, Wanted
from quanzi.web.i18n import dated, spoken

# What spreadsheets know UTF-8 by.
MARK = "\ufeff"
# With which a cell would be worked out rather than read.
WORKS = ("=", "+", "-", "@", "\t", "\r")
HEAD = (
    said("编号"),
    said("提交时间"),
    said("服务"),
    said("状态"),
    said("用户"),
    said("用户名"),
    said("给用户的话"),
)


async def take(place: Place, wanted: Wanted, language: str) -> AsyncIterator[bytes]:
    """Lines, some at a time. Of one service with a column for each of its questions. Raises NotFound,
    NotAllowed.
    """
    if not policy.can_manage(place):
        raise NotAllowed
    labels: Sequence[str] = ()
    if wanted.service_id:
        service = await reading.one(place, wanted.service_id)
        labels = list(dict.fromkeys(each.label for each in service.questions))
    about = f"service:{place.circle.id}:{wanted.service_id}" if wanted.service_id else ""
    async with transaction():
        await audit.write(
            "requests.exported",
            actor_id=place.member_id,
            circle_id=place.circle.id,
            about=about,
            detail={"state": wanted.state},
        )
    return _lines(place, wanted, labels, language)


async def _lines(
    place: Place, wanted: Wanted, labels: Sequence[str], language: str
) -> AsyncIterator[bytes]:
    """No transaction is held while somebody's line is slow."""
    rest = spoken(said("其他内容") if labels else said("填写的内容"), language)
    yield (MARK + _row([*(spoken(each, language) for each in HEAD), *labels, rest])).encode()
    while True:
        try:
            found = await inbox.of_circle(place, wanted)
        except NotFound:
            return
        text = "".join(_row(_cells(each, labels, language)) for each in found[:PAGE])
        if text:
            yield text.encode()
        if len(found) <= PAGE:
            return
        wanted = Wanted(wanted.state, wanted.service_id, found[PAGE - 1].key)


def _cells(request: Request, labels: Sequence[str], language: str) -> list[str]:
    given = {each.label: each.text for each in request.answers}
    rest = [f"{each.label}：{each.text}" for each in request.answers if each.label not in labels]
    return [
        str(request.id),
        dated(request.created_at, language, request.time_zone),
        request.title,
        spoken(wording.REQUEST_STATES[request.state], language),
        request.name,
        request.handle,
        request.note,
        *(given.get(label, "") for label in labels),
        "\n".join(rest),
    ]


def _row(cells: Sequence[str]) -> str:
    out = io.StringIO()
    csv.writer(out).writerow([harmless(cell) for cell in cells])
    return out.getvalue()


def harmless(cell: str) -> str:
    """Read as text by what would work it out otherwise."""
    return f"'{cell}" if cell.lstrip(" \u3000\n").startswith(WORKS) else cell
