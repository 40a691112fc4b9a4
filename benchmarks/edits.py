"""Edits that change nothing of what a documentation set says, and what ``check --since`` makes of them.

    PYTHONPATH=.src:. python benchmarks/edits.py FOLDER [--edits N] [--seed S]

Each edit is one of ``tests/rewriting.py`` (paragraphs wrapped anew, sections moved, items and rows in another order,
other bullets and emphasis, other line ends) over a third of the documents, or a file renamed with its links.  Exits 1
when an edit makes or closes a conflict.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from random import Random

from tests.rewriting import EDITS, renamed

from naysay.graph.model import Diagnostic
from naysay.ingest.files import source_of
from naysay.queries.change import Change, change
from naysay.queries.corpus import Corpus, load, readings_of
from naysay.queries.revision import between

RENAME = "rename a file and its links"
SHARE = 3
"""One of so many documents is edited."""


def edited(texts: Mapping[str, str], kind: str, chance: Random) -> dict[str, str]:
    """A set after one edit."""
    documents = sorted(path for path in texts if path.endswith(".md"))
    if kind == RENAME:
        return renamed(texts, chance.choice(documents))
    chosen = {path for path in documents if chance.randrange(SHARE) == 0}
    return {path: EDITS[kind](text, chance) if path in chosen else text for path, text in texts.items()}


def read_again(corpus: Corpus, texts: Mapping[str, str]) -> Corpus:
    """The set with other texts; documents whose text is the same are not read again."""
    known = {r.document.path: r for r in corpus.readings}
    same = [r for path, r in known.items() if texts.get(path) == corpus.texts[path]]
    fresh = [path for path in sorted(texts) if path not in known or texts[path] != corpus.texts[path]]
    sources = [source_of(path, texts[path].encode("utf-8", "surrogateescape"), 1 << 30) for path in fresh]
    made = readings_of([source for source in sources if not isinstance(source, Diagnostic)])
    readings = tuple(sorted([*same, *made], key=lambda r: r.document.path))
    return replace(corpus, readings=readings, texts=dict(texts))


def main() -> int:
    """Edit, compare and count; 1 when an edit made or closed a conflict."""
    options = _options()
    corpus = load([options.folder])
    kinds = [*EDITS, RENAME]
    bad = 0
    for number in range(options.edits):
        kind, chance = kinds[number % len(kinds)], Random(f"{options.seed}-{number}")
        now = read_again(corpus, edited(corpus.texts, kind, chance))
        found = change(now, between(corpus, now))
        bad += _faults(found) > 0
        _print(number, kind, found)
    print(f"{options.edits} edits, {bad} of them made or closed a conflict")
    return int(bad > 0)


def _faults(found: Change) -> int:
    return len(found.closed) + sum(mark.novelty != "known" for mark in found.marks.values()) + len(found.effects)


def _print(number: int, kind: str, found: Change) -> None:
    news = [row for row in found.conflicts if found.marks[row.id].novelty != "known"]
    print(
        f"{number:3} {kind}: {found.documents} documents, {len(news)} new, {len(found.closed)} closed, "
        f"{len(found.effects)} effects",
        flush=True,
    )
    for name, rows in (("new", news), ("closed", found.closed), ("effect", found.effects)):
        for row in rows:
            places = ", ".join(f"{side.path}:{side.span.line}" for side in row.sides)
            print(f"    {name} {row.rule} {row.id} {row.confidence:.2f}: {places}")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--edits", type=int, default=200, metavar="N")
    parser.add_argument("--seed", type=int, default=0)
    return parser.parse_args()


if __name__ == "__main__":
    raise SystemExit(main())
