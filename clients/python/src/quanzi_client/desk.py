"""A circle's desk: services, what is planned, tags and segments of fans, and cases to review.

What has a version is read and changed in one go: Refused with 412 when somebody was faster.
"""

from collections.abc import Iterator, Sequence
from typing import Any

import httpx

from quanzi_client.asking import ask, every

Document = dict[str, Any]


class Desk:
    """`client`: with the site's address and the key."""

    def __init__(self, client: httpx.Client, circle: str) -> None:
        self._client = client
        self._here = f"/circles/{circle}"

    def services(self) -> Iterator[Document]:
        """Drafts and ended ones, too."""
        return every(self._client, f"{self._here}/desk/services")

    def make_service(self, card: Document, *, once: str = "") -> Document:
        """A draft. `once`: the same value again makes nothing twice."""
        return self._make("/desk/services", card, once)

    def change_service(self, service_id: int, card: Document) -> Document:
        """The whole card."""
        path = f"{self._here}/desk/services/{service_id}"
        return self._seen("PUT", path, path, card)

    def ask_for_service(self, service_id: int, questions: Sequence[Document]) -> Document:
        """What who books it is asked."""
        path = f"{self._here}/desk/services/{service_id}"
        return self._seen("PUT", path, f"{path}/questions", {"questions": list(questions)})

    def show_service(self, service_id: int) -> None:
        self._deed("PUT", f"/desk/services/{service_id}/state", {"state": "shown"})

    def end_service(self, service_id: int) -> None:
        self._deed("PUT", f"/desk/services/{service_id}/state", {"state": "ended"})

    def delete_service(self, service_id: int) -> None:
        self._deed("DELETE", f"/desk/services/{service_id}")

    def plan(self) -> Iterator[Document]:
        return every(self._client, f"{self._here}/plan")

    def set_time(self, post_id: int, publish_at: str) -> None:
        self._deed("PUT", f"/plan/{post_id}/time", {"publish_at": publish_at})

    def take_time(self, post_id: int) -> None:
        """A draft again."""
        self._deed("DELETE", f"/plan/{post_id}/time")

    def tags(self) -> Iterator[Document]:
        return every(self._client, f"{self._here}/tags")

    def make_tag(self, name: str, rule: Document | None = None, *, once: str = "") -> Document:
        return self._make("/tags", {"name": name, "rule": rule}, once)

    def tag(self, tag_id: int, put: Sequence[str] = (), take: Sequence[str] = ()) -> Document:
        """By handle, a hundred at once."""
        changes = {"put": list(put), "take": list(take)}
        return self._document("PATCH", f"{self._here}/tags/{tag_id}/fans", json=changes)

    def segments(self) -> Iterator[Document]:
        return every(self._client, f"{self._here}/segments")

    def make_segment(self, name: str, conditions: Document, *, once: str = "") -> Document:
        return self._make("/segments", {"name": name, "conditions": conditions}, once)

    def count(self, conditions: Document) -> Document:
        asked = {"conditions": conditions}
        return self._document("POST", f"{self._here}/segments/count", json=asked)

    def cases(self) -> Iterator[Document]:
        """Open ones, what is due first."""
        return every(self._client, f"{self._here}/cases")

    def case(self, case_id: int) -> tuple[Document, str]:
        """With the tag of what was read, which a decision names."""
        answer = ask(self._client, "GET", f"{self._here}/cases/{case_id}")
        return answer.json(), answer.headers["etag"]

    def claim(self, case_id: int) -> None:
        self._deed("PUT", f"/cases/{case_id}/claim")

    def decide(self, case_id: int, ruling: Document, tag: str) -> Document:
        path = f"{self._here}/cases/{case_id}/decision"
        return self._document("PUT", path, json=ruling, headers={"if-match": tag})

    def _make(self, path: str, document: Document, once: str) -> Document:
        headers = {"idempotency-key": once} if once else {}
        return self._document("POST", self._here + path, json=document, headers=headers)

    def _seen(self, method: str, read: str, path: str, document: Document) -> Document:
        tag = ask(self._client, "GET", read).headers["etag"]
        return self._document(method, path, json=document, headers={"if-match": tag})

    def _deed(self, method: str, path: str, document: Document | None = None) -> None:
        ask(self._client, method, self._here + path, json=document)

    def _document(self, method: str, path: str, **more: Any) -> Document:
        found: Document = ask(self._client, method, path, **more).json()
        return found
