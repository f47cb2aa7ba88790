"""The site, as a member's program knows it. Answers are the documents of `/api/v1/openapi.json`."""

import base64
from collections.abc import Iterator, Sequence
from types import TracebackType
from typing import Any, Self

import httpx

from quanzi_client.asking import ask, every
from quanzi_client.desk import Desk
from quanzi_client.listening import Event, listen

Document = dict[str, Any]


class Quanzi:
    """`url`: of the site; `key`: made under Settings → Open platform."""

    def __init__(self, url: str, key: str, *, language: str = "zh-Hans") -> None:
        self._client = httpx.Client(
            base_url=url.rstrip("/") + "/api/v1",
            headers={"authorization": f"Bearer {key}", "accept-language": language},
            timeout=30,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        self._client.close()

    def me(self) -> Document:
        return self._document("GET", "/me")

    def circles(self, category: str = "") -> Iterator[Document]:
        return self._all("/circles", {"category": category} if category else {})

    def circle(self, circle: str) -> Document:
        return self._document("GET", f"/circles/{circle}")

    def follow(self, circle: str) -> None:
        ask(self._client, "PUT", f"/circles/{circle}/follow")

    def unfollow(self, circle: str) -> None:
        ask(self._client, "DELETE", f"/circles/{circle}/follow")

    def posts(self, circle: str, topic: str = "") -> Iterator[Document]:
        """The newest first, page by page."""
        return self._all(f"/circles/{circle}/posts", {"topic": topic} if topic else {})

    def post(self, circle: str, post_id: int) -> Document:
        return self._document("GET", f"/circles/{circle}/posts/{post_id}")

    def write(
        self,
        circle: str,
        body: str,
        *,
        topics: Sequence[str] = (),
        images: Sequence[bytes] = (),
        publish_at: str = "",
        draft: bool = False,
        once: str = "",
    ) -> Document:
        """`once`: the same value again writes nothing twice and is answered the same."""
        document = {
            "body": body,
            "topics": list(topics),
            "images": [{"data": base64.b64encode(each).decode()} for each in images],
            "publish_at": publish_at,
            "draft": draft,
        }
        headers = {"idempotency-key": once} if once else {}
        return self._document("POST", f"/circles/{circle}/posts", json=document, headers=headers)

    def change(self, circle: str, post_id: int, body: str) -> Document:
        """Read and changed in one go; Refused with 412 when somebody was faster."""
        path = f"/circles/{circle}/posts/{post_id}"
        tag = ask(self._client, "GET", path).headers["etag"]
        return self._document("PATCH", path, json={"body": body}, headers={"if-match": tag})

    def remove(self, circle: str, post_id: int) -> None:
        ask(self._client, "DELETE", f"/circles/{circle}/posts/{post_id}")

    def pin(self, circle: str, post_id: int, slot: int | None = None) -> Document:
        path = f"/circles/{circle}/posts/{post_id}/pin"
        return self._document("PUT", path, json={"slot": slot})

    def unpin(self, circle: str, post_id: int) -> None:
        ask(self._client, "DELETE", f"/circles/{circle}/posts/{post_id}/pin")

    def threads(self, circle: str, post_id: int) -> Iterator[Document]:
        return self._all(f"/circles/{circle}/posts/{post_id}/comments", {})

    def say(
        self, circle: str, post_id: int, body: str, *, reply_to: int | None = None, once: str = ""
    ) -> Document:
        return self._document(
            "POST",
            f"/circles/{circle}/posts/{post_id}/comments",
            json={"body": body, "reply_to": reply_to},
            headers={"idempotency-key": once} if once else {},
        )

    def like(self, circle: str, post_id: int) -> None:
        ask(self._client, "PUT", f"/circles/{circle}/posts/{post_id}/like")

    def desk(self, circle: str) -> Desk:
        """What stands at a circle's desk, for who keeps it."""
        return Desk(self._client, circle)

    def listen(self, circle: str, place: str = "") -> Iterator[Event]:
        """`place`: of the last event that was seen; without it from now on."""
        return listen(self._client, f"/circles/{circle}/events", place)

    def _document(self, method: str, path: str, **more: Any) -> Document:
        found: Document = ask(self._client, method, path, **more).json()
        return found

    def _all(self, path: str, query: dict[str, str]) -> Iterator[Document]:
        return every(self._client, path, query)
