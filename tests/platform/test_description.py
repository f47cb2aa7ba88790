"""The description of the interface: whole, true, and every door in it asks for a scope."""

import re

import pytest

from quanzi.platform.routes import API
from quanzi.platform.scopes import SCOPES
from tests.house.test_routes import HANDLERS

DOORS = {name: handler for name, handler in HANDLERS.items() if "/api/v1/" in name}


@pytest.mark.parametrize("name", DOORS)
def test_every_door_asks_for_a_scope_that_there_is_or_says_why_it_is_open(name):
    opt = DOORS[name].opt

    assert opt.get("scope") in SCOPES or opt.get("open")


async def test_every_door_is_described_with_its_parameters_and_refusals(visitor):
    found = (await visitor.get("/api/v1/openapi.json")).json()

    assert found["openapi"].startswith("3.1")
    told = {
        (path, method.upper())
        for path, item in found["paths"].items()
        for method in item
        if method != "parameters"
    }
    there = {
        (re.sub(r":\w+}", "}", name.split(" ")[1]), method)
        for name, handler in DOORS.items()
        for method in handler.http_methods - {"HEAD"}
        if "openapi.json" not in name
    }
    assert told == there
    for path, item in found["paths"].items():
        for what in item.values():
            assert {"401", "403", "404", "422", "429"} <= set(what["responses"]), path


def test_pages_for_people_are_not_promised_to_programs():
    assert all(route.path.startswith("/api/v1") for route in API.routes)
