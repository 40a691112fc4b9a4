"""What a cold run of ``naysay check`` costs, as a multiple of parsing the same texts with markdown-it-py alone.

Usage: python benchmarks/cold_run.py FOLDER [--json] [--rounds N]

One process measures in one go: ``MarkdownIt("commonmark").enable("table")`` parsing every text, before and after (their
mean is the floor), reading with one worker, and everything from linking to the report as JSON lines.  These are CPU
seconds, the imports of each stage included.  Then fresh processes read with one and with two workers, in turn, N times
(5), and their best wall times are compared; another one is watched for the memory of all its processes, shared pages
counted once for each.  Exits 1 when a bar is missed; a set of less than a megabyte is too small for the bars, and only
its figures are printed.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

if TYPE_CHECKING:
    from naysay.queries.corpus import Corpus

Result = TypeVar("Result")
MEGA = 1_000_000
WORTH_A_BAR = 1_000_000
"""Source bytes from which the bars hold: below, starting a run weighs more than the documents."""


class Bar(NamedTuple):
    """A figure and the most that it may be."""

    name: str
    value: float
    limit: float
    unit: str

    @property
    def kept(self) -> bool:
        """Whether the figure is within its limit."""
        return self.value <= self.limit


def timed(work: Callable[[], Result]) -> tuple[Result, float]:
    """What the work gives, and the CPU seconds it took in this process."""
    start = time.process_time()
    result = work()
    return result, time.process_time() - start


def texts_of(folder: Path) -> list[str]:
    """The texts that naysay reads in a folder."""
    from naysay.ingest.files import Source, discover, read_source

    sources = (read_source(folder, path) for path in discover(folder))
    return [source.text for source in sources if isinstance(source, Source)]


def parse_only(texts: Sequence[str]) -> None:
    """The floor: CommonMark with tables, the tokens thrown away."""
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark").enable("table")
    for text in texts:
        parser.parse(text)


def read(folder: Path, workers: int) -> Corpus:
    """Read and extract."""
    from naysay.queries.corpus import load

    return load([folder], workers=workers)


def report(corpus: Corpus) -> int:
    """From linking to the report as JSON lines; gives the number of conflicts."""
    from naysay.api.reports import jsonl
    from naysay.api.reports.excerpt import Sources
    from naysay.api.reports.finding import Report
    from naysay.queries.findings import find

    found = find(corpus)
    claims = sum(len(reading.claims) for reading in corpus.readings)
    shown = Report(found, found, corpus.diagnostics, len(corpus.documents), claims, 0, "", Sources(corpus.texts))
    return sum(1 for _ in jsonl.render(shown))


def run_once(folder: Path, workers: int) -> dict[str, float]:
    """All stages in this process, one after the other."""
    from naysay.graph.codec import dumps

    texts = texts_of(folder)
    before = timed(lambda: parse_only(texts))[1]
    corpus, reading = timed(lambda: read(folder, workers))
    conflicts, rest = timed(lambda: report(corpus))
    after = timed(lambda: parse_only(texts))[1]
    return {
        "documents": len(texts),
        "source_bytes": sum(len(text.encode()) for text in texts),
        "floor": (before + after) / 2,
        "read": reading,
        "report": rest,
        "claims": sum(len(r.claims) for r in corpus.readings),
        "conflicts": conflicts,
        "returned_bytes": sum(len(dumps(r)) for r in corpus.readings),
    }


def read_wall(folder: Path, workers: int) -> dict[str, float]:
    """Wall seconds of reading with a number of workers, the modules loaded before."""
    import naysay.queries.corpus  # noqa: F401  # pyright: ignore[reportUnusedImport]

    start = time.monotonic()
    read(folder, workers)
    return {"wall": time.monotonic() - start}


def whole(folder: Path, workers: int) -> dict[str, float]:
    """A whole run with a number of workers, for whoever watches its memory."""
    return {"conflicts": report(read(folder, workers))}


STAGES: dict[str, Callable[[Path, int], dict[str, float]]] = {"once": run_once, "wall": read_wall, "whole": whole}


def command(stage: str, folder: Path, workers: int) -> list[str]:
    """The command line of a fresh process for one stage."""
    return [sys.executable, __file__, str(folder), "--stage", stage, "--workers", str(workers)]


def fresh(stage: str, folder: Path, workers: int = 1) -> dict[str, float]:
    """What a stage measures in a process of its own."""
    done = subprocess.run(command(stage, folder, workers), stdout=subprocess.PIPE, text=True, check=True)
    figures: dict[str, float] = json.loads(done.stdout)
    return figures


def tree(pid: int) -> Iterator[int]:
    """A process and its descendants (Linux)."""
    yield pid
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in task.read_text().split():
            yield from tree(int(child))


def resident(pid: int) -> int:
    """Bytes of resident memory of a process, 0 once it is gone."""
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, IndexError):
        return 0


def peak_memory(folder: Path, workers: int) -> int:
    """Largest sum of resident memory over the processes of a whole run, looked at every 20 ms (Linux)."""
    peak = 0
    with subprocess.Popen(command("whole", folder, workers), stdout=subprocess.DEVNULL) as process:
        while process.poll() is None:
            try:
                peak = max(peak, sum(map(resident, tree(process.pid))))
            except OSError:
                continue
            time.sleep(0.02)
    return peak


def walls(folder: Path, rounds: int) -> tuple[float, float]:
    """Best wall seconds of reading with one worker and with two, measured in turn."""
    pairs = [[fresh("wall", folder, workers)["wall"] for workers in (1, 2)] for _ in range(rounds)]
    return min(one for one, _ in pairs), min(two for _, two in pairs)


def bars(figures: dict[str, float]) -> list[Bar]:
    """The figures that are held to a limit; none for a small set."""
    if figures["source_bytes"] < WORTH_A_BAR:
        return []
    moved = figures["source_bytes"] + figures["returned_bytes"]
    return [
        Bar("cold run / parse-only", (figures["read"] + figures["report"]) / figures["floor"], 5, "x"),
        Bar("link to report", figures["report"], 3, "s"),
        Bar("memory of all processes", figures["memory"] / MEGA, 1000, "MB"),
        Bar("two workers / one", figures["wall_two"] / figures["wall_one"], 0.65, "x"),
        Bar("moved between processes / source", moved / figures["source_bytes"], 2, "x"),
    ]


def measure(folder: Path, rounds: int) -> dict[str, float]:
    """Every figure of a folder."""
    figures = fresh("once", folder)
    one, two = walls(folder, rounds)
    return {**figures, "wall_one": one, "wall_two": two, "memory": float(peak_memory(folder, 2))}


def table(figures: dict[str, float]) -> Iterator[str]:
    """The figures for people."""
    mega = figures["source_bytes"] / MEGA
    counts = (f"{figures[key]:.0f} {key}" for key in ("documents", "claims", "conflicts"))
    yield f"{mega:.2f} MB: {', '.join(counts)}"
    yield ""
    yield f"{'stage':<34}{'CPU s':>8}{'x floor':>9}"
    names = {"floor": "parse-only (markdown-it-py)", "read": "read and extract", "report": "link to report"}
    for key, name in names.items():
        yield f"{name:<34}{figures[key]:>8.2f}{figures[key] / figures['floor']:>9.2f}"
    yield f"{'reading, one worker / two (wall s)':<34}{figures['wall_one']:>8.2f}{figures['wall_two']:>9.2f}"
    yield f"{'sent / returned by workers (MB)':<34}{mega:>8.2f}{figures['returned_bytes'] / MEGA:>9.2f}"
    yield f"{'memory of all processes (MB)':<34}{figures['memory'] / MEGA:>8.0f}"
    if found := bars(figures):
        yield f"\n{'bar':<34}{'value':>8}{'at most':>9}"
    for bar in found:
        yield f"{bar.name:<34}{bar.value:>8.2f}{bar.limit:>9.4g} {bar.unit:<3}{'' if bar.kept else 'MISSED'}".rstrip()


def main(arguments: Sequence[str]) -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description="Measure a cold run against markdown-it-py alone.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    parser.add_argument("--rounds", type=int, default=5, help="alternating runs with one worker and with two")
    parser.add_argument("--stage", choices=tuple(STAGES), help=argparse.SUPPRESS)
    parser.add_argument("--workers", type=int, default=1, help=argparse.SUPPRESS)
    given: Any = parser.parse_args(arguments)
    folder: Path = given.folder.resolve()
    if given.stage:
        print(json.dumps(STAGES[given.stage](folder, given.workers)))
        return 0
    figures = measure(folder, given.rounds)
    print(json.dumps(figures, indent=1) if given.json else "\n".join(table(figures)))
    return 0 if all(bar.kept for bar in bars(figures)) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
