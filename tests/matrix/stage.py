"""The cast of the matrix, the objects they are asked about, and putting both back as they were."""

import hashlib
import re
import secrets
import uuid
from dataclasses import dataclass, field
from typing import Any

import httpx
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed

from quanzi.circles import changing
from quanzi.credit import ledger
from quanzi.credit.ledger import Cause
from quanzi.db.engine import row, rows
from quanzi.federation import keys as federation_keys
from quanzi.identity import sessions
from quanzi.live import bell
from quanzi.media.incoming import store
from quanzi.platform import apps, bearing, keys
from quanzi.platform.apps import Wish
from quanzi.platform.scopes import SCOPES
from quanzi.web import csrf, limits
from quanzi.web.assets import asset
from tests.matrix.documents import document
from tests.people import Cast, Person

PICTURE, WISHED = "a" * 32, "b" * 32
GOOD, OVER = "good-" + secrets.token_urlsafe(16), "over-" + secrets.token_urlsafe(16)
GUARDED = '{"read": {"verified": true}}'
JOYRUN = ("owner", "editor", "reviewer", "analyst")

# Two partners with a public circle each, and two with a hidden one only; on two of them Joyrun's
# people work, on the other two Maimai's. Each has a circle besides that is guarded.
PLACES = {
    ("joyrun", "public"): ("joyrun", "night-run"),
    ("maimai", "public"): ("maimai", "banking"),
    ("joyrun", "hidden"): ("quiet-joyrun", "quiet-night-run"),
    ("maimai", "hidden"): ("quiet-maimai", "quiet-banking"),
    ("joyrun", "guarded"): ("guarded-joyrun", "guarded-night-run"),
    ("maimai", "guarded"): ("guarded-maimai", "guarded-banking"),
}


