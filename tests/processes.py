"""What runs on this machine, as tests of processes see it."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path


def children_of(pid: int) -> list[int]:
    """Processes whose parent is ``pid``, zombies included."""
    listing = subprocess.run(["ps", "-A", "-o", "ppid=,pid="], capture_output=True, text=True, check=True).stdout
    pairs = (line.split() for line in listing.splitlines())
    return [int(child) for parent, child in pairs if int(parent) == pid]


def heed_interrupts() -> None:
    """For a child before it starts: take SIGINT, which a shell makes its background commands ignore (POSIX 2.9.3.1)."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def command_in(folder: Path, root: Path) -> Path:
    """A script ``naysay`` in a folder that runs the command of a checkout; gives the folder, which may go onto PATH."""
    script = folder / "naysay"
    program = "import sys; from naysay.api.cli import main; sys.exit(main())"
    script.write_text(f'#!/bin/sh\nPYTHONPATH="{root / ".src"}" exec "{sys.executable}" -c "{program}" "$@"\n', "utf-8")
    script.chmod(0o755)
    return folder
