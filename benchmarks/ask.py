"""Put questions to a set of documents and count the expected statements in the answers.

    PYTHONPATH=.src python benchmarks/ask.py DIR [--questions FILE] [--vocabulary FILE] [--show]

Each row of the questions names a question and the lines that its answer must show (``expect``) and must not
(``exclude``), or says that it is to be refused.  Without a file these are ``benchmarks/questions.jsonl``.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from naysay.queries.ask import Answer, NotUnderstood, answer
from naysay.queries.corpus import Corpus, load

QUESTIONS = Path(__file__).with_name("questions.jsonl")


def main() -> int:
    """Score every question; 1 when one is not answered as expected."""
    options = _options()
    corpus = load([options.folder], vocabulary=options.vocabulary)
    rows = [json.loads(line) for line in options.questions.read_text(encoding="utf-8").splitlines()]
    started = time.process_time()
    bad = sum(_score(row, corpus, options.show) for row in rows)
    spent = time.process_time() - started
    print(f"{len(rows) - bad} of {len(rows)} questions as expected, {spent:.1f} s CPU with linking")
    return int(bad > 0)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--questions", type=Path, default=QUESTIONS)
    parser.add_argument("--vocabulary", type=Path)
    parser.add_argument("--show", action="store_true", help="print the answers")
    return parser.parse_args()


def _score(row: dict[str, Any], corpus: Corpus, show: bool) -> bool:
    """Print what became of a question; whether that is not as expected."""
    try:
        found: Answer | None = answer(corpus, (), row["question"])
    except NotUnderstood:
        found = None
    faults = list(_faults(row, found))
    number = len(found.stances) if found else 0
    print(
        f"{'BAD' if faults else 'ok ':3} {row['question']}  ({number} rows)", *faults, sep="\n      " if faults else ""
    )
    if show and found:
        print(f"      Read as: {found.reading}")
        for one in found.stances:
            print(f"      {one.path}:{one.line}  {one.who} | {one.polarity} {one.modality} | {one.what}")
    return bool(faults)


def _faults(row: dict[str, Any], found: Answer | None) -> Iterator[str]:
    if bool(row.get("refused")) != (found is None):
        yield "refused" if found is None else "not refused"
    shown: set[tuple[str, int]] = {(one.path, one.line) for one in found.stances} if found else set()
    for side in row.get("expect", ()) if found else ():
        if (side["file"], side["line"]) not in shown:
            yield f"missing {side['file']}:{side['line']}"
    for side in row.get("exclude", ()):
        if (side["file"], side["line"]) in shown:
            yield f"must not show {side['file']}:{side['line']}"


if __name__ == "__main__":
    raise SystemExit(main())
