"""Run the benchmarks of speed and size: what ``./task bench`` calls.

Usage: python benchmarks/run.py [FOLDER] [ARGUMENT…]

FOLDER is a documentation set; without one it is the example backlog, which is too small for the bars of the cold run.
Further arguments go to ``cold_run.py``.  Exits 1 when a bar is missed.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

HERE = Path(__file__).resolve().parent
EXAMPLE = HERE.parent / "examples" / "backlog"


def run(script: str, arguments: Sequence[str]) -> int:
    """The exit code of one script, its output passed on."""
    print(f"== {script} {' '.join(arguments)}".rstrip(), flush=True)
    code = subprocess.run([sys.executable, str(HERE / script), *arguments], check=False).returncode
    print(flush=True)
    return code


def main(arguments: Sequence[str]) -> int:
    """The command line."""
    given = list(arguments)
    named = bool(given) and not given[0].startswith("-")
    folder, rest = (given[0], given[1:]) if named else (str(EXAMPLE), given)
    codes = [run("startup.py", ()), run("check_spans.py", (folder,)), run("cold_run.py", (folder, *rest))]
    return int(any(codes))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
