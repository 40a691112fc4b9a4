"""The worker: answers, limits, killed children, and nothing left behind."""

from __future__ import annotations

import csv
import io
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from xml.etree import ElementTree

import pyoxigraph as ox
import pytest
from tests.processes import children_of

from naysay.queries.outcome import (
    Answer,
    Busy,
    Cancelled,
    Dataset,
    Exhausted,
    Limits,
    Outcome,
    Refused,
    SyntaxRejected,
    TimedOut,
)
from naysay.queries.process import WorkerUnavailable
from naysay.queries.worker import QueryWorker

E = "http://example.org/"
RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
ALL = "SELECT ?s ?o { ?s ?p ?o } ORDER BY ?s"
QUADS = "".join(f"<{E}s{n:03}> <{E}p{n % 3}> {json.dumps(f'v {n}')} <{E}g{n % 2}> .\n" for n in range(200)).encode()


@pytest.fixture(scope="module")
def worker() -> Iterator[QueryWorker]:
    with QueryWorker(QUADS, limits=Limits(seconds=20.0, rows=150, workers=2)) as running:
        yield running


def answer(outcome: Outcome) -> Answer:
    assert isinstance(outcome, Answer), outcome
    return outcome


def eventually(holds: Callable[[], bool]) -> bool:
    """Does it come to hold?  Ends of processes are seen a moment after they happen."""
    until = time.monotonic() + 20
    while not holds():
        if time.monotonic() > until:
            return False
        time.sleep(0.01)
    return True


