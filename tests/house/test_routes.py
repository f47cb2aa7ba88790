"""Every door is closed unless its route says why it is open; every deed is a POST."""

import re

import pytest
from litestar.handlers import HTTPRouteHandler

from quanzi.app import create_app


def handlers():
    app = create_app()
    return {
        f"{sorted(handler.http_methods)} {route.path}": handler
        for route in app.routes
        for handler in getattr(route, "route_handlers", [])
        if isinstance(handler, HTTPRouteHandler) and "OPTIONS" not in handler.http_methods
    }


HANDLERS = handlers()


@pytest.mark.parametrize("name", HANDLERS)
def test_an_open_door_says_why(name):
    why = HANDLERS[name].opt.get("open")

    assert why is None or len(why) > 20


@pytest.mark.parametrize("name", HANDLERS)
def test_only_posts_change_anything_on_pages(name):
    """A form knows no other method; programs do."""
    more = {"PUT", "PATCH", "DELETE"} if "scope" in HANDLERS[name].opt else set()

    assert HANDLERS[name].http_methods <= {"GET", "HEAD", "POST"} | more


@pytest.mark.parametrize(
    "name", [n for n, h in HANDLERS.items() if h.http_methods - {"GET", "HEAD"}]
)
def test_a_deed_bounds_what_it_reads(name):
    assert HANDLERS[name].resolve_request_max_body_size() < 100 * 2**20


@pytest.mark.parametrize("name", [n for n in HANDLERS if "POST" in n])
async def test_a_stranger_gets_through_no_closed_door(name, visitor, cast):
    handler = HANDLERS[name]
    path = name.split(" ")[1].replace("{circle:str}", "night-run").replace("{session:str}", "00")
    answer = await visitor.post(re.sub(r"\{\w+:int\}", "1", path))

    expected = 403 if handler.opt.get("open") else 401
    # What may be forged says by itself that it knows neither this address nor this app.
    refused = {404, 401} if handler.opt.get("forgeable") else {expected}
    assert answer.status_code in refused


def test_what_may_be_forged_says_why_and_is_only_this():
    forgeable = {name: h.opt["forgeable"] for name, h in HANDLERS.items() if "forgeable" in h.opt}

    assert set(forgeable) == {
        "['POST'] /unsubscribe/{token:str}",
        "['POST'] /unsubscribe/insights/{token:str}",
        "['POST'] /oauth/token",
        "['POST'] /oauth/revoke",
        "['POST'] /ap/c/{circle:str}/inbox",
    }
    assert all(len(why) > 20 for why in forgeable.values())
