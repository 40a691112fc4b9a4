"""What a comment such as ``<!-- naysay: allow NS201 until=2027-03-01 reason="…" -->`` says, wherever it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple

from ..graph.spelling import nearest

Verb = Literal["allow", "off", "on"]
_VERBS: Mapping[str, Verb] = {"allow": "allow", "off": "off", "on": "on"}
FIELDS = ("reason", "owner", "until")

_OURS = re.compile(r"naysay\b\s*(?P<colon>:?)\s*(?P<verb>[A-Za-z-]*)(?P<rest>.*)", re.DOTALL)
_PIECE = re.compile(
    r"(?P<key>[A-Za-z][\w-]*)\s*=\s*(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|“(?P<curly>[^”]*)”|(?P<bare>[^\s,\"'“”=]+))"
    r"(?=[\s,]|\Z)|(?P<rule>[A-Za-z0-9][\w-]*)(?=[\s,]|\Z)"
)
_GAP = re.compile(r"[\s,]*")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_SHOWN = 40
"""Characters of an unreadable rest that a message repeats."""


@dataclass(frozen=True, slots=True)
class Suppression:
    """Somebody lets some conflicts stand: in a part of a document, or in the files that a configuration names."""

    rules: tuple[str, ...]
    """Ids or names of rules, or ids of conflicts, as written; empty for every rule."""
    reason: str
    path: str
    """The file that says so, relative to the root of the set."""
    line: int
    where: Literal["document", "configuration"] = "document"
    owner: str = ""
    until: str = ""
    """The last day on which it holds, ISO 8601; empty for good."""
    first: int = 1
    last: int = 0
    """Lines of the document that it covers, both included; the last is 0 for the end of the file."""
    conflict: str = ""
    """Of a configuration: the id of the one conflict it is about; empty for any."""
    files: str = ""
    """Of a configuration: the files that it covers, a pattern as in ``.gitignore``; empty for all."""


class Directive(NamedTuple):
    """One comment that is addressed to naysay."""

    verb: Verb
    rules: tuple[str, ...]
    fields: Mapping[str, str]
    """``reason``, ``owner`` and ``until``, as far as they are given."""


class Malformed(ValueError):
    """A comment addressed to naysay that cannot be followed; the text says why and how to mend it."""


def directive(comment: str) -> Directive | None:
    """What the text of a comment asks for; None when it is not addressed to naysay.

    >>> directive('naysay: allow NS201, NS402 owner=platform reason="moves in May"')
    Directive(verb='allow', rules=('NS201', 'NS402'), fields={'owner': 'platform', 'reason': 'moves in May'})
    >>> directive("naysay reads this page") is None
    True

    Raises Malformed.
    """
    found = _OURS.match(comment.strip())
    if found is None:
        return None
    said = found["verb"].lower()
    verb = _VERBS.get(said)
    if not found["colon"]:
        if verb is None:
            return None
        raise Malformed(f'a colon is missing; write "naysay: {verb} …"')
    if verb is None:
        raise Malformed(f'unknown word "{said}" after "naysay:"; {nearest(said, _VERBS) or "write allow, off or on"}')
    rules, fields = _pieces(found["rest"])
    return _checked(Directive(verb, rules, fields))


def written(one: Directive) -> str:
    """The comment's text, from which ``directive`` reads the same; no value may hold both kinds of quote.

    >>> written(Directive("off", ("NS202",), {"reason": "two regions"}))
    'naysay: off NS202 reason="two regions"'
    """
    quoted = (f'{key}="{value}"' if '"' not in value else f"{key}='{value}'" for key, value in one.fields.items())
    return " ".join([f"naysay: {one.verb}", *filter(None, [",".join(one.rules)]), *quoted])


def day_fault(text: str) -> str:
    """What is wrong with a day; empty when nothing is.

    >>> day_fault("2027-03-01"), day_fault("2027-02-30")
    ('', 'until=2027-02-30 is no day; write it as until=2027-03-01')
    """
    try:
        if _DAY.fullmatch(text):
            date.fromisoformat(text)
            return ""
    except ValueError:
        pass
    return f"until={text[:_SHOWN]} is no day; write it as until=2027-03-01"


def reason_fault(text: str) -> str:
    """What is wrong with a reason; empty when nothing is."""
    return "" if text.strip() else 'no reason is given; add reason="…"'


def _pieces(rest: str) -> tuple[tuple[str, ...], dict[str, str]]:
    rules: dict[str, None] = {}
    fields: dict[str, str] = {}
    for piece in _scanned(rest):
        key = (piece["key"] or "").lower()
        if not key:
            rules[piece["rule"]] = None
        elif key not in FIELDS:
            raise Malformed(f'unknown field "{key}"; {nearest(key, FIELDS) or "known are " + ", ".join(FIELDS)}')
        elif key in fields:
            raise Malformed(f'"{key}" is given twice; keep one of them')
        else:
            value = next(v for v in piece.group("double", "single", "curly", "bare") if v is not None)
            fields[key] = " ".join(value.split())
    return tuple(rules), fields


def _scanned(rest: str) -> Iterator[re.Match[str]]:
    at = _GAP.match(rest).end()  # type: ignore[union-attr]
    while at < len(rest):
        found = _PIECE.match(rest, at)
        if found is None:
            raise Malformed(f"cannot be read from {' '.join(rest[at : at + _SHOWN].split())!r} on; quote values")
        yield found
        at = _GAP.match(rest, found.end()).end()  # type: ignore[union-attr]


def _checked(one: Directive) -> Directive:
    if one.verb == "on":
        if one.fields:
            raise Malformed(f'"on" takes no {next(iter(one.fields))}; give it where "off" stands')
        return one
    if not one.rules:
        raise Malformed(f'no rule is named; write "naysay: {one.verb} NS201 …"')
    fault = reason_fault(one.fields.get("reason", "")) or ("until" in one.fields and day_fault(one.fields["until"]))
    if fault:
        raise Malformed(fault)
    return one
