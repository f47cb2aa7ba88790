"""What an app asks a member for, read by the rules of RFC 6749, RFC 7636 and RFC 9700.

An app that is unknown, or wants people sent elsewhere than it registered, is told nothing. Nor does
any other fault of a request send anybody on by itself: everybody may register an app, and we would
lead people from our address to theirs by a link in a letter (RFC 9700 §4.11.2). Who looks at the page
goes back by a press.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from quanzi.db.engine import row
from quanzi.platform import redirects
from quanzi.platform.clients import GOOD_APP
from quanzi.platform.refused import Refused

STATE_LONGEST = 2_000
# A SHA-256 in base64 as addresses have it, without the sign at its end.
_CHALLENGE = re.compile(r"[A-Za-z0-9_-]{43}")
NAMES = (
    "response_type",
    "client_id",
    "redirect_uri",
    "scope",
    "state",
    "code_challenge",
    "code_challenge_method",
)


@dataclass(frozen=True, slots=True)
class App:
    id: int
    client_id: str
    name: str
    maker: str
    maker_handle: str
    redirects: tuple[str, ...]
    scopes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """`issuer`: who answers, so that no app takes another site's answer for ours (RFC 9207)."""

    app: App
    redirect: str
    state: str
    scopes: tuple[str, ...]
    challenge: str
    issuer: str

    def back(self, **answer: str) -> str:
        return _back(self.redirect, self.state, self.issuer, answer)


class AskedWrongly(Refused):
    """`back`: where the app waits for this answer; empty where it is not known whose that is."""

    def __init__(self, error: str, why: str, back: str = "") -> None:
        super().__init__(error, why)
        self.back = back


async def read(given: Sequence[tuple[str, str]], issuer: str) -> Asked:
    """Raises AskedWrongly."""
    try:
        values = once_each(given)
    except Refused as twice:
        raise AskedWrongly(twice.error, twice.why) from None
    app = await _app(values.get("client_id", ""))
    redirect, state = values.get("redirect_uri", ""), values.get("state", "")
    if not redirects.is_one_of(redirect, app.redirects):
        raise AskedWrongly("invalid_request", "redirect_uri is not one that the app registered")
    try:
        scopes = _by_the_rules(app, values)
    except Refused as wrong:
        known = state if len(state) <= STATE_LONGEST else ""
        back = _back(redirect, known, issuer, {"error": wrong.error})
        raise AskedWrongly(wrong.error, wrong.why, back) from None
    return Asked(app, redirect, state, scopes, values["code_challenge"], issuer)


def once_each(given: Sequence[tuple[str, str]]) -> dict[str, str]:
    """Raises Refused for what is said twice: two who read it could read two things."""
    values: dict[str, str] = {}
    for name, value in given:
        if name in values:
            raise Refused("invalid_request", "a parameter is given twice")
        if "\x00" in value:
            raise Refused("invalid_request", "a parameter that cannot be read")
        values[name] = value
    return values


def scopes_of(asked: str, allowed: Sequence[str]) -> tuple[str, ...]:
    """Without a word about it: all that is allowed. Raises Refused for more than that."""
    wanted = asked.split()
    if not set(wanted) <= set(allowed):
        raise Refused("invalid_scope", "more than is allowed")
    return tuple(scope for scope in allowed if scope in wanted or not wanted)


def _by_the_rules(app: App, values: Mapping[str, str]) -> tuple[str, ...]:
    if len(values.get("state", "")) > STATE_LONGEST:
        raise Refused("invalid_request", f"state is longer than {STATE_LONGEST}")
    if values.get("response_type") != "code":
        raise Refused("unsupported_response_type", "response_type must be code")
    if values.get("response_mode", "query") != "query":
        raise Refused("invalid_request", "response_mode must be query")
    if "request" in values or "request_uri" in values:
        raise Refused("invalid_request", "request objects are not supported")
    if values.get("code_challenge_method") != "S256":
        raise Refused("invalid_request", "PKCE is needed: code_challenge_method must be S256")
    if not _CHALLENGE.fullmatch(values.get("code_challenge", "")):
        raise Refused("invalid_request", "PKCE is needed: code_challenge is not a SHA-256")
    return scopes_of(values.get("scope", ""), app.scopes)


async def _app(client_id: str) -> App:
    found = await row(
        f"""select a.id, a.client_id, a.name, o.name as maker, o.handle, a.redirects, a.scopes
            from {GOOD_APP} where a.client_id = $1""",
        client_id,
    )
    if found is None:
        raise AskedWrongly("invalid_request", "client_id is not an app of this site")
    app_id, client_id, name, maker, handle, addresses, scopes = found
    return App(app_id, client_id, name, maker, handle, tuple(addresses), tuple(scopes))


def _back(redirect: str, state: str, issuer: str, answer: Mapping[str, str]) -> str:
    also = {"state": state} if state else {}
    return redirects.with_answer(redirect, {**answer, **also, "iss": issuer})
