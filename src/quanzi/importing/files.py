"""A file that somebody brought, as lines: CSV or JSON, ours or an official account's."""

import csv
import io
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from quanzi.errors import Invalid, Said, said
from quanzi.importing import columns
from quanzi.importing.columns import Line

MOST_BYTES = 5 * 2**20
MOST_ROWS = 2000
# Where a file wraps its posts in something, that is called so.
WRAPS = ("posts", "items", "item", "articles", "list", "data", "news_item", "publish_list")
DEEPEST = 4
SEPARATORS = ",;\t"

Numbered = tuple[int, Mapping[str, Any]]

csv.field_size_limit(MOST_BYTES)


def read(content: bytes, time_zone: str) -> list[Line]:
    """Raises Invalid under `file`."""
    if not content:
        raise _no(said("请选择一个 CSV 或 JSON 文件。"))
    if len(content) > MOST_BYTES:
        raise _no(said("文件超过 %(most)d MB。", most=MOST_BYTES // 2**20))
    text = _decoded(content)
    found = _from_json(text) if text.lstrip()[:1] in {"[", "{"} else _from_csv(text)
    if not found:
        raise _no(said("文件里没有帖子。"))
    if len(found) > MOST_ROWS:
        raise _no(said("最多 %(most)d 行，这个文件有 %(now)d 行。", most=MOST_ROWS, now=len(found)))
    if not any(columns.known(each) for _, each in found):
        raise _no(said("找不到正文：要有 body 这一列，或者公众号导出的 title 和 content。"))
    return [columns.line(number, each, time_zone) for number, each in found]


def _decoded(content: bytes) -> str:
    """UTF-8, UTF-16 with its mark, or what Excel writes in China."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        charsets = ["utf-16"]
    else:
        charsets = ["utf-8-sig", "gb18030"]
    for charset in charsets:
        try:
            return content.decode(charset)
        except UnicodeDecodeError:
            continue
    raise _no(said("文件的编码看不懂，请存成 UTF-8。"))


def _from_csv(text: str) -> list[Numbered]:
    """By the row that it is in the file, after the one with the names; empty ones are counted, too."""
    first = text.lstrip().split("\n", 1)[0]
    separator = max(SEPARATORS, key=first.count)
    try:
        reader = csv.DictReader(io.StringIO(text.lstrip(), newline=""), delimiter=separator)
        found: list[Numbered] = []
        for number, each in enumerate(reader, start=1):
            line = {name: value for name, value in each.items() if name and value}
            if line:
                found.append((number, line))
            if len(found) > MOST_ROWS:
                break
    except csv.Error:
        raise _no(said("CSV 的格式不对，请检查引号。")) from None
    return found


def _from_json(text: str) -> list[Numbered]:
    try:
        found = msgspec.json.decode(text)
    except (msgspec.DecodeError, RecursionError):
        raise _no(said("JSON 的格式不对。")) from None
    return list(enumerate(_posts(found, DEEPEST), start=1))


def _posts(found: Any, depth: int) -> Sequence[Mapping[str, Any]]:
    """An official account's answer holds articles in `item[].content.news_item[]`, with the time beside."""
    if depth == 0:
        return []
    if isinstance(found, list):
        return [post for each in found for post in _posts(each, depth)]
    if not isinstance(found, dict):
        return []
    content = found.get("content")
    if isinstance(content, dict):
        beside = {name: value for name, value in found.items() if name != "content"}
        return [{**beside, **post} for post in _posts(content, depth - 1)]
    for wrap in WRAPS:
        if isinstance(found.get(wrap), list) and not columns.known(found):
            beside = {name: value for name, value in found.items() if isinstance(value, int)}
            return [{**beside, **post} for post in _posts(found[wrap], depth - 1)]
    return [found]


def _no(sentence: Said) -> Invalid:
    return Invalid(file=sentence)
