"""What a person gets who asks for what is not there."""

import pytest


@pytest.mark.parametrize(
    "path", ["/nowhere", "/c/night-run/p/abc/edit", "/c/night-run/p/1/no/such"]
)
async def test_a_form_sent_to_an_unknown_address_is_a_clear_page(xiaolan, path):
    answer = await xiaolan.sends(path, body="我写的")

    assert answer.status_code == 404
    assert "没有找到" in answer.text
