"""Front matter as keys and the text of their values, with positions; no value is ever typed.

YAML 1.1 turns ``NO`` into false, ``12:30`` into 750 and the last of two equal keys into the only one, so the
values here are read from the parser's events (PyYAML, libyaml) and stay text.  Nothing is expanded: anchors,
aliases and merge keys are refused.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from ..graph.model import Diagnostic
from .assignments import toml_values
from .key_values import KeyValue

MAX_CHARACTERS = 64 * 1024
"""Front matter longer than this is refused (NS011)."""
MAX_DEPTH = 24
"""Mappings and lists nested deeper than this are refused (NS011)."""

_TOML_START = re.compile(r"\s*(?:#[^\n]*\n\s*)*(?:\[{1,2}[\w.\"' -]+\]{1,2}\s*(?:#[^\n]*)?(?:\n|$)|[\w.\"'-]+\s*=)")
_PLAIN_LINE = re.compile(r"(?P<key>[A-Za-z_][\w .-]*?)[ \t]*:[ \t]+(?P<value>\S.*?)[ \t]*\r?$")
_ERROR_LINE = re.compile(r"line (\d+)")


class Entry(NamedTuple):
    """One value of the front matter; the items of a list share their key."""

    key: str
    """Dotted path of the mapping keys; list positions are left out."""
    value: str
    """The text of the scalar without its quotes, never typed."""
    line: int
    column: int
    """1-based, in code points; a quoted value starts at its quote."""
    end_line: int
    end_column: int
    """Exclusive."""


def entries(text: str, first_line: int) -> tuple[tuple[Entry, ...], tuple[Diagnostic, ...]]:
    """The values of one front matter (YAML, or TOML when it starts like TOML) and what is wrong with it.

    ``first_line`` is the source line of the text's first line.  Nothing is raised: broken text gives one
    diagnostic (NS001) with its line, and the plain ``key: value`` lines that can still be read.

    >>> entries("status: NO", 2)[0]
    (Entry(key='status', value='NO', line=2, column=9, end_line=2, end_column=11),)
    """
    if len(text) > MAX_CHARACTERS:
        note = f"front matter is longer than {MAX_CHARACTERS} characters and was not read; move the data out of it"
        return (), (Diagnostic("NS011", "", first_line, note),)
    if _TOML_START.match(text):
        return _toml(text, first_line)
    return _yaml(text, first_line)


class _Refused(Exception):
    """A limit was reached: reading stops and keeps what it has."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(diagnostic.message)
        self.diagnostic = diagnostic


@dataclass(slots=True)
class _Level:
    """One open mapping or list."""

    path: str
    mapping: bool
    keys: set[str] = field(default_factory=lambda: set[str]())
    key: str | None = None
    """The key that waits for its value."""
    silent: bool = False
    """Inside a key that is itself a mapping or a list."""


class _Source:
    """Character offsets of the front matter as lines and columns of the document."""

    def __init__(self, text: str, first_line: int) -> None:
        self.text = text
        self.first_line = first_line
        self.starts = [0, *(match.end() for match in re.finditer(r"\r\n|\n|\r", text))]

    def position(self, offset: int) -> tuple[int, int]:
        """1-based line and column; libyaml counts NEL and U+2028 as line ends, so its own lines are not used."""
        index = bisect_right(self.starts, offset) - 1
        return self.first_line + index, offset - self.starts[index] + 1

    def entry(self, key: str, value: str, start: int, end: int) -> Entry:
        """The entry over ``text[start:end]`` without the blank end that block scalars have."""
        end = start + len(self.text[start:end].rstrip())
        return Entry(key, value, *self.position(start), *self.position(end))


def _yaml(text: str, first_line: int) -> tuple[tuple[Entry, ...], tuple[Diagnostic, ...]]:
    import yaml

    parse: Callable[..., Iterator[Any]] = yaml.parse  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
    source = _Source(text, first_line)
    found: list[Entry] = []
    faults: list[Diagnostic] = []
    try:
        for item in _Walk(source).values(parse(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))):
            (found if isinstance(item, Entry) else faults).append(item)  # type: ignore[arg-type]
    except _Refused as refused:
        faults.append(refused.diagnostic)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        return tuple(_plain_lines(source)), (_broken(error, source),)
    if text.strip() and not found and not faults:
        faults += _empty(source)
    return tuple(found), _first_of_each(faults)


