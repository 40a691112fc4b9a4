"""A store answers as the folder that it was made from: every listing, in every format, byte for byte."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.api.own_rule import own_rule

from naysay.api.cli import main
from naysay.api.commands.formats import FORMATS
from naysay.api.engine import Corpus, ProgressHook, Request
from naysay.api.shipped import Shipped
from naysay.graph.model import Conflict, PrecedencePolicy

Answer = Callable[..., tuple[int, str]]
FINDS = 'SELECT ?a ?b WHERE { ?comparison nv:kind "act" ; nv:first ?a ; nv:second ?c . ?c nv:document ?b }'


class Remembering(Shipped):
    """The real engine, which reads the same set once."""

    def __init__(self) -> None:
        self.read: dict[tuple[object, ...], Corpus] = {}
        self.found: dict[tuple[int, bool, str], tuple[Conflict, ...]] = {}

    def load(self, request: Request, progress: ProgressHook | None = None) -> Corpus:
        key = (request.paths, request.store, request.vocabulary)
        if key not in self.read:
            self.read[key] = super().load(request, progress)
        return self.read[key]

    def find(
        self, corpus: Corpus, rules: Path | None = None, precedence: PrecedencePolicy = "strict"
    ) -> tuple[Conflict, ...]:
        key = (id(corpus), rules is None, precedence)
        if key not in self.found:
            self.found[key] = super().find(corpus, rules, precedence)
        return self.found[key]


@pytest.fixture(scope="module")
def project(example: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example as a project with a configuration, a vocabulary and a rule of its own, and a store beside it."""
    folder = tmp_path_factory.mktemp("project")
    shutil.copytree(example, folder / "docs")
    shutil.copy(example.with_name("vocabulary.ttl"), folder / "vocabulary.ttl")
    (folder / "naysay.toml").write_text(
        'vocabulary = "vocabulary.ttl"\nignore = ["NS601"]\nfail-confidence = 0.9\nprecedence = "defeasible"\n'
    )
    rules = folder / ".naysay" / "rules"
    rules.mkdir(parents=True)
    (rules / "XY1-opposed.md").write_text(own_rule(FINDS))
    assert main(["ingest", str(folder / "docs"), "--store", str(folder / "store")]) == 0
    return folder


@pytest.fixture(scope="module")
def engine() -> Remembering:
    return Remembering()


@pytest.fixture
def answer(engine: Remembering, capfd: pytest.CaptureFixture[str]) -> Answer:
    """The exit code and standard output of a command."""

    def run(*arguments: str) -> tuple[int, str]:
        capfd.readouterr()
        code = main(arguments, engine)
        return code, capfd.readouterr().out

    return run


LISTINGS = [
    *(("check", "--format", kind) for kind in FORMATS),
    *(("check", "--all", "--format", kind) for kind in FORMATS),
    *(
        (*listing, "--format", kind)
        for listing in (
            ("claims",),
            ("claims", "--silences"),
            ("claims", "--references"),
            ("claims", "--about", "Hopper"),
            ("claims", "--doc", "034-dev-rooms.md"),
            ("entities",),
        )
        for kind in ("text", "json", "jsonl")
    ),
    *(("export", "--format", kind) for kind in ("turtle", "trig", "nquads", "jsonld", "mermaid", "svg", "html")),
    *(("export", "--format", "graphml", "--view", view) for view in ("claims", "conflicts", "documents", "entities")),
    ("export", "--format", "nquads", "--profile", "full"),
]


@pytest.mark.parametrize("arguments", LISTINGS, ids=" ".join)
def test_a_listing_is_the_same_from_the_folder_and_from_the_store(
    project: Path, answer: Answer, arguments: tuple[str, ...]
) -> None:
    from_folder = answer(*arguments, str(project / "docs"))
    assert from_folder[1]
    assert answer(*arguments, "--store", str(project / "store")) == from_folder


@pytest.mark.parametrize("kind", ["text", "json", "csv"])
def test_a_query_is_answered_the_same(project: Path, answer: Answer, kind: str) -> None:
    query = "SELECT ?g (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g ORDER BY ?g"
    from_folder = answer("query", str(project / "docs"), query, "--format", kind)
    assert from_folder[0] == 0
    assert answer("query", query, "--store", str(project / "store"), "--format", kind) == from_folder


@pytest.mark.parametrize("kind", ["text", "json", "jsonl"])
def test_a_question_is_answered_the_same(project: Path, answer: Answer, kind: str) -> None:
    question = ("ask", "who has cluster credentials?", "--format", kind)
    from_folder = answer(*question, str(project / "docs"))
    assert from_folder[0] == 0
    assert answer(*question, "--store", str(project / "store")) == from_folder


def test_a_conflict_is_explained_the_same(project: Path, answer: Answer) -> None:
    identifier = answer("check", "--format", "concise", str(project / "docs"))[1].split("[")[1].split("]")[0]
    from_folder = answer("explain", identifier, str(project / "docs"))
    assert from_folder[0] == 0
    assert answer("explain", identifier, "--store", str(project / "store")) == from_folder


def test_the_settings_and_the_rules_of_the_project_hold_in_both(project: Path, answer: Answer) -> None:
    told = answer("check", "--all", "--format", "jsonl", "--store", str(project / "store"))[1]
    assert '"XY1"' in told
    assert '"rule":"NS601"' not in told.replace(" ", "")
    assert answer("explain", "XY1", "--store", str(project / "store"))[1].startswith("# XY1 opposed (warning)")
    assert answer("explain", "XY1", str(project / "docs"))[0] == 0


def test_the_rules_can_be_left_aside(project: Path, answer: Answer) -> None:
    without = answer("check", "--all", "--no-project-rules", "--format", "jsonl", "--store", str(project / "store"))
    assert without == answer("check", "--all", "--no-project-rules", "--format", "jsonl", str(project / "docs"))
    assert '"XY1"' not in without[1]


def test_a_document_is_named_as_in_the_folder(project: Path, answer: Answer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(project)
    named = ("claims", "--doc", "docs/034-dev-rooms.md")
    assert answer(*named, "--store", "store") == answer(*named, "docs")


def test_a_second_run_changes_nothing(project: Path, answer: Answer) -> None:
    store = project / "store"
    before = state(store)
    code, out = answer("ingest", str(project / "docs"), "--store", str(store))
    assert code == 0
    assert out.endswith(": 0 added, 0 changed, 0 removed, 20 unchanged\n")
    assert state(store) == before


def state(folder: Path) -> dict[str, tuple[int, bytes]]:
    """The time and the content of each file."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {str(path.relative_to(folder)): (path.stat().st_mtime_ns, path.read_bytes()) for path in files}


def test_a_store_moves_with_its_folder(project: Path, answer: Answer, tmp_path: Path) -> None:
    shutil.copytree(project, tmp_path / "elsewhere")
    code, out = answer("ingest", str(tmp_path / "elsewhere" / "docs"), "--store", str(tmp_path / "elsewhere" / "store"))
    assert (code, out.partition(": ")[2]) == (0, "0 added, 0 changed, 0 removed, 20 unchanged\n")
    assert state(tmp_path / "elsewhere" / "store") == state(project / "store")


def test_a_store_that_is_none_is_refused(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--store", str(tmp_path)]) == 2
    assert "no such store; make one with `naysay ingest DIR --store" in capfd.readouterr().err
