"""A service as it is typed: clean, or refused by its field."""

import pytest

from quanzi.errors import Invalid
from quanzi.offering import cards
from tests.offering.shop import card

LINKS = [
    "http://shop.example.com/",
    "javascript:alert(1)",
    "//shop.example.com/",
    "https://",
    "https://localhost/",
    "https://user:word@shop.example.com/",
    "https://shop.example.com/a b",
    "https://shop.example.com\\@evil.example",
    "https://shop.example.com:99999999/",
    "https://shop.example.com/\u202e",
    "https://shop.example.com/" + "a" * 500,
    "data:text/html,x",
    "",
]


@pytest.mark.parametrize("link", LINKS)
def test_only_a_whole_address_of_another_site_leads_out(link):
    with pytest.raises(Invalid) as wrong:
        card(link=link)
    assert set(wrong.value.fields) == {"link"}


def test_a_link_that_was_left_standing_is_dropped_by_who_chooses_the_form():
    assert card(way="request", link="https://shop.example.com/").link == ""
    assert card(link="https://shop.example.com/a?b=1").link == "https://shop.example.com/a?b=1"


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"title": ""}, "title"),
        ({"title": "长" * 31}, "title"),
        ({"body": "长" * 1001}, "body"),
        ({"price": "贵" * 31}, "price"),
        ({"way": ""}, "way"),
        ({"segment": "friends"}, "segment"),
        ({"segment": "credit", "least": ""}, "least"),
        ({"segment": "credit", "least": "99999"}, "least"),
        ({"kept_days": "0"}, "kept_days"),
        ({"kept_days": "366"}, "kept_days"),
        ({"kept_days": "-1"}, "kept_days"),
        ({"starts_at": "tomorrow"}, "starts_at"),
        ({"starts_at": "0001-01-01T00:00"}, "starts_at"),
        ({"ends_at": "9999-12-31T23:59"}, "ends_at"),
        ({"starts_at": "2026-12-02T00:00", "ends_at": "2026-12-01T00:00"}, "ends_at"),
    ],
)
def test_what_will_not_do_is_said_by_its_field(typed, field):
    with pytest.raises(Invalid) as wrong:
        card(**typed)
    assert set(wrong.value.fields) == {field}


def test_times_are_the_circles_own_and_a_price_may_be_asked_for():
    made = card(starts_at="2026-12-01T08:00")

    assert made.starts_at.isoformat() == "2026-12-01T08:00:00+08:00"
    assert (made.price, made.kept_days, made.least) == ("", cards.KEPT_DAYS, 0)
    assert card(segment="followers", least="700").least == 0