def gone(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return False


def test_a_select_is_answered_in_each_format(worker: QueryWorker) -> None:
    query = f"SELECT ?s ?o ?none {{ ?s <{E}p1> ?o }} ORDER BY ?s LIMIT 2"
    as_json = answer(worker.run(query))
    assert (as_json.media_type, as_json.kind, as_json.rows) == ("application/sparql-results+json", "SELECT", 2)
    assert json.loads(as_json.body)["results"]["bindings"][0]["o"] == {"type": "literal", "value": "v 1"}
    tree = ElementTree.fromstring(answer(worker.run(query, "xml")).body)
    assert [node.text for node in tree.iter("{http://www.w3.org/2005/sparql-results#}literal")] == ["v 1", "v 4"]
    rows = list(csv.reader(io.StringIO(answer(worker.run(query, "csv")).body.decode())))
    assert rows == [["s", "o", "none"], [f"{E}s001", "v 1", ""], [f"{E}s004", "v 4", ""]]
    tsv = answer(worker.run(query, "tsv")).body.decode().splitlines()
    assert tsv[:2] == ["?s\t?o\t?none", f'<{E}s001>\t"v 1"\t']


@pytest.mark.parametrize("form", ["json", "xml", "csv", "tsv"])
def test_ask_and_empty_results_have_every_format(worker: QueryWorker, form: str) -> None:
    assert b"true" in answer(worker.run("ASK {}", form)).body
    empty = answer(worker.run("SELECT ?x { ?x <a:b> 1 }", form))
    assert (empty.rows, empty.truncated) == (0, False)
    assert b"x" in empty.body
    assert answer(worker.run("SELECT * {}", form)).rows == 1


@pytest.mark.parametrize("form", ["turtle", "ntriples", "rdfxml", "jsonld"])
def test_a_graph_is_answered_in_each_format(worker: QueryWorker, form: str) -> None:
    query = f"PREFIX e: <{E}> CONSTRUCT {{ ?s e:says ?o }} WHERE {{ ?s e:p1 ?o }}"
    graph = answer(worker.run(query, form))
    formats = {
        "turtle": ox.RdfFormat.TURTLE,
        "ntriples": ox.RdfFormat.N_TRIPLES,
        "rdfxml": ox.RdfFormat.RDF_XML,
        "jsonld": ox.RdfFormat.JSON_LD,
    }
    read = list(ox.parse(graph.body, format=formats[form]))
    assert len(read) == graph.rows == 67
    assert {quad.predicate.value for quad in read} == {f"{E}says"}


def test_json_means_json_ld_for_a_graph(worker: QueryWorker) -> None:
    assert answer(worker.run("DESCRIBE <a:b>")).media_type == "application/ld+json"


def test_terms_of_every_kind_survive_the_cut() -> None:
    text = 'a\t"b"\\\n\r\u2028é😀'
    literals = [
        json.dumps(text, ensure_ascii=False),
        '"x"@en-gb',
        '"01"^^<http://www.w3.org/2001/XMLSchema#integer>',
        '"a"^^<a:b>',
        "_:x",
    ]
    quads = "".join(f"<a:s> <a:p{n}> {value} .\n" for n, value in enumerate(literals)).encode()
    query = "SELECT ?p ?o (<<( ?s ?p ?o )>> AS ?t) { ?s ?p ?o FILTER(!isBlank(?o)) } ORDER BY ?p"
    store = ox.Store()
    store.load(quads, format=ox.RdfFormat.N_QUADS)
    with QueryWorker(quads) as own:
        told = json.loads(answer(own.run(query)).body)
        direct = store.query(query)
        assert isinstance(direct, ox.QuerySolutions)
        assert told == json.loads(direct.serialize(format=ox.QueryResultsFormat.JSON) or b"")
        assert told["results"]["bindings"][0]["o"]["value"] == text
        assert b'"bnode"' in answer(own.run("SELECT ?o { ?s <a:p4> ?o }")).body


def test_xml_is_well_formed_whatever_the_text_holds() -> None:
    with QueryWorker(b'<a:s> <a:p> "a\\u0001b\\rc" .\n') as own:
        tree = ElementTree.fromstring(answer(own.run("SELECT ?o { ?s ?p ?o }", "xml")).body)
        assert [node.text for node in tree.iter("{http://www.w3.org/2005/sparql-results#}literal")] == ["a\ufffdb\rc"]


def test_rows_are_cut_exactly_at_the_limit(worker: QueryWorker) -> None:
    cut = answer(worker.run(ALL))
    assert (cut.rows, cut.truncated) == (150, True)
    assert len(json.loads(cut.body)["results"]["bindings"]) == 150
    whole = answer(worker.run(ALL + " LIMIT 150"))
    assert (whole.rows, whole.truncated) == (150, False)
    graph = answer(worker.run("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }", "ntriples"))
    assert (graph.rows, graph.truncated, graph.body.count(b"\n")) == (150, True, 150)


@pytest.mark.parametrize(("query", "form"), [(ALL, "json"), (ALL, "csv"), ("CONSTRUCT WHERE { ?s ?p ?o }", "rdfxml")])
def test_size_is_cut_at_the_limit_and_stays_readable(query: str, form: str) -> None:
    with QueryWorker(QUADS, limits=Limits(size=3_000)) as own:
        cut = answer(own.run(query, form))
        assert cut.truncated
        assert 0 < cut.rows < 200
        assert len(cut.body) <= 3_000


def test_the_graphs_are_one_unless_some_are_chosen(worker: QueryWorker) -> None:
    def count(query: str, dataset: Dataset | None = None) -> int:
        body = json.loads(answer(worker.run(query, dataset=dataset)).body)
        return int(body["results"]["bindings"][0]["n"]["value"])

    every = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    named = "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }"
    assert count(every) == count(named) == 200
    assert count(every.replace("{", f"FROM <{E}g0> {{", 1)) == 100
    assert count(every, Dataset(default=(f"{E}g1",))) == 100
    assert count(named, Dataset(named=(f"{E}g1",))) == 100
    assert count(every, Dataset(named=(f"{E}g1",))) == 0


def test_a_graph_outside_the_snapshot_is_refused(worker: QueryWorker) -> None:
    outcome = worker.run("SELECT *\nFROM <file:///etc/hostname> { ?s ?p ?o }")
    assert outcome == Refused("<file:///etc/hostname>: no such graph here", 2, 6)
    assert isinstance(worker.run("ASK {}", dataset=Dataset(default=("not an address",))), Refused)


def test_the_gate_stands_before_the_engine(worker: QueryWorker) -> None:
    assert isinstance(worker.run("DROP ALL"), Refused)
    assert isinstance(worker.run("ASK { SERVICE SILENT <http://127.0.0.1:9/> {} }"), Refused)
    assert worker.run("ASK { e:a ?p ?o }") == Refused("prefix e: is not declared", 1, 7)
    assert isinstance(worker.run("ASK { e:a ?p ?o }", base_prefixes={"e": E}), Answer)
    assert isinstance(worker.run("SELECT * {}", "turtle"), Refused)


def test_the_parser_says_where_it_stopped(worker: QueryWorker) -> None:
    outcome = worker.run("SELECT ?s\n{ ?s ?p }")
    assert isinstance(outcome, SyntaxRejected)
    assert (outcome.line, outcome.column) == (2, 10)
    assert outcome.message.startswith("expected")
    assert "[_]" not in outcome.message


def test_what_the_engine_does_not_offer_is_refused(worker: QueryWorker) -> None:
    outcome = worker.run("SELECT (<http://example.org/f>(1) AS ?x) {}")
    assert isinstance(outcome, Refused)
    assert "not supported" in outcome.reason


def test_a_child_can_open_nothing(worker: QueryWorker) -> None:
    """The gate refuses SERVICE; behind it a child has no descriptor left to reach anything with."""
    program = (
        "import os, socket, pyoxigraph\n"
        "from naysay.queries.zygote import confine\n"
        "confine(5.0, None)\n"
        "for reach in (lambda: socket.socket(), lambda: os.open('/', 0), lambda: pyoxigraph.Store().query("
        "'ASK { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }')):\n"
        "    try:\n        reach()\n    except OSError as error:\n        print('refused', error)\n"
    )
    paths = os.pathsep.join(filter(None, [str(Path(__file__).parents[2] / ".src"), os.environ.get("PYTHONPATH")]))
    ran = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": paths},
        check=True,
    )
    assert [line.startswith("refused") for line in ran.stdout.splitlines()] == [True] * 3


