"""Who becomes a member was shown what they agree to, and which version of it is written down."""

import re

from quanzi.db.engine import rows
from quanzi.identity import consenting, signing_up


async def test_she_agrees_by_signing_up_to_what_she_was_shown(database, site, visitor):
    page = (await visitor.get("/signup")).text
    for text in ("/terms", "/privacy"):
        assert f'href="{text}"' in page
        assert "第 1 版" in (await visitor.get(text)).text
    token = re.search(r'name="_csrf_token" value="(\w+)"', page)[1]

    answer = await visitor.post(
        "/signup",
        data={"_csrf_token": token, "handle": "xinren", "password": "a-good-password"},
    )

    assert answer.status_code == 303
    agreed = await rows(
        """select text, version from consent c join member m on m.id = c.member_id
           where m.handle = 'xinren' order by text"""
    )
    assert [tuple(line) for line in agreed] == [
        ("privacy", consenting.PRIVACY_VERSION),
        ("terms", consenting.TERMS_VERSION),
    ]


async def test_whom_a_command_makes_has_agreed_to_nothing_yet(database):
    await signing_up.create("robot", "机器人", "a-good-password")

    assert await rows("select 1 from consent") == []
