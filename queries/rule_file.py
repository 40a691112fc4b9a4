"""A rule as it is written: one Markdown file that explains, shows and executes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal, NamedTuple, get_args

from ..graph.model import Diagnostic, Severity
from ..ingest.front_matter import entries
from ..ingest.markdown import parse
from ..ingest.page import Fence, Page

Over = Literal["comparison", "claims", "documents", "entities", "aspect"]

FILE_NAME = re.compile(r"(?P<id>NS\d{3}|[A-Z]{2,5}\d{1,4})-(?P<name>[a-z0-9]+(?:-[a-z0-9]+)*)\.md")
_FENCE_FILE = re.compile(r"[`~]{3,}\s*md\s+(?:file=)?(?P<path>\S+)")
_LINE_END = re.compile(r"\r\n|\r|\n")
_SEVERITIES: tuple[str, ...] = get_args(Severity)
_OVER: tuple[str, ...] = get_args(Over)


class Case(NamedTuple):
    """Documents that must fire a rule, or leave it silent."""

    name: str
    documents: Mapping[str, str]
    line: int
    """Line of the first document in the rule's file."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule, whole."""

    id: str
    name: str
    severity: Severity
    over: Over
    supersedes: tuple[str, ...]
    """Rules that this one is more specific than."""
    query: str
    """The SPARQL text; empty for a rule that is a function."""
    query_line: int
    function: str
    examples: tuple[Case, ...]
    instead: tuple[Case, ...]
    text: str
    """The Markdown below the front matter."""
    path: Path


class RuleError(Exception):
    """Rule files that cannot be used; ``faults`` lists all of them, with file and line."""

    def __init__(self, faults: Sequence[Diagnostic]) -> None:
        super().__init__(faults)
        self.faults = tuple(faults)

    def __str__(self) -> str:
        return "\n".join(f"{fault.path}:{fault.line}: {fault.message}" for fault in self.faults)


@cache
def load(folder: Path | None = None) -> tuple[Rule, ...]:
    """The rules of a folder, in the order of their ids; the shipped ones without a folder.  Raises RuleError."""
    shipped = folder is None
    place = folder or Path(__file__).with_name("rules")
    faults: list[Diagnostic] = []
    rules = [rule for path in sorted(place.glob("*.md")) if (rule := _read(path, faults, shipped=shipped)) is not None]
    known = {rule.id for rule in (*rules, *(() if shipped else load()))}
    unknown = ((rule, other) for rule in rules for other in rule.supersedes if other not in known)
    faults += [_fault(rule.path, 1, f"supersedes {other}, which does not exist") for rule, other in unknown]
    if faults:
        raise RuleError(faults)
    return tuple(rules)


def _fault(path: Path, line: int, message: str) -> Diagnostic:
    return Diagnostic("NS012", str(path), line, message)


def _read(path: Path, faults: list[Diagnostic], *, shipped: bool) -> Rule | None:
    try:
        source = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        faults.append(_fault(path, 1, f"cannot be read: {error}"))
        return None
    before = len(faults)
    draft = _Draft(path, source, shipped)
    faults += [_fault(path, line, message) for line, message in draft.faults()]
    return draft.rule() if len(faults) == before else None


class _Draft:
    """A rule file that is being checked."""

    def __init__(self, path: Path, source: str, shipped: bool) -> None:
        self.path = path
        self.shipped = shipped
        self.lines = _LINE_END.split(source)
        self.page: Page = parse(source, path.name)
        self.fields: dict[str, tuple[str, ...]] = {}
        for entry in entries(self.page.front, 2)[0] if self.page.front else ():
            self.fields[entry.key] = (*self.fields.get(entry.key, ()), entry.value)
        self.queries = [fence for fence in self.page.fences if fence.info == "sparql"]
        self.examples = tuple(self._cases("Example"))
        self.instead = tuple(self._cases("Instead"))

    def one(self, key: str) -> str:
        return next(iter(self.fields.get(key, ())), "")

    def faults(self) -> Iterator[tuple[int, str]]:
        """(line, message) of everything that is wrong with the file."""
        match = FILE_NAME.fullmatch(self.path.name)
        if match is None or (match["id"], match["name"]) != (self.one("id"), self.one("name")):
            yield 1, "the file's name must be <id>-<name>.md, as its front matter says"
        if self.one("severity") not in _SEVERITIES:
            yield 1, f"severity must be one of {', '.join(_SEVERITIES)}"
        if self.one("over") not in _OVER:
            yield 1, f"over must be one of {', '.join(_OVER)}"
        if len(self.queries) + bool(self.one("function")) != 1:
            yield 1, "needs one sparql block or, in its front matter, a function"
        if self.one("function") and not self.shipped:
            yield 1, "only shipped rules may be functions: write a sparql block"
        titles = [heading.title for heading in self.page.headings if heading.level < 3]
        if titles[:1] != [self.one("name")]:
            yield 1, f"must open with the heading # {self.one('name')}"
        yield from ((1, f"lacks the section ## {title}") for title in SECTIONS if title not in titles)
        if not self.examples or not self.instead:
            yield 1, "needs a document that fires and one that must not: a fence ```md file=a.md"

    def rule(self) -> Rule:
        """The rule, once there are no faults."""
        query = self.queries[0] if self.queries else None
        text = "\n".join(self.lines[self.page.headings[0].line - 1 :]).rstrip() + "\n"
        return Rule(
            id=self.one("id"), name=self.one("name"), severity=_SEVERITY[self.one("severity")],
            over=_SUBJECT[self.one("over")], supersedes=self.fields.get("supersedes", ()),
            query=query.text if query else "", query_line=query.line if query else 0, function=self.one("function"),
            examples=self.examples, instead=self.instead, text=text, path=self.path,
        )  # fmt: skip

    def _cases(self, section: str) -> Iterator[Case]:
        """The cases below a heading: each sub-heading is one, fences above the first sub-heading are one."""
        by: dict[int, list[Fence]] = {}
        for fence in self.page.fences:
            if self._file(fence) and self._under(fence.section, section):
                by.setdefault(fence.section, []).append(fence)
        for index, fences in by.items():
            documents = {self._file(fence): f"{fence.text}\n" for fence in fences}
            yield Case(self.page.headings[index].title, documents, fences[0].line)

    def _file(self, fence: Fence) -> str:
        match = _FENCE_FILE.match(self.lines[fence.line - 2].lstrip()) if fence.info == "md" else None
        return match["path"] if match else ""

    def _under(self, section: int, title: str) -> bool:
        while section >= 0:
            if self.page.headings[section].title == title:
                return True
            section = self.page.headings[section].parent
        return False


SECTIONS = ("Why it hurts", "Example", "Instead")
"""What every rule has below its own heading."""
_SEVERITY: dict[str, Severity] = {severity: severity for severity in get_args(Severity)}
_SUBJECT: dict[str, Over] = {over: over for over in get_args(Over)}