def test_a_deadline_is_lowered_and_never_raised() -> None:
    with QueryWorker(QUADS, limits=Limits(seconds=0.5)) as own:
        assert own.run(RUNAWAY, deadline=0.1) == TimedOut(0.1)
        assert own.run(RUNAWAY, deadline=1_000) == TimedOut(0.5)
        assert isinstance(own.run("ASK {}", deadline=1_000), Answer)


BOMB = "SELECT (STRLEN(?g) AS ?n) {{ BIND('aaaaaaaaaaaaaaaa' AS ?a) {} }}".format(
    " ".join(f"BIND(CONCAT({', '.join([f'?{a}'] * 64)}) AS ?{b})" for a, b in zip("abcdef", "bcdefg", strict=True))
)


@pytest.mark.parametrize("query", [BOMB, RUNAWAY.replace("(COUNT(*) AS ?n)", "*") + " ORDER BY ?c ?f ?i"])
def test_memory_ends_a_query_and_not_the_worker(query: str) -> None:
    with QueryWorker(QUADS, limits=Limits(seconds=20, memory=64 * 2**20)) as own:
        before = own.pid
        assert own.run(query) == Exhausted("memory")
        assert isinstance(own.run("ASK {}"), Answer)
        assert own.pid == before


def test_a_crash_of_a_query_is_its_own() -> None:
    with QueryWorker(QUADS, limits=Limits(seconds=20)) as own:
        pid = own.pid
        assert pid is not None
        outcomes: list[Outcome] = []
        asking = threading.Thread(target=lambda: outcomes.append(own.run(RUNAWAY)))
        asking.start()
        assert eventually(lambda: bool(children_of(pid)))
        os.kill(children_of(pid)[0], signal.SIGSEGV)
        asking.join()
        assert outcomes == [Exhausted("stack")]
        assert own.pid == pid


def test_a_zygote_that_dies_is_replaced() -> None:
    with QueryWorker(QUADS) as own:
        first = own.pid
        assert first is not None
        os.kill(first, signal.SIGKILL)
        assert isinstance(own.run("ASK {}"), Answer)
        assert own.pid not in (None, first)


def test_a_zygote_that_died_comes_back_by_being_asked_for() -> None:
    with QueryWorker(QUADS) as own:
        assert own.alive()
        assert own.pid is not None
        os.kill(own.pid, signal.SIGKILL)
        assert eventually(lambda: not own.alive())
        assert eventually(own.alive)
    assert not own.alive()


@pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="a child is told of its parent's end by prctl, as Linux alone can"
)
def test_a_query_under_way_outlives_no_zygote() -> None:
    with QueryWorker(QUADS, limits=Limits(seconds=1.0)) as own:
        pid = own.pid
        assert pid is not None
        outcomes: list[Outcome] = []
        asking = threading.Thread(target=lambda: outcomes.append(own.run(RUNAWAY)))
        asking.start()
        assert eventually(lambda: bool(children_of(pid)))
        child = children_of(pid)[0]
        os.kill(pid, signal.SIGKILL)
        assert eventually(lambda: gone(child))
        asking.join()
        assert outcomes == [TimedOut(1.0)]


def test_close_ends_every_process() -> None:
    own = QueryWorker(QUADS, limits=Limits(seconds=60, workers=2))
    pid = own.pid
    assert pid is not None
    outcomes: list[Outcome] = []
    threads = [threading.Thread(target=lambda: outcomes.append(own.run(RUNAWAY))) for _ in range(2)]
    for thread in threads:
        thread.start()
    assert eventually(lambda: len(children_of(pid)) == 2)
    children = children_of(pid)
    own.close()
    for thread in threads:
        thread.join()
    assert outcomes == [Cancelled(), Cancelled()]
    assert all(eventually(lambda child=child: gone(child)) for child in [pid, *children])  # type: ignore[misc]
    assert own.run("ASK {}") == Cancelled()
    own.close()


def test_a_caller_that_gives_up_ends_its_query(worker: QueryWorker) -> None:
    pid = worker.pid
    assert pid is not None
    given_up = threading.Event()
    outcomes: list[Outcome] = []
    asking = threading.Thread(target=lambda: outcomes.append(worker.run(RUNAWAY, cancelled=given_up.is_set)))
    asking.start()
    assert eventually(lambda: bool(children_of(pid)))
    given_up.set()
    asking.join()
    assert outcomes == [Cancelled()]
    assert eventually(lambda: not children_of(pid))


def test_the_queue_is_bounded() -> None:
    with QueryWorker(QUADS, limits=Limits(seconds=1.0, workers=1, queue=2)) as own, ThreadPoolExecutor(8) as pool:
        outcomes = list(pool.map(own.run, [RUNAWAY] * 8))
        assert set(map(type, outcomes)) == {TimedOut, Busy}
        assert sum(isinstance(outcome, Busy) for outcome in outcomes) >= 5
        assert isinstance(own.run("ASK {}"), Answer)


def test_callers_do_not_mix_up_their_answers(worker: QueryWorker) -> None:
    def ask(number: int) -> str:
        body = json.loads(answer(worker.run(f"SELECT ({number} AS ?n) {{}}")).body)
        return str(body["results"]["bindings"][0]["n"]["value"])

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(ask, range(40))) == [str(number) for number in range(40)]
    pid = worker.pid
    assert pid is not None
    assert children_of(pid) == []


def test_a_snapshot_is_read_from_a_file_and_kept(tmp_path: Path) -> None:
    path = tmp_path / "graph.nq"
    path.write_bytes(QUADS)
    with QueryWorker(path) as own:
        path.unlink()
        path.write_bytes(b"")
        assert own.pid is not None
        os.kill(own.pid, signal.SIGKILL)
        assert answer(own.run(ALL)).rows == 200


def test_a_snapshot_that_cannot_be_read_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(WorkerUnavailable, match=r"missing\.nq"):
        QueryWorker(tmp_path / "missing.nq")
    with pytest.raises(WorkerUnavailable, match=r"the snapshot cannot be read: .*line 2"):
        QueryWorker(b"<a:s> <a:p> <a:o> .\nnonsense\n")


def test_a_system_without_fork_is_said_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(os, "fork")
    with pytest.raises(WorkerUnavailable, match="fork"):
        QueryWorker(QUADS)


def test_no_file_of_the_working_folder_is_imported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "json.py").write_text("raise SystemExit('imported')")
    monkeypatch.chdir(tmp_path)
    with QueryWorker(QUADS) as own:
        assert isinstance(own.run("ASK {}"), Answer)
