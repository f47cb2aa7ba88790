"""Jinja2, one environment per language, so that a template is compiled with its words in it."""

from collections.abc import Callable
from functools import cache, partial
from typing import Any
from zoneinfo import ZoneInfo

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from quanzi.errors import said
from quanzi.settings import ROOT
from quanzi.site import naming
from quanzi.web import i18n
from quanzi.web.assets import asset, modules
from quanzi.web.hues import hue
from quanzi.web.words import Words

FOLDER = ROOT / "templates"

UNNAMED = said("圈子")

_globals: dict[str, Any] = {"asset": asset, "languages": i18n.LANGUAGES, "zone_of": ZoneInfo}
_filters: dict[str, Callable[..., Any]] = {}


def render(template: str, language: str, **context: Any) -> str:
    return environment(language).get_template(template).render(context)


def offer(**things: Any) -> None:
    """Let every template know these: policies, word lists. Called once, when the app is made."""
    _globals.update(things)


def filters(**named: Callable[..., Any]) -> None:
    _filters.update(named)


@cache
def environment(language: str) -> Environment:
    made = Environment(
        loader=FileSystemLoader(FOLDER),
        # Only letters have a plain text beside their HTML.
        autoescape=select_autoescape(disabled_extensions=("txt",), default=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        extensions=[Words, "jinja2.ext.do"],
    )
    words = i18n.translations(language)
    made.words = words  # type: ignore[attr-defined]
    made.install_gettext_translations(words, newstyle=True)  # type: ignore[attr-defined]
    made.globals.update(
        _globals,
        language=language,
        modules=modules(),
        ago=i18n.ago(language),
        site_name=lambda: naming.known() or i18n.spoken(UNNAMED, language),
    )
    made.tests["in_text"] = lambda name, text: f"#{name}#" in text
    made.filters.update(
        _filters,
        # HTML's own form: a fraction of a second has three digits at most.
        instant=lambda moment: moment.isoformat(timespec="milliseconds"),
        hue=hue,
        named=lambda thing, what="name": _named(made, thing, what, language),
        dated=lambda moment, zone="Asia/Shanghai": i18n.dated(moment, language, zone),
        day=lambda moment, zone="Asia/Shanghai": i18n.day(moment, language, zone),
        month=partial(i18n.month, language=language),
        weekday=partial(i18n.weekday, language=language),
        counted=partial(i18n.counted, language=language),
        spoken=partial(i18n.spoken, language=language),
    )
    return made


def _named(made: Environment, thing: Any, what: str, language: str) -> str:
    """A name as its reader has it: English beside a Chinese one where there is one."""
    english = made.getattr(thing, f"{what}_en") if language == "en" else ""
    return str(english or made.getattr(thing, what))
