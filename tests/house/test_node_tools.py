"""T29 for what tests take from npm: named, hashed, licensed; nothing of it is in what is given out."""

import json
import re

from quanzi.settings import ROOT
from tests.browser import node
from tests.house.test_supply import may_be_used

LOCK = json.loads((node.PINNED / "package-lock.json").read_text())
PACKAGES = {name: each for name, each in LOCK["packages"].items() if name}
# Whose words our list does not know, and what was read.
READ_BY_HAND = {
    "node_modules/graceful-fs": "BlueOak-1.0.0: as free as MIT",
    "node_modules/parse-cache-control": "BSD-3-Clause, in its file",
}


def test_each_package_is_named_with_its_hash_and_not_from_where():
    assert len(PACKAGES) > 100
    assert [name for name, each in PACKAGES.items() if not each.get("integrity")] == []
    assert [name for name, each in PACKAGES.items() if "resolved" in each] == []
    wanted = json.loads((node.PINNED / "package.json").read_text())["dependencies"]
    assert [each for each in wanted.values() if not re.fullmatch(r"\d+\.\d+\.\d+", each)] == []
    assert LOCK["packages"][""]["dependencies"] == wanted


def test_every_licence_of_theirs_is_one_that_lets_us():
    refused = {
        name: each.get("license")
        for name, each in PACKAGES.items()
        if not may_be_used(name, each.get("license", "")) and name not in READ_BY_HAND
    }
    assert refused == {}


def test_nothing_of_them_is_kept_in_the_repository():
    assert f"/{node.MADE.name}/" in (ROOT / ".gitignore").read_text().splitlines()
