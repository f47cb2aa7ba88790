"""An app of somebody's, and the dance by which a member lets it act: the member's part in a browser,
the app's part by the OAuth client of authlib, which others wrote.
"""

import re
import secrets
import uuid
from dataclasses import dataclass
from html import unescape
from urllib.parse import parse_qsl, urlencode, urlsplit

import httpx
from authlib.integrations.httpx_client import AsyncOAuth2Client
from authlib.oauth2.rfc7636 import create_s256_code_challenge

from quanzi.db.engine import rows
from quanzi.platform import apps
from quanzi.platform.apps import Wish
from quanzi.platform.scopes import SCOPES
from tests.people import Person

BACK = "https://weather.example/callback"


@dataclass
class App:
    """`secret`: empty for one that can keep none."""

    url: str
    id: int
    client_id: str
    secret: str
    back: str = BACK

    def client(self, **more) -> AsyncOAuth2Client:
        """By the address of what the site says of itself."""
        given = {
            "client_id": self.client_id,
            "client_secret": self.secret or None,
            "redirect_uri": self.back,
            "code_challenge_method": "S256",
            "token_endpoint": f"{self.url}/oauth/token",
            "token_endpoint_auth_method": "client_secret_basic" if self.secret else "none",
            "revocation_endpoint_auth_method": "client_secret_basic" if self.secret else "none",
        }
        return AsyncOAuth2Client(**(given | more))

    def asks(self, verifier: str = "", **other: str) -> str:
        """The path that the member's browser is sent to. `other`: what the app says differently."""
        verifier = verifier or secrets.token_urlsafe(48)
        given = {
            "response_type": "code",
            "client_id": self.client_id,
            "redirect_uri": self.back,
            "scope": "circles:read",
            "state": "a-state",
            "code_challenge": create_s256_code_challenge(verifier),
            "code_challenge_method": "S256",
        } | other
        return "/oauth/authorize?" + urlencode({name: each for name, each in given.items() if each})

    async def sends(self, path: str, **fields: str) -> httpx.Response:
        """As a program that was written by hand, with nothing said but this."""
        async with httpx.AsyncClient(base_url=self.url) as client:
            return await client.post(path, data=fields)

    async def changes(self, code: str, verifier: str, **other: str) -> httpx.Response:
        """The code for tokens."""
        given = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": self.back,
            "code_verifier": verifier,
            **self.named(),
        }
        return await self.sends("/oauth/token", **(given | other))

    async def refreshes(self, token: str, **other: str) -> httpx.Response:
        given = {"grant_type": "refresh_token", "refresh_token": token, **self.named()}
        return await self.sends("/oauth/token", **(given | other))

    def named(self) -> dict[str, str]:
        also = {"client_secret": self.secret} if self.secret else {}
        return {"client_id": self.client_id, **also}

    async def reads(self, token: str, path: str = "/me") -> httpx.Response:
        async with httpx.AsyncClient(base_url=f"{self.url}/api/v1") as client:
            return await client.get(path, headers={"authorization": f"Bearer {token}"})


async def app_of(
    person: Person, url: str, *scopes: str, public: bool = False, back: str = BACK
) -> App:
    """With all scopes where none is named."""
    wish = Wish("天气机器人", back, scopes or list(SCOPES), not public)
    made = await apps.register(person.viewer, wish, key=uuid.uuid4())
    found = await rows("select client_id from oauth_app where id = $1", made.app_id)
    return App(url, made.app_id, found[0]["client_id"], made.secret, back)


async def answers(person: Person, path: str, answer: str = "allow") -> httpx.Response:
    """Looks at the page and presses one of its two buttons."""
    shown = await person.sees(path)
    assert shown.status_code == 200, shown.text
    form = shown.text.partition('action="/oauth/authorize"')[2].partition("</form>")[0]
    fields = re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form)
    return await person.client.post(
        "/oauth/authorize",
        data={name: unescape(value) for name, value in fields} | {"answer": answer},
    )


def brought(answer: httpx.Response) -> dict[str, str]:
    """What the browser carries back to the app."""
    assert answer.status_code == 303, answer.text
    return dict(parse_qsl(urlsplit(answer.headers["location"]).query))


async def code_for(app: App, person: Person, verifier: str, **other: str) -> str:
    return brought(await answers(person, app.asks(verifier, **other)))["code"]


async def tokens_for(app: App, person: Person, **other: str) -> dict[str, str]:
    """The whole dance."""
    verifier = secrets.token_urlsafe(48)
    code = await code_for(app, person, verifier, **other)
    answer = await app.changes(code, verifier)
    assert answer.status_code == 200, answer.text
    return answer.json()
