"""Another server on loopback, written without a line of ours: people with keys, and an inbox."""

import asyncio
import base64
import hashlib
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any
from urllib.parse import urlsplit

import httpx
import uvicorn
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_pem_public_key,
)

from quanzi.db.engine import rows
from quanzi.federation import delivering, queueing
from quanzi.outbound.posting import Outbound
from tests.faults.harness import free_port
from tests.people import CIRCLE

GROUP = f"/ap/c/{CIRCLE}"
# What stands before a SHA-256 in a signature by RSA (RFC 8017, 9.2).
PREFIX = bytes.fromhex("3031300d060960864801650304020105000420")


def new_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


ALICE_KEY, BOB_KEY, STOLEN = new_key(), new_key(), new_key()


@dataclass
class Heard:
    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def told(self) -> Any:
        return json.loads(self.body)


@dataclass
class Other:
    """`answers`: what its inbox says to the next ones; 202 when there is nothing left. `asked`: the
    documents that were fetched. `shared`: whether its people have one inbox together. `changed`: what
    stands otherwise in their documents; a person without a key is gone.
    """

    port: int
    site: str
    answers: list[tuple[int, dict[str, str]]] = field(default_factory=list)
    heard: list[Heard] = field(default_factory=list)
    asked: list[Heard] = field(default_factory=list)
    keys: dict[str, rsa.RSAPrivateKey] = field(
        default_factory=lambda: {"alice": ALICE_KEY, "bob": BOB_KEY}
    )
    shared: bool = True
    changed: dict[str, Any] = field(default_factory=dict)
    served_as: str = "application/activity+json; charset=utf-8"

    @property
    def netloc(self) -> str:
        return f"127.0.0.1:{self.port}"

    @property
    def told(self) -> list[Any]:
        return [each.told for each in self.heard]

    @property
    def kinds(self) -> list[str]:
        """`Announce Create` for one within another."""
        return [
            " ".join([each["type"], *([_kind(each["object"])] if _kind(each["object"]) else [])])
            for each in self.told
        ]

    def actor(self, name: str) -> str:
        return f"http://{self.netloc}/users/{name}"

    def document(self, name: str) -> dict[str, Any]:
        actor = self.actor(name)
        pem = (
            self.keys[name]
            .public_key()
            .public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
        )
        made: dict[str, Any] = {
            "@context": ["https://www.w3.org/ns/activitystreams", "https://w3id.org/security/v1"],
            "id": actor,
            "type": "Person",
            "preferredUsername": name,
            "inbox": f"{actor}/inbox",
            "publicKey": {
                "id": f"{actor}#main-key",
                "owner": actor,
                "publicKeyPem": pem.decode(),
            },
        }
        if self.shared:
            made["endpoints"] = {"sharedInbox": f"http://{self.netloc}/inbox"}
        return made | self.changed

    async def __call__(self, scope, receive, send) -> None:
        body, more = b"", True
        while more:
            message = await receive()
            body += message.get("body", b"")
            more = message.get("more_body", False)
        headers = {key.decode(): value.decode() for key, value in scope["headers"]}
        heard = Heard(scope["path"], headers, body)
        if scope["method"] == "POST":
            self.heard.append(heard)
            status, given = self.answers.pop(0) if self.answers else (202, {})
            said = b""
        else:
            self.asked.append(heard)
            name = scope["path"].rpartition("/")[2]
            status, given = (
                (200, {"content-type": self.served_as}) if name in self.keys else (410, {})
            )
            said = json.dumps(self.document(name)).encode() if name in self.keys else b""
        lines = [(key.encode(), value.encode()) for key, value in given.items()]
        await send({"type": "http.response.start", "status": status, "headers": lines})
        await send({"type": "http.response.body", "body": said})

    async def sends(
        self, told: dict[str, Any], name: str = "alice", *, path: str = f"{GROUP}/inbox", **odd: Any
    ) -> httpx.Response:
        """As Mastodon signs it. `odd`: what is done wrongly."""
        body = json.dumps(told).encode()
        headers = self.signed("post", path, body, name, **odd)
        body = odd.get("sent", body)
        async with httpx.AsyncClient(base_url=self.site) as client:
            return await client.post(path, content=body, headers=headers)

    def signed(
        self,
        method: str,
        path: str,
        body: bytes,
        name: str,
        *,
        key: rsa.RSAPrivateKey | None = None,
        key_id: str = "",
        late: timedelta = timedelta(0),
        names: str = "(request-target) host date digest content-type",
        **_: Any,
    ) -> dict[str, str]:
        key_id = key_id or f"{self.actor(name)}#main-key"
        headers = {
            "host": urlsplit(self.site).netloc,
            "date": format_datetime(datetime.now(UTC) - late, usegmt=True),
            "digest": "SHA-256=" + base64.b64encode(hashlib.sha256(body).digest()).decode(),
            "content-type": "application/activity+json",
        }
        lines = {"(request-target)": f"{method} {path}", **headers}
        text = "\n".join(f"{each}: {lines[each]}" for each in names.split()).encode()
        made = (key or self.keys[name]).sign(text, padding.PKCS1v15(), SHA256())
        headers["signature"] = (
            f'keyId="{key_id}",algorithm="rsa-sha256",headers="{names}",'
            f'signature="{base64.b64encode(made).decode()}"'
        )
        return headers

    def follow(self, name: str = "alice", number: int = 1) -> dict[str, Any]:
        return {
            "@context": "https://www.w3.org/ns/activitystreams",
            "id": f"{self.actor(name)}#follows/{number}",
            "type": "Follow",
            "actor": self.actor(name),
            "object": self.site + GROUP,
        }

    async def follows(self, name: str = "alice", number: int = 1) -> httpx.Response:
        return await self.sends(self.follow(name, number), name)

    async def ends(self, name: str = "alice") -> httpx.Response:
        undo = {
            "id": f"{self.actor(name)}#undo",
            "type": "Undo",
            "actor": self.actor(name),
            "object": self.follow(name),
        }
        return await self.sends(undo, name)

    async def verifies(self, heard: Heard, method: str = "post") -> str:
        """The actor whose own served document holds the key that signed it: by arithmetic, and by no
        library. Fails where it does not.
        """
        given = dict(part.split("=", 1) for part in heard.headers["signature"].split(","))
        given = {name: value.strip('"') for name, value in given.items()}
        lines = {"(request-target)": f"{method} {heard.path}", **heard.headers}
        text = "\n".join(f"{each}: {lines[each]}" for each in given["headers"].split())
        needed = {"(request-target)", "host", "date"} | ({"digest"} if method == "post" else set())
        assert needed <= set(given["headers"].split())
        if method == "post":
            digest = base64.b64encode(hashlib.sha256(heard.body).digest()).decode()
            assert heard.headers["digest"] == f"SHA-256={digest}"
        assert heard.headers["host"] == self.netloc
        async with httpx.AsyncClient() as client:
            served = await client.get(given["keyId"].partition("#")[0])
        key = served.json()["publicKey"]
        assert key["id"] == given["keyId"]
        public = load_pem_public_key(key["publicKeyPem"].encode()).public_numbers()
        signature = int.from_bytes(base64.b64decode(given["signature"]))
        opened = pow(signature, public.e, public.n).to_bytes(256)
        hashed = PREFIX + hashlib.sha256(text.encode()).digest()
        assert opened == b"\x00\x01" + b"\xff" * (256 - len(hashed) - 3) + b"\x00" + hashed
        return str(key["owner"])


def _kind(thing: Any) -> str:
    return thing.get("type", "") if isinstance(thing, dict) else ""


@asynccontextmanager
async def serving(site: str) -> AsyncIterator[Other]:
    other = Other(free_port(), site)
    server = uvicorn.Server(
        uvicorn.Config(other, port=other.port, log_level="critical", lifespan="off")
    )
    running = asyncio.create_task(server._serve())
    while not server.started:
        await asyncio.sleep(0.01)
    yield other
    server.should_exit = True
    await running


async def told(outbound: Outbound) -> int:
    """Whatever is due now, one server after the other; how many had something."""
    count = 0
    while claims := await queueing.claimed(10):
        count += len(claims)
        for claim in claims:
            await delivering.deliver(outbound, claim)
    return count


async def later() -> None:
    """As if the time had come, and as if who had one in hand had died with it."""
    await rows("update federated_server set due_at = now(), taken_until = null")


async def followers() -> list[str]:
    found = await rows("select actor from federated_follower order by actor")
    return [line["actor"] for line in found]


async def servers() -> int:
    [found] = await rows("select count(*) as n from federated_server")
    return int(found["n"])
