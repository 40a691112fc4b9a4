"""The kinds of value that a setting may have: each says what is wrong with a value, and describes itself to editors."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple, Protocol, cast

from ..ingest.directives import day_fault
from .misuse import nearest
from .toml_lines import Place

RULE_ID = r"^[A-Z]{2,8}[0-9]{0,3}$"
_SOURCE_NAME = r"^[A-Za-z0-9][A-Za-z0-9._-]*$"
Schema = dict[str, Any]


class Fault(NamedTuple):
    """What is wrong with a value, or with a part of it."""

    place: Place
    """The way from the value to the part."""
    text: str
    deep: bool = False
    """Only naysay can tell: no schema of the file's form says so."""


class Kind(Protocol):
    """A kind of value."""

    def schema(self) -> Schema:
        """Its JSON Schema (draft 2020-12)."""
        ...

    def faults(self, key: str, value: object, folder: Path) -> Iterator[Fault]:
        """What is wrong with the value of a key in a configuration that stands in ``folder``."""
        ...


Check = Callable[[str, str, Path], str]
"""(key, text, folder) to what is wrong with a text beyond its form; empty when nothing is."""


def nothing_more(key: str, text: str, folder: Path) -> str:
    """No more is asked of a text than its form."""
    return ""


def is_pattern(key: str, text: str, folder: Path) -> str:
    """The text is a pattern as in ``.gitignore``."""
    from pathspec import GitIgnoreSpec

    try:
        GitIgnoreSpec.from_lines([text])
    except ValueError:
        return f'"{key}" holds {text!r}, which is no pattern as in .gitignore'
    return ""


def is_folder(key: str, text: str, folder: Path) -> str:
    """The text is the path of a folder that exists."""
    return "" if os.path.isdir(folder / text) else f'"{key}" names the folder {text!r}, which does not exist'


def is_file(key: str, text: str, folder: Path) -> str:
    """The text is the path of a file that exists."""
    return "" if os.path.isfile(folder / text) else f'"{key}" names {text!r}, which does not exist'


@dataclass(frozen=True)
class Text:
    """A text that is not blank."""

    asks: str = 'a text, as in {key} = "…"'
    form: str = ""
    """A pattern that the text must match; none where empty."""
    unlike: str = ""
    """What to say of a text that does not match."""
    check: Check = nothing_more

    def schema(self) -> Schema:
        """A string."""
        return {"type": "string", "pattern": self.form or r"\S"}

    def faults(self, key: str, value: object, folder: Path) -> Iterator[Fault]:
        """One at most."""
        if not isinstance(value, str) or not value.strip():
            yield Fault((), f'"{key}" must be {self.asks.format(key=key)}')
        elif self.form and not re.search(self.form, value):
            yield Fault((), f'"{key}" {self.unlike.format(value=value)}')
        elif said := self.check(key, value, folder):
            yield Fault((), said, deep=True)


@dataclass(frozen=True)
class Texts:
    """A list of texts; ``single`` admits one text in place of the list."""

    of: Text
    single: bool = False
    least: int = 0

    def schema(self) -> Schema:
        """An array of strings."""
        many: Schema = {"type": "array", "items": self.of.schema()}
        if self.least:
            many["minItems"] = self.least
        return {"anyOf": [self.of.schema(), many]} if self.single else many

    def faults(self, key: str, value: object, folder: Path) -> Iterator[Fault]:
        """One for each bad item."""
        if self.single and isinstance(value, str):
            yield from self.of.faults(key, value, folder)
            return
        items = cast("list[object]", value) if isinstance(value, list) else None
        if items is None or len(items) < self.least or not all(isinstance(item, str) for item in items):
            what = "a text or a list of texts" if self.single else "a list of strings"
            yield Fault((), f'"{key}" must be {what}, as in {key} = ["…"]')
            return
        for number, item in enumerate(items):
            for fault in self.of.faults(key, item, folder):
                yield fault._replace(place=(number, *fault.place))


@dataclass(frozen=True)
class Choice:
    """One of some words."""

    words: Sequence[str]

    def schema(self) -> Schema:
        """An enumeration."""
        return {"enum": list(self.words)}

    def faults(self, key: str, value: object, folder: Path) -> Iterator[Fault]:
        """One at most, with the nearest word."""
        if value not in self.words:
            hint = nearest(value, self.words) if isinstance(value, str) else ""
            yield Fault(
                (), f'"{key}" must be one of {", ".join(self.words)}, not {_short(value)}{"; " if hint else ""}{hint}'
            )


