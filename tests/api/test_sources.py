"""Several repositories as one set."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from naysay.api.cli import main

SOURCES = """fail-confidence = 0.5
exclude = ["drafts/"]

[[source]]
name = "platform"
path = "docs"

[[source]]
name = "handbook"
path = "../book"
"""
YES = "# Mail gateway\n\nThe mail gateway keeps a message log.\n"
NO = "# Operations\n\nThe mail gateway keeps no message log.\n"


@pytest.fixture
def platform(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository whose README is contradicted by that of another one beside it."""
    folder = tmp_path / "checkout" / "platform"
    texts = {"docs/README.md": YES, "docs/drafts/x.md": NO, "../book/README.md": NO, "naysay.toml": SOURCES}
    for name, text in texts.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    (folder / ".git").mkdir()
    monkeypatch.chdir(folder)
    return folder


def found(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[list[str]]:
    """The paths of each conflict."""
    main(["check", "--format", "jsonl", *arguments])
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    return [sorted([row["a"]["file"], row["b"]["file"]]) for row in rows]


def test_sources_are_compared_under_their_names(platform: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert found(capsys) == [["handbook/README.md", "platform/README.md"]]


def test_a_file_stands_for_its_place_in_the_set(platform: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert found(capsys, "docs/README.md") == found(capsys)
    (platform / "docs" / "other.md").write_text("# Other\n\nText.\n", encoding="utf-8")
    assert found(capsys, "docs/other.md") == []


def test_a_folder_is_read_by_itself(platform: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert found(capsys, "docs") == []


def test_reports_are_the_same_wherever_the_checkouts_lie(
    platform: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    main(["check"])
    before = capsys.readouterr().out
    moved = platform.parent.parent / "elsewhere"
    shutil.move(platform.parent, moved)
    monkeypatch.chdir(moved / "platform")
    main(["check"])
    assert capsys.readouterr().out == before
    assert str(platform.parent) not in before


def test_build_servers_are_told_the_file_in_the_repository(platform: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["check", "--format", "rdjson"])
    out = capsys.readouterr().out
    assert '"docs/README.md"' in out
    assert "handbook/README.md" in out


def test_overrides_and_allowances_speak_of_the_names(platform: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (platform / "naysay.toml").write_text(
        SOURCES + '[[override]]\npath = "handbook/"\nignore = ["NS1"]\n', encoding="utf-8"
    )
    assert found(capsys) == []


def test_a_baseline_is_about_all_sources(platform: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["baseline", "write"]) == 0
    assert main(["check"]) == 0
    assert main(["baseline", "write", "docs"]) == 2
    assert "only a part of its set would be read" in capsys.readouterr().err


def test_a_source_that_is_not_there_is_told_with_its_line(platform: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.rmtree(platform.parent / "book")
    assert main(["check"]) == 2
    err = capsys.readouterr().err
    assert f"naysay.toml:10: [[source]]: there is no folder {platform.parent / 'book'}" in err
