"""The rules of a run as SARIF describes them, in the words of their own files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ...graph.model import Conflict, Severity
from ...queries.rule_file import Rule
from .plain import clip, one_line

LONGEST = 1024
"""Characters of a description (GitHub)."""
_PROBLEMS: Mapping[Severity, str] = {"error": "error", "warning": "warning", "note": "recommendation"}
_PRECISION = "medium"
"""Three reports in four are real by the panel's count (docs/quality.md); GitHub orders its list by it."""


def descriptors(rules: Iterable[Rule], found: Iterable[Conflict]) -> list[Mapping[str, object]]:
    """Every rule that ran and every rule that found something, by id."""
    described = {rule.id: _descriptor(rule) for rule in rules}
    for row in found:
        described.setdefault(row.rule, _unknown(row))
    return [described[rule] for rule in sorted(described)]


def _descriptor(rule: Rule) -> Mapping[str, object]:
    opening = _first_paragraph(rule.text)
    return {
        "id": rule.id,
        "name": rule.name,
        "shortDescription": {"text": clip(_first_sentence(opening) or rule.name, LONGEST)},
        "fullDescription": {"text": clip(opening or rule.name, LONGEST)},
        "help": {"text": rule.text, "markdown": rule.text},
        "defaultConfiguration": {"level": rule.severity},
        "properties": _properties(rule.severity),
    }


def _unknown(conflict: Conflict) -> Mapping[str, object]:
    """A finding about the run itself has no file."""
    name = conflict.type.replace("-", " ") or conflict.rule
    return {
        "id": conflict.rule,
        "name": conflict.type or conflict.rule,
        "shortDescription": {"text": clip(one_line(name), LONGEST)},
        "fullDescription": {"text": clip(one_line(name), LONGEST)},
        "help": {"text": one_line(name)},
        "defaultConfiguration": {"level": conflict.severity},
        "properties": _properties(conflict.severity),
    }


def _properties(severity: Severity) -> Mapping[str, object]:
    return {
        "tags": ["documentation", "consistency"],
        "precision": _PRECISION,
        "problem.severity": _PROBLEMS[severity],
    }


def _first_paragraph(text: str) -> str:
    """The paragraph below the rule's own heading, on one line.

    >>> _first_paragraph("# name\\n\\nOne thing\\nat once. Why.\\n\\n## Example\\n")
    'One thing at once. Why.'
    """
    body = text.partition("\n")[2].strip()
    return one_line(body.split("\n\n", 1)[0])


def _first_sentence(text: str) -> str:
    """Up to the first full stop before a space.

    >>> _first_sentence("One thing at once. Why.")
    'One thing at once.'
    """
    first, stop, _ = text.partition(". ")
    return first + stop.strip()
