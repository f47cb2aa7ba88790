"""What a person gets who asks for what is not there."""

import pytest

from quanzi.web.logs import loggable
from tests.house.test_routes import HANDLERS


@pytest.mark.parametrize(
    "path", ["/nowhere", "/c/night-run/p/abc/edit", "/c/night-run/p/1/no/such"]
)
async def test_a_form_sent_to_an_unknown_address_is_a_clear_page(xiaolan, path):
    answer = await xiaolan.sends(path, body="我写的")

    assert answer.status_code == 404
    assert "没有找到" in answer.text


ODD = [
    "/c/%00",
    "/c/night-run/topics/%00",
    "/c/night-run/names?q=%00",
    "/c/night-run?topic=a%00b",
    "/discover?category=%00",
    "/partners/%00",
    "/c/night-run/i/%00/s",
    "/c/night-run/p/99999999999999999999999",
    "/c/night-run/p/9223372036854775808/controls",
]


@pytest.mark.parametrize("path", ODD)
async def test_what_no_row_can_hold_is_not_found(xiaolan, visitor, path):
    assert (await xiaolan.sees(path)).status_code == 404
    assert (await visitor.get(path)).status_code in {303, 404}


@pytest.mark.parametrize("path", ["/c/%ED%A0%80", "/c/night-run/topics/%ED%A0%80", "/?before=x"])
async def test_an_odd_address_is_no_fault_of_ours(xiaolan, path):
    assert (await xiaolan.sees(path)).status_code < 500


TOKENS = [route.split(" ")[1] for route in HANDLERS if "token" in route]


@pytest.mark.parametrize("route", TOKENS)
def test_an_address_that_is_a_key_is_not_written_down(route):
    written = loggable(route.replace("{token:str}", "of-hers"))

    assert "of-hers" not in written
    # As much of it as says what it was about.
    assert written.startswith(f"/{route.split('/')[1]}/")


def test_other_addresses_are_written_down_whole():
    for path in ("/", "/c/night-run/p/3", "/joining", "/join"):
        assert loggable(path) == path


async def test_a_refusal_whose_page_cannot_be_made_is_an_apology_with_its_headers(
    site, xiaolan, monkeypatch
):
    """Its page counts what is new, and the database may be gone by then."""

    async def away(_: int) -> int:
        raise OSError("the database has gone")

    monkeypatch.setattr(site.app.state, "unseen", away)
    answer = await xiaolan.sees("/c/there-is-none")

    assert answer.status_code in {500, 503}
    assert "<html" in answer.text
    assert answer.headers["x-request-id"] in answer.text
    assert answer.headers["x-content-type-options"] == "nosniff"
