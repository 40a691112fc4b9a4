"""What an earlier state of a set let stand: the suppressions that a change found there, and those that it brings.

A change does not accept its own conflicts: a suppression counts once the base has it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from ..graph.model import Conflict, Diagnostic
from ..ingest.directives import Suppression
from .listings import lines_of

UNTRUSTED = "NS006"
"""The id of a suppression that a change brings and that does not count yet."""


@dataclass(frozen=True, slots=True)
class Precedent:
    """The state of a set that a change started from."""

    name: str
    """What the user calls it."""
    conflicts: Sequence[Conflict]
    texts: Mapping[str, str]
    """The documents by their paths there."""
    paths: Mapping[str, str]
    """Path there to path now, for documents that have another one."""
    binding: bool = True
    """Whether only what it let stand counts; else what the change lets stand as well."""

    def path_now(self, path: str) -> str:
        """The path now of one of its documents."""
        return self.paths.get(path, path)

    def without_known(self, rows: Iterable[Diagnostic], there: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
        """The diagnostics that the earlier state does not call for as well, whatever their lines."""
        known = [(row.rule, self.path_now(row.path), row.message) for row in there]
        for row in rows:
            key = (row.rule, row.path, row.message)
            if key in known:
                known.remove(key)
            else:
                yield row


class Believed(NamedTuple):
    """The suppressions of documents, told apart by whether the earlier state has them."""

    old: tuple[Suppression, ...]
    new: tuple[Suppression, ...]

    def diagnostics(self, name: str) -> Iterator[Diagnostic]:
        """One for each suppression that does not count yet."""
        for one in self.new:
            message = f"this suppression is not in {name} and does not count yet; --trust-head takes it"
            yield Diagnostic(UNTRUSTED, one.path, one.line, message)


def told_apart(
    stated: Sequence[Suppression], texts: Mapping[str, str], before: Sequence[Suppression], precedent: Precedent
) -> Believed:
    """The suppressions of the documents of now, by those of the earlier state.

    Each earlier one stands for one of now that says the same in the same document: the one that covers the same words,
    else the first.
    """
    left: defaultdict[Suppression, list[str]] = defaultdict(list)
    for one in before:
        left[_same(one, precedent.path_now(one.path))].append(_covered(one, precedent.texts))
    old: dict[int, Suppression] = {}
    for exactly in (True, False):
        for at, one in enumerate(stated):
            places, words = left[_same(one, one.path)], _covered(one, texts)
            if at not in old and places and (not exactly or words in places):
                places.remove(words if exactly else places[0])
                old[at] = one
    return Believed(tuple(old[at] for at in sorted(old)), tuple(x for at, x in enumerate(stated) if at not in old))


def _same(one: Suppression, path: str) -> Suppression:
    """What a suppression says in a document, wherever it stands there."""
    return replace(one, path=path, line=0, first=min(one.first, 1), last=min(one.last, 1))


def _covered(one: Suppression, texts: Mapping[str, str]) -> str:
    """The words that a suppression covers; all of a file are told by none."""
    return " ".join(" ".join(lines_of(texts[one.path])[one.first - 1 : one.last]).split()) if one.last else ""
