"""Speaking with an OpenID Connect provider: authorization code with PKCE, and what it says of whom.

Whatever is not as it should be ends in `NotToldBy`: nobody is signed in or verified by half an answer.
"""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import httpx2
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.httpx_client import AsyncOAuth2Client
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from quanzi.errors import Refusal, said
from quanzi.settings import OpenId, settings

SECONDS = 8.0
KEPT_SECONDS = 3600.0
SCOPE = "openid profile"
ALGORITHMS = ["RS256", "ES256", "PS256", "EdDSA"]
# Their clock and ours.
LEEWAY = 60


class NotToldBy(Refusal):
    """The provider is away, or said what cannot be believed."""

    sentence = said("登录服务没有给出可用的回答，请稍后再试。")


@dataclass(frozen=True, slots=True)
class Told:
    """Who they are there. `verified`: whether they have proved their real name."""

    issuer: str
    subject: str
    verified: bool
    number: str
    birthdate: str
    name: str


_known: dict[str, tuple[float, dict[str, Any]]] = {}


def provider() -> OpenId | None:
    return settings().openid


def provider_name() -> str:
    """For templates; '' where there is none."""
    found = provider()
    return found.name if found else ""


async def address(open_id: OpenId, back: str, *, state: str, nonce: str, verifier: str) -> str:
    """Where to send the browser. Raises NotToldBy."""
    about = await _about(open_id)
    client = _client(open_id, back)
    made, _ = client.create_authorization_url(
        about["authorization_endpoint"], state=state, nonce=nonce, code_verifier=verifier
    )
    return str(made)


async def told(open_id: OpenId, back: str, *, code: str, nonce: str, verifier: str) -> Told:
    """What the code stands for. Raises NotToldBy."""
    about = await _about(open_id)
    client = _client(open_id, back)
    try:
        async with client:
            token = await client.fetch_token(
                about["token_endpoint"], code=code, code_verifier=verifier
            )
        claims = await _claims(open_id, about, str(token["id_token"]), nonce)
        claims |= await _more(about, str(token["access_token"]), claims["sub"])
    except (httpx2.HTTPError, AuthlibBaseError, JoseError, KeyError, TypeError, ValueError) as why:
        raise NotToldBy from why
    return Told(
        open_id.issuer,
        str(claims["sub"]),
        _within(claims, open_id.verified_claim) is True,
        str(_within(claims, open_id.id_claim) or ""),
        str(_within(claims, open_id.birthdate_claim) or ""),
        str(claims.get("nickname") or claims.get("preferred_username") or ""),
    )


def _client(open_id: OpenId, back: str) -> AsyncOAuth2Client:
    return AsyncOAuth2Client(
        open_id.client_id,
        open_id.client_secret,
        scope=SCOPE,
        redirect_uri=back,
        code_challenge_method="S256",
        timeout=SECONDS,
        follow_redirects=False,
        trust_env=False,
    )


async def _about(open_id: OpenId) -> dict[str, Any]:
    found = await _fetched(f"{open_id.issuer}/.well-known/openid-configuration")
    if found.get("issuer") != open_id.issuer:
        raise NotToldBy
    return found


async def _claims(
    open_id: OpenId, about: Mapping[str, Any], token: str, nonce: str
) -> dict[str, Any]:
    """Of the id_token, signed by one of its keys for us and this very request."""
    try:
        decoded = _decoded(token, await _fetched(about["jwks_uri"]))
    except (JoseError, ValueError):
        # Keys are changed now and then; what was fetched long ago may not have the newest.
        decoded = _decoded(token, await _fetched(about["jwks_uri"], anew=True))
    jwt.JWTClaimsRegistry(
        leeway=LEEWAY,
        iss={"essential": True, "value": open_id.issuer},
        sub={"essential": True},
        exp={"essential": True},
        iat={"essential": True},
        nonce={"essential": True, "value": nonce},
    ).validate(decoded)
    audience = decoded["aud"] if isinstance(decoded["aud"], list) else [decoded["aud"]]
    if open_id.client_id not in audience:
        raise ValueError("for somebody else")
    if len(audience) > 1 and decoded.get("azp") != open_id.client_id:
        raise ValueError("for somebody else")
    return decoded


def _decoded(token: str, keys: Mapping[str, Any]) -> dict[str, Any]:
    signed = KeySet.import_key_set({"keys": keys["keys"]})
    return dict(jwt.decode(token, signed, algorithms=ALGORITHMS).claims)


async def _more(about: Mapping[str, Any], token: str, subject: str) -> dict[str, Any]:
    """What it says beside the id_token, if it says so of the same person."""
    if "userinfo_endpoint" not in about:
        return {}
    async with httpx2.AsyncClient(timeout=SECONDS, trust_env=False) as client:
        answer = await client.get(
            about["userinfo_endpoint"], headers={"authorization": f"Bearer {token}"}
        )
        answer.raise_for_status()
        found: dict[str, Any] = answer.json()
    if found.get("sub") != subject:
        raise ValueError("about somebody else")
    protected = {"iss", "sub", "aud", "exp", "iat", "nonce"}
    return {name: value for name, value in found.items() if name not in protected}


async def _fetched(url: str, *, anew: bool = False) -> dict[str, Any]:
    """Remembered for an hour. Raises NotToldBy."""
    at, found = _known.get(url, (0.0, {}))
    if found and not anew and time.monotonic() - at < KEPT_SECONDS:
        return found
    try:
        async with httpx2.AsyncClient(timeout=SECONDS, trust_env=False) as client:
            answer = await client.get(url)
            answer.raise_for_status()
            fresh: dict[str, Any] = answer.json()
    except (httpx2.HTTPError, ValueError) as why:
        raise NotToldBy from why
    _known[url] = (time.monotonic(), fresh)
    return fresh


def _within(claims: Mapping[str, Any], path: str) -> Any:
    """`real_name.verified`: one inside the other. None for what is not there."""
    found: Any = claims
    for name in path.split(".") if path else ():
        found = found.get(name) if isinstance(found, Mapping) else None
    return found if path else None
