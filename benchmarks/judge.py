"""Have reports judged by people who do not see what naysay thinks, and count what they say.

    naysay check DIR --format jsonl > found.jsonl
    python benchmarks/judge.py draw found.jsonl DIR OUT [--commit HASH] [--count N] [--known]
    python benchmarks/judge.py tally OUT A.jsonl [B.jsonl] [--third C.jsonl] [--name NAME]

``draw`` takes all errors that gate, up to 80, and 80 other errors and warnings (``--count``: that many of any kind),
by the first eight hex digits of the commit, so that a commit has one sample.  It writes ``OUT/sheets/*.md`` for the
judges and ``OUT/index.jsonl``, which they must not see.  ``--known`` leaves out what ``benchmarks/verdicts`` holds.

``tally`` compares the verdicts (``{"n", "verdict", "cause"}``), writes those that differ to ``OUT/third`` as sheets for
a third judge, and prints agreement and precision.  With every difference settled, ``--name`` keeps the verdicts as
``benchmarks/verdicts/NAME.jsonl``.
"""

from __future__ import annotations

import argparse
import random
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from itertools import count
from pathlib import Path
from typing import Any

import sheets
from verdicts import BANDS, FOLDER, VERDICTS, groups, is_gating, kappa, kept, kept_row, precision, rows, write

MOST = 80
"""Gating errors, and other errors and warnings, that are drawn at most."""
Report = dict[str, Any]


def drawn(reports: Sequence[Report], seed: int, number: int = 0) -> list[Report]:
    """The sample of a state, in an order that tells nothing; ``number`` reports of any kind when given."""
    chance = random.Random(seed)
    gating = [report for report in reports if is_gating(report)]
    others = [report for report in reports if not is_gating(report) and report["severity"] != "note"]
    pots = [(list(reports), number)] if number else [(gating, MOST), (others, MOST)]
    picked = [report for pot, most in pots for report in chance.sample(pot, min(most, len(pot)))]
    chance.shuffle(picked)
    return picked


def write_sheets(numbered: Sequence[tuple[int, Report]], root: Path, folder: Path) -> None:
    """The sheets for some numbered reports, in place of those that are there."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for number, start in zip(count(1), range(0, len(numbered), sheets.PER_SHEET), strict=False):
        text = sheets.sheet(number, numbered[start : start + sheets.PER_SHEET], root)
        (folder / f"{number:02d}.md").write_text(text, "utf-8")


def draw(options: argparse.Namespace) -> int:
    """Write the sheets of a state's sample, and its index."""
    reports = rows(options.found)
    known = {row["id"] for row in kept()} if options.known else set()
    commit = (
        options.commit
        or subprocess.run(["git", "rev-parse", "HEAD"], capture_output=True, text=True, check=True).stdout.strip()
    )
    sample = drawn([report for report in reports if report["id"] not in known], int(commit[:8], 16), options.count)
    together = groups(reports)
    numbered = list(enumerate(sample, start=1))
    write_sheets(numbered, options.root, options.out / "sheets")
    index = ({"n": n, "root": str(options.root), "group": together[one["id"]], "report": one} for n, one in numbered)
    write(options.out / "index.jsonl", index)
    print(f"{len(sample)} of {len(reports)} reports drawn, {sum(map(is_gating, sample))} of them gating: {options.out}")
    return 0


def tally(options: argparse.Namespace) -> int:
    """Print agreement and precision; 1 while some report has no verdict or two."""
    index = {row["n"]: row for row in rows(options.out / "index.jsonl")}
    given = [{row["n"]: row for row in rows(path)} for path in options.verdicts]
    third = {row["n"]: row for row in rows(options.third)} if options.third else {}
    for judge in (*given, third):
        if odd := [n for n, row in judge.items() if row["verdict"] not in VERDICTS or n not in index]:
            sys.exit(f"no such verdict or report: {odd}")
    settled = {n: row for n in index if (row := _settled(n, given, third))}
    if len(given) > 1:
        pairs = [(given[0][n]["verdict"], given[1][n]["verdict"]) for n in index if all(n in j for j in given)]
        same = sum(a == b for a, b in pairs)
        print(f"agreement: {same}/{len(pairs)}, Cohen's kappa {kappa(pairs):.2f}")
    _print_precision([(index[n]["report"], row["verdict"]) for n, row in settled.items()])
    _print_causes([row for row in settled.values() if row["verdict"] != "real"])
    if left := [n for n in index if n not in settled]:
        root = Path(index[left[0]]["root"])
        write_sheets([(n, index[n]["report"]) for n in left], root, options.out / "third")
        print(f"{len(left)} reports for the third judge, or without a verdict: {left}; see {options.out / 'third'}")
        return 1
    if options.name:
        judge = "panel" if len(given) > 1 else "reader"
        found = (
            kept_row(index[n]["report"], index[n]["group"], row["verdict"], row.get("cause", ""), judge)
            for n, row in settled.items()
        )
        write(FOLDER / f"{options.name}.jsonl", sorted(found, key=lambda row: row["id"]))
    return 0


def _settled(n: int, given: Sequence[dict[int, Report]], third: dict[int, Report]) -> Report | None:
    """The verdict on which the judges agree, else the third judge's, else none."""
    rows_of_n = [judge[n] for judge in given if n in judge]
    if len(rows_of_n) == len(given) and len({row["verdict"] for row in rows_of_n}) == 1:
        return rows_of_n[0]
    return third.get(n)


def _print_precision(judged: Sequence[tuple[Report, str]]) -> None:
    gating = [verdict for report, verdict in judged if is_gating(report)]
    print(f"gating errors, arguable false: {precision(gating, 0)}")
    print(f"all, arguable half:            {precision((verdict for _, verdict in judged), 0.5)}")
    for low, high in BANDS:
        inside = [verdict for report, verdict in judged if low <= report["confidence"] < high]
        print(f"confidence {low:.1f}–{min(high, 1):.1f}, arguable false: {precision(inside, 0)}")
    for rule in sorted({report["rule"] for report, _ in judged}):
        found = Counter(verdict for report, verdict in judged if report["rule"] == rule)
        print(f"  {rule}: " + ", ".join(f"{found[verdict]} {verdict}" for verdict in VERDICTS))


def _print_causes(judged: Sequence[Report]) -> None:
    for (verdict, cause), number in Counter((row["verdict"], row.get("cause", "")) for row in judged).most_common():
        print(f"  {number} {verdict}: {cause}")


def main(arguments: Sequence[str]) -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(required=True)
    one = commands.add_parser("draw")
    one.add_argument("found", type=Path)
    one.add_argument("root", type=Path)
    one.add_argument("out", type=Path)
    one.add_argument("--commit", default="", help="of the state judged; without it that of the working copy")
    one.add_argument("--count", type=int, default=0)
    one.add_argument("--known", action="store_true")
    one.set_defaults(run=draw)
    two = commands.add_parser("tally")
    two.add_argument("out", type=Path)
    two.add_argument("verdicts", type=Path, nargs="+")
    two.add_argument("--third", type=Path)
    two.add_argument("--name", default="")
    two.set_defaults(run=tally)
    options = parser.parse_args(arguments)
    return int(options.run(options))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
