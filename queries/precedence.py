"""Stated precedence: what wins when two documents or things disagree, and statements of it that clash."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from ..ingest.words import clean, terms
from .places import line_iri
from .ruleset import Hit

if TYPE_CHECKING:
    from .linkage import Citation, Linkage


class Precedence(NamedTuple):
    """One statement that something wins over something else."""

    winner: str
    """Path of a document, or the words that name a thing."""
    loser: str
    """The same; empty for every other document."""
    path: str
    line: int
    about: frozenset[str] = frozenset()
    """Terms of the matter that the statement is limited to; empty without a limit."""


class _Named(NamedTuple):
    """A document that a line names, and where."""

    start: int
    end: int
    path: str


_HINTS = ("precedence", "prevail", " wins", " win over", "override the", "overrides the")
_WINS = re.compile(
    r"(?:(?:takes?|has|have) precedence|prevails?|wins?)\b[*_]*(?:\s+(?P<over>over|against)\s+)?", re.IGNORECASE
)
_BARE = re.compile(r"[\W_]*(?:\([^()]*\)[\W_]*)?")
"""Between a name and its verb: marks, and the target of a link."""
_CLASH = re.compile(r"\b(?:contradicts?|conflicts?|disagrees?|differs?|diverges?)\b", re.IGNORECASE)
_SELF = re.compile(
    r"\b(?:this|the present) (?:document|doc|file|page|backlog|adr|spec(?:ification)?|version|plan|guide)\b",
    re.IGNORECASE,
)
_OTHERS = re.compile(
    r"\b(?:older|other|earlier|all other|any other) (?:documents?|docs?|files?|pages?|backlogs?)\b", re.I
)
_THINGS = re.compile(
    r"(?:^|[.;:]\s+|[-*+]\s+)(?:the\s+)?(?P<winner>[\w`“][^.;:,|()]{1,60}?)\s+"
    r"(?:always\s+)?(?:(?:takes?|have|has) precedence over|overrides?(?=\s+the\b)|prevails? over|wins? over)\s+"
    r"(?:the\s+)?(?P<loser>[^.;:,|()]{2,60}?)(?:\s+(?:for|when|in case|on)\s+(?P<about>[^.;|]{2,60}))?(?=[.;:,|()]|$)",
    re.IGNORECASE,
)
_UNSURE = re.compile(r"\?|\b(?:if|whether|not|never|might|could|should|would|old|previously|was)\b", re.IGNORECASE)


@lru_cache(maxsize=1)
def precedences(linkage: Linkage) -> tuple[Precedence, ...]:
    """Every live statement of a precedence, in the order of paths and lines."""
    cited = linkage.citations_from()
    found: list[Precedence] = []
    for path, reading in linkage.readings.items():
        text = linkage.texts[path]
        if reading.document.standing == "live" and _hints(text):
            lines = linkage.lines[path]
            for number, line in enumerate(lines.source, start=1):
                if _hints(line) and lines.standing(number) in {"live", "plain"}:
                    found += _of_documents(path, number, line, cited.get(path, ()))
                    found += _of_things(path, number, line)
    return tuple(dict.fromkeys(found))


def _hints(text: str) -> bool:
    return any(hint in text for hint in _HINTS)


def _of_documents(path: str, number: int, line: str, cited: Iterable[Citation]) -> Iterator[Precedence]:
    """Which document wins over which, as one sentence says it."""
    named = _documents(path, number, line, cited)
    for match in _WINS.finditer(line):
        start = max(line.rfind(". ", 0, match.start()), 0)
        winner = next((n for n in reversed(named) if start <= n.start and n.end <= match.start()), None)
        if winner is None or not _BARE.fullmatch(line[winner.end : match.start()]):
            continue
        loser = _loser(line, named, winner, match)
        if loser != winner.path and (loser or _OTHERS.search(line)):
            yield Precedence(winner.path, loser, path, number)


def _documents(path: str, number: int, line: str, cited: Iterable[Citation]) -> list[_Named]:
    """The documents that a line names: by a reference, or as this one."""
    found = [_Named(m.start(), m.end(), path) for m in _SELF.finditer(line)]
    for one in cited:
        span = one.reference.span
        if span.line == number == span.end_line and one.resolution.path:
            found.append(_Named(span.column - 1, span.end_column - 1, one.resolution.path))
    return sorted(found)


def _loser(line: str, named: list[_Named], winner: _Named, wins: re.Match[str]) -> str:
    """The document that gives way: what stands after "over", else what is said to contradict."""
    after = next((n for n in named if n.start >= wins.end() - 1), None)
    if after is not None and wins["over"]:
        return after.path
    clash = _CLASH.search(line)
    if clash is None:
        return ""
    before = [n.path for n in named if n.end <= clash.start() and n.path != winner.path]
    behind = [n.path for n in named if clash.end() <= n.start < winner.start and n.path != winner.path]
    return next(iter([*reversed(before), *behind]), "")


def _of_things(path: str, number: int, line: str) -> Iterator[Precedence]:
    """Which thing wins over which: "flags take precedence over the environment"."""
    for match in _THINGS.finditer(line):
        winner, loser = clean(match["winner"]), clean(match["loser"])
        if not _UNSURE.search(match[0]) and terms(winner) and terms(loser):
            yield Precedence(winner, loser, path, number, terms(match["about"] or ""))


def competing_precedence(linkage: Linkage, rule: str) -> Iterator[Hit]:
    """Pairs of statements of which one lets win what the other lets give way."""
    by: defaultdict[tuple[frozenset[str], frozenset[str]], list[Precedence]] = defaultdict(list)
    for one in precedences(linkage):
        if one.loser:
            by[_key(one.winner, linkage), _key(one.loser, linkage)].append(one)
    for (winner, loser), found in sorted(by.items(), key=lambda item: item[1]):
        for one in found:
            for other in by.get((loser, winner), ()):
                if one < other and _one_matter(one, other):
                    yield Hit(
                        rule, "", (line_iri(linkage, one.path, one.line), line_iri(linkage, other.path, other.line)),
                        why=f"By {one.path} {one.winner} wins over {one.loser}; by {other.path} it gives way.",
                        repair="Decide which one wins, and say so in both places.",
                    )  # fmt: skip


def _key(name: str, linkage: Linkage) -> frozenset[str]:
    return frozenset({name}) if name in linkage.readings else terms(name)


def _one_matter(one: Precedence, other: Precedence) -> bool:
    return not one.about or not other.about or bool(one.about & other.about)


def settled(linkage: Linkage) -> Mapping[tuple[str, str], Precedence]:
    """(winning path, other path) for each precedence between two documents that no other statement disputes."""
    found = {(one.winner, one.loser): one for one in precedences(linkage) if one.loser in linkage.readings}
    return {pair: one for pair, one in found.items() if pair[::-1] not in found and one.winner in linkage.readings}
