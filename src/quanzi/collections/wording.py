"""What an editor types, made clean or refused field by field, and looked at before anybody sees it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from quanzi.errors import Invalid, Said, said
from quanzi.posts.drafts import clean
from quanzi.screening import pages

TITLE_LONGEST, INTRO_LONGEST = 40, 300
NOTE_LONGEST, START_LONGEST, LINK_LONGEST = 200, 60, 300
LONGEST_ROUTE_KM = 1000
_KM = re.compile(r"(\d{1,4})(?:[.,](\d{1,3}))?")


@dataclass(frozen=True, slots=True)
class Words:
    """Beside a post: a name, a note, and of a route its length, start and link."""

    title: str = ""
    note: str = ""
    metres: int | None = None
    start: str = ""
    link: str = ""


async def head(title: str, intro: str) -> tuple[str, str]:
    """Of a collection. Raises Invalid."""
    title, intro = one_line(title), clean(intro)
    wrong: dict[str, Said] = {}
    if not 1 <= len(title) <= TITLE_LONGEST:
        wrong["title"] = said("标题为 1–%(most)d 个字。", most=TITLE_LONGEST)
    if len(intro) > INTRO_LONGEST:
        wrong["intro"] = said("简介最多 %(most)d 个字。", most=INTRO_LONGEST)
    if wrong:
        raise Invalid(**wrong)
    await pages.check(of_partner=True, title=title, intro=intro)
    return title, intro


async def section(title: str) -> str:
    """Raises Invalid under `section`."""
    title = one_line(title)
    if not 1 <= len(title) <= TITLE_LONGEST:
        raise Invalid(section=said("分节的标题为 1–%(most)d 个字。", most=TITLE_LONGEST))
    await pages.check(of_partner=True, section=title)
    return title


async def entry(typed: Mapping[str, str]) -> Words:
    """Raises Invalid."""
    wrong: dict[str, Said] = {}
    words = Words(
        title=one_line(typed["title"]),
        note=clean(typed["note"]),
        metres=_metres(typed["km"], wrong),
        start=one_line(typed["start"]),
        link=_link(typed["link"].strip(), wrong),
    )
    for name, most in (("title", TITLE_LONGEST), ("note", NOTE_LONGEST), ("start", START_LONGEST)):
        if len(getattr(words, name)) > most:
            wrong[name] = said("最多 %(most)d 个字。", most=most)
    if wrong:
        raise Invalid(**wrong)
    await pages.check(
        of_partner=True, title=words.title, note=words.note, start=words.start, link=words.link
    )
    return words


def one_line(text: str) -> str:
    return " ".join(clean(text).split())


def _metres(typed: str, wrong: dict[str, Said]) -> int | None:
    """From kilometres: "5.8", "5,8", "5.8 km"."""
    bare = re.sub(r"(?:km|公里|千米)$", "", typed.strip().lower()).strip()
    if not bare:
        return None
    found = _KM.fullmatch(bare) if bare.isascii() else None
    metres = int(found[1]) * 1000 + int((found[2] or "").ljust(3, "0")) if found else 0
    if not 0 < metres <= LONGEST_ROUTE_KM * 1000:
        wrong["km"] = said("请填公里数，比如 5.8，最多 %(most)d。", most=LONGEST_ROUTE_KM)
        return None
    return metres


def _link(typed: str, wrong: dict[str, Said]) -> str:
    if not typed:
        return ""
    try:
        parts = urlsplit(typed)
        good = (
            parts.scheme in {"http", "https"} and bool(parts.hostname) and "@" not in parts.netloc
        )
    except ValueError:
        good = False
    if not good or len(typed) > LINK_LONGEST or not typed.isprintable() or " " in typed:
        wrong["link"] = said("请填一个完整的网址，以 https:// 开头。")
        return ""
    return typed
