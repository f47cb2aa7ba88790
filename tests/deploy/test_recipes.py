"""What operators are given to start from is whole: units, containers, alerts and plots fit the site."""

import configparser
import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

from quanzi.admin import sampling

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "deploy"
COMPOSE = yaml.safe_load((DEPLOY / "compose/compose.yaml").read_text())
ALERTS = yaml.safe_load((DEPLOY / "monitoring/quanzi-alerts.yaml").read_text())
RULES = [rule for group in ALERTS["groups"] for rule in group["rules"]]
DASHBOARD = json.loads((DEPLOY / "monitoring/grafana-dashboard.json").read_text())
UNITS = sorted((DEPLOY / "systemd").iterdir())
DOCUMENTED = set(re.findall(r"`([A-Z][A-Z_]+)`", (ROOT / "docs/operating.md").read_text()))


def named(expression: str) -> set[str]:
    return set(re.findall(r"\bquanzi_[a-z_]+", expression))


def expressions() -> dict[str, str]:
    found = {rule["alert"]: rule["expr"] for rule in RULES}
    for panel in DASHBOARD["panels"]:
        for target in panel["targets"]:
            found[f"{panel['title']} {target['refId']}"] = target["expr"]
    return found


# ── figures ──


async def test_every_figure_that_is_drawn_or_watched_exists(visitor):
    await sampling.take()
    text = (await visitor.get("/metrics")).text
    there = set()
    for name, kind in re.findall(r"^# TYPE (quanzi_\w+) (\w+)$", text, re.MULTILINE):
        ends = ("_bucket", "_count", "_sum") if kind == "histogram" else ("",)
        there |= {f"{name}{end}" for end in ends}

    for where, expression in expressions().items():
        assert named(expression) <= there, where
        assert named(expression) or "up{" in expression, where


async def test_what_waits_and_the_last_backup_are_figures(visitor):
    await sampling.take()
    text = (await visitor.get("/metrics")).text

    assert 'quanzi_waiting_seconds{queue="letters"}' in text
    assert 'quanzi_waiting{queue="posts"}' in text
    assert "quanzi_backup_age_seconds" in text


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule["alert"])
def test_an_alert_says_how_bad_it_is_and_where_to_read_on(rule):
    assert rule["labels"]["severity"] in {"critical", "warning"}
    assert rule["annotations"]["summary"].endswith(".")
    assert rule["annotations"]["runbook"] == f"docs/runbook.md#{rule['alert'].lower()}"
    assert f"\n## {rule['alert']}\n" in (ROOT / "docs/runbook.md").read_text()


def test_the_runbook_knows_no_other_alert():
    headings = set(
        re.findall(r"^## (Quanzi\w+)$", (ROOT / "docs/runbook.md").read_text(), re.MULTILINE)
    )
    assert headings == {rule["alert"] for rule in RULES}


@pytest.mark.skipif(shutil.which("promtool") is None, reason="the program promtool is missing")
def test_prometheus_itself_takes_the_alerts():
    checked = subprocess.run(
        ["promtool", "check", "rules", DEPLOY / "monitoring/quanzi-alerts.yaml"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert checked.returncode == 0, checked.stderr


def test_a_plot_has_a_title_and_a_place_of_its_own():
    titles = [panel["title"] for panel in DASHBOARD["panels"]]
    places = [(panel["gridPos"]["x"], panel["gridPos"]["y"]) for panel in DASHBOARD["panels"]]

    assert len(set(titles)) == len(titles)
    assert len(set(places)) == len(places)


# ── containers ──


def test_the_containers_variables_are_the_documented_ones():
    given = set(COMPOSE["services"]["site"]["environment"])

    assert given <= DOCUMENTED
    assert {"DATABASE_URL", "VALKEY_URL", "QUANZI_VAR", "QUANZI_URL"} <= given


def test_what_compose_asks_for_stands_in_the_example():
    asked = set(re.findall(r"\$\{(\w+)", (DEPLOY / "compose/compose.yaml").read_text()))
    example = set(
        re.findall(r"^(\w+)=", (DEPLOY / "compose/example.env").read_text(), re.MULTILINE)
    )
    assert asked == example


def test_nothing_but_the_site_is_reached_from_outside_and_that_from_this_machine_alone():
    ports = {name: each.get("ports", []) for name, each in COMPOSE["services"].items()}

    assert {name for name, given in ports.items() if given} == {"site"}
    assert all(each.startswith("127.0.0.1:") for each in ports["site"])
    assert COMPOSE["networks"]["inside"]["internal"] is True
    assert COMPOSE["services"]["postgres"]["networks"] == ["inside"]


def test_valkey_keeps_what_does_not_expire():
    command = COMPOSE["services"]["valkey"]["command"]

    assert command[command.index("--maxmemory-policy") + 1] == "volatile-ttl"


def test_the_image_runs_as_nobody_special_and_says_whether_it_lives():
    said = (DEPLOY / "compose/Dockerfile").read_text()
    lines = [line for line in said.split("\n") if line and not line.startswith("#")]

    users = [line for line in lines if line.startswith("USER ")]
    assert users == ["USER 10001:10001"]
    assert lines.index(users[0]) < next(
        n for n, line in enumerate(lines) if line.startswith("ENTRYPOINT")
    )
    assert "HEALTHCHECK" in said
    assert "/healthz" in said
    assert "--require-hashes" in said
    for copied in re.findall(r"^COPY (?!--from)(.+) \S+$", said, re.MULTILINE):
        for each in copied.split():
            assert (ROOT / each).exists(), each


# ── units ──


def unit(file: Path) -> configparser.RawConfigParser:
    read = configparser.RawConfigParser(strict=False)
    read.optionxform = str  # type: ignore[assignment,method-assign]
    read.read_string(file.read_text())
    return read


@pytest.mark.parametrize("file", UNITS, ids=lambda file: file.name)
def test_a_unit_can_be_read(file):
    assert unit(file).has_section("Unit")


@pytest.mark.parametrize("name", ["quanzi.service", "quanzi-backup.service"])
def test_a_service_may_do_little(name):
    service = unit(DEPLOY / "systemd" / name)["Service"]

    assert service["User"] == "quanzi"
    assert service["NoNewPrivileges"] == "yes"
    assert service["ProtectSystem"] == "strict"
    assert service["ProtectHome"] == "yes"
    assert service["CapabilityBoundingSet"] == ""
    assert service["EnvironmentFile"] == "/etc/quanzi.env"
    assert "/srv/quanzi/.venv/bin/quanzi " in service["ExecStart"]


@pytest.mark.skipif(
    shutil.which("systemd-analyze") is None, reason="the program systemd-analyze is missing"
)
def test_systemd_itself_takes_the_units(tmp_path):
    for file in UNITS:
        # The program is not installed where the tests run.
        said = file.read_text().replace("/srv/quanzi/.venv/bin/quanzi", "/bin/true")
        (tmp_path / file.name).write_text(said.replace("=/srv/quanzi\n", "=/\n"))
    checked = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *(tmp_path / file.name for file in UNITS)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert checked.returncode == 0, checked.stderr
    assert "Unknown" not in checked.stderr, checked.stderr
