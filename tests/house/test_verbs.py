"""Verbs decide: transactions stand in them and nowhere else; files and functions stay small."""

import ast
from pathlib import Path

import pytest

SRC = Path(__file__).resolve().parents[2] / "src" / "quanzi"
FILES = [file for file in sorted(SRC.rglob("*.py")) if "migrations" not in file.parts]
NO_TRANSACTIONS = {"routes", "web", "live", "media", "servers", "commands"}
FORBIDDEN = {"services", "utils", "helpers", "managers", "schemas", "models", "common", "misc"}
LONGEST_FILE, LONGEST_FUNCTION = 250, 60


def shown(file: Path) -> str:
    return file.relative_to(SRC).as_posix()


@pytest.mark.parametrize("file", FILES, ids=shown)
def test_a_transaction_stands_in_a_verb(file):
    opens = "transaction()" in file.read_text() and file.name != "transaction.py"
    parts = set(file.relative_to(SRC).parts) | {file.stem}

    assert not opens or not parts & (NO_TRANSACTIONS | {"policy", "tables", "drawing", "live"})


@pytest.mark.parametrize("file", FILES, ids=shown)
def test_a_file_is_named_after_what_it_does(file):
    assert not {file.stem, *file.relative_to(SRC).parent.parts} & FORBIDDEN


@pytest.mark.parametrize("file", FILES, ids=shown)
def test_files_and_functions_stay_small(file):
    source = file.read_text()
    lines = source.count("\n")
    data = "demo" in file.parts

    assert lines <= LONGEST_FILE or data
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and not data:
            assert (node.end_lineno or 0) - node.lineno < LONGEST_FUNCTION, node.name


@pytest.mark.parametrize("file", FILES, ids=shown)
def test_time_comes_from_the_clock(file):
    source = file.read_text()

    assert file.name == "clock.py" or "datetime.now(" not in source
    assert "utcnow(" not in source


@pytest.mark.parametrize("file", [f for f in FILES if f.stem == "policy"], ids=shown)
def test_a_policy_asks_nobody(file):
    assert "async def" not in file.read_text()
    assert "quanzi.db" not in file.read_text()
