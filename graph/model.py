"""The values every layer speaks: documents, passages, claims, entities and conflicts.

All of them are frozen; a reading of a document is a pure function of its text, so these values can be cached,
sent between processes and compared.  The words are those of ``docs/words.md``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, NamedTuple

Polarity = Literal["affirmed", "denied"]
Modality = Literal["fact", "obligation", "recommendation", "permission", "plan"]
Standing = Literal["live", "historical", "superseded", "quoted", "hypothetical", "rejected", "question", "example"]
Severity = Literal["error", "warning", "note"]
PrecedencePolicy = Literal["strict", "defeasible"]
"""What makes a conflict a note: a precedence that a document states, or every order that the documents give."""
SilenceReason = Literal[
    "question",
    "quote",
    "hypothetical",
    "history",
    "example",
    "heading",
    "navigation",
    "label",
    "fragment",
    "code",
    "unparsed",
]


class Span(NamedTuple):
    """A range of source text: 1-based lines, 1-based columns in Unicode code points, end column exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int

    def __str__(self) -> str:
        return f"L{self.line}.{self.column}-L{self.end_line}.{self.end_column}"


class ScopeTerm(NamedTuple):
    """One (dimension, value) that a claim is limited to, and where that is said."""

    dimension: str
    """environment, role, component, platform, phase, version, stage …"""
    value: str
    source: str
    """``stated`` in the claim's own words, or ``heading``, ``file``, ``column``, ``lead-in``, ``row``."""


class Diagnostic(NamedTuple):
    """Something about the run itself: a file that could not be read, a limit that was reached."""

    rule: str
    """NS001 unreadable, NS010 not UTF-8, NS011 limit reached, NS020 ambiguous reference."""
    path: str
    line: int
    message: str


class Heading(NamedTuple):
    """A heading of a document; ``parent`` is its index in the document's headings, -1 at the top."""

    line: int
    level: int
    title: str
    parent: int


@dataclass(frozen=True, slots=True)
class Reference:
    """One document citing another document, section or file."""

    span: Span
    target: str
    """The target as written: a relative path, a number, a file name, an anchor."""
    kind: str
    """``link``, ``path`` (a path in a code span or plain text), ``number`` ("per 442"), ``anchor``."""
    role: str
    """``supersedes``, ``superseded-by``, ``authority`` ("per X", "see X for the contract"), or ``mention``."""
    standing: Standing = "live"
    resolved: str = ""
    """Path of the document it names, once linked; empty while unresolved."""


@dataclass(frozen=True, slots=True)
class Document:
    """One file at one revision, and what it says about itself."""

    path: str
    """Relative to the root of the set, with forward slashes."""
    digest: str
    """blake2b-128 of the bytes, hexadecimal."""
    title: str
    number: str = ""
    """The leading number of the file name, ``505`` or ``484a``; empty without one."""
    family: str = ""
    """The lineage mark of the file name, ``v2`` in ``505-agent-v2``; empty for the first."""
    status: str = ""
    """As stated, in lower case; empty when the document states none."""
    status_line: int = 0
    standing: Standing = "live"
    standing_line: int = 0
    """Where a document that is not live says so."""
    owners: tuple[str, ...] = ()
    date: str = ""
    """The latest date that the document states about itself, ISO 8601; never a file time."""
    headings: tuple[Heading, ...] = ()
    lines: int = 0
    content_lines: int = 0
    """Non-blank lines outside front matter and fence markers."""


