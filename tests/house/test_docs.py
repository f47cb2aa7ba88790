"""What the docs say of the house is so."""

import re
from pathlib import Path

import pytest

from docs.pictures.routes import routes
from docs.pictures.shots import SHOTS
from quanzi import glossary, messages
from tests.house.test_arrows import FLOORS

ROOT = Path(__file__).resolve().parents[2]
DOCS = sorted([*(ROOT / "docs").glob("*.md"), ROOT / "README.md", ROOT / "CHANGELOG.md"])


def test_the_glossary_has_the_words_of_the_pages():
    assert glossary.FILE.read_text() == glossary.text(), "python -m quanzi.glossary"


def test_the_page_on_architecture_draws_the_floors_that_the_imports_keep_to():
    page = (ROOT / "docs" / "architecture.md").read_text()
    table = page.partition("<!-- floors -->")[2].partition("<!-- /floors -->")[0]
    cells = [line.split("|")[1] for line in table.strip().splitlines()[2:]]
    drawn = [set(re.findall(r"`(\w+)`", cell)) for cell in cells]

    kept = [{room.partition(".")[2] for room in floor} - {""} for floor in FLOORS]
    assert drawn == list(reversed(kept))


@pytest.mark.parametrize("file", DOCS, ids=lambda file: file.name)
def test_what_a_page_links_to_is_there(file):
    text = re.sub(r"```.*?```", "", file.read_text(), flags=re.DOTALL)
    for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", text):
        if not re.match(r"[a-z]+:", target):
            assert (file.parent / target).exists(), f"{file.name} links to {target}"


@pytest.mark.parametrize("file", DOCS, ids=lambda file: file.name)
def test_what_a_page_calls_by_its_path_is_there(file):
    if file.name == "CHANGELOG.md":
        return  # it tells of what was
    for path in re.findall(
        r"`((?:src|tests|bench|deploy|docs|templates|bin)/[\w./-]+)`", file.read_text()
    ):
        assert (ROOT / path.rstrip("/")).exists(), f"{file.name} names {path}"


def test_every_picture_of_the_docs_is_taken_by_the_command():
    shown = {
        Path(each).stem
        for file in DOCS
        for each in re.findall(r"\(([^)]*images/[\w-]+\.webp)\)", file.read_text())
    }
    taken = {shot.name for shot in SHOTS}

    assert shown - taken == set()
    there = {each.stem for each in (ROOT / "docs" / "images").glob("*.webp")}
    assert there == taken, "bin/pictures"


def test_every_page_has_its_picture_or_a_reason_why_not():
    text = (ROOT / "docs" / "pages.md").read_text()

    assert set(re.findall(r"`(/[^`]*)`", text)) == set(routes()), "bin/pictures pages"
    shown = set(re.findall(r"\(pages/([\w-]+\.webp)\)", text))
    assert shown == {file.name for file in (ROOT / "docs" / "pages").iterdir()}


def test_the_merchants_handbook_calls_things_as_the_pages_do():
    known = {message.rstrip("：") for message in messages.catalogue("zh-Hant")}
    made_up = {"新手必读", "夜跑路线"}

    named = set(re.findall("「([^」]+)」", (ROOT / "docs" / "handbook.zh.md").read_text()))
    assert len(named) > 10
    assert sorted(named - known - made_up) == []
