"""``naysay fix`` as a user meets it: on files, with exit codes."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from tests.repositories import commit, git, repository

from naysay.api.cli import main

GLOSSARY = b"# Glossary\n\nTerminology: prefer MailCourier over PostRunner.\n"
PAGE = (
    "\ufeff# Backup \U0001d4b3\r\n\r\nPostRunner calls\tPostRunner.\r\n\r\n"
    "Start `PostRunner` first.\r\rSee [it](b_c.md)."
)
FIXED = PAGE.replace("PostRunner calls\tPostRunner", "MailCourier calls\tMailCourier").replace("b_c.md", "b-c.md")


class Fixed:
    """A set of documents, and what the command does to it."""

    def __init__(self, folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
        self.folder, self.capfd = folder, capfd
        (folder / "glossary.md").write_bytes(GLOSSARY)
        (folder / "page.md").write_bytes(PAGE.encode())
        (folder / "b-c.md").write_bytes(b"# Queue\n\nSee [it](page.md).\n")

    def run(self, *arguments: str) -> tuple[int, bytes, str]:
        code = main(["fix", *arguments])
        told = self.capfd.readouterr()
        return code, told.out.encode(), told.err

    @property
    def page(self) -> str:
        return (self.folder / "page.md").read_bytes().decode()


@pytest.fixture
def docs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Fixed:
    monkeypatch.chdir(tmp_path)
    return Fixed(tmp_path, capfd)


def test_it_writes_what_is_safe_and_shows_it(docs: Fixed) -> None:
    code, out, err = docs.run()
    assert code == 0
    assert docs.page == FIXED
    assert b"\n+MailCourier calls\tMailCourier." in out
    assert "fixed 3 places in 1 document\n1 more place with --unsafe" in err
    assert docs.run()[0] == 0
    assert docs.page == FIXED


def test_diff_writes_nothing_and_can_be_applied(docs: Fixed) -> None:
    code, out, err = docs.run("--diff")
    assert (code, docs.page) == (1, PAGE)
    assert "would fix 3 places" in err
    (docs.folder / "x.patch").write_bytes(out)
    subprocess.run(["git", "apply", "--whitespace=nowarn", "x.patch"], check=True, cwd=docs.folder)
    assert docs.page == FIXED
    assert docs.run("--diff")[:2] == (0, b"")


def test_unsafe_reaches_code(docs: Fixed) -> None:
    docs.run("--unsafe")
    assert docs.page == FIXED.replace("`PostRunner`", "`MailCourier`")


def test_rules_and_files_that_were_not_asked_for_stay(docs: Fixed) -> None:
    docs.run("--select", "NS901")
    assert docs.page == PAGE.replace("b_c.md", "b-c.md")
    assert docs.run("b-c.md")[1] == b""
    assert docs.run("--ignore", "NS6")[1] == b""


def test_a_rule_without_repairs_is_refused(docs: Fixed) -> None:
    code, _, err = docs.run("--select", "NS201")
    assert code == 2
    assert "NS201: no repair is known; there are repairs for NS601 and NS901" in err


def test_what_is_suppressed_stays(docs: Fixed) -> None:
    allowed = PAGE.replace("PostRunner.\r", 'PostRunner. <!-- naysay: allow NS601 reason="the vendor\'s" -->\r')
    (docs.folder / "page.md").write_bytes(allowed.encode())
    docs.run()
    assert docs.page == allowed.replace("b_c.md", "b-c.md")


def test_verbose_tells_what_is_left_and_why(docs: Fixed) -> None:
    (docs.folder / "page.md").write_text("# Page\n\nSee [it](nowhere.md).\n\nStart `PostRunner`.\n")
    _, _, err = docs.run("--verbose")
    assert "page.md:3: nowhere.md: no document has a name like it [NS901]" in err
    assert "page.md:5: “PostRunner” to “MailCourier” only with --unsafe: in code [NS601]" in err


def test_a_file_that_changes_in_between_is_refused(docs: Fixed, monkeypatch: pytest.MonkeyPatch) -> None:
    from naysay.queries import findings

    find = findings.find

    def slow(*arguments: object, **named: object) -> object:
        (docs.folder / "page.md").write_text("# New\n")
        return find(*arguments, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(findings, "find", slow)
    code, out, err = docs.run()
    assert (code, out, docs.page) == (2, b"", "# New\n")
    assert "page.md: changed since it was read, so it was left as it is" in err


def test_git_tells_where_a_document_went(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    log = "# 12 – Log\n\nThe log keeps every message for ten days.\n"
    link = "# 10 – Queue\n\nSee [the log]({}).\n"
    docs = repository(tmp_path / "r", {"docs/10-queue.md": link.format("12-log.md"), "docs/12-log.md": log}) / "docs"
    (docs / "old").mkdir()
    git(docs, "mv", "12-log.md", "old/77-journal.md")
    commit(docs, {})
    monkeypatch.chdir(docs)
    assert main(["fix"]) == 0
    assert (docs / "10-queue.md").read_text() == link.format("old/77-journal.md")
    (docs / "old" / "77-journal.md").rename(docs / "78-diary.md")
    assert main(["fix"]) == 0
    assert (docs / "10-queue.md").read_text() == link.format("78-diary.md"), "a rename that is not committed yet"
    commit(docs, {"10-queue.md": link.format("12-log.md")})
    assert main(["fix", "."]) == 0
    assert (docs / "10-queue.md").read_text() == link.format("78-diary.md"), "two renames, one after the other"
