"""T30: a new step must not make people wait: what it may say of tables that are there and full."""

import re
from pathlib import Path

import pytest

SRC = Path(__file__).resolve().parents[2] / "src" / "quanzi"
STEPS = sorted(SRC.glob("*/migrations/*_20*.py"))
# Tables that grow with what people do: an index on one is made while nobody can write to it.
LARGE = {"post", "comment", "liking", "follow", "circle_event", "notice", "image", "credit_entry",
         "concern", "screening_verdict", "session", "topic"}  # fmt: skip
# Steps older than this gate, which ran before anybody had much.
BEFORE_THE_GATE = "2026_11_27t09_30"


def statements(text: str) -> list[str]:
    found = re.findall(r'"""(.*?)"""|rows\(\s*"([^"]+)"', text, re.DOTALL)
    return [
        " ".join(each.lower().split())
        for pair in found
        for each in "".join(pair).split(";")
        if each.strip()
    ]


def faults(sql: list[str]) -> list[str]:
    made = {
        name for each in sql for name in re.findall(r"create table (?:if not exists )?(\w+)", each)
    }
    validated = {name for each in sql for name in re.findall(r"validate constraint (\w+)", each)}
    wrong = []
    for each in sql:
        table = next(iter(re.findall(r"alter table (?:only )?(\w+)", each)), "")
        if table and table not in made:
            adds_column = re.search(r"\badd (?!constraint)(column )?", each)
            if adds_column and "not null" in each and "default" not in each:
                wrong.append(f"a column that may not be null and has no default: {each}")
            if re.search(r"default \(?(random|gen_random_uuid|clock_timestamp)", each):
                wrong.append(f"a default that writes every row anew: {each}")
            if "add constraint" in each and "using index" not in each and "not valid" not in each:
                wrong.append(f"a constraint that reads the whole table while it is locked: {each}")
            if "set not null" in each or re.search(r"\balter (column )?\w+ (set data )?type", each):
                wrong.append(f"the whole table is read or written anew: {each}")
            if re.search(r"\b(drop column|rename)\b", each):
                wrong.append(f"the release before still asks for it: {each}")
            named = set(re.findall(r"add constraint (\w+).*not valid", each))
            wrong += [f"never validated: {name}" for name in named - validated]
        on = re.search(r"create (?:unique )?index (?:concurrently )?\w+ on (\w+)", each)
        if on and on[1] in LARGE - made and "using brin" not in each:
            wrong.append(f"an index on a large table: {each}")
    return wrong


def stands_before(file: Path) -> bool:
    return file.stem.partition("_")[2] < BEFORE_THE_GATE


@pytest.mark.parametrize("file", [f for f in STEPS if not stands_before(f)] or [None])
def test_a_new_step_makes_nobody_wait(file):
    assert file is None or faults(statements(file.read_text())) == []


def test_the_gate_reads_the_steps_that_there_are():
    assert len(STEPS) > 30
    assert all(statements(file.read_text()) for file in STEPS)


@pytest.mark.parametrize(
    "sql",
    [
        "alter table post add column x int not null",
        "alter table post add x int not null",
        "alter table post add constraint c check (x > 0)",
        "alter table post add constraint c check (x > 0) not valid",
        "alter table post alter column x type bigint",
        "alter table post alter x set not null",
        "alter table post drop column x",
        "alter table post rename to posts",
        "alter table post add column x uuid not null default gen_random_uuid()",
        "create index i on post (x)",
        "create unique index i on comment (x)",
    ],
)
def test_a_step_that_would_make_people_wait_is_refused(sql):
    assert faults([sql])


@pytest.mark.parametrize(
    "sql",
    [
        ["alter table post add column x int not null default 0"],
        ["create table t (x int not null)", "create index i on t (x)", "alter table t add constraint c check (x > 0)"],
        ["alter table post add constraint c check (x > 0) not valid", "alter table post validate constraint c"],
        ["create index i on screening_verdict using brin (at)"],
        ["drop table t"],
    ],
)  # fmt: skip
def test_a_step_that_does_not_is_let_through(sql):
    assert faults(sql) == []
