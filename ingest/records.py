"""What documents say about documents: their own status and owner, and what an index says of others."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from ..graph.model import Claim, Document, Span
from .front_matter import Entry
from .opening import labelled
from .page import Page

_CLASSES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(pattern, re.IGNORECASE))
    for name, pattern in (
        ("dead", r"supersed|deprecat|obsolet|retired|withdrawn|archived|rejected|abandoned|historical"),
        ("doing", r"in progress|wip|work in progress|partial|ongoing|in flight|under way|implementing|phase \d"),
        (
            "planned",
            r"draft|propos|idea|planned|planning|not started|to ?do|backlog|rfc|concept|future|target|pending"
            r"|not (?:yet )?implemented",
        ),
        ("done", r"implemented|complete|done|shipped|delivered|released|live|deployed|fixed|resolved|closed"),
        ("in force", r"accepted|approved|active|normative|in force|current|stable|adopted|ratified|canonical|final"),
    )
)
_MARKS = {"✅": "done", "☑": "done", "🟢": "done", "⏳": "doing", "🟡": "doing", "❌": "planned", "🔴": "planned"}
CLASHES = frozenset(
    frozenset(pair)
    for pair in (
        ("planned", "done"), ("doing", "done"), ("dead", "done"),
        ("dead", "in force"), ("planned", "in force"), ("dead", "doing"),
    )
)  # fmt: skip
"""Status classes that one document cannot have at once."""


@lru_cache(maxsize=10_000)
def status_class(text: str) -> str:
    """``planned``, ``doing``, ``done``, ``in force``, ``dead`` or empty, by the status word that opens a text.

    A status word after the name of some part says how far that part is: "✅ importer shipped" is no document's status.

    >>> [status_class(t) for t in ("Draft (v2)", "Implemented", "✅ Done", "Superseded by 12", "🟡 In progress", "n/a")]
    ['planned', 'done', 'done', 'dead', 'doing', '']
    """
    bare = text.strip()
    if re.match(r"\W*partial", bare, re.IGNORECASE):
        return ""
    if bare[:1] in _MARKS and len(bare) < 3:
        return _MARKS[bare[:1]]
    found = [(m.start(), order, name) for order, (name, p) in enumerate(_CLASSES) if (m := p.search(bare)) is not None]
    if not found:
        return _MARKS.get(bare[:1], "")
    start, _, name = min(found)
    return name if start < 24 and not set(re.findall(r"[a-z]+", bare[:start].lower())) - _BEFORE_STATUS else ""


_BEFORE_STATUS = frozenset(
    """fully mostly largely now already currently still not yet is the this document doc spec page status proposal
    design work code implementation version v initial core re de pre in on un non""".split()
)
"""Words that may stand before a status word without naming a part."""


_NORMATIVE = re.compile(
    r"^(?:this(?: \w+)?|it)\s+(?:document |page |spec\w* |contract )?is\s+(?:the\s+"
    r"|a\s+)?(?:single\s+)?normative\b|^normative (?:spec\w*|contract)\b",
    re.IGNORECASE,
)
_NOTHING_YET = re.compile(
    r"^(?:nothing|none) (?:in|of) this (?:document|page|spec|plan)\b.*\b(?:implemented|done|started)", re.IGNORECASE
)


RECORD_KEYS: Mapping[str, str] = {
    "status": "has-status",
    "state": "has-status",
    "lifecycle": "has-status",
    "owner": "open:owner",
    "owners": "open:owner",
    "version": "open:version",
}
"""Keys under which a document's metadata states a record of it."""


@lru_cache(maxsize=10_000)
def version_of(text: str) -> str:
    """The version that a text names alone, or with a remark behind it; empty for other texts.

    >>> version_of("v1.2"), version_of("2.0 (draft)"), version_of("Kubernetes 1.30")
    ('1.2', '2.0', '')
    """
    match = _VERSION.match(text)
    return match[1] if match else ""


_VERSION = re.compile(r"\W*[vV]?(\d+(?:\.\d+)+)\W*(?:\(|$|[,;—–])")


def record_of(document: Document, relation: str, entry: Entry) -> Claim | None:
    """The record that an entry of front matter or of a metadata file states; None when it says nothing."""
    reads = {"has-status": status_class, "open:version": version_of}.get(relation, str.strip)
    if not reads(entry.value):
        return None
    return _record(document, relation, entry.value, _entry_span(entry), "front-matter")


def own_records(page: Page, document: Document, entries: Sequence[Entry]) -> Iterator[Claim]:
    """Every statement of a document about its own status, owner or version."""
    for entry in entries:
        relation = RECORD_KEYS.get(entry.key.lower(), "")
        if relation and (claim := record_of(document, relation, entry)) is not None:
            yield claim
    for line in labelled(page):
        if line.label in {"version", "document version", "doc version"} and version_of(line.value):
            yield _record(document, "open:version", line.value[:40], _line_span(page, line.line), "document")
        if line.label in {"status", "document status", "doc status"} and status_class(line.value):
            yield _record(
                document, "has-status", line.value.split(".")[0][:80], _line_span(page, line.line), "document"
            )
    if document.standing_line and document.standing_line != document.status_line:
        yield _record(document, "has-status", document.standing, _line_span(page, document.standing_line), "document")
    yield from _opening_words(page, document)


def _opening_words(page: Page, document: Document) -> Iterator[Claim]:
    """Openings such as "This is the normative contract" and "Nothing in this document is implemented yet"."""
    for passage in page.passages[:40]:
        for pattern, said in ((_NORMATIVE, "normative"), (_NOTHING_YET, "not implemented")):
            if passage.quote == 0 and pattern.search(passage.text):
                yield _record(document, "has-status", said, passage.span, "document")


def _record(document: Document, relation: str, value: str, span: Span, extractor: str) -> Claim:
    return Claim(
        path=document.path,
        passage=-1,
        span=span,
        subject=document.title,
        relation=relation,
        object=value.strip(),
        value=_record_value(relation, value),
        subject_from="title",
        extractor=extractor,
        standing="live",
    )


def _record_value(relation: str, value: str) -> str:
    if relation == "has-status":
        return status_class(value)
    return f"version:{version_of(value)}" if relation == "open:version" else f"name:{value.strip().lower()}"


def _entry_span(entry: Entry) -> Span:
    return Span(entry.line, entry.column, entry.end_line, entry.end_column)


def _line_span(page: Page, line: int) -> Span:
    """What a passage says on one line."""
    found = (s for p in page.passages if p.span.line <= line <= p.span.end_line for s in p.segments if s.line == line)
    return next(found, Span(line, 1, line, 2))
