"""Dates at the ends of what a calendar and a database can hold, typed into forms and shown on pages."""

import re

import pytest

from quanzi.db.engine import rows
from quanzi.web import i18n
from tests.matrix.stage import _was_decided
from tests.people import CIRCLE

FAR = [
    "infinity",
    "-infinity",
    "now",
    "epoch",
    "0001-01-01T00:00",
    "0001-01-01T00:00+14:00",
    "9999-12-31T23:59",
    "9999-12-31T23:59:59.999999-12:00",
    "2026-02-30T25:61",
    "2026-11-27T08:00+99:00",
    "-0001-01-01T00:00",
    "２０２６-11-27T08:00",
    "20261127T080000",
    "2026-W48-5T08:00",
]
LANGUAGES = ["zh-Hans", "zh-Hant", "en"]


@pytest.mark.parametrize("typed", FAR)
@pytest.mark.parametrize("field", ["starts_at", "ends_at"])
async def test_a_pin_at_a_date_far_away_is_refused_or_shown(editor, visitor, typed, field):
    written = await editor.posts()

    answer = await editor.sends(f"/c/{CIRCLE}/p/{written.post_id}/pin", **{field: typed})

    assert answer.status_code in {303, 422}
    for language in LANGUAGES:
        assert (await visitor.get(f"/c/{CIRCLE}?lang={language}")).status_code == 200
        assert (await editor.sees(f"/c/{CIRCLE}?lang={language}")).status_code == 200


@pytest.mark.parametrize("typed", FAR)
async def test_a_post_for_a_date_far_away_is_told_beside_the_field(editor, typed):
    answer = await editor.sends(f"/c/{CIRCLE}/posts", body="很久很久以后", publish_at=typed)

    assert answer.status_code == 422
    assert 'id="error-publish_at"' in answer.text
    assert "很久很久以后" in answer.text
    assert await rows("select 1 from post") == []


@pytest.mark.parametrize("typed", FAR)
async def test_a_post_that_is_pinned_until_far_away_is_refused_or_out(editor, visitor, typed):
    answer = await editor.sends(f"/c/{CIRCLE}/posts", body="顶着", pin="on", pin_until=typed)

    assert answer.status_code in {303, 422}
    assert (await visitor.get(f"/c/{CIRCLE}")).status_code == 200


@pytest.mark.parametrize("typed", [*FAR[:9], "1990-00-00", "1990-03-07T00:00", "infinity-01-01"])
async def test_a_birthday_far_away_verifies_nobody(xiaolan, typed):
    answer = await xiaolan.sends(
        "/me/verification",
        kind="passport",
        name="测试",
        number="E12345678",
        born=typed,
        agreed="on",
    )

    assert answer.status_code == 422
    assert await rows("select 1 from verification_request") == []


@pytest.mark.parametrize("until", ["infinity", "9999-12-31 23:59:59.999999+00", "9000-01-01"])
@pytest.mark.parametrize("language", LANGUAGES)
async def test_what_never_ends_is_said_to_be_for_good(cast, xiaolan, until, language):
    """`infinity` comes out of the database as the last moment there is, which no zone can show."""
    _, decision_id = await _was_decided(cast.circle_id, -1, xiaolan.member_id)
    await rows("update decision set until = $1::text::timestamptz, second = ''", until)
    await rows(
        """insert into ban (member_id, circle_id, kind, until, reason)
           values ($1, $2, 'mute', $3::text::timestamptz, 'x')""",
        xiaolan.member_id,
        cast.circle_id,
        until,
    )

    for path in (f"/me/decisions/{decision_id}", "/me/decisions", f"/c/{CIRCLE}", "/me/data"):
        page = await xiaolan.sees(f"{path}?lang={language}")
        assert page.status_code == 200, path
        assert not re.search(r"9999|10000|9000-", page.text), path
    found = await rows("select until from ban")
    assert i18n.dated(found[0]["until"], language) == ("For good" if language == "en" else "永久")
