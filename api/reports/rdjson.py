"""The ``rdjson`` report: the Reviewdog Diagnostic Format, which reviewdog turns into review comments anywhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ...graph.model import Conflict, Severity, Side
from .finding import Report
from .json_report import encoded
from .telling import others, quotation, sentences, title

_SEVERITIES: Mapping[Severity, str] = {"error": "ERROR", "warning": "WARNING", "note": "INFO"}


def render(report: Report) -> Iterator[str]:
    """Lines without their line ends: what may fail a build, since each row becomes a comment."""
    rows = [_diagnostic(conflict, report) for conflict in report.listed]
    yield encoded({"source": {"name": "naysay"}, "diagnostics": rows})


def _diagnostic(conflict: Conflict, report: Report) -> Mapping[str, object]:
    at = report.target(conflict)
    target = conflict.sides[at]
    return {
        "message": "\n".join([title(conflict), *sentences(conflict)]),
        "location": _location(target, report),
        "severity": _SEVERITIES[conflict.severity],
        "code": {"value": conflict.rule},
        "related_locations": [
            {"message": quotation(side), "location": _location(side, report)} for side in others(conflict, at)
        ],
    }


def _location(side: Side, report: Report) -> Mapping[str, object]:
    """Columns are 1-based and count the bytes of the line in UTF-8."""
    span = side.span
    return {
        "path": report.whereabouts.path(side.path),
        "range": {
            "start": {"line": span.line, "column": _bytes(side, report, span.line, span.column)},
            "end": {"line": span.end_line, "column": _bytes(side, report, span.end_line, span.end_column)},
        },
    }


def _bytes(side: Side, report: Report, line: int, column: int) -> int:
    before = (report.sources.line(side.path, line) or "")[: max(0, column - 1)]
    return len(before.encode("utf-8", "surrogatepass")) + 1
