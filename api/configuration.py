"""Reading ``naysay.toml``, ``.naysay.toml`` and ``[tool.naysay]`` of ``pyproject.toml``."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any, cast, get_args

from ..graph.model import PrecedencePolicy, Severity
from ..ingest.directives import Suppression
from .allowances import allowance_problems, allowances
from .misuse import CannotRun, nearest

FILES = ("naysay.toml", ".naysay.toml", "pyproject.toml")
"""Where a configuration may stand, in the order of precedence within one folder."""
LEVELS: tuple[Severity, ...] = ("error", "warning", "note")
POLICIES: tuple[PrecedencePolicy, ...] = get_args(PrecedencePolicy)
_RULE = re.compile(r"[A-Z]{2,8}\d{0,3}")


@dataclass(frozen=True, slots=True)
class Configuration:
    """The settings of one documentation set; paths are absolute."""

    source: Path | None = None
    """The file that says so, None without one."""
    roots: tuple[Path, ...] = ()
    """Folders that hold the documents; empty means the folder of the configuration."""
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    vocabulary: Path | None = None
    fail_on: Severity = "error"
    fail_confidence: float = 0.8
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    precedence: PrecedencePolicy = "strict"
    allow: tuple[Suppression, ...] = ()
    """What the project lets stand; the path of each is that of ``source``."""


KEYS = tuple(field.name.replace("_", "-") for field in fields(Configuration) if field.name != "source")


def nearest_root(start: Path) -> Path | None:
    """The nearest folder at or above ``start`` that is configured or is a git working tree; None without one."""
    folder = start if start.is_dir() else start.parent
    for candidate in (folder, *folder.parents):
        if configured_by(candidate) is not None or (candidate / ".git").exists():
            return candidate
    return None


def configured_by(folder: Path) -> Path | None:
    """The file that configures ``folder`` itself, None without one.

    A ``pyproject.toml`` counts only when it has a table ``[tool.naysay]``.
    """
    for name in FILES:
        path = folder / name
        if path.is_file() and (name != "pyproject.toml" or _table_line(_text(path), "tool.naysay")):
            return path
    return None


def configuration_for(start: Path) -> Configuration:
    """The configuration in force at ``start``: the nearest one at or above it, the defaults without one.

    Raises:
        CannotRun: with every mistake in the file, each with its line.
    """
    folder = start if start.is_dir() else start.parent
    for candidate in (folder, *folder.parents):
        path = configured_by(candidate)
        if path is not None:
            return read(path)
    return Configuration()


def read(path: Path) -> Configuration:
    """The configuration that one file states.

    Raises:
        CannotRun: with every mistake in the file, each with its line.
    """
    text = _text(path)
    table = _settings(path, text)
    problems = list(_problems(path, text, table))
    if problems:
        raise CannotRun(problems)
    folder = path.parent
    given: dict[str, Any] = {key.replace("-", "_"): _value(key, value, folder) for key, value in table.items()}
    if "allow" in given:
        given["allow"] = allowances(given["allow"], path, text)
    return replace(Configuration(source=path), **given)


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise CannotRun([f"{path}: the configuration cannot be read ({reason}); mend or remove the file"]) from error


def _settings(path: Path, text: str) -> Mapping[str, Any]:
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"line (\d+)", str(error))
        line = found.group(1) if found else str(text.rstrip().count("\n") + 1)
        raise CannotRun([f"{path}:{line}: not TOML: {error}"]) from error
    if path.name != "pyproject.toml":
        return content
    return _table(_table(content, "tool"), "naysay")


def _table(content: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found: object = content.get(name)
    return cast("Mapping[str, Any]", found) if isinstance(found, dict) else {}


def _problems(path: Path, text: str, table: Mapping[str, Any]) -> Iterator[str]:
    for key, value in table.items():
        if key == "allow":
            yield from (f"{path}:{line}: {problem}" for line, problem in allowance_problems(value, text))
            continue
        where = f"{path}:{_key_line(text, key, path.name == 'pyproject.toml')}"
        problem = _problem(key, value, path.parent)
        if problem:
            yield f"{where}: {problem}"


def _problem(key: str, value: object, folder: Path) -> str:
    """What is wrong with one setting; empty when nothing is."""
    match key:
        case "roots" | "include" | "exclude" | "select" | "ignore":
            return _list_problem(key, value, folder)
        case "vocabulary":
            return _vocabulary_problem(value, folder)
        case "fail-on":
            return "" if value in LEVELS else f'"fail-on" must be one of {", ".join(LEVELS)}, not {value!r}'
        case "precedence":
            return "" if value in POLICIES else f'"precedence" must be one of {", ".join(POLICIES)}, not {value!r}'
        case "fail-confidence":
            number = isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 1
            return "" if number else f'"fail-confidence" must be a number from 0 to 1, not {value!r}'
        case _:
            hint = nearest(key, KEYS) or f"known are {', '.join(KEYS)}"
            return f'unknown setting "{key}"; {hint}'


def _list_problem(key: str, value: object, folder: Path) -> str:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in cast("list[object]", value)):
        return f'"{key}" must be a list of strings, as in {key} = ["…"]'
    items = cast("list[str]", value)
    if key in {"select", "ignore"}:
        wrong = [item for item in items if not _RULE.fullmatch(item)]
        return f'"{key}" holds {wrong[0]!r}, which is no rule id such as "NS501"' if wrong else ""
    missing = [item for item in items if key == "roots" and not (folder / item).is_dir()]
    return f'"roots" names the folder {missing[0]!r}, which does not exist' if missing else ""


def _vocabulary_problem(value: object, folder: Path) -> str:
    if not isinstance(value, str):
        return '"vocabulary" must be the path of a Turtle file, as in vocabulary = "vocabulary.ttl"'
    return "" if (folder / value).is_file() else f'"vocabulary" names {value!r}, which does not exist'


def _value(key: str, value: Any, folder: Path) -> object:
    match key:
        case "roots":
            return tuple(folder / item for item in value)
        case "vocabulary":
            return folder / value
        case "include" | "exclude" | "select" | "ignore":
            return tuple(value)
        case "fail-confidence":
            return float(value)
        case _:
            return value


def _table_line(text: str, name: str) -> int:
    """Line of ``[name]``, 0 without one.

    >>> _table_line("[a]\\n[tool.naysay]", "tool.naysay")
    2
    """
    for number, line in enumerate(text.split("\n"), 1):
        if re.match(rf"\s*\[\s*{re.escape(name)}\s*\]", line):
            return number
    return 0


def _key_line(text: str, key: str, in_pyproject: bool) -> int:
    start = _table_line(text, "tool.naysay") if in_pyproject else 0
    pattern = re.compile(rf"""\s*(\[+\s*)?["']?{re.escape(key)}["']?\s*[.=\]]""")
    for number, line in enumerate(text.split("\n"), 1):
        if number > start and pattern.match(line):
            return number
    return max(start, 1)
