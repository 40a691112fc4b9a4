"""The published schema of the report holds for what is written."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest
from tests.api.conftest import Run
from tests.api.fakes import FakeEngine, conflict

from naysay.graph.model import Diagnostic


@pytest.fixture
def schema(root: Path) -> dict[str, object]:
    """The published schema."""
    content: dict[str, object] = json.loads((root / "docs" / "schema" / "report.schema.json").read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(content)
    return content


@pytest.mark.parametrize("found", [(), (conflict(),), (conflict(1, sides=1), conflict(2, sides=5))])
def test_the_json_report_follows_the_schema(docs: Path, run: Run, schema: dict[str, object], found: tuple[()]) -> None:
    engine = FakeEngine(found, (Diagnostic("NS001", "x.md", 0, "cannot be read"),))
    report = json.loads(run("check", ".", "--format", "json", engine=engine)[1])
    jsonschema.validate(report, schema)
    assert report["summary"]["skipped_files"] == 1


def test_a_line_of_jsonl_is_a_conflict_of_the_schema(docs: Path, run: Run, schema: dict[str, object]) -> None:
    line = json.loads(run("check", ".", "--format", "jsonl", engine=FakeEngine((conflict(sides=3),)))[1])
    jsonschema.validate(line, {**schema, "$ref": "#/$defs/conflict", "type": "object", "required": []})


@pytest.mark.parametrize("missing", ["conflicts", "schema_version", "summary"])
def test_the_schema_notices_what_is_missing(docs: Path, run: Run, schema: dict[str, object], missing: str) -> None:
    report = json.loads(run("check", ".", "--format", "json", engine=FakeEngine((conflict(),)))[1])
    del report[missing]
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(report, schema)
