"""Whatever a configuration holds: mistakes with their lines or settings, and what the schema says; no traceback."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, cast

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from naysay.api.configuration import read
from naysay.api.misuse import CannotRun
from naysay.api.setting_kinds import table_faults
from naysay.api.settings import ALLOW, OVERRIDE, SETTINGS, SOURCE, schema
from naysay.api.toml_lines import Place, lines_in

TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), max_size=12)
NAMES = [setting.name for setting in (*SETTINGS, *OVERRIDE, *SOURCE, *ALLOW)]
KEYS = st.sampled_from(NAMES) | TEXTS
PLAIN = (
    st.sampled_from(["NS501", "docs", "error", "note", "2027-03-01", "words.ttl", "a/**", "!", " ", "..", "x" * 300])
    | TEXTS
    | st.booleans()
    | st.integers(-3, 3)
    | st.floats(0, 2)
    | st.dates(date(2020, 1, 1), date(2030, 1, 1))
)
VALUES = st.recursive(
    PLAIN, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=4), max_leaves=4
)
TABLES = st.lists(st.dictionaries(st.sampled_from(NAMES), VALUES, max_size=5), max_size=3)
CONFIGURATIONS = st.dictionaries(
    KEYS, VALUES | TABLES, max_size=5
) | st.fixed_dictionaries({}, optional={"allow": TABLES, "override": TABLES, "source": TABLES})  # fmt: skip

SCHEMA = schema()
QUICK = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def written(table: Mapping[str, Any]) -> str:
    """A table as TOML: lists of tables under headers of their own, the rest in one line each."""
    return "\n".join(sorted(_lines(table, ""), key=lambda line: line.startswith("[["))) + "\n"


def _lines(table: Mapping[str, Any], above: str) -> Iterator[str]:
    for key, value in table.items():
        rows = cast("Sequence[Any]", value) if isinstance(value, list) else ()
        if rows and all(isinstance(row, dict) for row in rows) and not above:
            for row in rows:
                yield "\n".join([f"[[{_inline(key)}]]", *_lines(row, key)])
        else:
            yield f"{_inline(key)} = {_inline(value)}"


def _inline(value: Any) -> str:
    match value:
        case dict():
            pairs = cast("dict[str, Any]", value).items()
            return "{" + ", ".join(f"{_inline(key)} = {_inline(each)}" for key, each in pairs) + "}"
        case list():
            return "[" + ",\n ".join(map(_inline, cast("Sequence[Any]", value))) + "]"
        case date():
            return value.isoformat()
        case float():
            return repr(value) if "e" not in repr(value) else "0.5"
        case _:
            return json.dumps(value, ensure_ascii=False)


def places(value: Any, at: Place = ()) -> Iterator[Place]:
    """The way to every table, key and item."""
    pairs: list[tuple[str | int, Any]] = []
    if isinstance(value, dict):
        pairs = list(cast("dict[str, Any]", value).items())
    elif isinstance(value, list):
        pairs = list(enumerate(cast("Sequence[Any]", value)))
    for key, each in pairs:
        yield (*at, key)
        yield from places(each, (*at, key))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("configured")
    (folder / "docs").mkdir()
    (folder / "words.ttl").touch()
    return folder


@QUICK
@given(CONFIGURATIONS)
def test_every_place_of_a_text_has_a_line(table: dict[str, Any]) -> None:
    text = written(table)
    content = tomllib.loads(text)
    lines = lines_in(text)
    assert set(places(content)) == set(lines)
    assert all(1 <= line <= text.count("\n") for line in lines.values())


def test_a_line_is_that_of_the_value(folder: Path) -> None:
    text = 'a = """\n\nb = 1\n"""\n\'c.d\'.e = [\n  1, # ]\n  { f = "}" },\n]\n[[g]]\n[g.h]\ni = 1\n[[g]]\nh.i = 2\n'
    lines = lines_in(text)
    assert set(lines) == set(places(tomllib.loads(text)))
    assert lines["c.d", "e", 1, "f"] == 7
    assert lines["g", 0, "h", "i"] == 11
    assert lines["g", 1, "h", "i"] == 13


def accepts(content: Any) -> bool:
    """Whether the schema lets a configuration pass."""
    try:
        jsonschema.validate(content, SCHEMA, jsonschema.Draft202012Validator)
    except jsonschema.ValidationError:
        return False
    return True


def told(path: Path) -> tuple[str, ...]:
    """What is wrong with a file; nothing when it is a configuration."""
    try:
        read(path)
    except CannotRun as error:
        return error.problems
    return ()


@QUICK
@given(CONFIGURATIONS)
def test_any_toml_is_settings_or_mistakes(folder: Path, table: dict[str, Any]) -> None:
    path = folder / "naysay.toml"
    path.write_text(written(table), encoding="utf-8")
    problems = told(path)
    assert all(problem.startswith(f"{path}:") for problem in problems)
    assert bool(problems) >= bool(list(table_faults(SETTINGS, table, folder)))


@QUICK
@given(st.binary(max_size=60) | TEXTS.map(str.encode))
def test_any_file_is_settings_or_mistakes(folder: Path, data: bytes) -> None:
    path = folder / "pyproject.toml"
    path.write_bytes(b"[tool.naysay]\n" + data)
    assert all(problem.startswith(str(path)) for problem in told(path))


@pytest.mark.parametrize("text", ["select = " + "[" * 5000 + "]" * 5000, "fail-confidence = " + "9" * 5000])
def test_a_text_that_is_too_much_is_refused(folder: Path, text: str) -> None:
    path = folder / "naysay.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CannotRun) as caught:
        read(path)
    assert len(str(caught.value)) < 1000


@QUICK
@given(CONFIGURATIONS)
def test_the_schema_and_the_command_say_the_same(folder: Path, table: dict[str, Any]) -> None:
    """All that a schema can say; whether a folder exists or a pattern can be read is for the command alone."""
    as_editors_see_it = json.loads(json.dumps(table, default=date.isoformat))
    wrong = not accepts(as_editors_see_it)
    faults = list(table_faults(SETTINGS, table, folder))
    assert wrong == any(not fault.deep for fault in faults)


def test_the_published_schema_is_that_of_the_settings(root: Path) -> None:
    published = (root / "docs" / "schema" / "naysay.schema.json").read_text(encoding="utf-8")
    assert json.loads(published) == schema(), "write it anew: naysay config schema > docs/schema/naysay.schema.json"
    jsonschema.Draft202012Validator.check_schema(schema())
