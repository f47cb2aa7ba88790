"""One request and its answer: refusals raised, and what was too fast asked again."""

import time
from collections.abc import Iterator, Mapping
from typing import Any

import httpx

# Of requests that were too fast: after that the refusal is raised.
TRIES = 5
LONGEST_WAIT = 60.0


class Refused(Exception):
    """The site will not do it. `problem`: its document (RFC 9457); `errors` by field, if any."""

    def __init__(self, answer: httpx.Response) -> None:
        try:
            self.problem: dict[str, Any] = answer.json()
        except ValueError:
            self.problem = {"status": answer.status_code, "detail": answer.text[:200]}
        self.status = answer.status_code
        super().__init__(f"{self.status} {self.problem.get('detail', '')}")

    @property
    def errors(self) -> dict[str, str]:
        return dict(self.problem.get("errors", {}))


def ask(client: httpx.Client, method: str, path: str, **more: Any) -> httpx.Response:
    """Raises Refused, and what httpx raises when there is no answer."""
    for tried in range(1, TRIES + 1):
        answer = client.request(method, path, **more)
        if answer.status_code != httpx.codes.TOO_MANY_REQUESTS or tried == TRIES:
            break
        time.sleep(min(float(answer.headers.get("retry-after", "1")), LONGEST_WAIT))
    if answer.is_error:
        raise Refused(answer)
    return answer


def every(
    client: httpx.Client, path: str, query: Mapping[str, str] | None = None
) -> Iterator[dict[str, Any]]:
    """Of a list, page by page."""
    answer = ask(client, "GET", path, params=dict(query or {}))
    while True:
        yield from answer.json()
        following = answer.links.get("next", {}).get("url")
        if following is None:
            return
        answer = ask(client, "GET", following)
