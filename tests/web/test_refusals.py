"""What a person gets who asks for what is not there."""

import pytest


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
