"""The configuration cases of ``configuration.md``, and where a configuration is looked for."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

import pytest
from tests.api.conftest import Run

from naysay.api.configuration import Configuration, configuration_for, nearest_root, read
from naysay.api.misuse import CannotRun
from naysay.api.target import target_of
from naysay.ingest.vocabulary import parse_vocabulary

_CASE = re.compile(
    r"^## (?P<title>.+?)\n.*?^(?P<file>[\w.]+\.toml)\n\n```toml\n(?P<toml>.*?)```\n\nsays\n\n```text\n(?P<says>.*?)```",
    re.MULTILINE | re.DOTALL,
)


class Case(NamedTuple):
    """One case of the literate file."""

    title: str
    file: str
    toml: str
    says: str


_TEXT = Path(__file__).with_name("configuration.md").read_text(encoding="utf-8")
CASES = [Case(**match.groupdict()) for match in _CASE.finditer(_TEXT)]


def test_every_heading_is_a_case() -> None:
    assert [case.title for case in CASES] == re.findall(r"^## (.+)$", _TEXT, re.MULTILINE)


@pytest.mark.parametrize("case", CASES, ids=[case.title for case in CASES])
def test_a_configuration_says_what_is_wrong_with_it(case: Case, tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "words.ttl").touch()
    path = tmp_path / case.file
    path.write_text(case.toml, encoding="utf-8")
    assert _said(path) == case.says.replace("FILE", str(path)).splitlines()


def _said(path: Path) -> list[str]:
    try:
        read(path)
    except CannotRun as error:
        return list(error.problems)
    return []


def test_values_arrive_with_absolute_paths(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "w.ttl").touch()
    path = tmp_path / "naysay.toml"
    path.write_text('roots = ["docs"]\nvocabulary = "w.ttl"\nfail-confidence = 1\n', encoding="utf-8")
    assert read(path) == Configuration(
        source=path, roots=(tmp_path / "docs",), vocabulary=tmp_path / "w.ttl", fail_confidence=1.0
    )


def test_a_broken_configuration_stops_the_command(docs: Path, run: Run) -> None:
    (docs / "naysay.toml").write_text("exlude = []\nfail-on = 1\n", encoding="utf-8")
    code, out, err = run("check", ".")
    assert (code, out) == (2, "")
    assert err.count("error: ") == 2
    (docs / "naysay.toml").write_bytes(b"\xff\xfe\x00")
    assert "the configuration cannot be read (it is not UTF-8)" in run("check", ".")[2]


def test_the_nearest_configuration_wins(tmp_path: Path) -> None:
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    (tmp_path / "naysay.toml").write_text('fail-on = "note"\n', encoding="utf-8")
    assert configuration_for(inner).fail_on == "note"
    (tmp_path / "a" / ".naysay.toml").write_text('fail-on = "warning"\n', encoding="utf-8")
    assert configuration_for(inner).fail_on == "warning"
    (tmp_path / "a" / "naysay.toml").write_text("", encoding="utf-8")
    assert configuration_for(inner).fail_on == "error"


def test_a_root_is_configured_or_a_working_tree(tmp_path: Path) -> None:
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    (tmp_path / ".git").mkdir()
    assert nearest_root(inner) == tmp_path
    (tmp_path / "a" / "pyproject.toml").write_text("[tool.other]\n", encoding="utf-8")
    assert nearest_root(inner) == tmp_path
    (tmp_path / "a" / "pyproject.toml").write_text("[tool.naysay]\n", encoding="utf-8")
    assert nearest_root(inner) == tmp_path / "a"


def test_a_file_is_read_with_the_configured_roots(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "adr").mkdir()
    (tmp_path / "docs" / "a.md").touch()
    (tmp_path / "naysay.toml").write_text('roots = ["docs", "adr"]\n', encoding="utf-8")
    target = target_of([str(tmp_path / "docs" / "a.md")])
    assert target.paths == (tmp_path / "docs", tmp_path / "adr")
    assert target.focus == (tmp_path / "docs" / "a.md",)
    assert target_of([str(tmp_path / "docs")]).paths == (tmp_path / "docs",)


def test_what_init_writes_is_read_without_complaint(tmp_path: Path, run: Run) -> None:
    from pyoxigraph import RdfFormat, parse

    assert run("init", str(tmp_path))[0] == 0
    assert read(tmp_path / "naysay.toml") == Configuration(
        source=tmp_path / "naysay.toml", vocabulary=tmp_path / "vocabulary.ttl"
    )
    text = (tmp_path / "vocabulary.ttl").read_text(encoding="utf-8")
    uncommented = re.sub(r"^# ?(?=:|    )", "", text, flags=re.MULTILINE)
    assert not list(parse(text, format=RdfFormat.TURTLE))
    words = parse_vocabulary(uncommented, "vocabulary.ttl")
    assert words.kinds == {"Auth Service": "Component", "staging": "Environment", "production": "Environment"}
    assert set(words.deprecated.values()) == {"Auth Service"}
    assert words.broader == {"session token": ("credential",)}
    assert words.disjoint
    assert run("init", str(tmp_path))[0] == 2


def test_every_commented_setting_of_init_is_valid(tmp_path: Path, run: Run) -> None:
    run("init", str(tmp_path))
    (tmp_path / "docs").mkdir()
    (tmp_path / "adr").mkdir()
    path = tmp_path / "naysay.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub(r"^# (?=[a-z-]+ = )", "", text, flags=re.MULTILINE), encoding="utf-8")
    assert read(path).ignore == ("NS901",)
