"""One partial per thing: it says what it needs, has one root, and knows nobody who looks."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
FILES = sorted(TEMPLATES.rglob("*.html"))
PARTIALS = [file for file in FILES if file.name.startswith("_")]
DRAWN_FOR_ALL = [
    "posts/_post.html",
    "curation/_pins.html",
    "circles/_head.html",
    "collections/_collection.html",
    "posts/_offer.html",
    "curation/_offers.html",
    "curation/_pins.html",
    "circles/_head.html",
]
# A page's furniture: two siblings that belong together, and macros.
MANY_ROOTS = {
    "curation/_live.html",
    "web/_errors.html",
    "circles/_roles.html",
    "insights/_charts.html",
    "admin/_plot.html",
    "fans/_fields.html",
}
VOID = {"img", "input", "br", "meta", "link", "path", "circle", "rect", "source"}


def shown(file: Path) -> str:
    return file.relative_to(TEMPLATES).as_posix()


@pytest.mark.parametrize("file", FILES, ids=shown)
def test_a_template_says_what_it_needs(file):
    assert re.match(r"\{# needs: .+ #\}\n", file.read_text())


@pytest.mark.parametrize("file", [f for f in PARTIALS if shown(f) not in MANY_ROOTS], ids=shown)
def test_a_partial_has_one_root(file):
    counter = Roots()
    # Every branch of an `if` would count; a root does not stand in one.
    text = re.sub(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", "", file.read_text(), flags=re.DOTALL)
    counter.feed(text)

    assert counter.roots == 1


@pytest.mark.parametrize("name", DRAWN_FOR_ALL)
def test_what_is_drawn_for_all_knows_nobody_who_looks(name):
    text = (TEMPLATES / name).read_text()

    for personal in ("viewer", "csrf", "nonce", "may_", "request", "hx-"):
        assert personal not in text.split("#}", 1)[1]


@pytest.mark.parametrize("file", FILES, ids=shown)
def test_nothing_needs_eval_or_inline_scripts(file):
    text = file.read_text()

    assert not re.search(r"\son\w+=|hx-on|js:|javascript:|\sstyle=", text)
    assert not re.search(r"<script(?![^>]*nonce=)", text)
    for tag in re.findall(r"<[a-z][^>]*\shx-[^>]*>", text):
        assert "hx-nonce" in tag, "without its nonce the element loses its htmx attributes"


@pytest.mark.parametrize("file", FILES, ids=shown)
def test_what_is_not_escaped_was_drawn_by_a_partial(file):
    for expression in re.findall(r"\{\{([^}]*\| safe)\s*\}\}", file.read_text()):
        assert re.match(r"\s*(html|head|shown\.(pins|offers))\b", expression), expression


class Roots(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.depth = self.roots = 0

    def handle_starttag(self, tag, attrs):
        self.roots += self.depth == 0
        self.depth += tag not in VOID

    def handle_startendtag(self, tag, attrs):
        self.roots += self.depth == 0

    def handle_endtag(self, tag):
        self.depth -= tag not in VOID
