"""T21: nothing that is sent is a fault of ours, and nobody learns by it what is not theirs.

A schema-less fuzz over the table's routes: as visitor, member, owner and moderator, with values of the
path, questions, fields and files by chance. `QUANZI_LONG=1` asks twenty thousand times.
"""

import os
import re
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from quanzi.web import csrf
from tests.matrix.asking import ABSENT, door
from tests.matrix.table import ROWS

LONG = bool(os.environ.get("QUANZI_LONG"))
CASES = 20_000 if LONG else 400
ROLES = ("visitor", "member", "owner", "moderator")
# What nobody of these may read anywhere: it lies in a hidden circle of somebody else's, in a letter
# box, or in an application that waits.
SECRETS = {
    "visitor": ("quiet-night-run", "quiet-banking", "SECRET-"),
    "member": ("quiet-night-run", "quiet-banking", "SECRET-"),
    "owner": ("quiet-banking", "SECRET-"),
    "moderator": ("SECRET-",),
}
DOORS = [door(row) for row in ROWS if not row.door.startswith("LIVE")]
# Names that forms of the site have, and some that none has.
FIELDS = re.findall(
    r"\S+",
    """body images topics publish_at pin pin_until idempotency_key version slot starts_at ends_at
    reply_to category note handle password next name intro agreed kind number born pictures answer
    proof reason action measure days credit words due role cover slug partner_kind contact title zone
    language address again old new device endpoint p256dh auth channel score_hide score_hold text csv
    file ticket redirects client_id client_secret redirect_uri scope grant_type code token refresh_token
    code_verifier title km start link map section before step bare collection_id __proto__ __class__ _csrf_token constructor body[] body[0] a.b""",
)
QUESTIONS = ("q", "before", "after", "lang", "next", "category", "page", "for", "state", "code",
             "topic", "outcome", "client_id", "redirect_uri", "response_type", "from", "to", "saved", "day", "kind", "who", "status")  # fmt: skip

_odd = st.sampled_from(
    ["", "0", "-1", "1", "00", "1e9", "NaN", "²", "٣", "9" * 18, "9" * 19, str(2**63), str(-(2**63)),
     "9" * 400, "null", "true", "[]", "{}", "%", "%s", "%(n)d", "{0}", "{{7*7}}", "${7*7}", "'", '"',
     "'--", "\\", "../", "..%2f", "\x00", "\ud800".encode("utf-16", "surrogatepass").decode("latin-1"),
     "\u202e", "\ufeff", "\uffff", "<script>", "<svg/onload=1>", "javascript:x", "2026-02-30T25:61",
     "2026-11-27T06:00", "9999-12-31T23:59", "0001-01-01T00:00", "20261123T214500123456-17",
     "20261123T214500123456-99999999999999999999", "00000000-0000-0000-0000-000000000000",
     "👨‍👩‍👧‍👦", "a\u0301" * 30, "夜跑", "x" * 5001, "\n" * 200, "@xiaolan #夜跑#", "https://a.example/" + "a/" * 200,
     "Asia/Shanghai", "en", "zh-Hant", "on"]
)  # fmt: skip
_text = _odd | st.text(max_size=40)
_files = st.tuples(
    st.sampled_from(FIELDS),
    st.tuples(
        st.sampled_from(
            ["a.jpg", "../a", "a\u202egpj.exe", "", "x" * 300, "a\r\nb", '"', "圈.png"]
        ),
        st.binary(max_size=64),
        st.sampled_from(["image/jpeg", "text/html", "", "x/y; charset=zz", "multipart/form-data"]),
    ),
)
_case = st.fixed_dictionaries(
    {
        "who": st.sampled_from(ROLES),
        "door": st.sampled_from(DOORS),
        "true": st.booleans(),  # the path leads to something that is there
        "odd": _text,
        "question": st.dictionaries(st.sampled_from(QUESTIONS), _text, max_size=3),
        "fields": st.dictionaries(st.sampled_from(FIELDS), _text, max_size=6),
        "twice": st.booleans(),
        "files": st.lists(_files, max_size=2),
        "htmx": st.booleans(),
        "json": st.booleans(),
        "language": st.sampled_from(["", "en", "zh-Hant", "xx;q=inf", "*;q=-1", ",,,"]),
    }
)