@dataclass
class Stage:
    """`people`: by what the table calls them. `things`: what a path names, by circle's slug."""

    url: str
    client: httpx.AsyncClient
    people: dict[str, Person | None] = field(default_factory=dict)
    bystander: Person = field(init=False)
    fan: Person = field(init=False)
    gone: str = "ghost"
    export_id: int = 0
    _cast: Cast = field(init=False)
    things: dict[str, dict[str, Any]] = field(default_factory=dict)
    applications: dict[int, int] = field(default_factory=dict)
    entries: dict[int, int] = field(default_factory=dict)
    appeals: dict[int, int] = field(default_factory=dict)
    requests: dict[int, int] = field(default_factory=dict)
    asked: dict[int, int] = field(default_factory=dict)
    decisions: dict[int, int] = field(default_factory=dict)
    keys: dict[int, tuple[int, str]] = field(default_factory=dict)
    apps: dict[int, int] = field(default_factory=dict)
    staff: list[tuple[int, int, str]] = field(default_factory=list)
    answers: dict[tuple[str, str, str], httpx.Response] = field(default_factory=dict)

    async def set_up(self, cast: Cast) -> None:
        await cast.arrive()
        self.bystander = await cast.member("bystander", "路人")
        self.people = {
            "visitor": None,
            "member": cast.xiaolan,
            "owner": cast.owner,
            "editor": cast.editor,
            "reviewer": cast.reviewer,
            "analyst": cast.analyst,
            "other": cast.maimai,
            "moderator": cast.moderator,
            "admin": await cast.member("admin", "管理员", "admin"),
        }
        self.fan = await cast.member("fan", "粉丝")
        for (whose, _), (partner, circle) in PLACES.items():
            await self._open(whose, partner, circle)
        await self._hang()
        await self._apply()
        await self._have_credit()
        await self._ask_for_services()
        await self._invite_from_elsewhere()
        await self._make_keys()
        await self._make_apps()
        await self._open_to_others()
        self._cast = cast
        await self._leave_somebody()

    async def _make_keys(self) -> None:
        """One for everybody, that opens all there is to open by one."""
        for person in (*self.people.values(), self.bystander):
            if person is not None:
                secret = await keys.make(person.viewer, "钥匙", list(SCOPES), 90)
                [made] = await keys.own(person.viewer)
                await bearing.bearer_of(secret)  # from now on it has been used
                self.keys[person.member_id] = (made["id"], secret)

    async def _make_apps(self) -> None:
        for person in (*self.people.values(), self.bystander):
            if person is not None:
                wish = Wish("应用", "https://app.example/back", list(SCOPES), confidential=True)
                made = await apps.register(person.viewer, wish, key=uuid.uuid4())
                self.apps[person.member_id] = made.app_id

    async def _open_to_others(self) -> None:
        """Every circle, as if its owner had pressed: whether it is there is for its readers to say."""
        await rows(
            """insert into federated_circle (circle_id, private_key) select id, $1 from circle
               on conflict (circle_id) do update set state = 'on'""",
            federation_keys.made(),
        )

    async def _leave_somebody(self) -> None:
        """Somebody who is no longer let in; and an export of the bystander's data."""
        ghost = await self._cast.member(self.gone, "走了")
        await rows("update member set suspended_at = now() where id = $1", ghost.member_id)
        made = await rows(
            "insert into data_export (member_id, language) values ($1, 'en') returning id",
            self.bystander.member_id,
        )
        self.export_id = made[0]["id"]

    async def _open(self, whose: str, partner: str, circle: str) -> None:
        partner_id = await _partner(partner)
        found = await row("select id from circle where slug = $1", circle)
        circle_id = (
            found["id"]
            if found
            else await changing.opened(partner_id, circle, "fitness", f"圈子 {circle}")
        )
        await rows(
            """update circle set cover = $2, hidden = $3, thresholds = $4, check_ins = true
               where id = $1""",
            circle_id,
            PICTURE,
            circle.startswith("quiet"),
            GUARDED if circle.startswith("guarded") else "{}",
        )
        crew = JOYRUN if whose == "joyrun" else ("other",)
        for role in crew:
            person = self.people[role]
            assert person is not None
            self.staff.append((partner_id, person.member_id, "owner" if role == "other" else role))
        # Somebody who may do everything stays, whoever leaves.
        self.staff.append((partner_id, self.bystander.member_id, "owner"))
        await self._staff()
        self.things[circle] = await self._things(partner_id, circle_id, circle)

    async def _things(self, partner_id: int, circle_id: int, circle: str) -> dict[str, Any]:
        """A post of the partner's, pinned, with a picture and a comment; an invitation."""
        post = (await self.bystander.posts("大家好", circle)).post_id
        await rows(
            "insert into image values ($1, $2, $3, 0, 10, 10, '#ffffff')", circle_id, PICTURE, post
        )
        comment = await rows(
            """insert into comment (circle_id, post_id, author_id, body) values ($1, $2, $3, '好')
               returning id""",
            circle_id,
            post,
            self.bystander.member_id,
        )
        invitation = await rows(
            """insert into invitation (partner_id, token_hash, role, invited_by)
               values ($1, $2, 'analyst', $3) returning id""",
            partner_id,
            hashlib.sha256(circle.encode()).digest(),
            self.bystander.member_id,
        )
        brought = await rows(
            """insert into post_import (circle_id, member_id, name, digest, language, state, rows)
               values ($1, $2, 'posts.csv', '', 'en', 'tried', 0) returning id""",
            circle_id,
            self.bystander.member_id,
        )
        service, request = await _serves(circle_id, self.bystander.member_id, "done")
        case_id, decision_id = await _was_decided(
            circle_id, -10_000 - post, self.bystander.member_id
        )
        return {
            "template_id": 1,
            "planned_id": await self._planned(circle_id),
            "circle_notice_id": await self._noticed(circle_id),
            **await self._hooked(circle_id),
            "series_id": await self._series(circle_id),
            "circle_id": circle_id,
            "import_id": brought[0]["id"],
            "case_id": case_id,
            "decision_id": decision_id,
            "post_id": post,
            "service_id": service,
            "service_request_id": request,
            **await _has_fans(circle_id, self.fan),
            "comment_id": comment[0]["id"],
            "invitation_id": invitation[0]["id"],
            **await _collected(circle_id, post, self.bystander.member_id),
            "member_id": self.bystander.member_id,
            "name": PICTURE,
            "size": "s.webp",
            "topic": "跑步",
        }

    async def _planned(self, circle_id: int) -> int:
        """A post that waits for its time and for an owner's word."""
        [made] = await rows(
            """insert into post (circle_id, author_id, state, waits_for, body, by_staff)
               values ($1, $2, 'scheduled', 'approval', '以后再说', true) returning id""",
            circle_id,
            self.bystander.member_id,
        )
        await rows(
            "insert into plan (circle_id, post_id, planned_by) values ($1, $2, $3)",
            circle_id,
            made["id"],
            self.bystander.member_id,
        )
        return int(made["id"])

    async def _series(self, circle_id: int) -> int:
        [made] = await rows(
            """insert into plan_series (circle_id, author_id, body, every, minute, first_day, state)
               values ($1, $2, '每天', 'day', 0, '2099-01-01', 'asked') returning id""",
            circle_id,
            self.bystander.member_id,
        )
        return int(made["id"])

    async def _noticed(self, circle_id: int) -> int:
        """A draft of the bystander's."""
        [made] = await rows(
            """insert into circle_notice (circle_id, author_id, title, body)
               values ($1, $2, '约跑', '七点') returning id""",
            circle_id,
            self.bystander.member_id,
        )
        return int(made["id"])

    async def _hooked(self, circle_id: int) -> dict[str, int]:
        """A paused webhook, and what it was sent."""
        [hook] = await rows(
            """insert into webhook (circle_id, member_id, url, secret, state, epoch, seq)
               values ($1, $2, 'https://hook.invalid/', 'secret', 'paused', '', 0) returning id""",
            circle_id,
            self.bystander.member_id,
        )
        [sent] = await rows(
            """insert into webhook_delivery (circle_id, webhook_id, message, op, body, state)
               values ($1, $2, 'evt', 'post.published', '{}', 'delivered') returning id""",
            circle_id,
            hook["id"],
        )
        return {"webhook_id": hook["id"], "delivery_id": sent["id"]}

    async def _hook_again(self) -> None:
        """Those that were removed, and nothing but what was there."""
        names = ("circle_id", "webhook_id", "delivery_id")
        there = [[thing[name] for thing in self.things.values()] for name in names]
        await rows("delete from webhook where id <> all($1::bigint[])", there[1])
        await rows(
            """insert into webhook (circle_id, id, member_id, url, secret, state, epoch, seq)
               overriding system value
               select c, w, $3, 'https://hook.invalid/', 'secret', 'paused', '', 0
               from unnest($1::bigint[], $2::bigint[]) as u(c, w)
               on conflict (circle_id, id) do update set state = excluded.state""",
            *there[:2],
            self.bystander.member_id,
        )
        await rows("delete from webhook_delivery where id <> all($1::bigint[])", there[2])
        await rows(
            """insert into webhook_delivery (circle_id, webhook_id, id, message, op, body, state)
               overriding system value
               select c, w, d, 'evt', 'post.published', '{}', 'delivered'
               from unnest($1::bigint[], $2::bigint[], $3::bigint[]) as u(c, w, d)
               on conflict (circle_id, id) do update set state = excluded.state""",
            *there,
        )

    async def _hang(self) -> None:
        """Pictures that are there; what is in them is nobody's business here."""
        for name in (PICTURE, WISHED):
            for size in ("s", "m", "l"):
                file = store().path(name, size)
                if not file.exists():
                    file.parent.mkdir(parents=True, exist_ok=True)
                    file.write_bytes(b"RIFF")

    async def _apply(self) -> None:
        everybody = [person for person in self.people.values() if person is not None]
        for person in (*everybody, self.bystander):
            made = await rows(
                """insert into application (kind, applicant_id, slug, name, partner_kind, intro,
                                            contact, cover)
                   values ('partner', $1, 'wish-' || $1::bigint, '想做伙伴', 'merchant', '想', '话', $2)
                   returning id""",
                person.member_id,
                WISHED,
            )
            self.applications[person.member_id] = made[0]["id"]

    async def _have_credit(self) -> None:
        """Two decisions against everybody; against one of them they have appealed."""
        everybody = [person for person in self.people.values() if person is not None]
        for person in (*everybody, self.bystander):
            for cause in (1, 2):
                await ledger.enter(
                    person.member_id, "decision", Cause("case", 0, cause), detail="other"
                )
            first, second = await rows(
                "select id from credit_entry where member_id = $1 order by id", person.member_id
            )
            made = await rows(
                """insert into credit_appeal (entry_id, member_id, words) values ($1, $2, '冤枉')
                   returning id""",
                first["id"],
                person.member_id,
            )
            asked = await rows(
                """insert into verification_request (member_id, kind, fingerprint, masked)
                   values ($1, 'passport', sha256('x'), 'E*1') returning id""",
                person.member_id,
            )
            self.requests[person.member_id] = asked[0]["id"]
            night_run = self.things["night-run"]
            _, self.decisions[person.member_id] = await _was_decided(
                night_run["circle_id"], -person.member_id, person.member_id
            )
            self.entries[person.member_id] = second["id"]
            self.appeals[person.member_id] = made[0]["id"]

    async def _ask_for_services(self) -> None:
        """Each person something of their own, which waits for an answer."""
        everybody = [person for person in self.people.values() if person is not None]
        for person in (*everybody, self.bystander):
            night_run = self.things["night-run"]["circle_id"]
            _, self.asked[person.member_id] = await _serves(night_run, person.member_id, "new")

    async def _invite_from_elsewhere(self) -> None:
        """A partner nobody of the cast works for, so that everybody has something to gain."""
        partner_id = await _partner("elsewhere")
        self.staff.append((partner_id, self.bystander.member_id, "owner"))
        await self._staff()
        for token in (GOOD, OVER):
            await rows(
                """insert into invitation (partner_id, token_hash, role, invited_by, ended_at)
                   values ($1, $2, 'editor', $3, case when $4 then now() end)""",
                partner_id,
                sessions.hash_of(token),
                self.bystander.member_id,
                token == OVER,
            )

    async def _bookings(self, state: str) -> None:
        """Those that paths name, and none that somebody made by asking."""
        await rows(
            """update service_request set state = $2, decided_at = null
               where id = any($1::bigint[])""",
            [thing["service_request_id"] for thing in self.things.values()],
            state,
        )

    async def restore(self) -> None:
        """After a deed: everybody and everything as it was."""
        await self._staff()
        await self._hang()
        for person in self.people.values():
            if person is not None:
                await rows(
                    """insert into session (id, member_id, agent, idle_until, ends_at)
                       values ($1, $2, 'httpx', now() + interval '1 day', now() + interval '1 day')
                       on conflict do nothing""",
                    person.viewer.session,
                    person.member_id,
                )
        await rows("update post set state = 'published', body = '大家好' where state = 'removed'")
        await rows("update comment set state = 'published', body = '好' where state = 'removed'")
        await rows(
            """update post set state = 'scheduled', waits_for = 'approval', seq = null,
                      published_at = null, publish_at = now() + interval '30 days'
               where id in (select post_id from plan)"""
        )
        await rows("update plan_series set state = 'asked'")
        await rows("update circle_notice set state = 'draft', send_at = null, version = 1")
        await rows("delete from circle_notice_mute")
        await self._hook_again()
        await rows("update access_key set ended_at = null where name = '钥匙'")
        await rows("delete from access_key where name <> '钥匙'")
        await rows(
            """insert into oauth_app (id, member_id, client_id, name, secret, redirects, scopes)
               overriding system value
               select a, m, 'qzc_' || a, '应用', '', '{https://app.example/back}', '{circles:read}'
               from unnest($1::bigint[], $2::bigint[]) l(a, m) on conflict do nothing""",
            list(self.apps.values()),
            list(self.apps),
        )
        await rows("update post_import set state = 'tried', ended_at = null")
        await rows("delete from report")
        await rows("delete from ban")
        await rows(
            """update review_case set state = 'second', claimed_by = null, claimed_until = null,
                      decided_at = null where reach = 7"""
        )
        await rows("update decision set second = 'wanted', second_by = null where reason = 'x'")
        await rows("delete from withheld")
        await rows("delete from digested")
        await rows("delete from collection_suggestion where state = 'open'")
        for thing in self.things.values():
            await _collected(thing["circle_id"], thing["post_id"], self.bystander.member_id, thing)
        await rows(
            "update service set state = 'shown', picture = $1 where state <> 'shown'", PICTURE
        )
        await self._bookings("done")
        await rows("update segment set withdrawn_at = null")
        await rows("update circle set check_ins = true")
        for thing in self.things.values():
            await _tagged(thing["circle_id"], thing["tag_id"])
        await rows("update invitation set used_at = null, used_by = null")
        await rows(
            "update invitation set ended_at = null where token_hash <> $1", sessions.hash_of(OVER)
        )
        await rows(
            "update application set state = 'open', reason = '', cover = $1 where state <> 'open'",
            WISHED,
        )
        await rows("delete from partner where slug like 'wish-%'")
        for thing in self.things.values():
            await rows(
                """insert into image values ($1, $2, $3, 0, 10, 10, '#ffffff')
                   on conflict do nothing""",
                thing["circle_id"],
                PICTURE,
                thing["post_id"],
            )

    async def _staff(self) -> None:
        await rows("delete from staff")
        await rows(
            """insert into staff (partner_id, member_id, role)
               select * from unnest($1::bigint[], $2::bigint[], $3::text[])""",
            *(list(each) for each in zip(*self.staff, strict=True)),
        )

    @staticmethod
    async def calm() -> None:
        """Nobody has been too fast."""
        limits._alone.clear()
        await bell.ringer().flushdb()

    async def ask(self, who: str, method: str, path: str) -> httpx.Response:
        if path.startswith("/api/"):
            return await self._ask_by_key(who, method, path)
        if "/manage/notices/" in path and path.endswith(("/approve", "/decline")):
            await rows("update circle_notice set state = 'asked'")
        person = self.people[who]
        token = person.token if person else "a-visitors-form"
        cookie = f"quanzi={token}" if person else f"quanzi-form={token}"
        self.client.cookies.clear()
        return await self.client.request(
            method,
            path,
            headers={"cookie": cookie},
            data={"_csrf_token": csrf._token(token)} if method == "POST" else None,
        )

    async def _ask_by_key(self, who: str, method: str, path: str) -> httpx.Response:
        """With a document that is one, and says nothing that could be done."""
        person = self.people[who]
        headers = {"if-match": '"1"'}
        if person:
            headers["authorization"] = f"Bearer {self.keys[person.member_id][1]}"
        self.client.cookies.clear()
        # What is answered waits for an answer; what is deleted has none that wait.
        if re.search(r"/requests/\d+/state$", path):
            await self._bookings("new")
        elif "/desk/services/" in path:
            await self._bookings("done")
        sent = document(path) if method in {"POST", "PATCH", "PUT"} else None
        return await self.client.request(method, path, headers=headers, json=sent)

    async def ask_once(self, who: str, method: str, path: str) -> httpx.Response:
        """For what is never there, and so always answers the same."""
        key = (who, method, path)
        if key not in self.answers:
            self.answers[key] = await self.ask(who, method, path)
        return self.answers[key]

    async def listen(self, who: str, path: str) -> str:
        """`y`, or the code and reason that a page is sent away with."""
        person = self.people[who]
        headers = {"Cookie": f"quanzi={person.token}"} if person else {}
        first = '{"since": null}' if path == "/live" else '{"resume": null}'
        async with connect(
            self.url.replace("http", "ws") + path, origin=self.url, additional_headers=headers
        ) as socket:
            try:
                await socket.send(first)
                await socket.recv()
            except ConnectionClosed:
                return f"{socket.close_code} {socket.close_reason}"
        return "y"


