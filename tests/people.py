"""The cast: people with names, and what they can do in a browser without scripts."""

import re
import uuid
from dataclasses import dataclass, field
from typing import Any

import httpx
from asyncpg import DeadlockDetectedError

from quanzi.circles import access, changing
from quanzi.circles.access import Place
from quanzi.curation import kept
from quanzi.db.engine import rows
from quanzi.identity import passwords, sessions
from quanzi.identity.sessions import Viewer
from quanzi.live import bell
from quanzi.moderation import deciding, ruling
from quanzi.platform import kept_frames
from quanzi.posts import commenting, drafts, writing
from quanzi.posts.commenting import Said
from quanzi.posts.writing import Written
from quanzi.screening import lists
from quanzi.web import limits
from quanzi.web import sessions as kept_sessions

PASSWORD = "a-good-password"
CIRCLE = "night-run"
OTHER_CIRCLE = "banking"

_hash: str | None = None


@dataclass
class Person:
    """A member with a signed-in browser (`client`) and their place in the circle."""

    handle: str
    member_id: int
    viewer: Viewer
    client: httpx.AsyncClient
    token: str = field(repr=False, default="")

    async def place(self, circle: str = CIRCLE) -> Place:
        return await access.place(circle, self.viewer)

    async def posts(
        self, body: str = "今晚七点，海心沙见", circle: str = CIRCLE, **more: Any
    ) -> Written:
        given = {"topics": "", "publish_at": "", "pin": False, "pin_until": "", "key": ""} | more
        place = await self.place(circle)
        draft = drafts.read(body=body, time_zone="Asia/Shanghai", **given)
        return await writing.publish(place, draft)

    async def says(self, post_id: int, body: str, reply_to: int | None = None) -> Said:
        """A comment in the circle."""
        key = uuid.uuid4()
        return await commenting.comment(
            await self.place(), post_id, body, reply_to=reply_to, key=key
        )

    async def decides(
        self, post_id: int, comment_id: int = 0, circle: str = CIRCLE, **ruled: Any
    ) -> int:
        """At once, about what stands in the circle; to remove it, unless something else is said."""
        given = {"category": "other", "action": "remove", "measure": "", "days": "", "credit": True,
                 "reason": "不合适"}  # fmt: skip
        place = await self.place(circle)
        return await deciding.at_once(
            place, post_id, comment_id, ruling.read(place, **(given | ruled))
        )

    async def sees(self, path: str) -> httpx.Response:
        return await self.client.get(path)

    async def sends(self, path: str, files: Any = None, **fields: Any) -> httpx.Response:
        """As a form of a page of ours would, without scripts."""
        return await self.client.post(
            path, data={"_csrf_token": await self.csrf(), **fields}, files=files
        )

    async def csrf(self) -> str:
        found = re.search(r'data-csrf="(\w+)"', (await self.client.get("/me/sessions")).text)
        assert found, "a signed-in page carries the token"
        return found[1]


class Cast:
    def __init__(self, url: str) -> None:
        self.url = url
        self.clients: list[httpx.AsyncClient] = []

    async def arrive(self) -> None:
        self.xiaolan = await self.member("xiaolan", "小兰")
        self.aqiang = await self.member("aqiang", "阿强")
        self.owner = await self.member("joyrun-owner", "悦跑圈主")
        self.editor = await self.member("joyrun-editor", "悦跑编辑")
        self.reviewer = await self.member("joyrun-reviewer", "悦跑审核")
        self.analyst = await self.member("joyrun-analyst", "悦跑分析")
        self.maimai = await self.member("maimai-owner", "脉脉圈主")
        self.moderator = await self.member("moderator", "平台审核", "moderator")
        await rows("insert into category values ('fitness', '健身', 'Fitness', 1)")
        self.circle_id = await self._circle("joyrun", "悦跑圈", CIRCLE, "珠江夜跑圈", "Night Run")
        self.other_id = await self._circle("maimai", "脉脉", OTHER_CIRCLE, "脉脉金融", "Banking")
        for person, role in (
            (self.owner, "owner"),
            (self.editor, "editor"),
            (self.reviewer, "reviewer"),
            (self.analyst, "analyst"),
        ):
            await self._staff("joyrun", person, role)
        await self._staff("maimai", self.maimai, "owner")

    async def leave(self) -> None:
        for client in self.clients:
            await client.aclose()

    async def member(self, handle: str, name: str, platform_role: str = "") -> Person:
        made = await rows(
            "insert into member (handle, name, platform_role, created_at) values ($1, $2, $3, now() - interval '60 days') returning id",
            handle,
            name,
            platform_role,
        )
        member_id = int(made[0]["id"])
        await rows(
            "insert into credential (member_id, password_hash) values ($1, $2)",
            member_id,
            await _hashed(),
        )
        return await self.signed_in(handle, member_id)

    async def signed_in(self, handle: str, member_id: int) -> Person:
        """Another browser of the same person, with a session of its own."""
        token = await sessions.opened(member_id, "httpx")
        viewer = await sessions.viewer_of(token)
        assert viewer is not None
        # No certificates are read (30 ms each): the site is spoken to in plain HTTP.
        client = httpx.AsyncClient(
            base_url=self.url, cookies={"quanzi": token}, timeout=20, verify=False
        )
        self.clients.append(client)
        return Person(handle, member_id, viewer, client, token)

    async def _circle_for_a_plan(self) -> int:
        """Another empty circle of Joyrun's, called `plan-{id}`."""
        partner = await rows("select id from partner where slug = 'joyrun'")
        circle_id = await changing.opened(partner[0]["id"], f"plan-{uuid.uuid4()}", "fitness", "试")
        await rows("update circle set slug = $2 where id = $1", circle_id, f"plan-{circle_id}")
        return circle_id

    async def _circle(self, slug: str, partner: str, circle: str, name: str, name_en: str) -> int:
        made = await rows(
            "insert into partner (slug, name) values ($1, $2) returning id", slug, partner
        )
        return await changing.opened(made[0]["id"], circle, "fitness", name, name_en)

    async def _staff(self, partner: str, person: Person, role: str) -> None:
        await rows(
            "insert into staff (partner_id, member_id, role) select id, $2, $3 from partner where slug = $1",
            partner,
            person.member_id,
            role,
        )


# Emptied row by row: to truncate makes new files for every table and index, a third of a second.
EMPTY = """
do $$
declare name text; full_of boolean;
begin
    set local session_replication_role = replica;
    for name in select quote_ident(tablename) from pg_tables
                where schemaname = 'public' and tablename not in ('migration', 'history', 'credit_rule_set')
    loop
        execute format('select exists (select 1 from %s)', name) into full_of;
        if full_of then execute format('delete from %s', name); end if;
    end loop;
end $$
"""


async def empty_database() -> None:
    """Empty, migrated, and the one that the site uses."""
    while True:
        try:
            await rows(EMPTY)
            await rows("delete from credit_rule_set where version > 1")
            break
        except DeadlockDetectedError:
            continue  # the site's own reading of several tables was in the way; it is over now
    kept._issues.clear()
    kept_frames._kept.clear()
    lists.forget()
    kept_sessions.forget_all()
    limits._alone.clear()
    limits._pause_until = 0.0
    await bell.ringer().flushdb()


async def _hashed() -> str:
    global _hash
    _hash = _hash or await passwords.hashed(PASSWORD)
    return _hash
