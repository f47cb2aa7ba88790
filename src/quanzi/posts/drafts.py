"""A post as somebody typed it, made clean or refused field by field."""

import re
import unicodedata
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from quanzi import clock
from quanzi.activity import once
from quanzi.errors import Invalid, Said, said

LONGEST = 5000
MOST_IMAGES = 9
MOST_TOPICS = 10
TOPIC_LONGEST = 30
FURTHEST = timedelta(days=366)

TOPIC = re.compile(r"#([^#\s][^#\n]{0,29}?)#")
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True, slots=True)
class Draft:
    """`alts`: what is said of each picture that comes with it; of those beyond, nothing. `kept`: it
    is to wait until somebody chooses a time. `one_of_many`: whoever has to agree hears of all at once.
    """

    body: str
    topics: tuple[str, ...] = ()
    publish_at: datetime | None = None
    pin: bool = False
    pin_until: datetime | None = None
    kept: bool = False
    service: int | None = None
    key: uuid.UUID = field(default_factory=uuid.uuid4)
    alts: tuple[str, ...] = ()
    one_of_many: bool = False


def read(
    *,
    body: str,
    topics: str,
    publish_at: str,
    pin: bool,
    pin_until: str,
    key: str,
    time_zone: str,
    kept: bool = False,
    service: int | None = None,
) -> Draft:
    """Raises Invalid with a sentence by every field that needs one."""
    wrong: dict[str, Said] = {}
    text = clean(body)
    wrong |= body_faults(text)
    named = topics_in(text, topics)
    if len(named) > MOST_TOPICS:
        wrong["topics"] = said("话题最多 %(most)d 个。", most=MOST_TOPICS)
    at = None if kept else _moment(publish_at, time_zone, "publish_at", wrong)
    until = _moment(pin_until, time_zone, "pin_until", wrong)
    if until and at and until <= at:
        wrong["pin_until"] = said("置顶的结束时间要晚于发布时间。")
    if wrong:
        raise Invalid(**wrong)
    return Draft(text, tuple(named), at, pin, until, kept, service, once.key_of(key))


def clean(text: str) -> str:
    """One kind of line end, NFC, nothing that cannot be seen or turns the text around."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = _CONTROLS.sub("", unicodedata.normalize("NFC", text))
    return re.sub(r"\n{3,}", "\n\n", text).strip()


def body_faults(text: str) -> dict[str, Said]:
    if not text:
        return {"body": said("写点什么再发吧。")}
    if len(text) > LONGEST:
        return {
            "body": said(
                "最多 %(most)d 个字，现在有 %(now)d 个，请删去 %(over)d 个。",
                most=LONGEST,
                now=len(text),
                over=len(text) - LONGEST,
            )
        }
    return {}


def topics_in(text: str, more: str = "") -> Sequence[str]:
    """`#跑步#` in the text, and what the topics field adds; each once, in order. Nobody can call a
    topic by a name that was masked.
    """
    typed = re.split(r"[\s,，、;；#]+", clean(more))
    found = [*TOPIC.findall(text), *(name for name in typed if name)]
    return list(dict.fromkeys(name.strip()[:TOPIC_LONGEST] for name in found if name.strip(" *")))


def _moment(typed: str, time_zone: str, name: str, wrong: dict[str, Said]) -> datetime | None:
    """What a `datetime-local` field holds is the circle's own time."""
    if not typed.strip():
        return None
    try:
        moment = datetime.fromisoformat(typed.strip())
    except ValueError:
        wrong[name] = said("时间看不懂，请写成 2026-11-24 07:00 这样。")
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=ZoneInfo(time_zone))
    if moment <= clock.now():
        wrong[name] = said("这个时间已经过了。")
    elif moment > clock.now() + FURTHEST:
        wrong[name] = said("最远可以选到一年以后。")
    return moment