@pytest.mark.timeout(1800 if LONG else 120)
async def test_nothing_that_is_sent_is_a_fault_or_tells_what_is_not_theirs(stage, site):
    import asyncio

    from quanzi.db.engine import rows

    await rows(
        "update application set contact = 'SECRET-contact' where applicant_id = $1",
        stage.bystander.member_id,
    )
    await site.tickers_rest()
    loop = asyncio.get_running_loop()
    found: list[str] = []
    asked = 0

    async def case(each) -> None:
        nonlocal asked
        asked += 1
        if asked % 40 == 0:
            await stage.calm()
            await stage.restore()
        fault = await _fault(stage, each)
        if fault:
            found.append(f"{fault} {each}")

    @settings(
        max_examples=CASES,
        deadline=None,
        database=None,
        derandomize=not LONG,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(_case)
    def ask_all(each) -> None:
        asyncio.run_coroutine_threadsafe(case(each), loop).result(60)

    await asyncio.to_thread(ask_all)
    await site.tickers_work()

    assert asked >= CASES * 0.9
    assert found == [], "\n".join(found[:20])


async def _fault(stage, each) -> str:
    who, (method, pattern) = each["who"], each["door"]
    if each["door"] == ("POST", "/me/data/erase"):
        return ""  # who goes for good is missed by the cases after; tests/privacy asks that
    path = _path(stage, pattern, each)
    person = stage.people[who]
    token = person.token if person else "a-visitors-form"
    headers = {
        "cookie": f"quanzi={token}" if person else f"quanzi-form={token}",
        "x-csrf-token": csrf._token(token),
        "accept-language": each["language"],
        **({"hx-request": "true"} if each["htmx"] else {}),
        **({"accept": "application/json"} if each["json"] else {}),
    }
    stage.client.cookies.clear()
    fields = each["fields"]
    if each["twice"]:
        fields = {name: [value, value[::-1]] for name, value in fields.items()}
    # A lone surrogate is what no client can send.
    answer = await stage.client.request(
        method,
        path,
        params=each["question"],
        headers=headers,
        data=fields if method == "POST" else None,
        files=each["files"] or None if method == "POST" else None,
    )
    if answer.status_code >= 500:
        return f"{answer.status_code}: {method} {path}"
    sent = str(each)
    for secret in SECRETS[who]:
        if secret in answer.text and secret not in sent + path:
            return f"told {secret}: {method} {path}"
    viewers = re.findall(r'data-viewer="([^"]*)"', answer.text)
    # Who has just signed out sees what a visitor sees.
    if not set(viewers) <= {"", person.handle if person else ""}:
        return f"somebody else's page: {method} {path}"
    return ""


def _path(stage, pattern: str, each) -> str:
    """To something of Joyrun's, with one part of the path by chance unless it is to be true."""
    things = {
        **stage.things["night-run" if len(each["odd"]) % 3 else "quiet-banking"],
        "circle": "night-run" if len(each["odd"]) % 3 else "quiet-banking",
        "partner": "joyrun",
        "handle": "bystander",
        "application_id": next(iter(stage.applications.values())),
        "appeal_id": stage.appeals[stage.bystander.member_id],
        "request_id": stage.requests[stage.bystander.member_id],
        "entry_id": stage.entries[stage.bystander.member_id],
        "decision_id": stage.decisions[stage.bystander.member_id],
        "session": stage.bystander.viewer.session.hex(),
        "export_id": ABSENT,
        "token": "x",
        "category": "fraud",
        "digest": "0",
        "path": "x",
    }
    parts = re.findall(r"\{(\w+)\}", pattern)
    if parts and not each["true"]:
        odd = each["odd"].encode("utf-8", "surrogatepass")
        things[parts[len(each["odd"]) % len(parts)]] = quote(odd, safe="") or "%20"
    # What this stage does not hold is nobody's.
    absent = dict.fromkeys(parts, str(ABSENT))
    return pattern.format(**absent | things)
