"""Suppressions in front matter: ``naysay: {allow: [{rule: NS201, reason: …, until: …, owner: …}]}``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..graph.spelling import nearest
from .directives import FIELDS, Directive, day_fault, reason_fault
from .front_matter import entries

_KEYS = ("rule", *FIELDS)


def in_front_matter(front: str) -> Iterator[tuple[int, Directive | str]]:
    """(line, directive) of each suppression in raw front matter, (line, fault) of each that cannot be followed.

    Front matter that is itself at fault holds none: the reader of the document reports it.
    """
    if "naysay" not in front or entries(front, 2)[1]:
        return
    import yaml

    root: Any = yaml.compose(front, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # pyright: ignore[reportUnknownMemberType]
    if root is None or root.id != "mapping":
        return
    for key, value in root.value:
        if key.value == "naysay":
            yield from ((_line(front, node), found) for node, found in _settings(value))


def _line(front: str, node: Any) -> int:
    """The line of a node in the document, whose first line is the opening fence."""
    return front.count("\n", 0, node.start_mark.index) + 2


def _settings(node: Any) -> Iterator[tuple[Any, Directive | str]]:
    if node.id != "mapping":
        yield node, '"naysay" holds settings; write naysay: {allow: [{rule: NS201, reason: "…"}]}'
        return
    for key, value in node.value:
        if key.value != "allow":
            yield key, f'unknown setting "{key.value}"; {nearest(str(key.value), ["allow"]) or "known is allow"}'
        else:
            for item in value.value if value.id == "sequence" else [value]:
                yield item, _item(item)


def _item(node: Any) -> Directive | str:
    """One suppression, or what is wrong with it."""
    if node.id != "mapping":
        return 'no reason is given; write {rule: NS201, reason: "…"}'
    rules: tuple[str, ...] = ()
    fields: dict[str, str] = {}
    for key, value in node.value:
        name = str(key.value)
        if name not in _KEYS:
            return f'unknown key "{name}"; {nearest(name, _KEYS) or "known are " + ", ".join(_KEYS)}'
        nodes = value.value if name == "rule" and value.id == "sequence" else [value]
        if any(one.id != "scalar" for one in nodes):
            return f'"{name}" must be a text'
        if name == "rule":
            rules = tuple(part.strip() for one in nodes for part in one.value.split(",") if part.strip())
        else:
            fields[name] = " ".join(value.value.split())
    if not rules:
        return 'no rule is named; write {rule: NS201, reason: "…"}'
    fault = reason_fault(fields.get("reason", "")) or ("until" in fields and day_fault(fields["until"]))
    return fault or Directive("allow", rules, fields)
