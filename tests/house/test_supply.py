"""T29: what the program is made of: named, hashed, licensed, and not known to be broken."""

import hashlib
import importlib.metadata
import json
import re
import tomllib
from pathlib import Path

import pytest
from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).resolve().parents[2]
KNOWN = json.loads((Path(__file__).parent / "supply" / "advisories.json").read_text())
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
LOCKS = {"requirements.lock": [], "requirements-test.lock": ["test", "check"]}
# What a virtual environment begins with, and what a developer may add to run tests side by side.
NOT_OURS = {"pip", "setuptools", "pytest-xdist", "execnet"}


class Pin:
    def __init__(self, text: str) -> None:
        first, _, rest = text.partition(" \\\n")
        self.required = Requirement(first)
        self.name = canonicalize_name(self.required.name)
        self.version = Version(str(self.required.specifier).removeprefix("=="))
        self.hashes = re.findall(r"^    --hash=sha256:([0-9a-f]{64})(?: \\)?$", rest, re.MULTILINE)

    @property
    def is_for_here(self) -> bool:
        return self.required.marker is None or self.required.marker.evaluate()


def pins(text: str) -> list[Pin]:
    return [Pin(each) for each in re.split(r"\n(?=\w)", text) if re.match(r"\w", each)]


def needed(groups: list[str], locked: dict[str, Pin]) -> dict[str, str]:
    """Everything that the project needs on this machine, by walking what each package says of itself;
    with what is wrong with it, or ''."""
    wanted = list(PROJECT["project"]["dependencies"])
    for group in groups:
        wanted += PROJECT["dependency-groups"][group]
    todo = [(Requirement(each), frozenset[str]()) for each in wanted]
    found: dict[str, str] = {}
    seen: set[tuple[str, frozenset[str]]] = set()
    while todo:
        one, extras = todo.pop()
        here = [default_environment() | {"extra": extra} for extra in (extras or {""})]
        if one.marker is not None and not any(one.marker.evaluate(each) for each in here):
            continue
        name = canonicalize_name(one.name)
        pin = locked.get(name)
        if pin is None or not one.specifier.contains(pin.version, prereleases=True):
            found[name] = f"{one} is not in the lock"
            continue
        found.setdefault(name, "")
        key = (name, frozenset(one.extras))
        if key not in seen:
            seen.add(key)
            todo += [
                (Requirement(each), key[1]) for each in importlib.metadata.requires(name) or ()
            ]
    return found


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_every_package_with_hashes_and_nothing_else(lock):
    text = (ROOT / lock).read_text()
    here = {pin.name: pin for pin in pins(text) if pin.is_for_here}
    walked = needed(LOCKS[lock], here)

    assert [wrong for wrong in walked.values() if wrong] == []
    assert sorted(here.keys() - walked.keys()) == [], "locked, and needed by nobody"
    assert [pin.name for pin in pins(text) if not pin.hashes] == []
    for name, pin in here.items():
        assert Version(importlib.metadata.version(name)) == pin.version


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_says_what_and_not_from_where(lock):
    for line in (ROOT / lock).read_text().splitlines():
        assert re.match(
            r"(\w[\w.-]*==\S+( ; [^:@]+)? \\|    --hash=sha256:\w{64}( \\)?|    #.*|#.*|)$", line
        ), line
        assert "://" not in line
        assert " @ " not in line


def test_both_locks_say_the_same_of_what_both_name():
    run, test = (
        {(p.name, str(p.required.marker)): p for p in pins((ROOT / lock).read_text())}
        for lock in LOCKS
    )

    for key, pin in run.items():
        assert test[key].version == pin.version
        assert set(test[key].hashes) == set(pin.hashes)


def test_a_missing_package_would_be_noticed():
    here = {
        pin.name: pin for pin in pins((ROOT / "requirements.lock").read_text()) if pin.is_for_here
    }
    del here["markupsafe"]

    assert "markupsafe" in needed([], here)
    assert needed([], here)["markupsafe"]


def test_nothing_is_installed_that_is_not_locked():
    locked = {pin.name for pin in pins((ROOT / "requirements-test.lock").read_text())}
    installed = {canonicalize_name(each.name) for each in importlib.metadata.distributions()}

    assert installed - locked - NOT_OURS == set()


# ── what is known to be broken ──


def judged(text: str) -> list[str]:
    """What is wrong with a lock: pins below a fix, and pins that nobody has looked at."""
    wrong = []
    for pin in pins(text):
        if pin.name not in KNOWN["packages"]:
            wrong.append(f"{pin.name}: skipped, since nobody has looked at it")
        wrong += [
            f"{pin.name}: {advisory['id']}"
            for advisory in KNOWN["packages"].get(pin.name, ())
            if advisory["before"] == "*" or pin.version < Version(advisory["before"])
        ]
    return wrong


@pytest.mark.parametrize("lock", LOCKS)
def test_no_pin_is_known_to_be_broken_and_none_was_skipped(lock):
    assert judged((ROOT / lock).read_text()) == []


@pytest.mark.parametrize(
    ("planted", "says"),
    [
        ("pillow==12.2.0", "pillow: CVE-2026-112403"),
        ("multipart==1.3.0", "multipart: CVE-2026-28356"),
        ("litestar==2.8.2", "litestar: CVE-2024-32982"),
        ("Jinja2==3.1.5", "jinja2: CVE-2025-27516"),
        ("python-multipart==0.0.20", "python-multipart: CVE-2026-42561"),
        ("left-pad==1.0.0", "left-pad: skipped, since nobody has looked at it"),
    ],
)
def test_a_planted_pin_fails_the_gate(planted, says):
    text = (ROOT / "requirements.lock").read_text()

    assert says in judged(f"{text}\n{planted} \\\n    --hash=sha256:{'0' * 64}\n")


