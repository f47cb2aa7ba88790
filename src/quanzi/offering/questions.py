"""What a partner asks of who wants a service: the questions of its form, and answers to them."""

import json
import re
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace

from quanzi.errors import Invalid, Said, said
from quanzi.posts.drafts import clean

MOST, MOST_CHOICES = 12, 20
KEY = re.compile(r"[0-9a-f]{8}")
LABEL_LONGEST, HELP_LONGEST, CHOICE_LONGEST = 40, 100, 40
KINDS: Mapping[str, Said] = {
    "short": said("一行文字"),
    "long": said("一段文字"),
    "choice": said("选择"),
    "number": said("数字"),
    "date": said("日期"),
    "phone": said("电话"),
}


@dataclass(frozen=True, slots=True)
class Question:
    """`key`: what its answer is called in the form; it stays when the question moves."""

    key: str
    kind: str
    label: str = ""
    help: str = ""
    required: bool = False
    choices: tuple[str, ...] = ()


def new(kind: str) -> Question:
    return Question(secrets.token_hex(4), kind, required=True)


def kept(questions: Sequence[Question]) -> str:
    """As the database keeps them."""
    return json.dumps([asdict(each) for each in questions], ensure_ascii=False)


def read(stored: str) -> tuple[Question, ...]:
    return tuple(
        Question(**{**each, "choices": tuple(each["choices"])}) for each in json.loads(stored)
    )


def typed(values: Mapping[str, str]) -> list[Question]:
    """From the designer's form, `q0_label` and its like, in the order that `q0_at` says."""
    found = []
    for n in range(MOST):
        if f"q{n}_kind" not in values:
            continue
        key = values.get(f"q{n}_key", "")
        question = Question(
            key if KEY.fullmatch(key) else secrets.token_hex(4),
            values[f"q{n}_kind"] if values[f"q{n}_kind"] in KINDS else "short",
            _line(values.get(f"q{n}_label", "")),
            _line(values.get(f"q{n}_help", "")),
            bool(values.get(f"q{n}_required")),
            _choices(values.get(f"q{n}_choices", "")),
        )
        at = _number(values.get(f"q{n}_at", ""))
        found.append((n if at < 0 else at, n, question))
    return [each[2] for each in sorted(found, key=lambda each: each[:2])]


def turned(questions: Sequence[Question], wish: str) -> list[Question]:
    """As a button of the designer wishes: `add:phone`, `up:2`, `down:2`, `remove:2`. What makes no
    sense changes nothing.
    """
    made = list(questions)
    deed, _, what = wish.partition(":")
    if deed == "add":
        return [*made, new(what)] if what in KINDS and len(made) < MOST else made
    at = _number(what)
    if not 0 <= at < len(made):
        return made
    if deed == "remove":
        del made[at]
    to = {"up": at - 1, "down": at + 1}.get(deed, -1)
    if 0 <= to < len(made):
        made[at], made[to] = made[to], made[at]
    return made


def checked(questions: Sequence[Question]) -> tuple[Question, ...]:
    """Raises Invalid with a sentence by every field, like `q0_label`."""
    wrong: dict[str, Said] = {}
    for n, each in enumerate(questions):
        if not 1 <= len(each.label) <= LABEL_LONGEST:
            wrong[f"q{n}_label"] = said("写上要问什么，1–%(most)d 个字。", most=LABEL_LONGEST)
        if len(each.help) > HELP_LONGEST:
            wrong[f"q{n}_help"] = said("最多 %(most)d 个字。", most=HELP_LONGEST)
        if each.kind == "choice" and not 2 <= len(each.choices) <= MOST_CHOICES:  # noqa: PLR2004
            wrong[f"q{n}_choices"] = said("写 2–%(most)d 个选项，一行一个。", most=MOST_CHOICES)
        if any(len(choice) > CHOICE_LONGEST for choice in each.choices):
            wrong[f"q{n}_choices"] = said("每个选项最多 %(most)d 个字。", most=CHOICE_LONGEST)
    if len({each.key for each in questions}) != len(questions):
        questions = [replace(each, key=secrets.token_hex(4)) for each in questions]
    if wrong:
        raise Invalid(**wrong)
    return tuple(each if each.kind == "choice" else replace(each, choices=()) for each in questions)


def _number(typed: str) -> int:
    """-1 for what is none."""
    return int(typed) if re.fullmatch(r"[0-9]{1,3}", typed) else -1


def _line(text: str) -> str:
    return clean(text).replace("\n", " ")


def _choices(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(line.strip() for line in clean(text).split("\n") if line.strip()))
