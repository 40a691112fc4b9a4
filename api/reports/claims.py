"""Claims, references and the silence ledger as text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from ...graph.model import Claim, Reference, Span
from ...queries.ledger import Ledger
from .paint import paint
from .plain import Look, clip, columns, one_line
from .wording import counted, grouped, saying, scope_words

_REASONS = {
    "question": "asks",
    "quote": "quotes another text",
    "hypothetical": "supposes",
    "history": "tells what was",
    "example": "gives an example",
    "heading": "names a section",
    "navigation": "leads to another place",
    "label": "names something and says nothing of it",
    "fragment": "is no full statement",
    "code": "is code that states no setting",
    "unparsed": "was not understood",
    "markup": "draws a line or a table, or defines a link",
}


def render(claims: Iterable[Claim], look: Look) -> Iterator[str]:
    """Claims under the documents that make them: line, subject, what is held, and what limits it."""
    number = documents = 0
    for path, rows in groupby(claims, key=lambda claim: claim.path):
        yield paint(_fitting([path], look), "strong", look)
        for claim in rows:
            number += 1
            yield from _row(claim, look)
        documents += 1
        yield ""
    yield f"{counted(number, 'claim')} in {counted(documents, 'document')}"


def _row(claim: Claim, look: Look) -> Iterator[str]:
    """One claim; what limits it goes to a second line where one has no room for both."""
    place = f"{claim.span.line:>6}  "
    told = one_line(f"{claim.subject} {saying(claim)}", look.ascii)
    limits = one_line("; ".join(_limits(claim)), look.ascii)
    if limits and columns(place + told + limits) + 4 <= look.width:
        yield f"{place}{told}  {paint(f'[{limits}]', 'dim', look)}"
        return
    yield place + clip(told, look.width - len(place), look.glyphs.dots)
    if limits:
        room = look.width - len(place) - 4
        yield " " * (len(place) + 2) + paint(f"[{clip(limits, room, look.glyphs.dots)}]", "dim", look)


def _limits(claim: Claim) -> Iterator[str]:
    if claim.standing != "live":
        yield claim.standing
    if claim.scope:
        yield scope_words(claim.scope)
    if claim.condition:
        yield f"if {claim.condition}"
    if claim.subject_from != "own words":
        yield f"subject from the {claim.subject_from}"


def render_ledger(ledger: Ledger, look: Look) -> Iterator[str]:
    """Where the content lines went: one row a reason, with its share."""
    total = max(1, ledger.content)
    rows = [("claims", "carries a claim", ledger.claimed)]
    rows += [(reason, _REASONS.get(reason, ""), number) for reason, number in ledger.silent]
    rows.append(("all", "content lines", sum(number for _, _, number in rows)))
    for name, meaning, number in rows:
        line = f"{name:<14}{grouped(number):>10}  {number / total:>6.1%}  {meaning}".rstrip()
        yield paint(line, "strong", look) if name == "all" else line
    yield ""
    for form in ledger.constructs:
        share = form.claimed / max(1, form.lines)
        yield f"{form.name:<14}{grouped(form.lines):>10}  {share:>6.1%}  of them carry a claim"


def render_references(references: Iterable[tuple[str, Reference]], look: Look) -> Iterator[str]:
    """One line a reference: place, role, target as written, and the document it names."""
    number = unresolved = 0
    for path, reference in references:
        number += 1
        unresolved += not reference.resolved
        arrow = "->" if look.ascii else "→"
        named = reference.resolved or "(names no document of the set)"
        place = f"{path}:{_place(reference.span)}"
        yield _fitting([place, reference.role, f"{reference.target} {arrow} {named}"], look)
    yield ""
    yield f"{counted(number, 'reference')}, {grouped(unresolved)} without a document of the set"


def _place(span: Span) -> str:
    return f"{span.line}:{span.column}"


def _fitting(parts: Iterable[str], look: Look) -> str:
    """The parts on one line within the columns there are; it never begins with a build log's ``::``."""
    shown = "  ".join(one_line(part, look.ascii) for part in parts)
    return clip(f"./{shown}" if shown.startswith(":") else shown, look.width, look.glyphs.dots)
