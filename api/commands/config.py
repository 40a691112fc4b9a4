"""``naysay config``: the settings in force and where each of them comes from."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any, Final, Literal, NamedTuple, cast

import typer

from ..configuration import Configuration
from ..console import emit
from ..reports.plain import one_line
from ..setting_kinds import Tables
from ..settings import SETTINGS, schema_text
from ..target import target_of
from . import options
from .listing import write_rows

Action = Annotated[
    Literal["show", "schema"],
    typer.Argument(help="The settings in force; the JSON Schema of the configuration, for editors."),
]
Origin = Annotated[bool, typer.Option("--origin", help="Say of each setting where it comes from.")]

_OF_THE_RUN: Final = ("workers", "cache", "color")
"""Settings that no configuration has: they are this machine's or this user's matter."""
_PARAMETERS: Final = {"color": "colour"}


class Row(NamedTuple):
    """One setting in force."""

    name: str
    value: object
    origin: str


def config(
    context: typer.Context,
    action: Action = "show",
    paths: options.Paths = None,
    origin: Origin = False,
    vocabulary: options.Vocabulary = None,
    include: options.Include = None,
    exclude: options.Exclude = None,
    fail_on: options.FailOn = None,
    fail_confidence: options.FailConfidence = None,
    min_level: options.MinLevel = None,
    precedence: options.Precedence = None,
    select: options.Select = None,
    ignore: options.Ignore = None,
    workers: options.Workers = 0,
    cache: options.Cache = "",
    colour: options.Colour = "auto",
    format_name: options.Format = "text",
) -> None:
    """Show the settings in force, as `check` with the same arguments would take them.

    With --origin each of them says whether the command line, the environment, a line of a file or nobody set it.
    """
    if action == "schema":
        emit([schema_text().rstrip("\n")], utf8=True)
        return
    rows = list(_rows(context, target_of(tuple(paths or ())).configuration))
    write_rows(format_name, "settings", (row._asdict() for row in rows), lambda: _told(rows, origin))


def _rows(context: typer.Context, configuration: Configuration) -> Iterator[Row]:
    for setting in SETTINGS:
        given = _given(context, setting.name)
        if given is not None:
            yield given
        elif isinstance(setting.kind, Tables):
            tables: list[Mapping[str, Any]] = configuration.stated.get(setting.name, [])
            for number, table in enumerate(tables):
                yield Row(setting.name, _written(table), _line(configuration, (setting.name, number)))
        elif setting.name in configuration.stated:
            yield Row(setting.name, configuration.stated[setting.name], _line(configuration, (setting.name,)))
        else:
            yield Row(setting.name, setting.default, "default")
    for name in _OF_THE_RUN:
        yield _given(context, name) or Row(name, context.params.get(_PARAMETERS.get(name, name)), "default")


def _given(context: typer.Context, name: str) -> Row | None:
    """What the command line or the environment says of a setting; None when they say nothing."""
    parameter = _PARAMETERS.get(name, name.replace("-", "_"))
    value = context.params.get(parameter)
    said = context.get_parameter_source(parameter) if parameter in context.params else None
    match said.name if said else "":
        case "COMMANDLINE":
            return Row(name, _written(value), f"command line, --{name}")
        case "ENVIRONMENT":
            return Row(name, _written(value), f"environment, NAYSAY_{name.upper().replace('-', '_')}")
        case _:
            return None


def _line(configuration: Configuration, place: tuple[str | int, ...]) -> str:
    assert configuration.source is not None
    return f"{Path(os.path.relpath(configuration.source)).as_posix()}:{configuration.lines[place]}"


def _written(value: Any) -> Any:
    """A value as JSON has it: days and paths as texts, options that may be repeated as lists."""
    if isinstance(value, dict):
        table = cast("Mapping[str, Any]", value)
        return {key: _written(each) for key, each in table.items()}
    if isinstance(value, tuple | list):
        return [_written(each) for each in cast("Sequence[Any]", value)]
    return value if isinstance(value, str | int | float | None) else str(value)


def _told(rows: list[Row], origin: bool) -> Iterator[str]:
    """``name = value`` as a configuration has it, and what set it as a comment."""
    lines = [_pair(row) for row in rows]
    width = max(map(len, lines)) if origin else 0
    for line, row in zip(map(one_line, lines), rows, strict=True):
        yield f"{line:<{min(width, 60)}}  # {one_line(row.origin)}" if origin else line


def _pair(row: Row) -> str:
    value = row.value
    if isinstance(value, dict):
        return f"[[{row.name}]] {_toml(cast('object', value))}"
    return f"# {row.name} is not set" if value in (None, "") else f"{row.name} = {_toml(value)}"


def _toml(value: object) -> str:
    if isinstance(value, dict):
        table = cast("Mapping[str, object]", value)
        return "{ " + ", ".join(f"{key} = {_toml(each)}" for key, each in table.items()) + " }"
    return json.dumps(value, ensure_ascii=False)
