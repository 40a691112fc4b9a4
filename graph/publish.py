"""Readings with full provenance: PROV-O and Web Annotation selectors, written out for exchange and never stored.

Positions are offsets in the document's text without its byte order mark, in Unicode code points from 0, the end
exclusive (W3C Web Annotation Data Model section 4.2.5); quotes follow section 4.2.4.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import Final

from . import iris
from .encode import document_quads
from .model import Claim, Reading, Span
from .nquads import Statements, integer, literal

CONTEXT: Final = 32
"""Characters quoted before and after a statement, so that it is found again when the document moved."""
LINE_END: Final = re.compile(r"(?<=\n)|(?<=\r)(?!\n)")
"""Markdown's line ends (CommonMark section 2.1): the vertical tab and the rest do not end a line."""


def published_quads(reading: Reading, text: str, tool: str, source: str = iris.DEFAULT_SOURCE) -> Iterator[str]:
    """Everything of ``document_quads`` and where each claim was quoted from, by which ``tool`` version."""
    document = iris.document_iri(reading.document.path, source)
    run = iris.run_iri(reading.document.digest, source)
    statements = Statements(document)
    _describe_run(statements, run, document, tool)
    starts = line_starts(text)
    for claim in reading.claims:
        _annotate(statements, claim, text, starts, run, source)
    return iter(sorted({*document_quads(reading, source), *statements.sorted()}))


def line_starts(text: str) -> tuple[int, ...]:
    """The offset of the first character of each line.

    >>> line_starts("a\\r\\nbc\\rd")
    (0, 3, 6)
    """
    return tuple(accumulate((len(line) for line in LINE_END.split(text)[:-1]), initial=0))


def offsets(span: Span, starts: Sequence[int], length: int) -> tuple[int, int]:
    """The range of a span as offsets into a text of that length; a place beyond the end is the end.

    >>> offsets(Span(2, 1, 2, 3), (0, 3, 6), 7)
    (3, 5)
    """
    first, last = (
        min(length, starts[line - 1] + column - 1) if 0 < line <= len(starts) else length
        for line, column in ((span.line, span.column), (span.end_line, span.end_column))
    )
    return first, max(first, last)


def _describe_run(to: Statements, run: str, document: str, tool: str) -> None:
    to.link(run, iris.TYPE, iris.ACTIVITY)
    to.link(run, iris.USED, document)
    to.link(run, iris.WAS_ASSOCIATED_WITH, iris.tool_iri(tool))
    to.link(iris.tool_iri(tool), iris.TYPE, iris.SOFTWARE_AGENT)
    to.text(iris.tool_iri(tool), iris.LABEL, f"naysay {tool}")


def _annotate(to: Statements, claim: Claim, text: str, starts: Sequence[int], run: str, source: str) -> None:
    iri = iris.claim_iri(claim, source)
    document = iris.document_iri(claim.path, source)
    to.link(iri, iris.WAS_QUOTED_FROM, document)
    to.link(iri, iris.WAS_GENERATED_BY, run)
    to.link(f"{iri}-annotation", iris.TYPE, iris.ANNOTATION)
    to.link(f"{iri}-annotation", iris.MOTIVATED_BY, iris.DESCRIBING)
    to.link(f"{iri}-annotation", iris.HAS_BODY, iri)
    to.link(f"{iri}-annotation", iris.HAS_TARGET, f"{iri}-target")
    to.link(f"{iri}-target", iris.TYPE, iris.SPECIFIC_RESOURCE)
    to.link(f"{iri}-target", iris.HAS_SOURCE, document)
    first, last = offsets(claim.span, starts, len(text))
    _select_quote(to, f"{iri}-target", f"{iri}-quote", text, first, last)
    _select_position(to, f"{iri}-target", f"{iri}-position", first, last)


def _select_quote(to: Statements, target: str, selector: str, text: str, first: int, last: int) -> None:
    to.link(target, iris.HAS_SELECTOR, selector)
    to.link(selector, iris.TYPE, iris.TEXT_QUOTE_SELECTOR)
    to.add(selector, iris.EXACT, literal(text[first:last]))
    to.add(selector, iris.PREFIX, literal(text[max(0, first - CONTEXT) : first]))
    to.add(selector, iris.SUFFIX, literal(text[last : last + CONTEXT]))


def _select_position(to: Statements, target: str, selector: str, first: int, last: int) -> None:
    to.link(target, iris.HAS_SELECTOR, selector)
    to.link(selector, iris.TYPE, iris.TEXT_POSITION_SELECTOR)
    to.add(selector, iris.START, integer(first))
    to.add(selector, iris.END, integer(last))
