"""A question as it is shipped: one Markdown file that asks, explains, queries and shows the answer on the example."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from ..graph import iris
from ..graph.encode import derived_quads, document_quads
from ..graph.model import Conflict, Diagnostic
from ..ingest.front_matter import entries
from ..ingest.markdown import parse
from ..ingest.page import Page
from .corpus import Corpus
from .facts import document_facts, store_of
from .listings import links_of
from .rule_file import RuleError

if TYPE_CHECKING:
    from pyoxigraph import Store

COLUMNS = ("who", "what", "place")
"""What every query selects; a place is a span literal, or a document's path."""
ANSWER = "Answer on the example"
_SPAN = re.compile(r"(?P<path>.+)#L(?P<line>\d+)\.\d+-L\d+\.\d+")


class Row(NamedTuple):
    """One row of an answer."""

    who: str
    what: str
    path: str
    line: int
    """1-based; 1 for a document as a whole."""


@dataclass(frozen=True, slots=True)
class Question:
    """One shipped question, whole."""

    name: str
    question: str
    query: str
    """The SPARQL text; empty for a question that ``ask`` answers by its form."""
    expected: tuple[Row, ...]
    """The answer on the example, a row without ``what`` standing for any."""
    text: str
    """The Markdown below the front matter."""
    path: Path


@cache
def shipped_questions() -> tuple[Question, ...]:
    """The shipped questions, in the order of their names.  Raises RuleError for a file that cannot be used."""
    files = sorted(Path(__file__).with_name("questions").glob("*.md"))
    faults = [fault for path in files for fault in _faults(path)]
    if faults:
        raise RuleError(faults)
    return tuple(_read(path) for path in files)


def shipped_question(text: str) -> Question | None:
    """The shipped question that some words ask, None when they ask none.

    >>> found = shipped_question("Which names mean two things")
    >>> found.name if found else None
    'names-that-mean-two-things'
    """
    wanted = _plain(text)
    return next((one for one in shipped_questions() if _plain(one.question) == wanted), None)


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def rows_of(question: Question, store: Store) -> Iterator[Row]:
    """The rows of a question that is a query, in its order."""
    for solution in _solutions(question, store):
        who, what, place = (solution[name] for name in COLUMNS)
        found = _SPAN.fullmatch(place)
        yield Row(who, what, found["path"], int(found["line"])) if found else Row(who, what, place, 1)


def _solutions(question: Question, store: Store) -> Iterator[Mapping[str, str]]:
    from pyoxigraph import Literal, QuerySolutions

    found = store.query(question.query, prefixes=iris.PREFIXES, use_default_graph_as_union=True)
    if isinstance(found, QuerySolutions):
        for row in found:
            yield {name: term.value for name in COLUMNS if isinstance(term := row[name], Literal)}


def graph_of(corpus: Corpus, conflicts: Sequence[Conflict]) -> Store:
    """The published graph of a set, with the references that rules see."""
    lines = [line for reading in corpus.readings for line in document_quads(reading)]
    lines += derived_quads(corpus.entities, conflicts, links_of(corpus.linkage))
    return store_of([*lines, *document_facts(corpus.linkage)])


def _faults(path: Path) -> Iterator[Diagnostic]:
    page, fields = _opened(path)
    titles = [heading.title for heading in page.headings]
    queries = [fence for fence in page.fences if fence.info == "sparql"]
    checks = (
        (fields.get("name") == path.stem and titles[:1] == [path.stem], f"must be named and headed {path.stem}"),
        (bool(fields.get("question")), "needs a question"),
        (ANSWER in titles and len(page.tables) == 1, f"needs the section ## {ANSWER} with one table"),
        (len(queries) + (fields.get("function") == "ask") == 1, "needs one sparql block or the function ask"),
    )
    yield from (Diagnostic("NS012", str(path), 1, message) for holds, message in checks if not holds)


def _opened(path: Path) -> tuple[Page, dict[str, str]]:
    page = parse(path.read_text(encoding="utf-8"), path.name)
    return page, {entry.key: entry.value for entry in entries(page.front, 2)[0]}


def _read(path: Path) -> Question:
    page, fields = _opened(path)
    queries = [fence.text for fence in page.fences if fence.info == "sparql"]
    lines = path.read_text(encoding="utf-8").split("\n")
    text = "\n".join(lines[page.headings[0].line - 1 :]).rstrip() + "\n"
    return Question(path.stem, fields["question"], queries[0] if queries else "", tuple(_expected(page)), text, path)


def _expected(page: Page) -> Iterator[Row]:
    for cells in page.tables[0].rows[1:]:
        who, what, place = (page.passages[at].text if at >= 0 else "" for at in cells)
        path, _, line = place.rpartition(":")
        yield Row(who, what, path, int(line))
