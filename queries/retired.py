"""Live uses of what another passage, or the same document elsewhere, says is gone."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from ..graph.model import Retirement, Span
from ..ingest.english import FINITE
from .mindful import OPENING_LINES, Page, is_record
from .places import line_iri
from .ruleset import Hit

if TYPE_CHECKING:
    from .linkage import Linkage

Stated = tuple[tuple[str, Retirement], ...]
"""(path, statement) of one end, in the order of paths and lines."""


class Retired(NamedTuple):
    """A thing that is said to be gone, and every statement that says so."""

    thing: str
    pattern: re.Pattern[str]
    stated: Stated


_FEW = 4
_SHOWN = 2
_KNOWN = 3
_WILD = r"[\w.*<>{}-]*"
_HOLE = re.compile(r"\*+|<[\w-]+>|\{[\w-]+\}")
_FILE_ENDING = r"\.(?:ya?ml|json|mdx?|sh|[jt]sx?|go|py)\b"


def stale_uses(linkage: Linkage, rule: str) -> Iterator[Hit]:
    """One hit for each retired thing and document that goes on using it, and one thing for each line."""
    taken: set[tuple[str, int]] = set()
    cited = linkage.cited()
    for retired, uses in _used(retired_things(linkage), linkage):
        if len(uses) > _FEW * (1 + len({path for path, _ in retired.stated})):
            continue
        for path, found in sorted(uses.items()):
            fresh = [span for span in found if (path, span.line) not in taken]
            if fresh:
                taken.update((path, span.line) for span in fresh)
                stated = _closest(retired.stated, path, cited)
                evidence = tuple(_evidence(retired, stated, path, cited, fresh[0], linkage))
                yield _hit(retired.thing, stated, path, fresh, linkage, rule)._replace(evidence=evidence)


def retired_things(linkage: Linkage) -> tuple[Retired, ...]:
    """Everything that some document says is gone and that has a name of its own; names before patterns."""
    stated: defaultdict[str, list[tuple[str, Retirement]]] = defaultdict(list)
    known = _proper_names(linkage)
    for path, reading in linkage.readings.items():
        kept = [one for one in reading.retirements if specific(one.thing) or one.thing in known]
        page = Page(linkage.lines[path])
        for one in kept:
            if page.ends_wholly(one.span.line):
                stated[_key(one.thing)].append((path, one))
    ordered = sorted(stated.items(), key=lambda item: (item[0].count("*"), item[0]))
    return tuple(Retired(thing, _pattern(thing), tuple(found)) for thing, found in ordered)


def _proper_names(linkage: Linkage) -> frozenset[str]:
    """The single words with a capital, said to be gone, that many documents write so within a sentence."""
    asked = {one.thing for r in linkage.readings.values() for one in r.retirements if one.thing.istitle()}
    if not asked:
        return frozenset()
    counts = Counter(
        label
        for r in linkage.readings.values()
        for label in {m.label for m in r.mentions if m.form == "proper"} & asked
    )
    return frozenset(name for name, count in counts.items() if count >= _KNOWN and name.lower() not in FINITE)


def _key(thing: str) -> str:
    return thing.strip().removesuffix("()").removesuffix("/").removesuffix("/*")


def specific(thing: str) -> bool:
    """Whether a name is enough to know the thing by, wherever it stands.

    >>> [specific(x) for x in ("tools/run.sh", "MailGate", "*-beta", "MAIL_HOST", "dev", "apps/", "*.example.org")]
    [False, True, True, True, False, False, False]
    """
    bare = _HOLE.sub("", _key(thing))
    if " " in thing.strip() or len(bare) < 5 or thing.startswith("*."):
        return False
    folder, _, name = thing.strip("/").rpartition("/")
    if folder.count("/") < 2 and re.fullmatch(r"[a-z]+\.\w+", name):
        return False
    return bool(re.search(r"[\w*>}][/._-][\w*<{]", thing)) or bool(re.search(r"[a-z][A-Z]", bare))


def _pattern(thing: str) -> re.Pattern[str]:
    """What a thing looks like in use: its wildcards filled, a host under a longer one, a path within another."""
    holes = _HOLE.findall(thing)
    literals = map(re.escape, _HOLE.split(thing))
    body = next(literals) + "".join(_WILD + literal for _, literal in zip(holes, literals, strict=True))
    if "/" in thing:
        return re.compile(rf"(?<![\w@.*-]){body}(?![\w@*-]|\.\w)")
    if re.fullmatch(r"[\w-]+(?:\.[\w-]+){2,}", thing):
        return re.compile(rf"(?<![\w@/-]){body}(?![\w@-]|\.\w)")
    return re.compile(rf"(?<![\w@./*-]){body}(?![\w@*/-]|{_FILE_ENDING})")


def _used(things: Sequence[Retired], linkage: Linkage) -> Iterator[tuple[Retired, Mapping[str, Sequence[Span]]]]:
    """The live uses of each thing by document."""
    if not things:
        return
    from ahocorasick_rs import AhoCorasick

    machine = AhoCorasick([max(_HOLE.split(one.thing), key=len) for one in things])
    found: list[defaultdict[str, list[Span]]] = [defaultdict(list) for _ in things]
    for path, text in linkage.texts.items():
        reading = linkage.readings[path]
        if reading.document.standing != "live" or is_record(reading):
            continue
        page = Page(linkage.lines[path])
        for number, places in sorted(_places(machine.find_matches_as_indexes(text, overlapping=True)).items()):
            if spans := _uses(things[number], page, places):
                found[number][path] = spans
    yield from zip(things, found, strict=True)


def _places(matches: Iterable[tuple[int, int, int]]) -> Mapping[int, Sequence[int]]:
    """Where each thing's longest literal part stands."""
    out: defaultdict[int, list[int]] = defaultdict(list)
    for number, start, _ in matches:
        out[number].append(start)
    return out


