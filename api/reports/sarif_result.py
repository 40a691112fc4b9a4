"""One conflict as a result of a SARIF log."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from ...graph.model import Conflict, Side
from ...queries.triage import Acceptance, Mark
from .finding import Report
from .plain import one_line
from .telling import others, quotation, reason, title
from .wording import accepted_by, counted, readable

Result = Mapping[str, object]
SIDES = 100
"""Locations of a result that code scanning shows."""
_LINKED = re.compile(r"[\[\]]")
_ESCAPE = r"\\\g<0>"
_STATES = {"new": "new", "new side": "updated", "known": "unchanged"}


def result(conflict: Conflict, report: Report, rule_index: int) -> Result:
    """The conflict at the side to change; the other sides are its related locations, and both a walk from A to B."""
    target = report.target(conflict)
    sides = [conflict.sides[target], *others(conflict, target)][:SIDES]
    mark = report.mark(conflict)
    found: dict[str, object] = {
        "ruleId": conflict.rule,
        "ruleIndex": rule_index,
        "level": conflict.severity,
        "rank": round(100 * conflict.confidence, 1),
        "message": {"text": _message(conflict, sides[1:], report)},
        "locations": [_location(sides[0], report)],
        "partialFingerprints": {
            "primaryLocationLineHash": f"{conflict.id}:1",
            "naysayConflict/v1": conflict.id,
        },
        "properties": {"confidence": round(conflict.confidence, 3), "type": conflict.type, "also": list(conflict.also)},
    }
    if len(sides) > 1:
        found["relatedLocations"] = list(_related(sides[1:], report))
        found["codeFlows"] = [{"threadFlows": [{"locations": _walk(conflict.sides[:SIDES], report)}]}]
    return {**found, **_taken(mark, report)}


def physical_location(document: str, report: Report, region: Mapping[str, object] | None) -> Mapping[str, object]:
    """A place in a document, by its path in the repository."""
    where: dict[str, object] = {
        "artifactLocation": {"uri": report.whereabouts.uri(document), "uriBaseId": "%SRCROOT%"},
    }
    return where | ({"region": region} if region else {})


def _taken(mark: Mark, report: Report) -> Mapping[str, object]:
    """Whether it is news against the base, and who accepted it; nothing where nothing was compared."""
    taken: dict[str, object] = {"baselineState": _STATES[mark.novelty]} if mark.novelty else {}
    return taken | ({"suppressions": [_suppression(mark.acceptance, report)]} if mark.acceptance else {})


def _suppression(acceptance: Acceptance, report: Report) -> Mapping[str, object]:
    """``inSource`` for a comment in a document, ``external`` for the configuration."""
    line = {"startLine": max(1, acceptance.line)}
    return {
        "kind": "inSource" if acceptance.where == "document" else "external",
        "status": "accepted",
        "justification": one_line(accepted_by(acceptance)),
        "location": {"physicalLocation": physical_location(acceptance.path, report, line)},
    }


def _message(conflict: Conflict, related: Sequence[Side], report: Report) -> str:
    """The title as a sentence, then the other sides with links to them, then why and what to do."""
    parts = [f"{_plain(title(conflict))}."]
    for number, side in enumerate(related[:2], 1):
        place = one_line(f"{report.whereabouts.path(side.path)}:{side.span.line}")
        link = f"[{_LINKED.sub(_ESCAPE, _doubled(place))}]({number})"
        parts.append(f"{'And' if number > 1 else 'It stands against'} {link}: “{_plain(quotation(side))}”.")
    if len(related) > 2:
        parts.append(f"{counted(len(related) - 2, 'statement')} more besides.")
    told = [_plain(one_line(readable(text))) for text in (reason(conflict), conflict.repair) if text]
    return " ".join([*parts, *(f"{text.removesuffix('.')}." for text in told)])


def _plain(text: str) -> str:
    """Text that holds no placeholder and no link (SARIF 2.1.0, 3.11.5 and 3.11.6).

    >>> _plain("a [b](1) {env} [x]"), _plain("[x] {0}")
    ('a \\\\[b\\\\](1) {{env}} \\\\[x\\\\]', '[x] {{0}}')
    """
    text = _doubled(text)
    return _LINKED.sub(_ESCAPE, text) if "](" in text else text


def _doubled(text: str) -> str:
    return text.replace("{", "{{").replace("}", "}}")


def _related(sides: Sequence[Side], report: Report) -> Iterator[Mapping[str, object]]:
    for number, side in enumerate(sides, 1):
        text = _plain(quotation(side)) or "the other side"
        yield {"id": number, **_location(side, report), "message": {"text": text}}


def _walk(sides: Sequence[Side], report: Report) -> list[Mapping[str, object]]:
    """The sides as steps, the strongest first, for viewers that lead from one place to the next."""
    steps: list[Mapping[str, object]] = []
    for at, side in enumerate(sides):
        text = f"{chr(ord('A') + at) if at < 26 else at + 1}: {_plain(quotation(side))}"
        steps.append({"location": {**_location(side, report), "message": {"text": text}}})
    return steps


def _location(side: Side, report: Report) -> dict[str, object]:
    span = side.span
    region: dict[str, object] = {
        "startLine": max(1, span.line),
        "startColumn": max(1, span.column),
        "endLine": max(1, span.line, span.end_line),
        "endColumn": max(1, span.end_column),
        "snippet": {"text": side.quote},
    }
    where: dict[str, object] = {"physicalLocation": physical_location(side.path, report, region)}
    heading = " › ".join(one_line(name) for name in side.headings)
    return where | ({"logicalLocations": [{"fullyQualifiedName": heading}]} if heading else {})