async def _serves(circle_id: int, member_id: int, state: str) -> tuple[int, int]:
    """A service with a picture, and a request of this member's for it."""
    service = await rows(
        """insert into service (circle_id, place, state, title, picture)
           values ($1, 1, 'shown', '陪跑', $2) returning id""",
        circle_id,
        PICTURE,
    )
    request = await rows(
        """insert into service_request (circle_id, service_id, member_id, state, keeps_until)
           values ($1, $2, $3, $4, now() + interval '1 day') returning id""",
        circle_id,
        service[0]["id"],
        member_id,
        state,
    )
    return service[0]["id"], request[0]["id"]


async def _has_fans(circle_id: int, fan: Person) -> dict[str, Any]:
    """Somebody who follows, a segment and a tag."""
    await rows(
        "insert into follow (circle_id, member_id) values ($1, $2) on conflict do nothing",
        circle_id,
        fan.member_id,
    )
    made = await rows(
        "insert into segment (circle_id, name) values ($1, '老粉') returning id", circle_id
    )
    # Its number is its own, so that it can be there again after it was removed.
    tag_id = 1_000_000 + circle_id
    await _tagged(circle_id, tag_id)
    return {"segment_id": made[0]["id"], "tag_id": tag_id, "member": fan.handle}


async def _tagged(circle_id: int, tag_id: int) -> None:
    await rows(
        """insert into fan_tag (circle_id, id, name) overriding system value values ($1, $2, '常客')
           on conflict do nothing""",
        circle_id,
        tag_id,
    )


