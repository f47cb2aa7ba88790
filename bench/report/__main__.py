"""All benchmarks one after the other, as a report, a history and plots.

    bin/bench report [NAME …]

Writes `docs/figures/report.md` with what each of them said, adds a line for each figure to
`bench/history.csv`, draws `docs/figures/*.svg` from that, and says which figures are worse than they
have been. About a quarter of an hour; the machine should have nothing else to do. Only what is named is
run, when something is, and takes its place among what the report said before.
"""

import datetime as dt
import os
import platform
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from bench.report import figures, history, plots

ROOT = Path(__file__).resolve().parents[2]
REPORT = ROOT / "docs" / "figures" / "report.md"
LONGEST = 600


@dataclass(frozen=True, slots=True)
class Run:
    """`test`: the figure is a test's, at its full length, which holds it to its limit as well."""

    name: str
    arguments: tuple[str, ...] = ()
    test: str = ""

    @property
    def command(self) -> list[str]:
        if self.test:
            return ["-m", "pytest", "-q", "-s", "--show-capture=no", self.test]
        return ["-m", f"bench.{self.name}", *self.arguments]


RUNS = (
    Run("startup"),
    Run("fanout", ("2000",)),
    Run("storm", test="tests/faults/test_storm.py"),
    Run("page", ("3",)),
    Run("home", ("3",)),
    Run("follow", ("3000",)),
    Run("insights", ("2",)),
    Run("notices", ("100000",)),
    Run("scale", ("300000", "50000")),
    Run("people"),
    Run("search", ("100000",)),
    Run("credit", ("200000",)),
    Run("audit", ("50000",)),
    Run("screening"),
    Run("backup", ("100000",)),
)


def main() -> None:
    wanted = sys.argv[1:]
    said = {each.name: _ran(each) for each in RUNS if not wanted or each.name in wanted}
    found = [each for name, text in said.items() for each in figures.read(name, text)]
    before = history.read()
    for each in found:
        verdict = history.verdict(each, before)
        print(f"{each.name}: {each.value:g} {verdict}")
    history.add(found, _commit(), _today())
    REPORT.parent.mkdir(parents=True, exist_ok=True)
    before_this = _parts(REPORT.read_text()) if wanted and REPORT.exists() else {}
    whole = before_this | said
    REPORT.write_text(_report({each.name: whole[each.name] for each in RUNS if each.name in whole}))
    plots.draw(history.read(), REPORT.parent)


def _ran(run: Run) -> str:
    print(f"… {run.name} {' '.join(run.arguments)}", file=sys.stderr, flush=True)
    started = time.monotonic()
    try:
        done = subprocess.run(
            [sys.executable, *run.command],
            cwd=ROOT, capture_output=True, text=True, timeout=LONGEST, check=False,
            env=os.environ | ({"QUANZI_LONG": "1"} if run.test else {}),
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return f"It was not done within {LONGEST} s."
    if done.returncode:
        last = done.stderr.strip().splitlines()[-3:] or ["without a word"]
        return "It failed:\n\n" + "\n".join(f"    {line}" for line in last)
    return f"{done.stdout.strip()}\n\nIt took {time.monotonic() - started:.0f} s."


def _report(said: dict[str, str]) -> str:
    parts = [
        "# The report of the last run",
        (
            f"{_today()}, `{_commit()}`, made by `bin/bench report`. What the figures mean and what was tried "
            "stands in [performance.md](../performance.md)."
        ),
        (
            f"{os.cpu_count()} cores ({_processor()}), {_memory()} GB, Linux {platform.release()}, "
            f"Python {platform.python_version()}; load before the run is in each part where it matters."
        ),
        *(f"![{name}]({file})" for name, file in plots.FILES.items()),
        *(f"## {name}\n\n{text}" for name, text in said.items()),
    ]
    return "\n\n".join(parts) + "\n"


def _parts(report: str) -> dict[str, str]:
    """What each benchmark said, by its name."""
    parts = (each.partition("\n\n") for each in report.split("\n## ")[1:])
    return {name: text.strip() for name, _, text in parts}


def _commit() -> str:
    asked = ["git", "rev-parse", "--short", "HEAD"]
    return subprocess.run(
        asked, cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.strip()


def _today() -> str:
    return dt.datetime.now(tz=dt.UTC).date().isoformat()


def _processor() -> str:
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    return next(
        (x.split(":", 1)[1].strip() for x in lines if x.startswith("model name")), "unknown"
    )


def _memory() -> int:
    return round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30)


if __name__ == "__main__":
    main()
