"""Notices to browsers that are not looking.

A push waits for some seconds: what has been seen on an open page by then is not told again. Words
are read when it is sent, as the tray reads them, so that nothing is told of what has been removed or
may no longer be read.
"""

import base64
import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from quanzi.db.engine import rows
from quanzi.errors import NotFound
from quanzi.identity import mailbox
from quanzi.notifications import wording
from quanzi.notifications.reading import NOTICE, Notice, made
from quanzi.push.sending import Message

WAITS = "10 seconds"
EXCERPT = 120


async def enqueue(notices: Sequence[tuple[int, int, str]]) -> None:
    """`notices`: member, notice and group key of those that are wanted on this way."""
    if not notices:
        return
    members, ids, groups = zip(*notices, strict=True)
    await rows(
        f"""insert into push_message (subscription_id, notice_id, topic, due_at)
            select s.id, n.id, n.topic, now() + interval '{WAITS}'
            from unnest($1::bigint[], $2::bigint[], $3::text[]) as n(member_id, id, topic)
            join push_subscription s on s.member_id = n.member_id
            on conflict (subscription_id, notice_id) do update
                set due_at = excluded.due_at, tries = 0""",
        members,
        ids,
        [topic(group) for group in groups],
    )


def topic(group: str) -> str:
    """Later news of one group take the place of earlier ones; push services want 32 letters."""
    return base64.urlsafe_b64encode(hashlib.sha256(group.encode()).digest()[:18]).decode()


async def words(messages: Sequence[Message]) -> Mapping[int, Mapping[str, Any] | None]:
    """By message; None for what is not to be told any more."""
    told: dict[int, Mapping[str, Any] | None] = {}
    for member_id in {message.member_id for message in messages}:
        theirs = [message for message in messages if message.member_id == member_id]
        notices, language = await _notices(member_id, theirs), await _language(member_id)
        for message in theirs:
            notice = notices.get(message.notice_id)
            if notice is None or not language:
                told[message.id] = None
                continue
            told[message.id] = {
                "title": wording.plain(notice, language),
                "body": " ".join(notice.excerpt.split())[:EXCERPT],
                "path": wording.path(notice) or "/me/notices",
                "tag": message.topic,
                "lang": language,
            }
    return told


async def _notices(member_id: int, messages: Sequence[Message]) -> dict[int, Notice]:
    """Those that still wait to be seen, and what they tell of is still there for this member."""
    found = await rows(
        f"""{NOTICE} where n.member_id = $1 and n.id = any($2::bigint[])
            and n.seen_at is null and n.read_at is null
            and exists (select 1 from member m where m.id = $1 and m.suspended_at is null)""",
        member_id,
        [message.notice_id for message in messages],
    )
    return {notice.id: notice for notice in await made(member_id, found) if not notice.gone}


async def _language(member_id: int) -> str:
    try:
        return (await mailbox.of(member_id)).language
    except NotFound:
        return ""
