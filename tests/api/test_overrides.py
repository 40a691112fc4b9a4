"""What holds in some folders only, and for a conflict whose statements stand in different ones."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from tests.api.fakes import conflict

from naysay.api.cli import main
from naysay.api.configuration import Override
from naysay.api.verdict import Policy, chosen, failing, overriding, shown
from naysay.graph.model import Conflict

YES = "# Mail gateway\n\nThe mail gateway keeps a message log.\n"
NO = "# Operations\n\nThe mail gateway keeps no message log.\n"
TOLD = "naysay.toml"


class Tree:
    """A set of two folders that disagree."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder, self.capsys = folder, capsys
        self.write("new/gateway.md", YES)
        self.write("old/operations.md", NO)
        self.write(TOLD, "fail-confidence = 0.5\n")

    def write(self, name: str, text: str) -> None:
        (self.folder / name).parent.mkdir(exist_ok=True)
        (self.folder / name).write_text(text, encoding="utf-8")

    def check(self, *arguments: str) -> tuple[int, bool]:
        """The exit code, and whether the conflict is listed."""
        code = main(["check", "--format", "jsonl", *arguments])
        return code, bool(self.capsys.readouterr().out)


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Tree:
    monkeypatch.chdir(tmp_path)
    return Tree(tmp_path, capsys)


def test_a_rule_that_is_ignored_in_a_folder_drops_its_statements(tree: Tree) -> None:
    assert tree.check() == (1, True)
    tree.write(TOLD, '[[override]]\npath = "old/"\nignore = ["NS1"]\n')
    assert tree.check() == (0, False)


def test_what_still_clashes_without_them_is_reported(tree: Tree) -> None:
    tree.write(TOLD, 'fail-confidence = 0.5\n[[override]]\npath = "old/"\nignore = ["NS1"]\n')
    tree.write("new/runbook.md", NO)
    assert tree.check() == (1, True)


@pytest.mark.parametrize("folder", ["old/", "new/", "**"])
def test_one_folder_that_asks_for_more_decides(tree: Tree, folder: str) -> None:
    tree.write(TOLD, f'fail-confidence = 1\n[[override]]\npath = ["{folder}"]\nfail-confidence = 0.5\n')
    assert tree.check() == (1, True)


def test_a_folder_that_asks_for_less_decides_for_itself_alone(tree: Tree) -> None:
    tree.write(TOLD, 'fail-confidence = 0.5\n[[override]]\npath = "old/"\nfail-confidence = 1\n')
    assert tree.check() == (1, True)
    tree.write("old/gateway.md", YES)
    (tree.folder / "new" / "gateway.md").unlink()
    assert tree.check() == (0, True)


def test_the_command_line_speaks_for_all_folders(tree: Tree) -> None:
    tree.write(TOLD, '[[override]]\npath = "old/"\nignore = ["NS1"]\n[[override]]\npath = "**"\nfail-confidence = 1\n')
    assert tree.check("--ignore", "NS9") == (0, True)
    assert tree.check("--ignore", "NS9", "--fail-confidence", "0.5") == (1, True)


def test_patterns_are_written_from_the_configuration_or_from_the_folder_that_is_read(tree: Tree) -> None:
    for pattern in ("top/old/", "old/"):
        (tree.folder / "top").mkdir(exist_ok=True)
        for name in ("new", "old"):
            if (tree.folder / name).exists():
                (tree.folder / name).rename(tree.folder / "top" / name)
        tree.write(TOLD, f'roots = ["top"]\n[[override]]\npath = "{pattern}"\nignore = ["NS101"]\n')
        assert tree.check() == (0, False)


def test_a_store_and_a_baseline_follow_them(tree: Tree, capsys: pytest.CaptureFixture[str]) -> None:
    tree.write(TOLD, '[[override]]\npath = "old/"\nignore = ["NS1"]\n')
    assert main(["ingest", "--store", "kept"]) == 0
    assert main(["baseline", "write"]) == 0
    assert "0 known conflicts" in capsys.readouterr().out
    assert tree.check("--store", "kept") == (0, False)


def policy(*overrides: Override, **more: str) -> Policy:
    return replace(Policy(overrides=overrides), **more)  # type: ignore[arg-type]


def test_later_tables_win_and_ignored_rules_add_up() -> None:
    chain = policy(
        Override(("ops/",), ignore=("NS3",), fail_on="note"),
        Override(("*.md",), ignore=("NS2",), fail_on="warning"),
        Override(("adr/",), select=("NS2",)),
    )
    assert chain.at("ops/a.md") == Policy(fail_on="warning", ignore=("NS3", "NS2"))
    assert chain.at("adr/a.md") == Policy(fail_on="warning", select=("NS2",))
    assert chain.at("a.txt") == Policy()


def test_levels_are_those_of_the_stricter_side() -> None:
    rows: tuple[Conflict, ...] = (conflict(severity="warning"),)
    assert not failing(rows, policy())
    assert failing(rows, policy(Override(("ops/",), fail_on="warning")))
    hidden = policy(Override(("ops/",), min_level="error"))
    assert shown(rows, hidden) == rows
    assert shown(rows, policy(Override(("*.md",), min_level="error"))) == ()
    assert chosen(rows, policy(Override(("adr/",), ignore=("NS202",)))) == ()


def test_what_the_command_line_says_is_taken_out_of_the_tables() -> None:
    table = Override(("a/",), ("NS1",), ("NS2",), "note", 0.5, "error")
    assert overriding([table], {"ignore", "fail_on"}.__contains__) == (
        Override(("a/",), ("NS1",), (), None, 0.5, "error"),
    )
