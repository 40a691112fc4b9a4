"""What runs on this machine, as tests of processes see it."""

from __future__ import annotations

import signal
import subprocess


def children_of(pid: int) -> list[int]:
    """Processes whose parent is ``pid``, zombies included."""
    listing = subprocess.run(["ps", "-A", "-o", "ppid=,pid="], capture_output=True, text=True, check=True).stdout
    pairs = (line.split() for line in listing.splitlines())
    return [int(child) for parent, child in pairs if int(parent) == pid]


def heed_interrupts() -> None:
    """For a child before it starts: take SIGINT, which a shell makes its background commands ignore (POSIX 2.9.3.1)."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
