"""Imports point down; few rooms know the framework or Valkey."""

import ast
from pathlib import Path

import pytest

SRC = Path(__file__).resolve().parents[2] / "src"

# From the lowest floor up; rooms on one floor do not know each other.
FLOORS = [
    {
        "quanzi",
        "quanzi.errors",
        "quanzi.clock",
        "quanzi.environment",
        "quanzi.ending",
        "quanzi.settings",
        "quanzi.servers",
    },
    {"quanzi.db", "quanzi.media", "quanzi.search", "quanzi.outbound"},
    {"quanzi.site"},
    {"quanzi.live", "quanzi.mail", "quanzi.push"},
    {"quanzi.screening", "quanzi.audit", "quanzi.links"},
    {"quanzi.web", "quanzi.jobs"},
    {"quanzi.identity"},
    {"quanzi.activity"},
    {"quanzi.credit"},
    {"quanzi.verification"},
    {"quanzi.circles"},
    {"quanzi.applying"},
    {"quanzi.posts"},
    {"quanzi.collections"},
    {"quanzi.curation"},
    {"quanzi.fans"},
    {"quanzi.reaching"},
    {"quanzi.planning"},
    {"quanzi.importing"},
    {"quanzi.offering"},
    {"quanzi.moderation"},
    {"quanzi.discovery", "quanzi.notifications", "quanzi.standing"},
    {"quanzi.home", "quanzi.people", "quanzi.insights"},
    {"quanzi.platform"},
    {"quanzi.gallery"},
    {"quanzi.federation"},
    {"quanzi.privacy"},
    {"quanzi.founding"},
    {"quanzi.admin"},
    {"quanzi.hearing"},
    {"quanzi.ticking"},
    {"quanzi.app"},
    {"quanzi.serving", "quanzi.demo", "quanzi.backup"},
    {"quanzi.worker", "quanzi.messages", "quanzi.glossary", "quanzi.icons"},
    {"quanzi.cli", "quanzi.commands"},
]
# Rooms that share a floor with another that they may not know.
NEIGHBOURS = {
    "quanzi.servers",
    "quanzi.media",
    "quanzi.db",
    "quanzi.web",
    "quanzi.jobs",
    "quanzi.home",
    "quanzi.people",
    "quanzi.insights",
    "quanzi.demo",
    "quanzi.backup",
    "quanzi.mail",
    "quanzi.push",
    "quanzi.outbound",
    "quanzi.notifications",
    "quanzi.discovery",
    "quanzi.standing",
    "quanzi.screening",
    "quanzi.audit",
    "quanzi.links",
}
MAY_KNOW_LITESTAR = (
    "quanzi.web",
    "quanzi.platform",
    "quanzi.app",
    "quanzi.live.socket",
    "quanzi.live.personal",
)
MAY_KNOW_VALKEY = ("quanzi.live.lines", "quanzi.web.limits")


def modules() -> dict[str, Path]:
    found = {}
    for file in sorted(SRC.rglob("*.py")):
        name = ".".join(file.relative_to(SRC).with_suffix("").parts).removesuffix(".__init__")
        found[name] = file
    return found


MODULES = modules()


def imports(file: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found


def room(module: str) -> str:
    return ".".join(module.split(".")[:2])


def floor(module: str) -> int:
    for height, rooms in enumerate(FLOORS):
        if room(module) in rooms:
            return height
    pytest.fail(f"{module} stands on no floor: add its room to FLOORS")


@pytest.mark.parametrize("module", MODULES)
def test_imports_point_down(module):
    known = [name for name in imports(MODULES[module]) if name in MODULES]
    others = [name for name in known if room(name) != room(module)]

    upward = [
        name
        for name in others
        if floor(name) > floor(module)
        or (floor(name) == floor(module) and room(name) in NEIGHBOURS)
    ]
    assert upward == []


@pytest.mark.parametrize("module", MODULES)
def test_the_framework_is_known_only_where_requests_are(module):
    knows = any(name.split(".")[0] in {"litestar", "uvicorn"} for name in imports(MODULES[module]))

    allowed = module.startswith(MAY_KNOW_LITESTAR) or ".routes" in module
    serving = module in {"quanzi.serving", "quanzi.live.protocol"}
    assert not knows or allowed or serving


@pytest.mark.parametrize("module", MODULES)
def test_valkey_is_known_only_to_the_bell_and_the_limits(module):
    knows = any(name.split(".")[0] == "valkey" for name in imports(MODULES[module]))

    assert not knows or module.startswith(MAY_KNOW_VALKEY)
