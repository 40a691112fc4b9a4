"""The ``junit`` report: one test case for each rule and document, so that what was checked shows green."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from ...graph.model import Conflict
from .finding import Report
from .plain import Look, one_line, visible
from .telling import title
from .two_sided import block
from .wording import accepted_by, counted

_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What no XML 1.0 document may hold."""
_LOOK = Look()

Cases = Mapping[tuple[str, str], list[Conflict]]


def render(report: Report) -> Iterator[str]:
    """Lines without their line ends.

    A case fails when one of its conflicts fails the check; known and accepted ones are skipped with their reason, and
    those that fail nothing are told in the output of a case that passes.
    """
    root = Element("testsuites", {"name": "naysay"})
    cases = _cases(report)
    for rule, name in _rules(report):
        suite = SubElement(root, "testsuite", {"name": _clean(f"{rule} {name}")})
        paths = sorted({*report.paths, *(path for of, path in cases if of == rule)})
        for path in paths:
            _case(suite, rule, path, cases.get((rule, path), []), report)
        _count(suite)
    _unread(root, report)
    _count(root)
    indent(root)
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield from tostring(root, encoding="unicode").split("\n")


def _cases(report: Report) -> Cases:
    """The conflicts by rule and document, each in the document to change."""
    cases: defaultdict[tuple[str, str], list[Conflict]] = defaultdict(list)
    for conflict in report.conflicts:
        cases[conflict.rule, conflict.sides[report.target(conflict)].path].append(conflict)
    return cases


def _rules(report: Report) -> list[tuple[str, str]]:
    known = {rule.id: rule.name for rule in report.rules}
    return sorted({**{row.rule: row.type for row in report.conflicts}, **known}.items())


def _case(suite: Element, rule: str, path: str, found: list[Conflict], report: Report) -> None:
    place = _clean(visible(report.whereabouts.path(path)))
    case = SubElement(suite, "testcase", {"classname": _clean(rule), "name": place, "file": place, "time": "0"})
    failing = [row for row in found if row.id in report.failing]
    if failing:
        kind = failing[0].severity
        failure = SubElement(case, "failure", {"message": _clean(_message(failing)), "type": kind})
        failure.text = _blocks(failing, report)
        case.set("line", str(failing[0].sides[report.target(failing[0])].span.line))
        return
    settled = [row for row in found if not report.mark(row).counts]
    if settled and len(settled) == len(found):
        SubElement(case, "skipped", {"message": _clean(one_line("; ".join(_reason(row, report) for row in settled)))})
    elif found:
        SubElement(case, "system-out").text = _blocks(found, report)


def _message(failing: list[Conflict]) -> str:
    more = len(failing) - 1
    return title(failing[0]) + (f", and {counted(more, 'more conflict')}" if more else "")


def _reason(conflict: Conflict, report: Report) -> str:
    acceptance = report.mark(conflict).acceptance
    told = f"accepted: {accepted_by(acceptance)}" if acceptance else "known to the base"
    return f"{title(conflict)} ({told})"


def _blocks(found: Iterable[Conflict], report: Report) -> str:
    lines = (
        line
        for row in found
        for line in ("", *block(row, report.sources, _LOOK, target=report.target(row), mark=report.mark(row)))
    )
    return _clean("\n".join(lines)) + "\n"


def _unread(root: Element, report: Report) -> None:
    """Files that could not be read, as cases that were skipped."""
    read = set(report.paths)
    rows = [row for row in report.diagnostics if row.path not in read]
    if not rows:
        return
    suite = SubElement(root, "testsuite", {"name": "files that were not read"})
    for row in rows:
        place = _clean(visible(report.whereabouts.path(row.path)))
        case = SubElement(suite, "testcase", {"classname": _clean(row.rule), "name": place, "file": place, "time": "0"})
        SubElement(case, "skipped", {"message": _clean(visible(row.message))})
    _count(suite)


def _count(element: Element) -> None:
    for name, tag in (("tests", "testcase"), ("failures", "failure"), ("skipped", "skipped")):
        element.set(name, str(sum(1 for _ in element.iter(tag))))
    element.set("errors", "0")
    element.set("time", "0")


def _clean(text: str) -> str:
    r"""Text that XML may hold.

    >>> _clean("a\x00b\ufffe")
    'ab'
    """
    return _ILLEGAL.sub("", text)
