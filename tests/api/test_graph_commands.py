"""Queries, exports, the store and the service as commands."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.api.conftest import Run
from tests.api.fakes import FakeEngine, conflict, corpus

from naysay.api.served import Served
from naysay.api.view import CorpusView

TITLES = "SELECT ?path WHERE { GRAPH ?g { ?d a nv:Document ; nv:path ?path } } ORDER BY ?path"
CROSS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
PATHS = ["adr/0007-session.md", "ops/runbook.md"]


def test_a_query_gives_a_table(docs: Path, run: Run) -> None:
    code, out, _ = run("query", ".", TITLES)
    assert (code, out) == (0, "path\nadr/0007-session.md\nops/runbook.md\n2 rows\n")
    assert run("query", ".", "ASK { GRAPH ?g { ?c a nv:Conflict } }")[1] == "no\n"
    found = FakeEngine((conflict(),))
    assert run("query", ".", "ASK { GRAPH ?g { ?c a nv:Conflict } }", engine=found)[1] == "yes\n"


def test_a_query_comes_from_a_file_and_goes_to_any_format(docs: Path, run: Run) -> None:
    (docs / "q.rq").write_text(TITLES, encoding="utf-8")
    lines = run("query", ".", "--file", "q.rq", "--format", "jsonl")[1].splitlines()
    assert [json.loads(line)["path"] for line in lines] == PATHS
    assert run("query", "--file", "q.rq", "--format", "csv")[1].split() == ["path", *PATHS]
    answer = json.loads(run("query", ".", TITLES, "--format", "json")[1])
    assert [row["path"]["value"] for row in answer["results"]["bindings"]] == PATHS
    turtle = run("query", ".", "CONSTRUCT { ?d nv:path ?p } WHERE { GRAPH ?g { ?d nv:path ?p } }")[1]
    assert '"ops/runbook.md"' in turtle


def test_a_cut_answer_says_so(docs: Path, run: Run) -> None:
    _, out, err = run("query", ".", TITLES, "--rows", "1")
    assert out.endswith("1 row\n")
    assert err == "warning: the answer is cut after 1 rows; --rows sets another limit\n"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((".", "SELECT ?x WHERE { ?x ?y }"), ": not SPARQL: "),
        ((".", "SELECT * { SERVICE <urn:x> {} }"), "query:1:12: refused: SERVICE"),
        ((".", "DROP ALL"), "query:1:1: refused"),
        ((".", TITLES, "--format", "turtle"), "refused: turtle cannot hold the result of SELECT"),
        ((), "no query; write it after the folder"),
        ((".", "SELECT", "?x"), "put the query in quotes"),
        ((".", "ASK {}", "--file", "q.rq"), "a query beside --file q.rq; use one of them"),
        ((".", "--file", "none.rq"), "none.rq: No such file or directory"),
        ((".", CROSS, "--timeout", "0.05"), "ended after"),
    ],
)  # fmt: skip
def test_a_bad_query_is_told_and_ends_with_2(docs: Path, run: Run, arguments: tuple[str, ...], message: str) -> None:
    code, out, err = run("query", *arguments, engine=FakeEngine(tuple(conflict(n) for n in range(20))))
    assert (code, out) == (2, "")
    assert message in err


@pytest.mark.parametrize("view", ["claims", "conflicts", "documents", "entities"])
@pytest.mark.parametrize("kind", ["turtle", "nquads", "graphml", "dot", "mermaid", "cytoscape", "svg", "html"])
def test_every_view_is_written_in_every_format(docs: Path, run: Run, kind: str, view: str) -> None:
    engine = FakeEngine((conflict(),))
    code, out, _ = run("export", ".", "--format", kind, "--view", view, engine=engine)
    assert code == 0
    assert len(out.splitlines()) > 1 or kind == "nquads"
    assert run("export", ".", "--format", kind, "--view", view, "-o", "out", engine=engine)[0] == 0
    assert Path("out").read_text(encoding="utf-8") == out


def test_the_parts_of_the_graph_are_the_whole(docs: Path, run: Run) -> None:
    engine = FakeEngine((conflict(),))
    whole = run("export", ".", "--format", "nquads", engine=engine)[1].splitlines()
    parts = [run("export", ".", "--format", "nquads", "--view", view, engine=engine)[1].splitlines()
             for view in ("claims", "conflicts", "documents", "entities")]  # fmt: skip
    assert sorted(line for part in parts for line in part) == whole
    full = run("export", ".", "--format", "nquads", "--profile", "full", engine=engine)[1].splitlines()
    assert set(whole) < set(full)


def test_ingest_twice_changes_nothing(docs: Path, run: Run, tmp_path: Path) -> None:
    store = tmp_path / "store"
    assert run("ingest", ".", "--store", str(store))[1].endswith(": 2 added, 0 changed, 0 removed, 0 unchanged\n")
    before = {path: path.stat().st_mtime_ns for path in store.rglob("*") if path.is_file()}
    assert run("ingest", ".", "--store", str(store))[1].endswith(": 0 added, 0 changed, 0 removed, 2 unchanged\n")
    assert {path: path.stat().st_mtime_ns for path in store.rglob("*") if path.is_file()} == before


def test_ingest_needs_a_place_of_its_own(docs: Path, run: Run) -> None:
    assert "no store; say where to keep the graph with --store PATH" in run("ingest", ".")[2]
    code, _, err = run("ingest", ".", "--store", "ops")
    assert code == 2
    assert "the folder is not empty and is no store" in err


def test_what_is_served_is_what_the_commands_print(docs: Path, run: Run) -> None:
    found = (conflict(),)
    with Served(corpus("."), found, FakeEngine(found)) as served:
        view: CorpusView = served
        assert view.ready()
        assert view.conflicts() == [json.loads(run("check", ".", "--format", "jsonl", engine=FakeEngine(found))[1])]
        assert view.claims("gatekeeper", "ops/runbook.md")[0]["object"] == "30 minutes"
        assert view.entities()[0]["name"] == "Auth Service"
        assert [row["file"] for row in view.documents()] == PATHS
        assert view.conflict("00000001") is not None
        assert view.conflict("ffffffff") is None
        assert len(view.etag()) == 32
