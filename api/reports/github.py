"""The ``github`` report: the text, then the worst conflicts as workflow commands that become annotations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ...graph.model import Conflict, Severity, Side
from . import text
from .finding import SEVERITIES, Report
from .plain import Look, visible
from .telling import others, quotation, sentences, title, worst_first
from .wording import grouped

PER_LEVEL = 10
"""Annotations of one level that GitHub keeps of a step."""
_COMMANDS: Mapping[Severity, str] = {"error": "error", "warning": "warning", "note": "notice"}


def render(report: Report, look: Look, everything: bool = False, statistics: bool = False) -> Iterator[str]:
    """Lines without their line ends; those of the text never begin as a command does."""
    yield from text.render(report, look, everything, statistics)
    listed = worst_first(report, report.listed)
    for severity in SEVERITIES:
        for conflict in [row for row in listed if row.severity == severity][:PER_LEVEL]:
            yield _command(conflict, report, look)
    left_out = sum(max(0, sum(row.severity == level for row in listed) - PER_LEVEL) for level in SEVERITIES)
    if left_out:
        yield f"Annotated are the {PER_LEVEL} worst of each level; {grouped(left_out)} more are in the report."


def _command(conflict: Conflict, report: Report, look: Look) -> str:
    """``::error file=…,line=…,title=…::message``."""
    at = report.target(conflict)
    side = conflict.sides[at]
    span = side.span
    last = max(span.line, span.end_line)
    properties: dict[str, object] = {"file": _path(side, report, look), "line": span.line, "endLine": last}
    if span.line == last:
        properties |= {"col": span.column, "endColumn": span.end_column}
    properties["title"] = f"{conflict.rule}: {title(conflict, look.ascii)}"
    told = ",".join(f"{name}={escaped_property(str(value))}" for name, value in properties.items())
    against = [
        f"against {_path(row, report, look)}:{row.span.line}: {_quoted(row, look)}" for row in others(conflict, at)
    ]
    message = "\n".join([_quoted(side, look), *against[:3], *sentences(conflict, look.ascii), f"id {conflict.id}"])
    return f"::{_COMMANDS[conflict.severity]} {told}::{escaped(message)}"


def _path(side: Side, report: Report, look: Look) -> str:
    return visible(report.whereabouts.path(side.path), look.ascii)


def _quoted(side: Side, look: Look) -> str:
    words = quotation(side, look.ascii)
    return f'"{words}"' if look.ascii else f"“{words}”"


def escaped(message: str) -> str:
    """The data of a workflow command on one line.

    >>> escaped("50 %\\nmore")
    '50 %25%0Amore'
    """
    return message.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def escaped_property(value: str) -> str:
    """A property of a workflow command, which ends at a comma or a colon.

    >>> escaped_property("a,b: c")
    'a%2Cb%3A c'
    """
    return escaped(value).replace(":", "%3A").replace(",", "%2C")
