"""Names and words that have no place in the repository."""

import re
from pathlib import Path, PurePosixPath

import pytest

EMPTY_NAMES = {"utils", "util", "helpers", "helper", "common", "manager", "misc"}
# Written so that this file does not contain what it looks for.
REGISTRY = re.compile(r"\b(?:p[y]pi|pythonh[o]sted|npmj[s]|yarnpk[g]|deb[i]an)\.(?:org|com)\b")
UNFINISHED = re.compile(r"\b(?:TO[D]O|FIX[M]E|XX[X]|HAC[K])\b")


def lines_with(pattern: re.Pattern[str], root: Path, paths: list[str]) -> list[str]:
    """``path:line`` of every line of a text file that the pattern finds; other files have no lines."""
    found: list[str] = []
    for path in paths:
        try:
            text = (root / path).read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        found += [f"{path}:{number}" for number, line in enumerate(text.split("\n"), 1) if pattern.search(line)]
    return found


def test_no_module_or_folder_has_a_name_that_says_nothing(tracked: list[str]) -> None:
    parts = {path: {part.partition(".")[0] for part in PurePosixPath(path).parts} for path in tracked}
    assert [path for path, names in parts.items() if names & EMPTY_NAMES] == []


def test_no_file_names_the_host_of_a_package_registry(root: Path, tracked: list[str]) -> None:
    assert lines_with(REGISTRY, root, tracked) == []


def test_no_unfinished_work_is_marked_in_the_text(root: Path, tracked: list[str]) -> None:
    """Examples and test data may speak of open work, since documents do."""
    own = [path for path in tracked if not path.startswith(("tests/", "examples/"))]
    assert lines_with(UNFINISHED, root, own) == []


@pytest.mark.parametrize(
    ("pattern", "text"), [(REGISTRY, "https://p" + "ypi.org/simple"), (UNFINISHED, "# TO" + "DO: later")]
)
def test_the_patterns_find_what_they_are_for(pattern: re.Pattern[str], text: str) -> None:
    assert pattern.search(text)
