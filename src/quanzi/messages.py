"""`python -m quanzi.messages`: gather what people read, into `locales/`.

简体中文 stands in the code. English is written by people: new messages appear in `en.po` empty, and a
house test fails until they are filled. 繁體中文 is made from 简体 by OpenCC and kept in the repository.
"""

import re
import sys
from collections.abc import Sequence
from itertools import chain, zip_longest
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from quanzi.settings import ROOT

LOCALES = ROOT / "locales"
KEYWORDS = {"said": None, "gettext": None, "_": None, "ngettext": (1, 2)}
METHODS = [
    ("**.py", "python"),
    ("**.html", "jinja2.ext.babel_extract"),
    ("**.txt", "jinja2.ext.babel_extract"),
]
JINJA = {"trimmed": "false", "newstyle_gettext": "true", "trim_blocks": "true"}
OPTIONS = {"**.html": JINJA, "**.txt": JINJA}

# What OpenCC's words for Taiwan get wrong here: to leave for good is not to sign out, a post is not
# released like a program, and nobody audits it.
OURS = {
    "审核": "審核",
    "发布": "發佈",
    "注销": "註銷",
    "权限": "權限",
    "账号": "帳號",
    "开着": "開著",
    "回调": "回呼",
    "伙伴": "夥伴",
    "平台": "平台",
    "只影响": "只影響",
    "粉丝发": "粉絲發",
    "不发": "不發",
    # Where 繁體 is read, these are what quotes look like.
    "“": "「",
    "”": "」",
    "‘": "『",
    "’": "』",
}

Message = str | tuple[str, ...]


def main() -> int:
    """How many messages English still lacks."""
    found = messages()
    english = _english(found)
    _write(english, "en")
    _write(_traditional(found), "zh-Hant")
    missing = [message.id for message in english if message.id and not _filled(message.string)]
    for each in missing:
        sys.stdout.write(f"en.po lacks: {each}\n")
    return len(missing)


def messages() -> set[Message]:
    """Whatever the program and its pages say; the demo's people speak for themselves."""
    found: set[Message] = set()
    for folder in ("src/quanzi", "templates"):
        extracted = extract_from_dir(
            ROOT / folder, METHODS, OPTIONS, KEYWORDS, strip_comment_tags=True
        )
        found |= {said for file, _, said, _, _ in extracted if "demo" not in Path(file).parts}
    return found


def _english(found: set[Message]) -> Catalog:
    kept = catalogue("en")
    made = Catalog(locale="en", project="quanzi", charset="utf-8")
    for message in sorted(found, key=str):
        key = message[0] if isinstance(message, tuple) else message
        made.add(message, kept.get(key, ("", "") if isinstance(message, tuple) else ""))
    return made


def _traditional(found: set[Message]) -> Catalog:
    from opencc import OpenCC  # noqa: PLC0415 - only who works on messages has it

    words = OpenCC("s2twp").convert
    kept = re.compile("|".join(map(re.escape, OURS)))

    def convert(text: str) -> str:
        between = [str(words(part)) for part in kept.split(text)]
        ours = [OURS[word] for word in kept.findall(text)]
        return "".join(chain.from_iterable(zip_longest(between, ours, fillvalue="")))

    made = Catalog(locale="zh_Hant", project="quanzi", charset="utf-8")
    for message in sorted(found, key=str):
        if isinstance(message, tuple):
            made.add(message, (convert(message[0]),))
        else:
            made.add(message, convert(message))
    return made


def catalogue(language: str) -> dict[str, Message]:
    """What is written down in this language, by the message (of a plural, by its first form)."""
    file = LOCALES / f"{language}.po"
    if not file.exists():
        return {}
    with file.open("rb") as text:
        known = read_po(text)
    return {
        message.id[0] if isinstance(message.id, tuple | list) else message.id: (
            tuple(message.string)
            if isinstance(message.string, tuple | list)
            else message.string or ""
        )
        for message in known
        if message.id
    }


def _write(catalogue: Catalog, language: str) -> None:
    LOCALES.mkdir(exist_ok=True)
    with (LOCALES / f"{language}.po").open("wb") as file:
        write_po(file, catalogue, width=100, omit_header=False, no_location=True, sort_output=True)


def _filled(string: str | Sequence[str] | None) -> bool:
    return all(string) if isinstance(string, tuple | list) else bool(string)


if __name__ == "__main__":
    sys.exit(1 if main() else 0)
