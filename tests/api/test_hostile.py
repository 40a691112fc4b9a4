"""Hostile documents, vocabularies, configurations and paths: one bad file is named and the rest is read."""

from __future__ import annotations

import ctypes
import json
import os
import subprocess
import sys
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import pytest

pytestmark = pytest.mark.slow

HANG = 120
"""Seconds after which a command counts as hanging."""
SAID = "# Mail gateway\n\nThe mail gateway keeps a message log.\n"
DENIED = "# Operations\n\nThe mail gateway keeps no message log.\n"
COMMAND = [sys.executable, "-c", "import sys; from naysay.api.cli import main; sys.exit(main())"]
FIVE_MEGABYTES = 5_000_000


def anchors() -> str:
    """Front matter that is 9 to the power of 9 values long when its anchors are followed."""
    rows = [f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]" for before, name in pairwise("abcdefghij")]
    return "\n".join(["---", "a: &a [x, x, x, x, x, x, x, x, x]", *rows, "---", "", SAID])


class Bad(NamedTuple):
    """The bytes of a file, what is said of it, and whether it is a document all the same."""

    data: bytes
    rule: str = ""
    line: int = 0
    read: bool = True


BAD = {
    "latin-1.md": Bad("# Café\n\nThe gateway serves cafés.\n".encode("latin-1"), "NS010", 1, read=False),
    "utf-16.md": Bad(SAID.encode("utf-16"), "NS010", 0, read=False),
    "utf-16-without-mark.md": Bad(SAID.encode("utf-16-le"), "NS010", 0, read=False),
    "utf-32.md": Bad(SAID.encode("utf-32"), "NS010", 0, read=False),
    "surrogate.md": Bad(b"# T\n\n\xed\xa0\x80\n", "NS010", 3, read=False),
    "binary.md": Bad(bytes(range(256)) * 2000, "NS010", 0, read=False),
    "byte-order-mark.md": Bad(SAID.encode("utf-8-sig")),
    "crlf.md": Bad(SAID.replace("\n", "\r\n").encode()),
    "cr.md": Bad(SAID.replace("\n", "\r").encode()),
    "nul.md": Bad((f"{SAID}\n" + "x" * 2000 + "\0\n").encode(), "NS010", 5),
    "bidirectional.md": Bad(f"{SAID}\n\u202egnol si ti\u2066\n".encode()),
    "line-separators.md": Bad(f"{SAID}\u2028\u0085\x0b\x0c\n".encode()),
    "empty.md": Bad(b""),
    "blank.md": Bad(b"\n\n\n"),
    "one-line.md": Bad(b"The gateway listens on port 80. " * (FIVE_MEGABYTES // 32), "NS011", 1),
    "one-word.md": Bad(b"x" * FIVE_MEGABYTES, "NS011", 1),
    "too-large.md": Bad(b"x\n" * FIVE_MEGABYTES, "NS011", 0, read=False),
    "deep-lists.md": Bad(b"- " * 10_000 + b"x\n", "NS011", 1),
    "deep-quotes.md": Bad(b">" * 10_000 + b" x\n", "NS011", 1),
    "deep-brackets.md": Bad(b"[" * 10_000 + b"x\n"),
    "deep-emphasis.md": Bad(b"*a " * 10_000 + b"\n"),
    "backticks.md": Bad(b" ".join(b"`" * number for number in range(1, 1000)) + b"\n", "NS011", 1),
    "headings.md": Bad(b"# h\n" * 10_000),
    "wide-table.md": Bad(b"|a" * 200 + b"|\n" + b"|-" * 200 + b"|\n" + b"a\n" * 1000),
    "definitions.md": Bad(b"".join(b"[r%d]: x%d.md\n" % (number, number) for number in range(25_000))),
    "front-broken.md": Bad(f"---\na: [1\nb: {{\n---\n{SAID}".encode(), "NS001", 3),
    "front-anchors.md": Bad(anchors().encode(), "NS001", 2),
    "front-deep.md": Bad(f"---\na: {'[' * 20_000}{']' * 20_000}\n---\n{SAID}".encode(), "NS011", 2),
    "front-huge.md": Bad(("---\n" + "key: value\n" * 10_000 + f"---\n{SAID}").encode(), "NS011", 2),
    "front-open.md": Bad(f"---\ntitle: x\n{SAID}".encode()),
    "front-tags.md": Bad(f"---\na: !!python/object/apply:os.system ['exit 1']\n---\n{SAID}".encode()),
    "fence-yaml.md": Bad(f"{SAID}\n```yaml\n{anchors().split('---')[1]}```\n".encode()),
    "fence-json.md": Bad(f"{SAID}\n```json\n{'[' * 50_000}\n```\n".encode()),
    "fence-toml.md": Bad(f"{SAID}\n```toml\na = {'[' * 50_000}\n```\n".encode()),
}


class Finished(NamedTuple):
    """How a command ended."""

    code: int
    out: str
    err: str


def as_plain_user() -> None:
    """Give up root's right to read every file (capabilities(7): CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH)."""
    if os.geteuid() == 0:
        for capability in (1, 2):
            drop_from_bounding_set = 24
            ctypes.CDLL(None).prctl(drop_from_bounding_set, capability, 0, 0, 0)


def naysay(*arguments: str, folder: Path) -> Finished:
    """Run a command in a folder; a command that hangs fails the test."""
    source = Path(__file__).resolve().parents[2] / ".src"
    done = subprocess.run(
        [*COMMAND, *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(source)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        errors="surrogateescape",
        timeout=HANG,
        check=False,
        preexec_fn=as_plain_user,
    )
    assert "Traceback" not in done.stderr
    assert "internal error" not in done.stderr
    return Finished(done.returncode, done.stdout, done.stderr)


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    """Two good documents that contradict each other."""
    folder = tmp_path / "docs"
    folder.mkdir()
    (folder / "good-a.md").write_text(SAID)
    (folder / "good-b.md").write_text(DENIED)
    return folder


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The report on a folder with every bad file and two good ones."""
    folder = tmp_path_factory.mktemp("bad")
    for name, bad in BAD.items():
        (folder / name).write_bytes(bad.data)
    (folder / "good-a.md").write_text(SAID)
    (folder / "good-b.md").write_text(DENIED)
    done = naysay("check", ".", "--all", "--format", "json", folder=folder)
    assert done.code == 1
    told: dict[str, Any] = json.loads(done.out)
    return told


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_named_with_its_rule_and_line(report: dict[str, Any], name: str) -> None:
    told = [(row["rule"], row["line"]) for row in report["diagnostics"] if row["file"] == name]
    assert (not told) if not BAD[name].rule else (BAD[name].rule, BAD[name].line) in told


def test_the_rest_is_read(report: dict[str, Any]) -> None:
    assert report["summary"]["documents"] == 2 + sum(bad.read for bad in BAD.values())
    assert report["summary"]["skipped_files"] == sum(not bad.read for bad in BAD.values())
    negation = next(row for row in report["conflicts"] if row["rule"] == "NS101")
    sides = {side["file"] for side in negation.get("sides", (negation["a"], negation["b"]))}
    assert "good-b.md" in sides


@pytest.mark.parametrize(
    "name", ["byte-order-mark.md", "crlf.md", "cr.md", "nul.md", "front-broken.md", "front-deep.md", "fence-json.md"]
)
def test_what_is_good_in_a_bad_file_is_understood(docs: Path, name: str) -> None:
    (docs / "good-a.md").unlink()
    (docs / name).write_bytes(BAD[name].data)
    done = naysay("check", ".", "--format", "jsonl", folder=docs)
    found = json.loads(done.out)
    assert {found["a"]["file"], found["b"]["file"]} == {name, "good-b.md"}
    quotes = {found[side]["quote"].removesuffix(".") for side in "ab"}
    assert quotes == {"The mail gateway keeps a message log", "The mail gateway keeps no message log"}


def link_out(folder: Path) -> None:
    (folder.parent / "outside.md").write_text(SAID)
    (folder / "bad.md").symlink_to("../outside.md")


def device(folder: Path) -> None:
    (folder / "bad.md").symlink_to("/dev/zero")


def loop(folder: Path) -> None:
    (folder / "bad.md").symlink_to("other.md")
    (folder / "other.md").symlink_to("bad.md")


def dangling(folder: Path) -> None:
    (folder / "bad.md").symlink_to("nowhere.md")


def pipe(folder: Path) -> None:
    os.mkfifo(folder / "bad.md")


def unreadable(folder: Path) -> None:
    (folder / "bad.md").write_text(SAID)
    (folder / "bad.md").chmod(0)


@pytest.mark.parametrize("make", [link_out, device, loop, dangling, pipe, unreadable])
def test_what_is_no_readable_file_is_named_and_left(docs: Path, make: Callable[[Path], None]) -> None:
    make(docs)
    done = naysay("check", ".", "--format", "json", folder=docs)
    told = json.loads(done.out)
    assert done.code == 1
    assert "NS001" in {row["rule"] for row in told["diagnostics"] if row["file"] == "bad.md"}
    assert "warning: bad.md: cannot be read: " in done.err
    assert told["summary"]["documents"] == 2


def test_a_folder_that_leads_back_to_itself_is_read_once(docs: Path) -> None:
    (docs / "deeper").mkdir()
    (docs / "deeper" / "again").symlink_to("..", target_is_directory=True)
    told = json.loads(naysay("check", ".", "--format", "json", folder=docs).out)
    assert (told["summary"]["documents"], told["diagnostics"]) == (2, [])


def test_a_name_that_is_not_utf8_is_a_name(docs: Path) -> None:
    (docs / os.fsdecode(b"n\xc3\xa9w\nline\xff.md")).write_text(SAID)
    for kind in ("text", "json", "jsonl", "concise"):
        assert naysay("check", ".", "--format", kind, folder=docs).code == 1
    assert naysay("export", ".", "--format", "nquads", folder=docs).code == 0
    assert naysay("ingest", ".", "--store", "../store", folder=docs).code == 0
    assert naysay("check", "--store", "../store", folder=docs).code == 1


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("../empty",), "no documents to read; name a folder with Markdown files, or mend --include"),
        (("../nowhere",), "error: ../nowhere: no such file or folder; check the spelling"),
        ((".", "--vocabulary", "../nowhere.ttl"), "error: ../nowhere.ttl: no such vocabulary"),
        ((".", "--vocabulary", "../bytes.ttl"), "error: ../bytes.ttl: cannot read the vocabulary"),
        ((".", "--store", "../empty"), "are both given; use one of them"),
        (("--store", "../empty"), "error: ../empty: no such store"),
        (("--store", "../damaged"), "error: ../damaged: manifest.json cannot be read"),
    ],
)
def test_what_cannot_be_read_at_all_ends_with_2(docs: Path, arguments: tuple[str, ...], message: str) -> None:
    (docs.parent / "empty").mkdir()
    (docs.parent / "bytes.ttl").write_bytes(b"\xff\xfe\x00")
    (docs.parent / "damaged").mkdir()
    (docs.parent / "damaged" / "manifest.json").write_text("{")
    done = naysay("check", *arguments, folder=docs)
    assert (done.code, done.out) == (2, "")
    assert message in done.err


VOCABULARY = """@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
<urn:a> skos:prefLabel "gate" ; skos:broader <urn:none> .
<urn:b> skos:prefLabel "gate" .
<urn:c> skos:prefLabel "queue" .
<urn:d> skos:altLabel "queue" .
"""


def test_every_fault_of_a_vocabulary_is_told_at_once(docs: Path) -> None:
    (docs / "v.ttl").write_text(VOCABULARY)
    done = naysay("check", ".", "--vocabulary", "v.ttl", folder=docs)
    assert done.code == 2
    assert [word in done.err for word in ("<urn:none>", "“gate”", "“queue”")] == [True] * 3
    assert len(done.err.splitlines()) == 3


def test_a_vocabulary_that_is_not_turtle_is_told_with_its_line(docs: Path) -> None:
    (docs / "v.ttl").write_text('@prefix skos: <urn:x#> .\n<urn:a> skos:p "a" .\n<urn:b> "x" .\n')
    done = naysay("check", ".", "--vocabulary", "v.ttl", folder=docs)
    assert done.code == 2
    assert done.err.startswith("error: v.ttl:3: not Turtle: ")


def test_every_mistake_of_a_configuration_is_told_with_its_line(docs: Path) -> None:
    lines = ['roots = ["none"]', 'fail-on = "fatal"', 'exlude = ["a"]', "fail-confidence = 3", 'select = ["x y"]']
    (docs / "naysay.toml").write_text("\n".join(lines))
    done = naysay("check", ".", folder=docs)
    assert done.code == 2
    assert [line.split(":")[2] for line in done.err.splitlines()] == ["1", "2", "3", "4", "5"]


def test_a_configuration_that_is_not_toml_is_told_with_its_line(docs: Path) -> None:
    (docs / "naysay.toml").write_text('exclude = ["a"]\nroots = [\n')
    done = naysay("check", ".", folder=docs)
    assert done.code == 2
    assert "naysay.toml:2: not TOML" in done.err


def test_every_fault_of_the_projects_rules_is_told(docs: Path) -> None:
    rules = docs / ".naysay" / "rules"
    rules.mkdir(parents=True)
    (rules / "x.md").write_text("---\nid: x\n---\n")
    (rules / "y.md").write_bytes(b"\xff")
    done = naysay("check", ".", folder=docs)
    assert done.code == 2
    assert "rules/x.md:1: severity must be one of" in done.err
    assert "rules/y.md:1: cannot be read" in done.err
    assert naysay("check", ".", "--no-project-rules", folder=docs).code == 1