def _uses(retired: Retired, page: Page, places: Sequence[int]) -> list[Span]:
    """The places of a page that use a thing as if it were in force, those outside code first."""
    own = [one.span.line for path, one in retired.stated if path == page.reading.document.path]
    own += [one.span.line for one in page.reading.retirements if "*" in one.thing and _covers(one.thing, retired.thing)]
    lines = dict.fromkeys(map(page.line_around, places))
    matches = (match for line in lines for match in retired.pattern.finditer(page.text, *line))
    spans = (page.in_force(match.start(), match.end()) for match in matches)
    asserted = retired.thing.istitle()
    found = (
        span
        for span in spans
        if span and not page.tells(own, span.line, retired.thing)
        if not asserted or page.standing(span.line) == "live"
    )
    return sorted(found, key=lambda span: (page.standing(span.line) == "code", span))


def _covers(pattern: str, thing: str) -> bool:
    """Whether a name with wildcards means a thing too.

    >>> _covers("mail-relay*", "mail-relay-north"), _covers("mail-relay*", "post-relay")
    (True, False)
    """
    return _pattern(_key(pattern)).fullmatch(thing) is not None


def _closest(stated: Stated, path: str, cited: frozenset[tuple[str, str]]) -> Stated:
    """The statements that a reader of one document meets first: its own, those of documents tied to it, the others."""
    first = dict(reversed(stated))
    tied = {where: (path, where) in cited or (where, path) in cited for where in first}
    return tuple(sorted(first.items(), key=lambda pair: (pair[0] != path, not tied[pair[0]], pair[0])))[:_SHOWN]


def _evidence(
    retired: Retired, stated: Stated, path: str, cited: frozenset[tuple[str, str]], use: Span, linkage: Linkage
) -> Iterator[str]:
    """The features of one finding, by the names that ``confidence.NAMED`` weighs."""
    where = stated[0][0]
    proper = "retired word" if retired.thing.istitle() else "retired name"
    yield "retired pattern" if _HOLE.search(retired.thing) else proper
    if len({one for one, _ in retired.stated}) > 1:
        yield "several say so"
    if where == path:
        yield "one story"
        if stated[0][1].span.line <= OPENING_LINES:
            yield "told at the top"
    elif (path, where) in cited or (where, path) in cited:
        yield "cites"
    if linkage.lines[path].standing(use.line) == "code":
        yield "used in code only"


def _hit(thing: str, stated: Stated, path: str, uses: Sequence[Span], linkage: Linkage, rule: str) -> Hit:
    more = f", and {len(uses) - 1} more below it" if len(uses) > 1 else ""
    successor = next((one.successor for _, one in stated if one.successor), "")
    sides = (line_iri(linkage, where, one.span.line) for where, one in stated)
    return Hit(
        rule, "", (line_iri(linkage, path, uses[0].line), *sides),
        why=f"{path} uses {thing} as if it were in force{more}; {stated[0][0]} says that it is gone.",
        repair=f"Write {successor} in its place." if successor else "Say what holds now, or that this is history.",
    )  # fmt: skip
