"""Every route, everybody, their own partner's object and another's, public and hidden (table.py)."""

import pytest

from quanzi.app import create_app
from quanzi.web import sessions
from tests.matrix.asking import (
    door,
    expected,
    foreign,
    heard,
    objects,
    same,
    twins,
)
from tests.matrix.conftest import MADE
from tests.matrix.headers import faults
from tests.matrix.table import PEOPLE, ROWS


def doors() -> set[str]:
    """What the app itself says it has."""
    found = set()
    for route in create_app().routes:
        handlers = getattr(route, "route_handlers", None) or [route.route_handler]
        for handler in handlers:
            methods = getattr(handler, "http_methods", {"LIVE"}) - {"OPTIONS", "HEAD"}
            found |= {f"{method} {route.path_format}" for method in methods}
    return found


def test_every_route_has_a_row_and_every_row_a_route():
    assert sorted(doors() - {row.door for row in ROWS}) == [], "routes without a row in table.py"
    assert sorted({row.door for row in ROWS} - doors()) == [], "rows without a route"
    assert len({row.door for row in ROWS}) == len(ROWS), "a route stands in the table once"


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.door)
async def test_a_door_opens_to_whom_the_table_says(stage, row):
    method, _ = door(row)
    wrong: list[str] = []
    stage.answers.clear()
    for who in PEOPLE:
        for at in objects(stage, row, who):
            await stage.calm()
            MADE["doors"] += 1
            if method == "LIVE":
                wrong += await _listens(stage, who, row, at)
            else:
                wrong += await _asks(stage, who, method, row, at)
    assert not wrong, "\n" + "\n".join(wrong)


async def _asks(stage, who, method, row, at) -> list[str]:
    path = door(row)[1]
    asked = path.format(**at.values)
    wanted = expected(row, who, at)
    answer = await stage.ask(who, method, asked)
    said = heard(answer)
    about = f"{row.door}: {who} at {at.shown}"
    wrong = [] if said == wanted else [f"{about}: {wanted!r} in the table, {said!r} in truth"]
    person = stage.people[who]
    wrong += [f"{about}: {fault}" for fault in faults(answer, person.handle if person else "")]
    MADE["headers"] += 1
    if method != "GET" and answer.status_code < 400 and said == "y":
        await stage.restore()
        sessions.forget_all()
    if wanted == said and wanted in {"-", "s"}:
        for twin in twins(path, at, wanted):
            MADE["twins"] += 1
            if not same(answer, asked, await stage.ask_once(who, method, twin), twin):
                wrong.append(f"{about}: told from {twin}, which never was")
    if wanted == said == "y":
        wrong += await _asks_for_foreign(stage, who, method, path, at, about)
    return wrong


async def _asks_for_foreign(stage, who, method, path, at, about) -> list[str]:
    """Who may here may still not reach another circle's things by this circle's address."""
    wrong = []
    for theirs, nobodys in foreign(stage, path, at):
        MADE["foreign"] += 1
        answer = await stage.ask(who, method, theirs)
        if not same(answer, theirs, await stage.ask_once(who, method, nobodys), nobodys):
            wrong.append(f"{about}: {theirs} answers otherwise than {nobodys}")
    return wrong


async def _listens(stage, who, row, at) -> list[str]:
    path = door(row)[1]
    wanted = expected(row, who, at)
    said = await stage.listen(who, path.format(**at.values))
    about = f"{row.door}: {who} at {at.shown}"
    if (wanted == "y") != (said == "y"):
        return [f"{about}: {wanted!r} in the table, {said!r} in truth"]
    if wanted == "y":
        return []
    wrong = [] if said.startswith("1008") else [f"{about}: sent away with {said}"]
    for twin in twins(path, at, wanted):
        MADE["twins"] += 1
        if await stage.listen(who, twin) != said:
            wrong.append(f"{about}: told from {twin}, which never was")
    return wrong
