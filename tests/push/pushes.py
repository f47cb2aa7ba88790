"""A push service on loopback that opens what it is sent, as the browser would."""

import json
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import uvicorn
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from quanzi.push.subscribing import Browser
from tests.faults.harness import free_port


@dataclass
class Chrome:
    """A browser's end of it: the private key stays here."""

    key: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1())
    )
    auth: bytes = b"0123456789abcdef"

    @property
    def point(self) -> bytes:
        return self.key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)

    def browser(self, endpoint: str) -> Browser:
        return Browser(endpoint, self.point, self.auth)

    def opened(self, body: bytes) -> dict[str, str]:
        """RFC 8188 and 8291 read backwards, from their text and not from our code."""
        salt, size, text = body[:16], body[20], body[21:]
        theirs, text = text[:size], text[size:]
        sender = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), theirs)
        secret = self.key.exchange(ec.ECDH(), sender)
        info = b"WebPush: info\x00" + self.point + theirs
        keyed = HKDF(hashes.SHA256(), 32, self.auth, info).derive(secret)
        content = HKDF(hashes.SHA256(), 16, salt, b"Content-Encoding: aes128gcm\x00").derive(keyed)
        nonce = HKDF(hashes.SHA256(), 12, salt, b"Content-Encoding: nonce\x00").derive(keyed)
        plain = AESGCM(content).decrypt(nonce, text, None)
        assert plain[-1:] == b"\x02"
        found: dict[str, str] = json.loads(plain[:-1])
        return found


@dataclass
class PushService:
    """`answers`: what it says to the next ones; 201 when there is nothing left."""

    port: int
    answers: list[tuple[int, dict[str, str]]] = field(default_factory=list)
    heard: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)

    @property
    def netloc(self) -> str:
        return f"127.0.0.1:{self.port}"

    def endpoint(self, name: str) -> str:
        return f"http://{self.netloc}/{name}"

    async def __call__(self, scope, receive, send) -> None:
        if scope["type"] != "http":
            return
        body, more = b"", True
        while more:
            message = await receive()
            body += message.get("body", b"")
            more = message.get("more_body", False)
        headers = {key.decode(): value.decode() for key, value in scope["headers"]}
        self.heard.append((scope["path"], headers, body))
        status, given = self.answers.pop(0) if self.answers else (201, {})
        await send(
            {
                "type": "http.response.start",
                "status": status,
                "headers": [(k.encode(), v.encode()) for k, v in given.items()],
            }
        )
        await send({"type": "http.response.body", "body": b"x" * (200_000 if status == 299 else 0)})


@asynccontextmanager
async def push_service():
    service = PushService(free_port())
    server = uvicorn.Server(
        uvicorn.Config(service, port=service.port, log_level="critical", lifespan="off")
    )
    import asyncio

    running = asyncio.create_task(server._serve())
    while not server.started:
        await asyncio.sleep(0.01)
    yield service
    server.should_exit = True
    await running
