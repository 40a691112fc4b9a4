"""What the command line costs before it does anything, as a multiple of a bare interpreter.

Usage: python benchmarks/startup.py [--json] [--rounds N]

``python -c pass``, ``naysay --version`` and ``naysay --help`` run in turn, N times (9); the figures are the median CPU
milliseconds of each.  Exits 1 when ``--version`` takes more than 8 times as much as the bare interpreter.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Sequence
from resource import RUSAGE_CHILDREN, getrusage
from statistics import median
from typing import Any

LIMIT = 8.0
START = "import sys; from naysay.api.cli import main; sys.exit(main())"
COMMANDS: dict[str, list[str]] = {
    "python -c pass": ["-c", "pass"],
    "naysay --version": ["-c", START, "--version"],
    "naysay --help": ["-c", START, "--help"],
}


def cpu_ms(arguments: Sequence[str]) -> float:
    """CPU milliseconds of one run of the interpreter; raises CalledProcessError when it fails."""
    before = getrusage(RUSAGE_CHILDREN)
    subprocess.run([sys.executable, *arguments], stdout=subprocess.DEVNULL, check=True)
    after = getrusage(RUSAGE_CHILDREN)
    return 1000 * (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)


def measure(rounds: int) -> dict[str, float]:
    """Median CPU milliseconds of each command, run in turn."""
    runs = [{name: cpu_ms(arguments) for name, arguments in COMMANDS.items()} for _ in range(rounds)]
    return {name: median(run[name] for run in runs) for name in COMMANDS}


def main(arguments: Sequence[str]) -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description="Measure how fast the command line starts.")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    parser.add_argument("--rounds", type=int, default=9)
    given: Any = parser.parse_args(arguments)
    figures = measure(given.rounds)
    bare = figures["python -c pass"]
    lines = [f"{name:<20}{value:>8.0f} ms{value / bare:>8.1f} x" for name, value in figures.items()]
    print(json.dumps(figures, indent=1) if given.json else "\n".join(lines))
    return 0 if figures["naysay --version"] <= LIMIT * bare else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
