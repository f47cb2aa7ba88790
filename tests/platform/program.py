"""A program with a key of somebody's, as it asks from outside."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx

from quanzi.platform import keys
from quanzi.platform.scopes import SCOPES
from tests.people import Person

API = "/api/v1"


@asynccontextmanager
async def program(url: str, person: Person, *scopes: str) -> AsyncIterator[httpx.AsyncClient]:
    """With all scopes where none is named. No cookies: a program is no browser."""
    secret = await keys.make(person.viewer, "我的程序", scopes or list(SCOPES), 90)
    async with httpx.AsyncClient(
        base_url=url + API, headers={"authorization": f"Bearer {secret}"}
    ) as client:
        yield client
