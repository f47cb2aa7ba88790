"""Languages: 简体中文 (the source), 繁體中文, English. By cookie, then by what the browser asks.

Catalogues are `.po` files under `locales/`, read once at start; there is no build step.
"""

import io
from datetime import UTC, date, datetime, timedelta
from functools import cache, lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import (
    format_date,
    format_datetime,
    format_timedelta,
    get_day_names,
    get_timezone_location,
)
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import Translations
from litestar.connection import ASGIConnection

from quanzi.errors import Said, said
from quanzi.settings import ROOT, settings

SOURCE = "zh-Hans"
LANGUAGES = {"zh-Hans": "简体中文", "zh-Hant": "繁體中文", "en": "English"}
BABEL_NAMES = {"zh-Hans": "zh_Hans_CN", "zh-Hant": "zh_Hant_TW", "en": "en"}
LONGEST_WISH = 500
# What the database calls infinite arrives as the last moment that Python knows.
NEVER = 9000
UNITS = {
    "zh-Hans": ((100_000_000, "亿"), (10_000, "万")),
    "zh-Hant": ((100_000_000, "億"), (10_000, "萬")),
    "en": ((1_000_000, "M"), (1_000, "K")),
}


def language_of(connection: ASGIConnection[Any, Any, Any, Any]) -> str:
    """What the address asks for, else the cookie, else the browser."""
    if wish := asked(connection):
        return wish
    kept = connection.cookies.get(cookie_name())
    if kept in LANGUAGES:
        return str(kept)
    return best_of(connection.headers.get("accept-language", "")[:LONGEST_WISH])


def asked(connection: ASGIConnection[Any, Any, Any, Any]) -> str:
    """The language that the address asks for; empty where it asks for none of ours."""
    wish = connection.query_params.get("lang", "") if connection.scope["query_string"] else ""
    return str(wish) if wish in LANGUAGES else ""


def in_address(connection: ASGIConnection[Any, Any, Any, Any]) -> str:
    """`?lang=en` where the address asks for a language, to be put behind another."""
    wish = asked(connection)
    return f"?lang={wish}" if wish else ""


def cookie_name() -> str:
    return "__Host-quanzi-language" if settings().secure else "quanzi-language"


@lru_cache(maxsize=1000)  # whoever asks chooses the key, and may choose a new one each time
def best_of(accepted: str) -> str:
    """The first of our languages in an Accept-Language header; 简体中文 when none is there."""
    wishes: list[tuple[float, int, str]] = []
    for place, part in enumerate(accepted.split(",")):
        name, _, weight = part.strip().partition(";q=")
        match = _ours(name.lower())
        if match:
            wishes.append((-_weight(weight), place, match))
    return min(wishes)[2] if wishes else SOURCE


def _ours(name: str) -> str:
    if name.startswith(("zh-hant", "zh-tw", "zh-hk", "zh-mo")):
        return "zh-Hant"
    if name.startswith("zh"):
        return "zh-Hans"
    return "en" if name.startswith("en") else ""


def _weight(written: str) -> float:
    try:
        return float(written) if written else 1.0
    except ValueError:
        return 0.0


@cache
def translations(language: str) -> Translations:
    file = ROOT / "locales" / f"{language}.po"
    if language == SOURCE or not file.exists():
        return Translations()
    with file.open("rb") as text:
        catalogue = read_po(text, locale=BABEL_NAMES[language])
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return Translations(compiled)


def spoken(sentence: Said, language: str) -> str:
    """With what stands in it spoken, too."""
    text = str(translations(language).gettext(sentence.message))
    values = {
        name: spoken(value, language) if isinstance(value, Said) else value
        for name, value in sentence.values.items()
    }
    return text % values if values else text


def dated(moment: datetime, language: str, time_zone: str = "Asia/Shanghai") -> str:
    """A date people read; always with the year, so that a rendering stays true."""
    if moment.year >= NEVER:
        return spoken(said("永久"), language)
    pattern = "MMM d, y, HH:mm" if language == "en" else "y年M月d日 HH:mm"
    return format_datetime(
        moment.astimezone(UTC), pattern, tzinfo=ZoneInfo(time_zone), locale=BABEL_NAMES[language]
    )


def day(moment: datetime, language: str, time_zone: str = "Asia/Shanghai") -> str:
    """A date without the time of day."""
    pattern = "MMM d, y" if language == "en" else "y年M月d日"
    return format_datetime(
        moment.astimezone(UTC), pattern, tzinfo=ZoneInfo(time_zone), locale=BABEL_NAMES[language]
    )


def ago(language: str) -> str:
    """How scripts say that something was a while ago: now, then one and `{n}` minutes, hours, days."""
    units = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
    past = [_past(count * unit, language) for unit in units for count in (1, 2)]
    return "|".join([spoken(said("刚刚"), language), *past])


def _past(span: timedelta, language: str) -> str:
    written = format_timedelta(
        -span, add_direction=True, format="short", threshold=1, locale=BABEL_NAMES[language]
    )
    return written.replace("2", "{n}")


def month(first: date, language: str) -> str:
    pattern = "MMM y" if language == "en" else "y年M月"
    return format_date(first, pattern, locale=BABEL_NAMES[language])


def weekday(number: int, language: str) -> str:
    """0 is Monday: 周一, Mon."""
    names = get_day_names("abbreviated", "stand-alone", locale=BABEL_NAMES[language])
    return str(names[number])


def counted(number: int, language: str) -> str:
    """1.2万 / 12K: how people say large figures."""
    for size, letter in UNITS[language]:
        if number >= size:
            return _short(number / size) + letter
    return str(number)


def _short(value: float) -> str:
    # Rounded down: 9,999 of something is not "1万" yet.
    tenths = int(value * 10)
    return str(tenths // 10) if tenths % 10 == 0 or tenths >= 1000 else f"{tenths / 10:.1f}"  # noqa: PLR2004


def place_of(time_zone: str, language: str) -> str:
    """A time zone as people call it: the city it is named after."""
    return get_timezone_location(time_zone, locale=BABEL_NAMES[language], return_city=True)