@dataclass(frozen=True, slots=True)
class Claim:
    """What a passage asserts: subject, relation and object, with everything that limits it."""

    path: str
    passage: int
    """Ordinal of the passage in its document."""
    span: Span
    subject: str
    relation: str
    """An id of ``graph/relations.ttl``, or ``open:<head word>``."""
    object: str
    value: str = ""
    """The normalised value (unit-converted number, folded identifier, on/off, done/open); empty without one."""
    polarity: Polarity = "affirmed"
    modality: Modality = "fact"
    standing: Standing = "live"
    scope: tuple[ScopeTerm, ...] = ()
    condition: str = ""
    subject_from: str = "own words"
    """How the subject was found: ``own words``, ``heading``, ``lead-in``, ``row key``, ``title``, ``key path``."""
    extractor: str = "prose"
    topic: str = ""
    """Governing headings below the title, nearest first, joined by `` › ``."""
    marker: str = ""
    """The word that carries polarity or state: ``not``, ``no longer``, ``still``, ``disabled``, ``own``."""
    quantifier: str = ""
    """``only``, ``all``, ``no`` or empty."""


class Silence(NamedTuple):
    """A passage that became no claim, and why."""

    line: int
    end_line: int
    reason: SilenceReason


class LabelEvidence(NamedTuple):
    """A stated equivalence or deprecation: the only thing an alias may rest on."""

    label: str
    other: str
    """The label it is tied to."""
    kind: str
    """``alias`` (X (Y), glossary row), ``renamed`` (formerly, renamed to), ``denied`` or ``short form``."""
    path: str
    line: int


class Retirement(NamedTuple):
    """A stated end of a named thing: it was removed, deprecated, renamed or replaced."""

    thing: str
    """As written: a literal, a pattern with ``*``, a path with placeholders."""
    successor: str
    """What stands in its place; empty when the statement names nothing."""
    span: Span


class Mention(NamedTuple):
    """A label seen in a document in a form that makes it an entity candidate."""

    label: str
    line: int
    form: str
    """``title``, ``heading``, ``code``, ``strong``, ``proper`` (capitalised or CamelCase), ``term``."""


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything read from one document alone: the pure function's result."""

    document: Document
    claims: tuple[Claim, ...] = ()
    silences: tuple[Silence, ...] = ()
    references: tuple[Reference, ...] = ()
    evidence: tuple[LabelEvidence, ...] = ()
    mentions: tuple[Mention, ...] = ()
    retirements: tuple[Retirement, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()


@dataclass(frozen=True, slots=True)
class Entity:
    """A concept of the set: one preferred label, its other names and where they come from."""

    name: str
    kind: str = ""
    aliases: tuple[str, ...] = ()
    deprecated: tuple[str, ...] = ()
    broader: tuple[str, ...] = ()
    evidence: tuple[LabelEvidence, ...] = ()
    mentions: tuple[tuple[str, int], ...] = ()
    """(path, number of mentions), sorted by path."""


@dataclass(frozen=True, slots=True)
class Side:
    """One statement of a conflict."""

    path: str
    span: Span
    quote: str
    headings: tuple[str, ...]
    standing: Standing
    scope: tuple[ScopeTerm, ...]
    status: str = ""
    date: str = ""
    claim: Claim | None = None
    id: str = ""
    """What it holds, in which document, and its place among equals there."""
    position: str = ""
    """What it holds, as ``queries.identity`` names it."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two or more statements that a rule finds incompatible; sides are ordered, strongest first."""

    id: str
    type: str
    """Kebab-case name of the fault, as in the rule's file name."""
    rule: str
    severity: Severity
    confidence: float
    subject: str
    sides: tuple[Side, ...]
    why: str
    witness: tuple[tuple[str, str], ...] = ()
    """One situation in which both sides hold, as (dimension, value) pairs."""
    repair: str = ""
    authority: str = ""
    """Which side outranks the other and why, or why that is undecided."""
    proof: str = ""
    """A SPARQL ASK over the claims that is true while the conflict stands."""
    also: tuple[str, ...] = ()
    """Other rules that found the same statements."""
    derivation: tuple[str, ...] = ()
    features: tuple[tuple[str, float], ...] = field(default=())
    side_ids: tuple[str, ...] = ()
    """Ids of all statements that take part, sorted; those of ``sides`` and of what was left out of them."""
    more: tuple[Side, ...] = ()
    """The statements that take part and were left out of ``sides``, in the order of the text."""
