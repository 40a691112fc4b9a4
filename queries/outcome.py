"""What may become of a foreign query, and the limits it runs under."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from .sparql_gate import QueryKind

Resource = Literal["memory", "cpu", "stack", "process", "crash"]


class Format(NamedTuple):
    """A serialisation of results: of graphs (CONSTRUCT, DESCRIBE) or of bindings and truth values."""

    name: str
    media_types: tuple[str, ...]
    """The registered type first, then types that are asked for in its place."""
    graph: bool


RESULT_FORMATS = (
    Format("json", ("application/sparql-results+json", "application/json"), False),
    Format("xml", ("application/sparql-results+xml", "application/xml"), False),
    Format("csv", ("text/csv",), False),
    Format("tsv", ("text/tab-separated-values",), False),
)
GRAPH_FORMATS = (
    Format("turtle", ("text/turtle",), True),
    Format("ntriples", ("application/n-triples",), True),
    Format("jsonld", ("application/ld+json", "application/json"), True),
    Format("rdfxml", ("application/rdf+xml", "application/xml"), True),
)


def formats_for(kind: QueryKind) -> tuple[Format, ...]:
    """The serialisations that fit a kind of query, the default first.

    >>> [form.name for form in formats_for("CONSTRUCT")]
    ['turtle', 'ntriples', 'jsonld', 'rdfxml']
    """
    return GRAPH_FORMATS if kind in ("CONSTRUCT", "DESCRIBE") else RESULT_FORMATS


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one query and of the worker that runs it."""

    seconds: float = 5.0
    """Deadline of a query; a caller may lower it."""
    memory: int = 256 * 2**20
    """Bytes a query may add to the snapshot's own."""
    rows: int = 10_000
    size: int = 8 * 2**20
    """Bytes of a serialised result."""
    workers: int = field(default_factory=lambda: os.cpu_count() or 1)
    """Queries under way at once."""
    queue: int = 32
    """Queries waiting for a place; one more is Busy."""


class Dataset(NamedTuple):
    """Graphs chosen outside the query text (SPARQL 1.1 Protocol, section 2.1.4); they replace its FROM clauses."""

    default: tuple[str, ...] = ()
    named: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """A result, serialised whole."""

    body: bytes
    media_type: str
    kind: QueryKind
    rows: int
    """Solutions or triples in the body; 1 for ASK."""
    truncated: bool = False
    """The row or size limit cut the result."""


@dataclass(frozen=True, slots=True)
class Refused:
    """The gate did not let the query through, or it asks for what this engine does not offer."""

    reason: str
    line: int = 1
    column: int = 1


@dataclass(frozen=True, slots=True)
class SyntaxRejected:
    """The engine's parser rejected the query; 1-based line and column in code points."""

    line: int
    column: int
    message: str


@dataclass(frozen=True, slots=True)
class TimedOut:
    """The query was killed at its deadline."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Exhausted:
    """The query used up a resource other than its time and was ended."""

    reason: Resource


@dataclass(frozen=True, slots=True)
class Busy:
    """The queue was full, or no place came free before the deadline; nothing ran."""

    retry_after: float
    """Seconds."""


@dataclass(frozen=True, slots=True)
class Cancelled:
    """The caller gave up; the query was killed."""


Outcome = Answer | Refused | SyntaxRejected | TimedOut | Exhausted | Busy | Cancelled
