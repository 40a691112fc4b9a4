"""A small documentation set on disk, and a way to run a command on it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.api.fakes import TEXTS, FakeEngine

from naysay.api.cli import main

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def docs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The two documents, in the working folder."""
    folder = tmp_path / "docs"
    for name, text in TEXTS.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    monkeypatch.chdir(folder)
    for name in ("NO_COLOR", "FORCE_COLOR", "NAYSAY_DEBUG", "NAYSAY_COLOR"):
        monkeypatch.delenv(name, raising=False)
    return folder


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command; gives the exit code, standard output and standard error."""

    def command(*arguments: str, engine: FakeEngine | None = None) -> tuple[int, str, str]:
        code = main(arguments, engine or FakeEngine())
        out, err = capsys.readouterr()
        return code, out, err

    return command
