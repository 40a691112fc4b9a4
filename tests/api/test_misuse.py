"""Bad arguments, files and configurations: a message that says how to mend it, exit code 2, never a traceback."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.api.conftest import Run
from tests.api.fakes import FakeEngine, conflict

from naysay.api.misuse import CannotRun


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("chek",), "No such command 'chek'. Did you mean 'check'"),
        (("check", "--colour"), "No such option: --colour"),
        (("check", "--workers", "many"), "Invalid value for '--workers'"),
        (("check", "--fail-confidence", "2"), "Invalid value for '--fail-confidence'"),
        (("check", "--fail-on", "fatal"), "Invalid value for '--fail-on'"),
        (("check", ".", "--format", "jsn"), '--format jsn: unknown format "jsn"; did you mean "json"?'),
        (("check", ".", "--output", "jsonl="), "--output jsonl=: no file; write it as --output jsonl=FILE"),
        (("check", ".", "--output", "jsn"), '--output jsn: unknown format "jsn"; did you mean "json"?'),
        (
            ("check", ".", "--format", "text", "--output", "github"),
            "--format text and --output github: standard output takes one report; write the others to =FILE",
        ),
        (("check", ".", "--output", "jsonl=none/x"), "--output jsonl=none/x: its folder does not exist"),
        (("check", "nowhere"), "nowhere: no such file or folder; check the spelling"),
        (("check", ".", "--vocabulary", "v.ttl"), "v.ttl: no such vocabulary; `naysay init` writes one"),
        (("check", "--store", "gone"), "gone: no such store; make one with `naysay ingest DIR --store gone`"),
        (("check", ".", "--store", "gone"), "--store gone and . are both given; use one of them"),
        (("claims", ".", "--doc", "none.md"), "none.md: no document of the set"),
        (("explain", "beef", "."), "beef: no such rule or conflict among the 0 found"),
        (("explain", "NS999"), "NS999: no such rule"),
        (("explain",), "Missing argument 'RULE|CONFLICT-ID'"),
        (("init", "nowhere"), "nowhere: no such folder; make it first"),
    ],
)
def test_a_mistake_is_told_and_ends_with_2(docs: Path, run: Run, arguments: tuple[str, ...], message: str) -> None:
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    assert err.startswith("error: ")
    assert message in err
    assert "Traceback" not in err


def test_every_missing_path_is_told_at_once(docs: Path, run: Run) -> None:
    _, _, err = run("check", "one.md", "adr", "two.md")
    assert err.splitlines() == [
        "error: one.md: no such file or folder; check the spelling",
        "error: two.md: no such file or folder; check the spelling",
    ]


def test_no_command_shows_the_help_and_fails(run: Run) -> None:
    code, out, _ = run()
    assert code == 2
    assert "check" in out
    assert run("--help")[0] == 0


def test_an_empty_set_is_not_a_clean_one(docs: Path, run: Run) -> None:
    code, _, err = run("check", ".", engine=FakeEngine(empty=True))
    assert code == 2
    assert "no documents to read; name a folder with Markdown files" in err


@pytest.mark.parametrize(
    ("failure", "message"),
    [
        (CannotRun(["v.ttl:3: not Turtle", "v.ttl:9: two preferred labels"]), "error: v.ttl:9: two preferred labels"),
        (PermissionError(13, "Permission denied", "a.md"), "error: a.md: Permission denied; check the path"),
        (ZeroDivisionError("division by zero"), "error: internal error, ZeroDivisionError: division by zero; please"),
        (MemoryError(), "error: not enough memory"),
        (RecursionError("too deep"), "error: internal error, RecursionError: too deep"),
    ],
)
def test_a_failure_below_is_a_message(docs: Path, run: Run, failure: Exception, message: str) -> None:
    code, out, err = run("check", ".", engine=FakeEngine(failure=failure))
    assert (code, out) == (2, "")
    assert message in err


def test_an_interrupt_ends_with_130(docs: Path, run: Run) -> None:
    assert run("check", ".", engine=FakeEngine(failure=KeyboardInterrupt()))[0] == 130


def test_debugging_shows_where(docs: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NAYSAY_DEBUG", "1")
    with pytest.raises(ZeroDivisionError):
        run("check", ".", engine=FakeEngine(failure=ZeroDivisionError("division by zero")))


def test_a_message_does_not_command_the_terminal(docs: Path, run: Run) -> None:
    err = run("check", "a\x1b[2Jb\n::error::c")[2]
    assert err == "error: a<U+001B>[2Jb ::error::c: no such file or folder; check the spelling\n"


def test_an_id_may_be_shortened_while_it_is_clear(docs: Path, run: Run) -> None:
    engine = FakeEngine((conflict(0x1A), conflict(0x1B)))
    assert run("explain", "0000001a", ".", engine=engine)[0] == 0
    code, _, err = run("explain", "000000", ".", engine=engine)
    assert code == 2
    assert "2 conflicts have an id that begins so; give more of it" in err
