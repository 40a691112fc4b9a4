"""Suppressions and baselines as a user meets them: on files, with exit codes."""

from __future__ import annotations

from pathlib import Path

import pytest

from naysay.api.cli import main

YES = "# Mail gateway\n\nThe mail gateway keeps a message log.\n"
ALL_COUNT = ("--all", "--fail-confidence", "0")
"""The weights of confidence are learned: what is tested here is not how sure a conflict is."""
NO = "# Operations\n\n{above}The mail gateway keeps no message log.{beside}\n"


class Checked:
    """A set of two documents that disagree, and what the command says of it."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder, self.capsys = folder, capsys
        self.write("gateway.md", YES)
        self.says()

    def write(self, name: str, text: str) -> None:
        (self.folder / name).write_text(text, encoding="utf-8")

    def says(self, above: str = "", beside: str = "") -> None:
        self.write("operations.md", NO.format(above=above, beside=beside))

    def run(self, *arguments: str) -> tuple[int, str]:
        given = [*arguments, *ALL_COUNT] if arguments[0] == "check" else arguments
        code = main([*given, "."])
        told = self.capsys.readouterr()
        return code, told.out + told.err


@pytest.fixture
def checked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Checked:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1800000000")  # 2027-01-15
    return Checked(tmp_path, capsys)


def allow(rest: str) -> str:
    return f" <!-- naysay: allow {rest} -->"


def test_a_suppression_lets_the_check_pass_and_stays_visible(checked: Checked) -> None:
    assert checked.run("check")[0] == 1
    checked.says(beside=allow('NS101 reason="two gateways" until=2027-01-15'))
    assert checked.run("check")[0] == 0
    assert "two gateways" in checked.run("check", "--show-accepted")[1]


@pytest.mark.parametrize(
    ("comment", "code", "told"),
    [
        ('NS101 reason="r" until=2027-01-14', 1, "[NS003]"),
        ("NS101", 1, "operations.md:3: this suppression does not count: no reason is given"),
        ('NS1O1 reason="r"', 1, 'unknown rule "NS1O1"; did you mean "NS101"?'),
        ('negation reason="r"', 0, "Found no"),
        ('NS101,NS202 reason="r"', 0, "operations.md:3: NS202 is allowed here and not found"),
    ],
)
def test_what_is_wrong_with_a_suppression_is_told(checked: Checked, comment: str, code: int, told: str) -> None:
    checked.says(beside=allow(comment))
    found, text = checked.run("check")
    assert (found, told in text) == (code, True), text


def test_an_unused_suppression_fails_only_where_warnings_do(checked: Checked) -> None:
    checked.write("gateway.md", "# Mail gateway\n")
    checked.says(beside=allow('NS101 reason="r"'))
    assert checked.run("check")[0] == 0
    assert checked.run("check", "--fail-on", "warning")[0] == 1
    assert checked.run("check", "--fail-on", "warning", "--ignore", "NS002")[0] == 0


def test_an_expired_suppression_fails_though_nothing_is_there(checked: Checked) -> None:
    checked.write("gateway.md", "# Mail gateway\n")
    checked.says(beside=allow('NS101 reason="r" until=2020-01-01'))
    assert checked.run("check")[0] == 1


def test_the_configuration_lets_conflicts_stand(checked: Checked) -> None:
    checked.write("naysay.toml", '[[allow]]\nrule = "NS101"\npath = "oper*.md"\nreason = "r"\nuntil = 2027-01-15\n')
    assert checked.run("check")[0] == 0
    checked.write("naysay.toml", '[[allow]]\nrule = "NS101"\npath = "other/"\nreason = "r"\n')
    code, told = checked.run("check")
    assert (code, "naysay.toml:1: NS101 is allowed here and not found" in told) == (1, True)
    checked.write("naysay.toml", '[[allow]]\nrul = "NS101"\n\n[[allow]]\nid = "a"\nreason = "r"\nuntil = 3\n')
    code, told = checked.run("check")
    assert code == 2
    assert 'naysay.toml:2: [[allow]]: unknown key "rul"; did you mean "rule"?' in told
    assert "naysay.toml:1: [[allow]]: no reason is given" in told
    assert 'naysay.toml:7: [[allow]]: "until" must be a day' in told


def test_a_baseline_lets_what_is_old_pass(checked: Checked) -> None:
    assert checked.run("baseline", "write", "--reason", "before us")[0] == 0
    assert checked.run("check")[0] == 0
    assert checked.run("check", "--no-baseline")[0] == 1
    assert "before us" in checked.run("baseline", "show")[1]
    checked.write("third.md", "# Third\n\nThe mail gateway keeps no message log.\n")
    assert checked.run("check")[0] == 1
    (checked.folder / "third.md").unlink()
    checked.write("a.md", "# Runner\n\nThe build runner is enabled.\n")
    checked.write("b.md", "# Runner\n\nThe build runner is disabled.\n")
    code, told = checked.run("check", "--ratchet")
    assert (code, "grew from 1 in the baseline to 2" in told) == (1, True)


def test_a_baseline_is_pruned(checked: Checked) -> None:
    checked.run("baseline", "write")
    checked.write("gateway.md", "# Mail gateway\n")
    assert "1 entry no longer occurs" in checked.run("check")[1]
    assert "1 removed" in checked.run("baseline", "prune", "--dry-run")[1]
    assert "1 known conflict" in checked.run("baseline", "show")[1]
    assert checked.run("baseline", "prune")[0] == 0
    assert "0 known conflicts" in checked.run("baseline", "show")[1]


def test_a_baseline_that_cannot_be_used_stops_the_check(checked: Checked) -> None:
    assert checked.run("check", "--ratchet")[0] == 2
    checked.write(".naysay-baseline.json", "[\n<<<<<<< ours\n")
    code, told = checked.run("check")
    assert (code, ".naysay-baseline.json:2: a merge conflict is left here" in told) == (2, True)
    checked.write("naysay.toml", "")
    (checked.folder / "part").mkdir()
    checked.write("part/a.md", "# A\n")
    assert main(["baseline", "write", "part"]) == 2
