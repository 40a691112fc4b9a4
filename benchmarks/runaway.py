"""End 40 runaway queries over HTTP while /healthz is asked, and print how both went.

Usage: python benchmarks/runaway.py [QUADS [SECONDS]]

The graph has about QUADS quads (100,000), a query SECONDS of time (5).  All queries are sent at once first, then as
many at a time as the worker takes, so that each of them really runs.  Exits 1 when a query is answered, when one
outlives its deadline by more than half a second, when a process is left, or when a probe in a hundred takes 200 ms.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.api.runaway import Report, descendants, graph, measure, runaways, served

BAR_MS = 200.0
SLACK_SECONDS = 0.5


def quantile(values: list[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def show(title: str, report: Report, elapsed: float) -> None:
    outcomes = Counter(f"{reply.status} {reply.problem.rpartition('/')[2]}" for reply in report.replies)
    slowest = max(report.replies, key=lambda reply: reply.seconds)
    print(f"{title}: {len(report.replies)} queries in {elapsed:.1f} s")
    print("  outcomes: " + ", ".join(f"{name} x {count}" for name, count in sorted(outcomes.items())))
    print(f"  slowest:  {slowest.seconds:.3f} s, {slowest.name}")
    p50, p99 = (1000 * quantile(report.probes, share) for share in (0.5, 0.99))
    print(
        f"  healthz:  {len(report.probes)} probes, {report.failed_probes} failed, "
        f"p50 {p50:.1f} ms, p99 {p99:.1f} ms, max {1000 * max(report.probes):.1f} ms"
    )


def faults(report: Report, seconds: float) -> list[str]:
    found = [f"answered: {reply.name}" for reply in report.replies if reply.status == 200]
    late = [reply for reply in report.replies if reply.seconds > seconds + SLACK_SECONDS]
    found += [f"late by {reply.seconds - seconds:.2f} s: {reply.name}" for reply in late]
    if report.failed_probes or 1000 * quantile(report.probes, 0.99) > BAR_MS:
        found.append("health: too slow or failed")
    return found


def main(quads: int, seconds: float) -> int:
    queries = runaways()
    print(f"{quads:,} quads, {seconds:g} s a query, {os.cpu_count()} CPUs")
    found: list[str] = []
    with tempfile.TemporaryDirectory() as folder, served(graph(quads // 7), Path(folder), seconds) as (address, pid):
        for title, at_once in (("all at once", len(queries)), ("each in turn", os.cpu_count() or 1)):
            start = time.monotonic()
            report = measure(address, queries, at_once)
            show(title, report, time.monotonic() - start)
            found += faults(report, seconds)
        time.sleep(0.5)
        if len(left := descendants(pid)) != 1:
            found.append(f"{len(left) - 1} processes left")
    print("\n".join(found) or "all ended, none left")
    return bool(found)


if __name__ == "__main__":
    given = sys.argv[1:]
    sys.exit(main(int(given[0]) if given else 100_000, float(given[1]) if given[1:] else 5.0))
