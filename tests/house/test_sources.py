"""T29: what the source never does, and the rooms that may."""

import ast
import importlib.metadata
import sys
import tomllib

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.house.test_arrows import MODULES, SRC, imports

# Starts or becomes other processes: the servers, workers, PostgreSQL's own programs for backups, and
# the children that open files of others.
MAY_START_PROCESSES = {
    "quanzi.servers",
    "quanzi.backup",
    "quanzi.commands.serving",
    "quanzi.media.child",
    "quanzi.screening.child",
}
# Speaks to addresses outside: to what people named, through the room that looks at each address; to
# the provider that the operator named; to the operator's mail server.
MAY_SPEAK_OUTSIDE = {
    "quanzi.outbound": {"httpcore", "ssl"},
    "quanzi.verification.openid": {"httpx2"},
    "quanzi.mail": {"aiosmtplib", "smtplib", "ssl"},
}
SPEAK = {"httpx", "httpx2", "requests", "urllib3", "aiohttp", "httpcore", "http.client", "urllib.request",
         "ftplib", "smtplib", "aiosmtplib", "telnetlib", "xmlrpc", "ssl", "paramiko"}  # fmt: skip
# Chance that decides nothing which somebody could gain by knowing: when to come back, where in a
# table to count, what the demo's people say.
MAY_USE_CHANCE = {
    "quanzi.activity.tallying",
    "quanzi.live.gate",
    "quanzi.live.hub",
    "quanzi.live.station",
    "quanzi.mail.sending",
    "quanzi.outbound.pausing",
    "quanzi.push.sending",
    "quanzi.people.following",
    "quanzi.demo",
}
# A template of ours with values put in by `%` or `format`, which escape them.
MAY_MARK_UP = {
    "quanzi.notifications.wording": "the words are the catalogue's, people's names go in by %"
}
NEVER_CALLED = {"eval", "exec", "compile", "__import__", "breakpoint", "globals", "vars"}
NEVER_IMPORTED = {
    "pickle",
    "marshal",
    "shelve",
    "dill",
    "yaml",
    "code",
    "pdb",
    "imp",
    "telnetlib",
    "xml",
}

TREES = {name: ast.parse(file.read_text()) for name, file in MODULES.items()}


def within(module: str, rooms) -> bool:
    return any(module == room or module.startswith(f"{room}.") for room in rooms)


def heads(module: str) -> set[str]:
    found = imports(MODULES[module])
    return found | {name.split(".")[0] for name in found}


@pytest.mark.parametrize("module", MODULES)
def test_other_processes_are_started_by_few(module):
    starts = heads(module) & {"subprocess", "asyncio.subprocess", "multiprocessing", "pty"}
    for node in ast.walk(TREES[module]):
        if isinstance(node, ast.Attribute):
            name = f"{getattr(node.value, 'id', '')}.{node.attr}"
            if node.attr.startswith("create_subprocess") or name in {
                "os.fork",
                "os.system",
                "os.popen",
            }:
                starts.add(name)
            if name.startswith(("os.exec", "os.spawn", "os.posix_spawn")):
                starts.add(name)
        if isinstance(node, ast.keyword) and node.arg == "shell":
            starts.add("shell=")

    assert not starts or within(module, MAY_START_PROCESSES)


@pytest.mark.parametrize("module", MODULES)
def test_other_sites_are_spoken_to_by_few(module):
    speaks = heads(module) & SPEAK
    may = set().union(*(what for room, what in MAY_SPEAK_OUTSIDE.items() if within(module, {room})))

    assert speaks - may == set()


@pytest.mark.parametrize("module", MODULES)
def test_chance_is_for_what_nobody_gains_by_knowing(module):
    assert "random" not in heads(module) or within(module, MAY_USE_CHANCE)


@pytest.mark.parametrize("module", MODULES)
def test_no_text_becomes_program(module):
    assert heads(module) & NEVER_IMPORTED == set()
    for node in ast.walk(TREES[module]):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            assert node.func.id not in NEVER_CALLED, f"line {node.lineno}"
        if isinstance(node, ast.Attribute):
            assert node.attr not in {"from_string", "__globals__", "__subclasses__"}, (
                f"line {node.lineno}"
            )


@pytest.mark.parametrize("module", MODULES)
def test_only_words_of_our_own_are_marked_as_html(module):
    for node in ast.walk(TREES[module]):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in {"Markup", "Safe"}:
            (given,) = node.args or (ast.Constant(""),)
            ours = isinstance(given, ast.Constant) and isinstance(given.value, str)
            assert ours or module in MAY_MARK_UP, (
                f"line {node.lineno}: not a text that stands there"
            )
        if isinstance(node, ast.Attribute):
            assert node.attr != "unescape", f"line {node.lineno}"


@pytest.mark.parametrize("module", MODULES)
def test_a_form_is_read_in_one_place(module):
    """By `web/bodies.py`: the framework's reading believes a part's charset, and remembers passwords."""
    for node in ast.walk(TREES[module]):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            read = node.func.attr == "form" or (
                node.func.attr in {"body", "stream"} and not node.args
                and getattr(node.func.value, "id", "") == "request"
            )  # fmt: skip
            assert not read or module == "quanzi.web.bodies", f"line {node.lineno}"


def test_a_secret_is_compared_in_even_time_and_never_as_text():
    """`compare_digest` of texts fails on a letter beyond ASCII: what was sent is a fault then."""
    for module, tree in TREES.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "compare_digest":
                given = ast.unparse(node.args[0])
                assert given.endswith(".encode()") or given == "mark", f"{module}: {given}"


def test_everything_imported_at_run_time_is_asked_for_by_the_project():
    project = tomllib.loads((SRC.parent / "pyproject.toml").read_text())["project"]
    asked = {canonicalize_name(Requirement(each).name) for each in project["dependencies"]}
    # What comes with what was asked for, by its own documentation.
    asked |= {"asyncpg", "markupsafe", "numpy"}
    owners = importlib.metadata.packages_distributions()
    for module in MODULES:
        for name in {each.split(".")[0] for each in imports(MODULES[module])}:
            if name in sys.stdlib_module_names or name in {"quanzi", "__future__", "piccolo_conf"}:
                continue
            found = {canonicalize_name(each) for each in owners.get(name, ())}
            assert found & asked, f"{module} imports {name}"
