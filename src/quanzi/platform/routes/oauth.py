"""OAuth 2 for apps: people are asked, apps come for tokens, and the site says how (RFC 8414)."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

from litestar import Request, Response, get, post

from quanzi.platform import allowing, clients, consenting, tokens
from quanzi.platform.clients import Client
from quanzi.platform.consenting import AskedWrongly
from quanzi.platform.redirects import origin_of
from quanzi.platform.refused import NoSuchClient, Refused
from quanzi.platform.scopes import SCOPES
from quanzi.web import addresses, bodies, limits, sessions
from quanzi.web.forms import SMALL_FORM
from quanzi.web.front import policy
from quanzi.web.limits import Limit
from quanzi.web.origins import own_origin
from quanzi.web.responses import nonce, page, see

type_of_request = Request[Any, Any, Any]
Deed = Callable[[Client, Mapping[str, str]], Awaitable[dict[str, Any]]]

# Of an app, from one address: nobody else's asking in its name keeps it from its tokens.
TOKENS = Limit("oauth-tokens", 600, 60, 120)
UNKNOWN_CLIENTS = Limit("oauth-unknown-clients", 30, 60, 30)
BY_APPS = {
    "open": "an app proves who it is by its secret, or its code by what only it knows",
    "forgeable": "no cookie is looked at: what is sent here carries its own proof, or does nothing",
}


@get("/oauth/authorize")
async def show_consent(request: type_of_request) -> Response[bytes]:
    """Asked every time, whatever was allowed before: who looks like an app known may not be it."""
    try:
        asked = await consenting.read(list(request.query_params.multi_items()), own_origin(request))
    except AskedWrongly as wrong:
        return await _wrong(request, wrong)
    answer = await page(request, "platform/consent.html", asked=asked, scopes=SCOPES)
    # The press is sent here, and the browser from here to the app: both are the form's action.
    allowed = policy(nonce(request), forms_also_to=origin_of(asked.redirect))
    answer.headers["content-security-policy"] = allowed.decode()
    return answer


@post("/oauth/authorize", request_max_body_size=SMALL_FORM)
async def answer_consent(request: type_of_request) -> Response[bytes]:
    viewer = await sessions.viewer(request)
    await limits.hold(limits.DEEDS, viewer.member_id)
    given = await _texts(request)
    try:
        asked = await consenting.read(
            [each for each in given if each[0] in consenting.NAMES], own_origin(request)
        )
    except AskedWrongly as wrong:
        return await _wrong(request, wrong)
    if ("answer", "allow") not in given:
        return see(asked.back(error="access_denied"))
    return see(asked.back(code=await allowing.allow(viewer, asked)))


@post("/oauth/token", opt=BY_APPS, request_max_body_size=SMALL_FORM)
async def give_tokens(request: type_of_request) -> Response[Any]:
    return await _by_app(request, _tokens)


@post("/oauth/revoke", opt=BY_APPS, request_max_body_size=SMALL_FORM)
async def take_token(request: type_of_request) -> Response[Any]:
    return await _by_app(request, _taken)


@get(
    "/.well-known/oauth-authorization-server",
    opt={"open": "programs read here where to ask, before they are anybody's"},
)
async def tell_of_oauth(request: type_of_request) -> Response[Any]:
    here = own_origin(request)
    ways = ["client_secret_basic", "client_secret_post", "none"]
    return Response(
        {
            "issuer": here,
            "authorization_endpoint": f"{here}/oauth/authorize",
            "token_endpoint": f"{here}/oauth/token",
            "revocation_endpoint": f"{here}/oauth/revoke",
            "service_documentation": f"{here}/developers",
            "scopes_supported": list(SCOPES),
            "response_types_supported": ["code"],
            "response_modes_supported": ["query"],
            "grant_types_supported": list(GRANTS),
            "code_challenge_methods_supported": ["S256"],
            "token_endpoint_auth_methods_supported": ways,
            "revocation_endpoint_auth_methods_supported": ways,
            "authorization_response_iss_parameter_supported": True,
        }
    )


async def _tokens(client: Client, fields: Mapping[str, str]) -> dict[str, Any]:
    grant = GRANTS.get(_needed(fields, "grant_type"))
    if grant is None:
        raise Refused("unsupported_grant_type", f"grant_type is one of {', '.join(GRANTS)}")
    made = await grant(client, fields)
    return {
        "access_token": made.access,
        "token_type": "Bearer",
        "expires_in": tokens.SECONDS,
        "scope": " ".join(made.scopes),
        **({"refresh_token": made.refresh} if made.refresh else {}),
    }


async def _taken(client: Client, fields: Mapping[str, str]) -> dict[str, Any]:
    await tokens.give_back(client, _needed(fields, "token"))
    return {}


GRANTS: Mapping[str, Callable[[Client, Mapping[str, str]], Awaitable[tokens.Tokens]]] = {
    "authorization_code": lambda client, fields: tokens.for_code(
        client,
        _needed(fields, "code"),
        _needed(fields, "redirect_uri"),
        _needed(fields, "code_verifier"),
    ),
    "refresh_token": lambda client, fields: tokens.for_refresh(
        client, _needed(fields, "refresh_token"), fields.get("scope", "")
    ),
    "client_credentials": lambda client, fields: tokens.for_itself(client, fields.get("scope", "")),
}


def _needed(fields: Mapping[str, str], name: str) -> str:
    if not fields.get(name):
        raise Refused("invalid_request", f"{name} is missing")
    return fields[name]


async def _by_app(request: type_of_request, deed: Deed) -> Response[Any]:
    try:
        fields = consenting.once_each(await _texts(request))
        client = await clients.known(request.headers.get("authorization", ""), fields)
        await limits.hold(TOKENS, (client.app_id, addresses.address_of(request)))
        return _told(200, await deed(client, fields))
    except NoSuchClient as unknown:
        await limits.hold(UNKNOWN_CLIENTS, addresses.address_of(request))
        return _told(401, _as_told(unknown), {"www-authenticate": 'Basic realm="oauth"'})
    except Refused as refused:
        return _told(400, _as_told(refused))


def _as_told(refused: Refused) -> dict[str, Any]:
    return {"error": refused.error, "error_description": refused.why}


def _told(
    status: int, what: Mapping[str, Any], headers: Mapping[str, str] | None = None
) -> Response[Any]:
    never_kept = {"cache-control": "no-store", "pragma": "no-cache"}
    return Response(
        what,
        status_code=status,
        media_type="application/json",
        headers=never_kept | dict(headers or {}),
    )


async def _texts(request: type_of_request) -> Sequence[tuple[str, str]]:
    found = await bodies.parts(request)
    return [(name, value) for name, value in found if isinstance(value, str)]


async def _wrong(request: type_of_request, wrong: AskedWrongly) -> Response[bytes]:
    return await page(request, "platform/asked_wrongly.html", status=422, wrong=wrong)