@dataclass(frozen=True)
class Share:
    """A number from 0 to 1."""

    def schema(self) -> Schema:
        """A bounded number."""
        return {"type": "number", "minimum": 0, "maximum": 1}

    def faults(self, key: str, value: object, folder: Path) -> Iterator[Fault]:
        """One at most."""
        if not isinstance(value, int | float) or isinstance(value, bool) or not 0 <= value <= 1:
            yield Fault((), f'"{key}" must be a number from 0 to 1, not {_short(value)}')


@dataclass(frozen=True)
class Day:
    """A day, as TOML writes one or as a text."""

    def schema(self) -> Schema:
        """A date; editors see those of TOML as texts."""
        return {"type": "string", "format": "date", "pattern": r"^\d{4}-\d{2}-\d{2}$"}

    def faults(self, key: str, value: object, folder: Path) -> Iterator[Fault]:
        """One at most."""
        if not isinstance(value, str) and type(value) is not date:
            yield Fault((), f'"{key}" must be a day, as in {key} = "2027-03-01", not {_short(value)}')
        elif said := day_fault(str(value)):
            yield Fault((), said, deep=re.fullmatch(r"\d{4}-\d{2}-\d{2}", str(value)) is not None)


@dataclass(frozen=True)
class Setting:
    """One setting, or one key of a table of settings."""

    name: str
    kind: Kind
    about: str
    """What it means, for editors and the documentation."""
    default: object = None
    """As a configuration would write it; None where nothing is written."""
    required: str = ""
    """What to say when it is left out; empty where it may be."""


@dataclass(frozen=True)
class Tables:
    """A list of tables, each ``[[…]]``, of the same settings."""

    settings: tuple[Setting, ...]
    some_of: tuple[str, ...] = ()
    """Settings of which each table needs at least one; any where empty."""
    lacking: str = ""
    """What to say of a table without them."""
    check: Callable[[Sequence[Mapping[str, Any]]], Iterator[Fault]] | None = None
    """What is asked of the tables together, once each of them is right."""

    def schema(self) -> Schema:
        """An array of objects."""
        item = object_schema(self.settings)
        if self.some_of:
            item["anyOf"] = [{"required": [name]} for name in self.some_of]
        return {"type": "array", "items": item}

    def faults(self, key: str, value: object, folder: Path) -> Iterator[Fault]:
        """All of all tables."""
        rows = cast("list[object]", value) if isinstance(value, list) else None
        if rows is None or not all(isinstance(row, dict) for row in rows):
            yield Fault((), f'"{key}" must be a list of tables, as in [[{key}]]')
            return
        tables = cast("list[dict[str, object]]", rows)
        found = [fault for number, row in enumerate(tables) for fault in self._row(key, number, row, folder)]
        if not found and self.check:
            found = list(self.check(tables))
        yield from found

    def _row(self, key: str, number: int, row: Mapping[str, object], folder: Path) -> Iterator[Fault]:
        said = [*table_faults(self.settings, row, folder, "key")]
        if self.some_of and not any(name in row for name in self.some_of):
            said.append(Fault((), self.lacking))
        for fault in said:
            yield fault._replace(place=(number, *fault.place), text=f"[[{key}]]: {fault.text}")


def table_faults(
    settings: Sequence[Setting], table: Mapping[str, object], folder: Path, noun: str = "setting"
) -> Iterator[Fault]:
    """Everything that is wrong with a table of settings; names that are not known, too."""
    known = {setting.name: setting for setting in settings}
    listed = ", ".join(known)
    for key, value in table.items():
        if key in known:
            for fault in known[key].kind.faults(key, value, folder):
                yield fault._replace(place=(key, *fault.place))
        else:
            yield Fault((key,), f'unknown {noun} "{key}"; {nearest(key, known) or f"known are {listed}"}')
    for setting in settings:
        if setting.required and setting.name not in table:
            yield Fault((), setting.required)


def object_schema(settings: Sequence[Setting]) -> Schema:
    """The JSON Schema of a table of settings."""
    properties = {setting.name: _described(setting) for setting in settings}
    required = [setting.name for setting in settings if setting.required]
    schema: Schema = {"type": "object", "additionalProperties": False, "properties": properties}
    return {**schema, "required": required} if required else schema


def _described(setting: Setting) -> Schema:
    default = {} if setting.default is None else {"default": setting.default}
    return {"description": setting.about, **setting.kind.schema(), **default}


def _short(value: object) -> str:
    """A value in a message, whatever its size."""
    from reprlib import repr as shortened

    return shortened(value)


RULE = Text('a rule id such as "NS501"', RULE_ID, 'holds {value!r}, which is no rule id such as "NS501"')
PATTERN = Text(check=is_pattern)
SOURCE_NAME = Text(
    'a name, as in {key} = "handbook"', _SOURCE_NAME, "is {value!r}; use letters, digits, hyphens, dots, underscores"
)
