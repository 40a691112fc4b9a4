"""The documentation is run: what it shows is what happens, and what exists is documented."""

import re
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

Run = Callable[[str], "subprocess.CompletedProcess[str]"]

ROOT = Path(__file__).resolve().parents[2]
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]
FENCE = re.compile(r"^```(?P<language>console|sh)\b(?P<rest>[^\n]*)\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"(?<!!)\[[^\]\n]+\]\(([^)\s]+)\)")
OPTION = re.compile(r"(?<![\w-])--[a-z][a-z-]*")


class Example(NamedTuple):
    """A command of a page, and the output that the page shows for it."""

    page: str
    line: int
    command: str
    output: str
    exits: frozenset[int]
    executed: bool

    def __str__(self) -> str:
        return f"{self.page}:{self.line}"


def examples() -> Iterator[Example]:
    """The commands after ``$`` in ``console`` blocks, and those of ``sh`` blocks, which are read but not run."""
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        for fence in FENCE.finditer(text):
            stated = re.search(r"exit=(\d+)", fence["rest"])
            exits = frozenset({int(stated[1])}) if stated else frozenset({0, 1})
            first = text.count("\n", 0, fence.start("body")) + 1
            for line, command, output in commands(fence["body"], first):
                yield Example(
                    page.relative_to(ROOT).as_posix(), line, command, output, exits, fence["language"] == "console"
                )


def commands(body: str, first: int) -> Iterator[tuple[int, str, str]]:
    """Split a block into (line, command, output).

    >>> list(commands("$ naysay --version\\nnaysay 1\\n", 7))
    [(7, 'naysay --version', 'naysay 1')]
    """
    lines = body.split("\n")
    starts = [index for index, line in enumerate(lines) if line.startswith("$ ")]
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=False):
        yield first + start, lines[start][2:], "\n".join(lines[start + 1 : end]).strip("\n")


def shown_as(expected: str) -> re.Pattern[str]:
    """A pattern for the whole output, in which a line ``…`` stands for any lines.

    >>> bool(shown_as("a\\n…\\nd").fullmatch("a\\nb\\nc\\nd\\n"))
    True
    """
    lines = expected.split("\n")
    return re.compile("".join(r"(?:.*\n)*" if line == "…" else re.escape(line.rstrip()) + r" *\n" for line in lines))


EXAMPLES = [example for example in examples() if example.command.startswith("naysay")]


@pytest.mark.parametrize("example", [example for example in EXAMPLES if example.executed], ids=str)
def test_example_does_what_the_page_shows(example: Example, shell: Run) -> None:
    finished = shell(example.command)
    assert finished.returncode in example.exits, finished.stderr
    assert "Traceback" not in finished.stderr
    if example.output:
        assert shown_as(example.output).fullmatch(finished.stdout.rstrip("\n") + "\n"), finished.stdout


@pytest.mark.parametrize("example", EXAMPLES, ids=str)
def test_example_uses_options_that_exist(example: Example, shell: Run) -> None:
    for command, arguments in re.findall(r"\bnaysay ([a-z][a-z-]*)([^|&>;]*)", example.command):
        assert set(OPTION.findall(arguments)) <= options_of(command, shell)


def options_of(command: str, shell: Run) -> set[str]:
    helped = shell(f"COLUMNS=240 naysay {command} --help")
    assert helped.returncode == 0, helped.stderr
    return set(OPTION.findall(helped.stdout))


def test_readme_opens_with_the_two_commands() -> None:
    body = (ROOT / "README.md").read_text(encoding="utf-8")
    [first, *_] = re.findall(r"^```[^\n]*\n(.*?)^```$", body, re.MULTILINE | re.DOTALL)
    assert [line.split("#")[0].strip() for line in first.strip().split("\n")] == ["./task demo", "./task test"]


def test_every_command_and_option_is_documented(shell: Run) -> None:
    listing = shell("COLUMNS=240 naysay --help").stdout.partition("Commands")[2]
    names = re.findall(r"^\W{1,4}([a-z][a-z-]*)\s{2,}\S", listing, re.MULTILINE)
    assert "check" in names
    sections = dict(re.findall(r"^## `naysay ([a-z-]+)[^\n]*\n(.*?)(?=^## |\Z)", page("commands.md"), re.M | re.S))
    assert sorted(sections) == sorted(names)
    shared = set(
        OPTION.findall(page("commands.md").partition("## Options that several commands take")[2].partition("## `")[0])
    )
    missing = {
        name: options_of(name, shell) - shared - set(OPTION.findall(sections[name])) - {"--help"} for name in names
    }
    assert {name: options for name, options in missing.items() if options} == {}


def test_every_rule_is_documented() -> None:
    rules = sorted(path.name for path in (ROOT / "queries" / "rules").glob("NS*.md"))
    assert rules
    assert sorted(re.findall(r"\(\.\./queries/rules/(NS[^)]+)\)", page("rules.md"))) == rules


def page(name: str) -> str:
    return (ROOT / "docs" / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(path: Path) -> None:
    targets = {target.partition("#")[0] for target in LINK.findall(path.read_text(encoding="utf-8"))}
    relative = {target for target in targets if target and "://" not in target}
    assert [target for target in sorted(relative) if not (path.parent / target).exists()] == []


def test_changelog_has_an_entry_for_this_version() -> None:
    version = re.search(r'__version__ = "([^"]+)"', (ROOT / ".src" / "naysay" / "__init__.py").read_text("utf-8"))
    assert version is not None
    assert re.search(rf"^## {re.escape(version[1])}\b", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)
