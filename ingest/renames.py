"""Which files of two revisions are one file under two names."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from posixpath import basename

ALIKE = 0.5
"""The share of the longer text that two texts have in common, from which one is the other renamed; git's default."""
MANY = 40_000
"""Pairs beyond which only files of one base name are compared, for the sake of time; git has such a limit, too."""


def renames(gone: Mapping[str, str], new: Mapping[str, str]) -> Mapping[str, str]:
    """Old path to new path, for the texts that a revision lacks and those that it has instead, by path.

    Equal texts come first, then the most alike; among equals those that keep their base name, then the order of the
    paths decides.  No path is used twice.

    >>> renames({"a.md": "one\\ntwo\\n", "b.md": "three\\n"}, {"c.md": "two\\none\\n", "d.md": "4\\n"})
    {'a.md': 'c.md'}
    """
    out: dict[str, str] = {}
    taken: set[str] = set()
    for _, _, old, path in sorted(_candidates(gone, new)):
        if old not in out and path not in taken:
            out[old] = path
            taken.add(path)
    return dict(sorted(out.items()))


def _candidates(gone: Mapping[str, str], new: Mapping[str, str]) -> Iterator[tuple[float, bool, str, str]]:
    """(minus the likeness, other base name, old path, new path) of every pair that is alike enough."""
    sizes = {path: _lines(text) for path, text in (*gone.items(), *new.items())}
    for old, path in _pairs(gone, new):
        a, b = sizes[old], sizes[path]
        shorter, longer = sorted((a.total(), b.total()))
        if shorter >= ALIKE * longer and (likeness := _likeness(a, b, longer)) >= ALIKE:
            yield -likeness, basename(old) != basename(path), old, path


def _pairs(gone: Mapping[str, str], new: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    if len(gone) * len(new) <= MANY:
        yield from ((old, path) for old in gone for path in new)
        return
    named: defaultdict[str, list[str]] = defaultdict(list)
    equal: defaultdict[str, list[str]] = defaultdict(list)
    for path, text in new.items():
        named[basename(path)].append(path)
        equal[text].append(path)
    for old, text in gone.items():
        yield from ((old, path) for path in {*named[basename(old)], *equal[text]})


def _lines(text: str) -> Counter[str]:
    """The lines of a text, each weighed by its length."""
    out: Counter[str] = Counter()
    for line in text.splitlines():
        stripped = line.strip()
        if stripped:
            out[stripped] += len(stripped)
    return out


def _likeness(a: Counter[str], b: Counter[str], longer: int) -> float:
    return (a & b).total() / longer if longer else 1.0
