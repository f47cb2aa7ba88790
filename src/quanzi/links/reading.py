"""What a page says of itself in its head: for a card."""

import re
import unicodedata
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from quanzi.links import markup
from quanzi.outbound.getting import Found, plain

LONGEST_TITLE, LONGEST_DESCRIPTION, LONGEST_SITE = 120, 200, 60
# Names that pages use, and no others: some of what Python knows as a charset is no charset.
CHARSETS = {
    "utf-8": "utf-8", "utf8": "utf-8", "us-ascii": "utf-8", "gbk": "gb18030", "gb2312": "gb18030",
    "gb18030": "gb18030", "big5": "big5hkscs", "big5-hkscs": "big5hkscs", "shift_jis": "cp932",
    "euc-jp": "euc_jp", "euc-kr": "cp949", "iso-8859-1": "cp1252", "windows-1252": "cp1252",
    "windows-1251": "cp1251", "koi8-r": "koi8_r",
}  # fmt: skip
_CHARSET = re.compile(rb"""charset\s{0,9}=\s{0,9}["']?([a-zA-Z0-9_-]{2,20})""")
NAMED_WITHIN = 4096


@dataclass(frozen=True, slots=True)
class Head:
    """`picture`: the address of one, or ''."""

    title: str
    description: str
    site: str
    picture: str


def read(found: Found) -> Head:
    said: dict[str, str] = {}
    title = ""
    for text, name, tag in markup.pieces(_decoded(found)):
        if name == "/title" and not title:
            title = markup.spelled_out(text)
        elif name == "meta":
            given = markup.attributes(tag)
            called = (given.get("property") or given.get("name") or "").strip().lower()
            said.setdefault(called, given.get("content", ""))
        elif name in {"body", "/head"}:
            break
    return Head(
        words(said.get("og:title") or said.get("twitter:title") or title, LONGEST_TITLE),
        words(
            said.get("og:description")
            or said.get("twitter:description")
            or said.get("description", ""),
            LONGEST_DESCRIPTION,
        ),
        words(said.get("og:site_name", ""), LONGEST_SITE)
        or (urlsplit(found.url).hostname or "").removeprefix("www."),
        _address(found.url, said.get("og:image") or said.get("twitter:image") or ""),
    )


def words(text: str, longest: int) -> str:
    """One line of what can be seen."""
    shown = "".join(
        each if unicodedata.category(each)[0] != "C" else " "
        for each in unicodedata.normalize("NFC", text[: 20 * longest])
    )
    shown = " ".join(shown.split())
    return shown if len(shown) <= longest else shown[: longest - 1].rstrip() + "…"


def _decoded(found: Found) -> str:
    """By the charset that the answer names, or the page; else as UTF-8, or as what China wrote before."""
    named = found.charset
    if not named and (told := _CHARSET.search(found.body[:NAMED_WITHIN])):
        named = told[1].decode().lower()
    if named in CHARSETS:
        return found.body.decode(CHARSETS[named], "replace")
    try:
        return found.body.decode()
    except UnicodeDecodeError as why:
        # One letter that was cut at the end makes it no other charset.
        nearly = found.cut and why.start > len(found.body) - 4
        return found.body.decode("utf-8" if nearly else "gb18030", "replace")


def _address(base: str, written: str) -> str:
    try:
        return plain(urljoin(base, written.strip())) if written.strip() else ""
    except ValueError:
        return ""