async def _was_decided(circle_id: int, post_id: int, author_id: int) -> tuple[int, int]:
    """A case whose ban waits for a second look, and the decision, which is appealed."""
    case = await rows(
        """insert into review_case (circle_id, kind, post_id, author_id, source, category, state,
                                    reach, due_at)
           values ($1, 'post', $2, $3, 'staff', 'other', 'second', 7, now()) returning id""",
        circle_id,
        post_id,
        author_id,
    )
    decision = await rows(
        """insert into decision (circle_id, case_id, kind, post_id, author_id, decided_by, category,
                                 action, measure, until, reason, second)
           values ($1, $2, 'post', $3, $4, 0, 'other', 'keep', 'ban', 'infinity', 'x', 'wanted')
           returning id""",
        circle_id,
        case[0]["id"],
        post_id,
        author_id,
    )
    return case[0]["id"], decision[0]["id"]


async def _collected(
    circle_id: int, post_id: int, member_id: int, kept: dict[str, Any] | None = None
) -> dict[str, Any]:
    """A collection in two sections, with a cover, the post and its map, and somebody's suggestion; or
    all of that as it was.
    """
    names = ("collection_id", "section_id", "other_section", "suggestion_id")
    ids = [kept[name] for name in names] if kept else [
        (await rows("select nextval(pg_get_serial_sequence($1, 'id'))", table))[0][0]
        for table in ("collection", "collection_section", "collection_section",
                      "collection_suggestion")
    ]  # fmt: skip
    collection, section, other, suggestion = ids
    await rows("delete from collection_entry where circle_id = $1", circle_id)
    await rows("delete from collection where circle_id = $1", circle_id)
    await rows(
        """insert into collection (circle_id, id, state, title, cover, made_by, published_at)
           overriding system value values ($1, $2, 'published', '路线', $3, $4, now())""",
        circle_id,
        collection,
        PICTURE,
        member_id,
    )
    await rows(
        """insert into collection_section (circle_id, collection_id, id, place)
           overriding system value values ($1, $2, $3, 0), ($1, $2, $4, 1)""",
        circle_id,
        collection,
        section,
        other,
    )
    await rows(
        """insert into collection_entry (circle_id, collection_id, post_id, section_id, place, map,
                                         added_by) values ($1, $2, $3, $4, 0, $5, $6)""",
        circle_id,
        collection,
        post_id,
        section,
        PICTURE,
        member_id,
    )
    await rows(
        """insert into collection_suggestion (circle_id, id, collection_id, post_id, member_id, reason)
           overriding system value values ($1, $2, $3, $4, $5, '好看')
           on conflict (circle_id, id) do update set state = 'open'""",
        circle_id,
        suggestion,
        collection,
        post_id,
        member_id,
    )
    return dict(zip(names, ids, strict=True))


async def _partner(slug: str) -> int:
    made = await rows(
        """insert into partner (slug, name) values ($1, $1)
           on conflict (slug) do update set slug = excluded.slug returning id""",
        slug,
    )
    return int(made[0]["id"])


def an_asset() -> str:
    return asset("quanzi.css").removeprefix("/assets/")
