"""Somebody who presses every link and sends every form, and looks closely at what comes."""

import re
from collections import Counter
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

import httpx

from quanzi.live import bell
from quanzi.web import limits
from tests.faults.lengths import long_or

# Breaks out of text, of both kinds of attributes and of a comment; and is no formula.
MARK = """'"--></textarea></title><script>qz()</script><img src=qz onerror=qz()><b qz>zz{{7*7}}zz"""
# The same for what may not be long.
SHORT = """'"><img src=qz>zz{{7*7}}zz"""
LINKS = {"href", "src", "hx-get", "action"}
# Of pages that are alike: lists page on without end, and posts are many.
ALIKE = int(long_or(1, 3))
# Asked of every page, whether it knows them or not.
QUESTIONS = ("q", "topic", "category", "next", "before", "after", "for", "saved", "state", "outcome",
             "version", "from", "to", "day", "kind", "who", "status", "code")  # fmt: skip


@dataclass
class FormSeen:
    method: str
    action: str
    fields: dict[str, str] = field(default_factory=dict)
    kind: str = ""


class Looking(HTMLParser):
    """`links`: where one can go; `forms`: what one can send; `wrong`: markup that is not ours."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.forms: list[FormSeen] = []
        self.wrong: list[str] = []
        self._form: FormSeen | None = None
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if any(name.startswith("on") or name == "qz" for name in given) or given.get("src") == "qz":
            self.wrong.append(f"<{tag}> with {sorted(given)}")
        if tag == "script" and not given.get("nonce"):
            self.wrong.append("a script without a nonce")
        for name in LINKS & given.keys():
            if re.match(r"\s*(javascript|data|vbscript):", given[name], re.IGNORECASE):
                self.wrong.append(f"<{tag} {name}={given[name][:40]}>")
        self._note(tag, given)

    def _note(self, tag: str, given: dict[str, str]) -> None:
        if tag == "form":
            how = given.get("method", "get").lower()
            kind = given.get("enctype", "")
            self._form = FormSeen(how, given.get("action", ""), kind=kind)
            self.forms.append(self._form)
        elif tag in {"input", "textarea", "select", "button"} and self._form and given.get("name"):
            self._form.fields.setdefault(given["name"], given.get("value", ""))
        self.links += [given[name] for name in LINKS - {"action"} if given.get(name)]

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None


@dataclass
class Crawler:
    """`found`: one line for each fault."""

    client: httpx.AsyncClient
    avoided: re.Pattern[str]
    found: list[str] = field(default_factory=list)
    pages: dict[str, Looking] = field(default_factory=dict)
    alike: Counter[str] = field(default_factory=Counter)
    asked: int = 0

    async def crawl(self, start: str = "/") -> None:
        waiting = [(start, "the start")]
        while waiting:
            path, came_from = waiting.pop(0)
            shape = _shape(path)
            if path in self.pages or self.alike[shape] >= ALIKE or self.avoided.match(path):
                continue
            self.alike[shape] += 1
            answer = await self.ask("GET", path, came_from)
            seen = self.pages[path] = Looking(_html(answer))
            if answer.status_code >= 400:
                self.found.append(f"{answer.status_code}: {path}, linked from {came_from}")
            here = urljoin(path, answer.headers.get("location", path))
            inside = [*seen.links, *(form.action for form in seen.forms if form.method == "get")]
            if answer.is_redirect:
                inside.append(here)
            waiting += [(to, path) for link in inside if (to := self._own(here, link))]

    async def question(self) -> None:
        """Everything that was seen once more, with the mark in every question that there is."""
        for path in list(self.pages):
            bare = path.partition("?")[0]
            if not bare.startswith("/assets/"):
                await self.ask("GET", bare, "questions", params=dict.fromkeys(QUESTIONS, MARK))

    async def send(self) -> None:
        """Each kind of form once, with the mark in whatever can be typed."""
        sent: set[tuple[str, ...]] = set()
        for path, seen in list(self.pages.items()):
            for form in seen.forms:
                action = self._own(path, form.action) or ""
                which = (_shape(action), *sorted(form.fields))
                if form.method != "post" or which in sent or not action:
                    continue
                if self.avoided.match(action):
                    continue
                sent.add(which)
                kept = {"_csrf_token", "idempotency_key", "version"}
                data = {n: v if n in kept else MARK for n, v in form.fields.items()}
                await self.ask("POST", action, path, data=data)

    async def ask(self, method: str, path: str, came_from: str, **how) -> httpx.Response:
        self.asked += 1
        if self.asked % 15 == 0:
            limits._alone.clear()
            await bell.ringer().flushdb()
        answer = await self.client.request(method, path, **how)
        if answer.status_code >= 500:
            self.found.append(f"{answer.status_code}: {method} {path} from {came_from}")
        for wrong in Looking(_html(answer)).wrong:
            self.found.append(f"{method} {path} from {came_from}: {wrong}")
        if "zz49zz" in answer.text or "<script>qz" in _html(answer):
            self.found.append(f"{method} {path} from {came_from}: the mark came alive")
        if MARK in "".join(f"{k}{v}" for k, v in answer.headers.items()):
            self.found.append(f"{method} {path} from {came_from}: the mark in a header")
        return answer

    def _own(self, here: str, link: str) -> str:
        parts = urlsplit(urljoin(str(self.client.base_url.join(here)), link))
        if parts.scheme not in {"http", "https"} or parts.netloc != self.client.base_url.netloc.decode():  # fmt: skip
            return ""
        return parts.path + (f"?{parts.query}" if parts.query else "")


def _html(answer: httpx.Response) -> str:
    return answer.text if answer.headers.get("content-type", "").startswith("text/html") else ""


def _shape(path: str) -> str:
    """`/c/a/p/3?before=9` and `/c/a/p/4?before=2` are alike."""
    bare, _, query = path.partition("?")
    asked = "&".join(sorted(part.partition("=")[0] for part in query.split("&") if part))
    if bare.startswith("/assets/"):
        return bare.rpartition(".")[2]
    bare = re.sub(r"[0-9a-f]{12,}|\d+|(?<=/topics/)[^/]+", "N", bare)
    return f"{bare}?{asked}"