def test_the_threats_that_name_a_package_are_in_the_copy():
    named = "CVE-2024-32982 CVE-2024-52581 CVE-2023-25578 CVE-2025-59152 CVE-2026-25478 CVE-2026-25479 CVE-2026-25480 CVE-2026-48060 PYSEC-2026-2603 CVE-2023-29159 CVE-2025-62727 CVE-2025-54121 CVE-2023-30798 CVE-2026-28356 CVE-2026-42561 CVE-2026-40347 CVE-2026-24486 CVE-2024-53981 CVE-2024-22195 CVE-2024-34064 CVE-2024-56201 CVE-2024-56326 CVE-2025-27516 CVE-2021-38193 RUSTSEC-2025-0071 CVE-2026-63430 RUSTSEC-2026-0213 CVE-2026-40192 CVE-2026-55379 CVE-2026-59204 CVE-2026-112403 CVE-2026-96643 CVE-2026-85183"
    kept = {each["id"] for listed in KNOWN["packages"].values() for each in listed}

    assert set(re.findall(r"\S+", named)) - kept == set()
    assert re.fullmatch(r"\d{4}-\d{2}-\d{2}", KNOWN["dated"])


# ── licences ──

ALLOWED = {
    "MIT", "MIT-0", "MIT-CMU", "BSD-2-Clause", "BSD-3-Clause", "0BSD", "Apache-2.0", "ISC", "PSF-2.0",
    "Zlib", "CC0-1.0", "Unlicense", "MPL-2.0",
}  # fmt: skip
# As classifiers and free words have it, of packages that do not write SPDX yet.
WRITTEN = {
    "MIT License": "MIT",
    "BSD License": "BSD-3-Clause",
    "3-Clause BSD License": "BSD-3-Clause",
    "Apache Software License": "Apache-2.0",
    "Apache License 2.0": "Apache-2.0",
    "Apache 2.0": "Apache-2.0",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "The Unlicense (Unlicense)": "Unlicense",
}
COPYLEFT = re.compile(r"\b[AL]?GPL|Affero|GNU|SSPL|BUSL|EUPL|Commons.Clause", re.IGNORECASE)
# Name → why it may be here all the same.
EXCEPTIONS: dict[str, str] = {
    "axe-playwright-python": "says it in a file only: MIT, and MPL-2.0 for axe-core; only tests use it",
}


def licence(metadata) -> str:
    """One SPDX expression, or what the package says instead."""
    said = metadata.get("License-Expression")
    if not said:
        listed = [each.rpartition(" :: ")[2] for each in metadata.get_all("Classifier") or ()
                  if each.startswith("License :: OSI Approved ::")]  # fmt: skip
        words = listed or [(metadata.get("License") or "").partition("\n")[0].strip()]
        # Several of them are a choice: so the packages that list several say in their files.
        said = " OR ".join(WRITTEN.get(each, each) for each in words)
    return said


def may_be_used(name: str, said: str) -> bool:
    if COPYLEFT.search(said) or not said:
        return bool(EXCEPTIONS.get(name))
    every = [re.split(r"\s+OR\s+", each.strip("() ")) for each in re.split(r"\s+AND\s+", said)]
    return all(any(one.strip("() ") in ALLOWED for one in each) for each in every)


def test_every_licence_is_one_that_lets_us():
    refused = {
        each.name: licence(each.metadata)
        for each in importlib.metadata.distributions()
        if canonicalize_name(each.name) not in NOT_OURS
        and not may_be_used(canonicalize_name(each.name), licence(each.metadata))
    }

    assert refused == {}
    assert all(len(why) > 20 for why in EXCEPTIONS.values())


@pytest.mark.parametrize(
    "said",
    ["AGPL-3.0-or-later", "GPL-2.0-only", "LGPL-3.0", "GNU Affero General Public License v3", "SSPL-1.0",
     "MIT AND GPL-3.0-only", "MIT OR AGPL-3.0-only", "BUSL-1.1", "", "Proprietary", "MIT AND Nobody-Knows"],
)  # fmt: skip
def test_a_licence_that_binds_or_that_nobody_knows_is_refused(said):
    assert not may_be_used("some-package", said)


# ── what browsers are sent that others have written ──

VENDORED = {
    "htmx-LICENSE.txt": "d3d2456f76414f2456104660ebd65aff1c04cd7966b942bdabd63f3cdb316a38",
    "htmx.min.js": "a0abb04f2f45a1f89d1d4844023245537e5e6014c87b144553e0607b4cc32130",
    "hx-csp.min.js": "a7e1e6711ae6c3e50ad300fba7936cbe8d07599cdae313414a179ddd6b26e143",
    "hx-ws.min.js": "a7c11e4eca05417d6299bb40aaacca01572e44605389fc4d5ef12be408a4d03b",
}


def test_browser_files_of_others_are_the_ones_that_were_looked_at():
    found = {
        each.name: hashlib.sha256(each.read_bytes()).hexdigest()
        for each in (ROOT / "assets" / "vendor").iterdir()
    }

    assert found == VENDORED


def test_no_page_asks_another_site_for_a_script_or_a_sheet():
    for file in (ROOT / "templates").rglob("*.html"):
        for tag in re.findall(r"<(?:script|link|img|iframe|source)\b[^>]*>", file.read_text()):
            assert not re.search(r"(src|href)=[\"']?(https?:)?//", tag), f"{file.name}: {tag}"