class _Walk:
    """Reads parser events without recursion, so depth costs no stack."""

    def __init__(self, source: _Source) -> None:
        self.source = source
        self.levels: list[_Level] = []

    def values(self, events: Iterator[Any]) -> Iterator[Entry | Diagnostic]:
        for event in events:
            kind = type(event).__name__
            if kind in ("MappingStartEvent", "SequenceStartEvent"):
                yield from self.anchored(event)
                self.open(event, kind == "MappingStartEvent")
            elif kind in ("MappingEndEvent", "SequenceEndEvent"):
                self.levels.pop()
                self.done()
            elif kind == "AliasEvent":
                yield self.refusal(event, f"alias *{event.anchor}")
                self.done()
            elif kind == "ScalarEvent":
                yield from self.anchored(event)
                yield from self.scalar(event)

    def open(self, event: Any, mapping: bool) -> None:
        if len(self.levels) >= MAX_DEPTH:
            line, _ = self.source.position(event.start_mark.index)
            note = f"front matter is nested deeper than {MAX_DEPTH} levels; the rest of it was not read"
            raise _Refused(Diagnostic("NS011", "", line, note))
        silent = bool(self.levels) and (self.levels[-1].silent or self.is_key())
        self.levels.append(_Level(self.path(), mapping, silent=silent))

    def is_key(self) -> bool:
        level = self.levels[-1]
        return level.mapping and level.key is None

    def path(self) -> str:
        if not self.levels:
            return ""
        level = self.levels[-1]
        return ".".join(part for part in (level.path, level.key or "") if part)

    def done(self) -> None:
        """One node has ended: a key that is no text becomes the empty key, a value frees its key."""
        if self.levels and self.levels[-1].mapping:
            self.levels[-1].key = "" if self.levels[-1].key is None else None

    def scalar(self, event: Any) -> Iterator[Entry | Diagnostic]:
        if not self.levels:
            return
        if self.is_key():
            yield from self.key(event)
            return
        if not self.levels[-1].silent and self.path():
            yield self.source.entry(self.path(), event.value, event.start_mark.index, event.end_mark.index)
        self.done()

    def key(self, event: Any) -> Iterator[Diagnostic]:
        level = self.levels[-1]
        name = str(event.value)
        if name == "<<" and event.implicit[0]:
            yield self.refusal(event, "merge key <<")
        elif name in level.keys:
            line, _ = self.source.position(event.start_mark.index)
            yield Diagnostic("NS001", "", line, f"front matter has the key {name!r} twice; keep one of them")
        level.keys.add(name)
        level.key = name

    def anchored(self, event: Any) -> Iterator[Diagnostic]:
        if event.anchor is not None:
            yield self.refusal(event, f"anchor &{event.anchor}")

    def refusal(self, event: Any, what: str) -> Diagnostic:
        line, _ = self.source.position(event.start_mark.index)
        note = f"front matter uses the {what}, which is not followed; write the value out"
        return Diagnostic("NS001", "", line, note)


def _broken(error: Exception, source: _Source) -> Diagnostic:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    line, _ = source.position(0 if mark is None else min(mark.index, len(source.text)))
    problem = getattr(error, "problem", None) or getattr(error, "reason", None) or "it cannot be parsed"
    note = f"front matter is not valid YAML: {problem}; put values that contain ': ', '#' or a leading symbol in quotes"
    return Diagnostic("NS001", "", line, note)


def _empty(source: _Source) -> Iterator[Diagnostic]:
    if any(line.strip() and not line.lstrip().startswith("#") for line in source.text.splitlines()):
        yield Diagnostic("NS001", "", source.first_line, "front matter holds no 'key: value' lines; it was not read")


def _plain_lines(source: _Source) -> Iterator[Entry]:
    """Top-level ``key: value`` lines of text that no parser accepts."""
    for start, stop in zip(source.starts, [*source.starts[1:], len(source.text)], strict=True):
        match = _PLAIN_LINE.match(source.text[start:stop].rstrip("\r\n"))
        if match and match["value"][0] not in "&*|>{[!%@`":
            value = match["value"]
            bare = value[1:-1] if len(value) > 1 and value[0] == value[-1] and value[0] in "'\"" else value
            yield source.entry(match["key"], bare, start + match.start("value"), start + match.end("value"))


def _first_of_each(faults: list[Diagnostic]) -> tuple[Diagnostic, ...]:
    """One diagnostic for each kind of fault is enough to act on; refusals beyond the first say nothing new."""
    kept: dict[str, Diagnostic] = {}
    for fault in faults:
        refusal = "not followed" in fault.message
        kept.setdefault("refusal" if refusal else fault.message, fault)
    return tuple(kept.values())


def _toml(text: str, first_line: int) -> tuple[tuple[Entry, ...], tuple[Diagnostic, ...]]:
    import tomllib

    found = tuple(_toml_entry(item) for item in toml_values(text, first_line))
    try:
        tomllib.loads(text.replace("\r\n", "\n"))
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        at = _ERROR_LINE.search(str(error))
        line = first_line + (int(at[1]) - 1 if at else 0)
        note = f"front matter is not valid TOML: {error}; quote text values and write each key once"
        return found, (Diagnostic("NS001", "", line, note),)
    return found, ()


def _toml_entry(item: KeyValue) -> Entry:
    return Entry(".".join(item.path), item.value, item.line, item.column, item.line, item.end_column)
