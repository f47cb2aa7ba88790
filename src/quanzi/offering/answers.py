"""What a member answers to the questions of a service, made clean or refused field by field."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from quanzi.errors import Invalid, Said, said
from quanzi.offering.questions import Question
from quanzi.posts.drafts import clean

SHORT, LONG = 100, 1000
NUMBER = re.compile(r"-?\d{1,12}([.,]\d{1,4})?")
PHONE = re.compile(r"\+?[\d\s()（）-]{5,24}")
FEWEST_DIGITS = 5
YEARS = range(1900, 2200)


@dataclass(frozen=True, slots=True)
class Answer:
    """With the question as it was: the partner may ask otherwise by now."""

    label: str
    kind: str
    text: str


def field(question: Question) -> str:
    """Its name in the form."""
    return f"a_{question.key}"


def kept(answers: Sequence[Answer]) -> str:
    return json.dumps([[each.label, each.kind, each.text] for each in answers], ensure_ascii=False)


def read(stored: str) -> tuple[Answer, ...]:
    return tuple(Answer(*each) for each in json.loads(stored))


def typed(questions: Sequence[Question], values: Mapping[str, str]) -> tuple[Answer, ...]:
    """Raises Invalid with a sentence by every field that needs one. What was left empty is left out."""
    wrong: dict[str, Said] = {}
    found = []
    for question in questions:
        text = clean(values.get(field(question), ""))
        fault = _fault(question, text)
        if fault is not None:
            wrong[field(question)] = fault
        elif text:
            found.append(Answer(question.label, question.kind, text))
    if wrong:
        raise Invalid(**wrong)
    return tuple(found)


def _fault(question: Question, text: str) -> Said | None:
    if not text:
        return said("请填写这一项。") if question.required else None
    match question.kind:
        case "choice":
            return None if text in question.choices else said("请选一个列出的选项。")
        case "number":
            return None if NUMBER.fullmatch(text) else said("请填写数字。")
        case "date":
            return None if _is_date(text) else said("日期看不懂，请写成 2026-11-24 这样。")
        case "phone":
            good = PHONE.fullmatch(text) and sum(map(str.isdecimal, text)) >= FEWEST_DIGITS
            return None if good else said("请填写电话号码。")
    most = LONG if question.kind == "long" else SHORT
    return said("最多 %(most)d 个字。", most=most) if len(text) > most else None


def _is_date(text: str) -> bool:
    try:
        return date.fromisoformat(text).year in YEARS
    except ValueError:
        return False
