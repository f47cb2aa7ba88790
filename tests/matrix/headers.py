"""T18: what every answer carries, whoever asked, whatever they asked for, and whatever became of it."""

import re
from collections.abc import Iterator

import httpx

# Of a page, and of what is no page of ours to be run: a picture, drawn or downloaded.
EVERYWHERE = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}
OF_A_PAGE = {
    "default-src": ["'none'"],
    "object-src": ["'none'"],
    "base-uri": ["'none'"],
    "frame-ancestors": ["'none'"],
    "form-action": ["'self'"],
    "connect-src": ["'self'"],
    "style-src": ["'self'"],
    "require-trusted-types-for": ["'script'"],
}
OF_A_PICTURE = {"default-src": ["'none'"], "sandbox": []}
# What one browser may keep for itself, or everybody for ever: pictures behind a door, and assets.
KEPT_BY_ONE = re.compile(r"private, (max-age=\d+|no-cache)")
KEPT_FOR_EVER = "public, max-age=31536000, immutable"
# What a visitor sees, for a frame on another site and for where an address is shared.
FRAMED = re.compile(r"/embed/c/[^/]+(/p/\d+)?")
SHARED = re.compile(r"/c/[^/]+(/p/\d+)?/card\.jpg")
OF_A_FRAME = {**OF_A_PAGE, "frame-ancestors": ["*"]}


def faults(answer: httpx.Response, handle: str = "", *, secure: bool = False) -> list[str]:
    """`handle`: whose session asked; '' for a visitor. `secure`: the site's address is https."""
    return [*_missing(answer, secure), *_policy(answer), *_cookies(answer, secure),
            *_kept(answer, handle), *_whose(answer, handle)]  # fmt: skip


def directives(answer: httpx.Response) -> dict[str, list[str]]:
    said = answer.headers.get("content-security-policy", "")
    named = [each.split() for each in said.split(";") if each.strip()]
    return {name: values for name, *values in named}


def is_framed(answer: httpx.Response) -> bool:
    return answer.status_code == 200 and bool(FRAMED.fullmatch(answer.request.url.path))


def is_shared(answer: httpx.Response) -> bool:
    return answer.status_code == 200 and bool(SHARED.fullmatch(answer.request.url.path))


def _missing(answer: httpx.Response, secure: bool) -> Iterator[str]:
    wanted = dict(EVERYWHERE)
    if is_framed(answer):
        del wanted["x-frame-options"], wanted["cross-origin-resource-policy"]
    if is_shared(answer):
        wanted["cross-origin-resource-policy"] = "cross-origin"
    for name, value in wanted.items():
        if answer.headers.get_list(name) != [value]:
            yield f"{name} is {answer.headers.get_list(name)}"
    if not answer.headers.get("x-request-id"):
        yield "no reference"
    if "server" in answer.headers or "x-powered-by" in answer.headers:
        yield "says what it is made of"
    # `preload` is the operator's to decide: it cannot be taken back.
    if secure and answer.headers.get("strict-transport-security") != (
        "max-age=31536000; includeSubDomains"
    ):
        yield "no HSTS"


def _policy(answer: httpx.Response) -> Iterator[str]:
    if len(answer.headers.get_list("content-security-policy")) != 1:
        yield "not one policy"
    found = directives(answer)
    is_file = answer.status_code == 200 and "/assets/" in answer.request.url.path
    kind = answer.headers.get("content-type", "")
    picture = is_file or kind.startswith(("image/webp", "image/jpeg"))
    page = OF_A_FRAME if is_framed(answer) else OF_A_PAGE
    for name, values in (OF_A_PICTURE if picture else page).items():
        if found.get(name) != values:
            yield f"{name} is {found.get(name)}"
    whole = answer.headers.get("content-security-policy", "")
    if "unsafe" in whole or "*" in whole.replace("frame-ancestors *", "") or "http:" in whole:
        yield f"a loose policy: {whole}"
    if not picture:
        nonces = re.findall(r"'nonce-([\w-]{22,})'", " ".join(found.get("script-src", [])))
        if found.get("script-src") != [
            f"'nonce-{nonces[0]}'" if nonces else "",
            "'strict-dynamic'",
        ]:
            yield f"script-src is {found.get('script-src')}"
        if answer.headers.get("content-type", "").startswith("text/html"):
            inside = set(re.findall(r'<script[^>]*\snonce="([^"]*)"', answer.text))
            if not inside <= set(nonces):
                yield "a script with another nonce"


def _cookies(answer: httpx.Response, secure: bool) -> Iterator[str]:
    for cookie in answer.headers.get_list("set-cookie"):
        name, _, said = cookie.partition("=")
        flags = {flag.strip().lower() for flag in said.split(";")[1:]}
        if not {"httponly", "samesite=lax", "path=/"} <= flags or "domain" in cookie.lower():
            yield f"a loose cookie: {name}"
        if secure and ("secure" not in flags or not name.startswith("__Host-")):
            yield f"a cookie for plain HTTP: {name}"


def _kept(answer: httpx.Response, handle: str) -> Iterator[str]:
    said = answer.headers.get("cache-control", "")
    type_of_body = answer.headers.get("content-type", "")
    if said == KEPT_FOR_EVER:
        if "/assets/" not in answer.request.url.path:
            yield "kept for ever"
    elif is_shared(answer):
        if said != "public, max-age=300":
            yield f"a picture to share is kept as {said}"
    elif KEPT_BY_ONE.fullmatch(said):
        if type_of_body.startswith("text/html") and handle and not is_framed(answer):
            yield f"a member's page may be kept: {said}"
    elif said != "no-store" and not (said == "no-cache" and answer.request.url.path == "/sw.js"):
        yield f"cache-control is {said!r}"


def _whose(answer: httpx.Response, handle: str) -> Iterator[str]:
    """Case 30: nobody is shown a page that was made for somebody else."""
    if answer.headers.get("content-type", "").startswith("text/html"):
        for whose in re.findall(r'data-viewer="([^"]*)"', answer.text):
            if whose != ("" if is_framed(answer) else handle):
                yield f"a page made for {whose!r}"
