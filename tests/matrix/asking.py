"""One row of the table, asked of everybody about every object; and what an absent twin answers."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import httpx

from tests.matrix.stage import GOOD, OVER, PLACES, Stage, an_asset
from tests.matrix.table import PEOPLE, Row

ABSENT = 987_654_321
ABSENT_CIRCLE, ABSENT_PARTNER = "absent-circle", "absent-partner"
# What a circle's path names besides the circle: another circle's must be as absent as none.
CHILDREN = ("post_id", "comment_id", "invitation_id", "case_id", "decision_id", "planned_id",
            "series_id", "collection_id", "section_id", "suggestion_id", "import_id",
            "service_id", "service_request_id", "segment_id", "tag_id", "circle_notice_id",
            "webhook_id", "delivery_id")  # fmt: skip
_NOBODYS = dict.fromkeys((*CHILDREN, "member_id"), ABSENT)
_OF_A_PERSON = ("appeal_id", "entry_id", "request_id", "app_id")
JOYRUN = {"owner", "editor", "reviewer", "analyst"}


@dataclass(frozen=True)
class Object:
    """`partner`: whose it is. `values`: what fills the path."""

    kind: str
    partner: str
    values: dict[str, Any]

    @property
    def shown(self) -> str:
        named = self.values.get("circle") or self.values.get("partner")
        return " ".join(each for each in (self.kind, named) if each)


def objects(stage: Stage, row: Row, who: str) -> Iterator[Object]:
    for kind in row.objects:
        if kind in {"public", "hidden", "guarded"}:
            for (whose, how), (partner, circle) in PLACES.items():
                if how == kind:
                    yield Object(
                        kind, whose, {"partner": partner, "circle": circle, **stage.things[circle]}
                    )
        else:
            yield Object(kind, "", _of_a_person(stage, who, kind))


def _of_a_person(stage: Stage, who: str, kind: str) -> dict[str, Any]:
    person = stage.people[who]
    whose = person if kind == "own" and person is not None else stage.bystander
    digest, _, path = an_asset().partition("/")
    return {
        "application_id": stage.applications[whose.member_id],
        "appeal_id": stage.appeals[whose.member_id],
        "request_id": stage.requests[whose.member_id],
        "service_request_id": stage.asked[whose.member_id],
        "entry_id": stage.entries[whose.member_id],
        "decision_id": stage.decisions[whose.member_id],
        "session": whose.viewer.session.hex(),
        "key_id": stage.keys[whose.member_id][0],
        "app_id": stage.apps[whose.member_id],
        "handle": stage.gone if kind == "gone" else whose.handle,
        "export_id": stage.export_id,
        "token": OVER if kind == "over" else GOOD,
        "category": "fraud",
        "queue": "letters",
        "slug": "fitness",
        "size": "s.webp",
        "digest": digest,
        "path": path,
    }


def standing(who: str, at: Object) -> str:
    """What the table calls this person before this object."""
    if at.partner == "maimai":
        if who == "other":
            return "owner"
        return "other" if who in JOYRUN else who
    return who


def expected(row: Row, who: str, at: Object) -> str:
    letters = row.objects[at.kind].replace(" ", "")
    assert len(letters) == len(PEOPLE), row.door
    return letters[PEOPLE.index(standing(who, at))]


def door(row: Row) -> tuple[str, str]:
    method, _, path = row.door.partition(" ")
    return method, path


def heard(answer: httpx.Response) -> str:
    """The table's letter for an answer."""
    to_sign_in = answer.headers.get("location", "").startswith("/signin?next=")
    if answer.status_code == 401 or (answer.status_code == 303 and to_sign_in):
        return "s"
    if answer.status_code == 404:
        return "-"
    if answer.status_code == 403:
        return "n"
    if answer.status_code in {200, 201, 204, 303, 304, 422}:
        return "y"
    return f"?{answer.status_code}"


def twins(path: str, at: Object, letter: str) -> list[str]:
    """Paths of the same form to what was never there."""
    found = []
    if "{circle}" in path:
        found.append(path.format(**{**at.values, **_NOBODYS, "circle": ABSENT_CIRCLE}))
    elif "{partner}" in path:
        found.append(path.format(**{**at.values, "partner": ABSENT_PARTNER}))
    elif "{handle}" in path:
        found.append(path.format(handle="never-was-one"))
    elif "{export_id}" in path:
        found.append(path.format(export_id=ABSENT))
    elif "{token}" in path:
        found.append(path.format(token="never-was-one"))
    elif any(f"{{{name}}}" in path for name in _OF_A_PERSON):
        found.append(path.format(**dict.fromkeys(_OF_A_PERSON, ABSENT)))
    elif "{service_request_id}" in path:
        found.append(path.format(service_request_id=ABSENT))
    elif "{application_id}" in path:
        found.append(path.format(**{**at.values, "application_id": ABSENT}))
    if letter == "-" and ("/manage" in path or path.startswith("/admin")):
        found.append("/there/is/no/such/page")
    return found


def foreign(stage: Stage, path: str, at: Object) -> Iterator[tuple[str, str]]:
    """This circle with another's child, and with a child that nobody has."""
    if "{circle}" not in path:
        return
    for _, circle in PLACES.values():
        if circle == at.values["circle"]:
            continue
        for child in CHILDREN:
            if f"{{{child}}}" in path:
                theirs = {**at.values, child: stage.things[circle][child]}
                nobodys = {**at.values, child: ABSENT}
                yield path.format(**theirs), path.format(**nobodys)


def same(answer: httpx.Response, path: str, twin: httpx.Response, twin_path: str) -> bool:
    return answer.status_code == twin.status_code and told(answer, path) == told(twin, twin_path)


def told(answer: httpx.Response, path: str) -> tuple[str, str]:
    """The body and the way on, without what is random or repeats the address that was asked."""
    text = answer.text
    for echoed in sorted({path, quote(path), quote(path, safe="")}, key=len, reverse=True):
        # And not where another address begins with it: `/admin` and a way to `/admin/log`.
        text = re.sub(rf"{re.escape(echoed)}(?!/\w)", "PATH", text)
    for word in re.findall(r"[\w-]{3,}", path):
        if re.search(r"\d{3}", word) or word in _NAMES:
            # Not in the figures of a drawing, where the thing's number may stand by chance: 5.500.
            text = re.sub(rf"(?<![\w.-]){re.escape(word)}(?![\w-])", "NAME", text)
    text = re.sub(r'(nonce|data-csrf|value)="[\w-]{16,}"', r"\1", text)
    text = re.sub(r"\b[0-9a-f]{12}\b", "REFERENCE", text)
    # News that came in between are no answer.
    text = re.sub(r'(data-count="notices">)[^<]*', r"\1", text)
    location = answer.headers.get("location", "").replace(quote(path), "PATH")
    return text, re.sub(r"(?<=/)\d+", "NUMBER", location)


_NAMES = {
    ABSENT_CIRCLE,
    ABSENT_PARTNER,
    *(name for pair in PLACES.values() for name in pair),
}
