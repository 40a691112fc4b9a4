"""``/sparql`` by the SPARQL 1.1 Protocol, with a real worker behind it."""

from __future__ import annotations

import json
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode
from xml.etree import ElementTree

import pyoxigraph as ox
import pytest
from fastapi.testclient import TestClient
from tests.api.fake_corpus import FakeCorpus
from tests.api.runaway import descendants, graph, measure, runaways, served

from naysay.api.service import create_app
from naysay.queries.outcome import Busy, Cancelled, Exhausted, Limits, Outcome, TimedOut
from naysay.queries.process import WorkerUnavailable
from naysay.queries.worker import QueryWorker

E = "http://example.org/"
QUADS = b"".join(f'<{E}s{n}> <{E}p> "v {n}" <{E}g{n % 2}> .\n'.encode() for n in range(30))
SELECT = f"SELECT ?s ?o {{ ?s <{E}p> ?o }} ORDER BY ?s"
GRAPH = "CONSTRUCT WHERE { ?s ?p ?o }"
RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o . ?q ?r ?s }"
QUERY = {"Content-Type": "application/sparql-query"}
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    with QueryWorker(QUADS, limits=Limits(seconds=20, rows=20)) as worker:
        yield TestClient(create_app(FakeCorpus(worker)), base_url="http://localhost")


def problem(response: Any, status: int, kind: str) -> dict[str, Any]:
    document: dict[str, Any] = response.json()
    assert (response.status_code, document["type"]) == (status, f"/problems/{kind}"), document
    assert response.headers["content-type"] == "application/problem+json"
    return document


def test_a_query_is_sent_in_three_ways(client: TestClient) -> None:
    by_get = client.get("/sparql", params={"query": SELECT + " LIMIT 3"})
    by_form = client.post("/sparql", data={"query": SELECT + " LIMIT 3"})
    directly = client.post("/sparql", content=SELECT + " LIMIT 3", headers=QUERY)
    assert by_get.content == by_form.content == directly.content
    assert by_get.status_code == 200
    assert by_get.headers["content-type"] == "application/sparql-results+json"
    assert by_get.headers["vary"] == "Accept"
    assert len(by_get.json()["results"]["bindings"]) == 3


def test_a_media_type_may_carry_parameters(client: TestClient) -> None:
    headers = {"Content-Type": "Application/SPARQL-Query; charset=utf-8"}
    assert client.post("/sparql", content="ASK { FILTER('é' = 'é') }".encode(), headers=headers).json()["boolean"]


@pytest.mark.parametrize(
    ("accept", "content_type"),
    [
        ("application/sparql-results+json", "application/sparql-results+json"),
        ("application/json", "application/json"),
        ("application/sparql-results+xml", "application/sparql-results+xml"),
        ("text/csv", "text/csv; charset=utf-8"),
        ("text/tab-separated-values", "text/tab-separated-values; charset=utf-8"),
        ("text/turtle;q=0.9, text/csv;q=0.1", "text/csv; charset=utf-8"),
    ],
)
def test_results_are_negotiated(client: TestClient, accept: str, content_type: str) -> None:
    response = client.get("/sparql", params={"query": SELECT + " LIMIT 1"}, headers={"Accept": accept})
    assert response.headers["content-type"] == content_type
    assert f"{E}s0" in response.text


def test_xml_results_are_xml(client: TestClient) -> None:
    response = client.get("/sparql", params={"query": SELECT, "format": "xml"})
    assert len(ElementTree.fromstring(response.content)[1]) == 20


@pytest.mark.parametrize(
    ("accept", "content_type", "form"),
    [
        ("", "text/turtle; charset=utf-8", ox.RdfFormat.TURTLE),
        ("application/n-triples", "application/n-triples", ox.RdfFormat.N_TRIPLES),
        ("application/ld+json", "application/ld+json", ox.RdfFormat.JSON_LD),
        ("application/rdf+xml", "application/rdf+xml", ox.RdfFormat.RDF_XML),
    ],
)
def test_graphs_are_negotiated(client: TestClient, accept: str, content_type: str, form: ox.RdfFormat) -> None:
    for query in (GRAPH, f"DESCRIBE <{E}s0>"):
        response = client.get("/sparql", params={"query": query}, headers={"Accept": accept or "*/*"})
        assert response.headers["content-type"] == content_type
        assert list(ox.parse(response.content, format=form))


def test_format_goes_before_accept(client: TestClient) -> None:
    response = client.get("/sparql", params={"query": "ASK {}", "format": "csv"}, headers={"Accept": "image/png"})
    assert response.text == "true"
    assert client.get("/sparql", params={"query": GRAPH, "format": "application/ld+json"}).json()


@pytest.mark.parametrize("query", [SELECT, "ASK {}"])
def test_what_cannot_be_represented_is_refused(client: TestClient, query: str) -> None:
    document = problem(
        client.get("/sparql", params={"query": query}, headers={"Accept": "text/html"}), 406, "not-acceptable"
    )
    assert "text/csv" in document["detail"]
    problem(client.get("/sparql", params={"query": query, "format": "turtle"}), 406, "not-acceptable")


def test_a_cut_result_says_so_before_its_first_byte(client: TestClient) -> None:
    cut = client.get("/sparql", params={"query": SELECT})
    assert cut.headers["x-result-truncated"] == "rows=20"
    assert len(cut.json()["results"]["bindings"]) == 20
    assert "x-result-truncated" not in client.get("/sparql", params={"query": SELECT + " LIMIT 20"}).headers


def test_the_parser_speaks_with_line_and_column(client: TestClient) -> None:
    document = problem(client.get("/sparql", params={"query": "SELECT ?s\n{ ?s ?p }"}), 400, "query-syntax")
    assert document["detail"].startswith("2:10: expected")
    assert (document["errors"][0]["line"], document["errors"][0]["column"]) == (2, 10)


def test_the_gate_speaks_with_line_and_column(client: TestClient) -> None:
    query = "ASK {\n SERVICE <http://127.0.0.1:9/> {} }"
    document = problem(client.get("/sparql", params={"query": query}), 400, "query-refused")
    assert document["detail"].startswith("2:2: SERVICE is refused")


@pytest.mark.parametrize(
    ("address", "body", "headers"),
    [
        ("/sparql?query=ASK%7B%7D&query=ASK%7B%7D", None, {}),
        ("/sparql", b"query=ASK%7B%7D&query=ASK%7B%7D", FORM),
        ("/sparql", b"nothing=1", FORM),
        ("/sparql", b"query=ASK%7B%7D&update=DROP+ALL", FORM),
        ("/sparql?query=ASK%7B%7D", b"ASK {}", QUERY),
        ("/sparql?update=DROP+ALL", None, {}),
        ("/sparql?query=ASK%7B%7D&timeout=1&timeout=2", None, {}),
        ("/sparql?query=%ff", None, {}),
        ("/sparql", b"query=%ff", FORM),
        ("/sparql", "ASK { FILTER('é') }".encode("latin-1"), QUERY),
        ("/sparql", "query=ASK{}#é".encode("utf-16"), FORM),
    ],
)
def test_what_the_protocol_forbids_is_refused(
    client: TestClient, address: str, body: bytes | None, headers: Any
) -> None:
    response = client.get(address) if body is None else client.post(address, content=body, headers=headers)
    problem(response, 400, "protocol")


def test_updates_are_refused_in_every_form(client: TestClient) -> None:
    update = f"INSERT DATA {{ <{E}a> <{E}b> <{E}c> }}"
    problem(client.post("/sparql", data={"update": update}), 403, "read-only")
    problem(
        client.post("/sparql", content=update, headers={"Content-Type": "application/sparql-update"}), 403, "read-only"
    )
    problem(client.post("/sparql", content=update, headers=QUERY), 400, "query-refused")
    assert client.get("/sparql", params={"query": f"ASK {{ <{E}a> ?p ?o }}"}).json()["boolean"] is False


@pytest.mark.parametrize("media_type", ["text/plain", "multipart/form-data; boundary=x", "application/json", ""])
def test_a_body_of_another_type_is_refused(client: TestClient, media_type: str) -> None:
    problem(client.post("/sparql", content=b"ASK {}", headers={"Content-Type": media_type}), 415, "media-type")


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS"])
def test_other_methods_are_refused(client: TestClient, method: str) -> None:
    response = client.request(method, "/sparql")
    problem(response, 405, "method")
    assert response.headers["allow"] == "GET, HEAD, POST"


def test_the_protocol_chooses_graphs(client: TestClient) -> None:
    count = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"

    def number(**parameters: str) -> str:
        response = client.get("/sparql", params={"query": count, **parameters})
        return str(response.json()["results"]["bindings"][0]["n"]["value"])

    assert number() == "30"
    assert number(**{"default-graph-uri": f"{E}g0"}) == "15"
    body = urlencode({"query": count, "default-graph-uri": f"{E}g1"})
    assert '"15"' in client.post("/sparql", content=body, headers=FORM).text
    address = f"/sparql?default-graph-uri={quote(E)}g0&default-graph-uri={quote(E)}g1"
    assert '"30"' in client.post(address, content=count, headers=QUERY).text
    problem(
        client.get("/sparql", params={"query": count, "named-graph-uri": "file:///etc/hostname"}), 400, "query-refused"
    )


@pytest.mark.parametrize(
    "accept", ["text/turtle", "application/ld+json", "application/rdf+xml", "application/n-triples"]
)
def test_the_service_describes_itself(client: TestClient, accept: str) -> None:
    response = client.get("/sparql", headers={"Accept": accept})
    form = ox.RdfFormat.from_media_type(accept)
    assert form is not None
    triples = {
        (quad.predicate.value.rpartition("#")[2], str(quad.object)) for quad in ox.parse(response.content, format=form)
    }
    assert ("endpoint", "<http://localhost/sparql>") in triples
    assert ("supportedLanguage", "<http://www.w3.org/ns/sparql-service-description#SPARQL11Query>") in triples
    assert not any("BasicFederatedQuery" in value for _, value in triples)


def test_the_client_lowers_the_deadline(client: TestClient) -> None:
    document = problem(client.get("/sparql", params={"query": RUNAWAY, "timeout": "0.1"}), 504, "deadline")
    assert "0.1 s" in document["detail"]


@pytest.mark.parametrize("timeout", ["0", "-1", "nan", "inf", "soon"])
def test_a_timeout_is_a_number_of_seconds(client: TestClient, timeout: str) -> None:
    problem(client.get("/sparql", params={"query": "ASK {}", "timeout": timeout}), 400, "parameter")


@pytest.mark.parametrize(
    ("outcome", "status", "kind", "retry"),
    [
        (TimedOut(5.0), 504, "deadline", None),
        (Exhausted("memory"), 503, "query-too-expensive", "5"),
        (Busy(2.5), 503, "queue-full", "3"),
        (Cancelled(), 503, "not-ready", "5"),
    ],
)
def test_what_became_of_a_query_is_told(
    monkeypatch: pytest.MonkeyPatch, outcome: Outcome, status: int, kind: str, retry: str | None
) -> None:
    corpus = FakeCorpus()

    def run_sparql(*_positional: object, **_named: object) -> Outcome:
        return outcome

    monkeypatch.setattr(corpus, "run_sparql", run_sparql)
    response = TestClient(create_app(corpus), base_url="http://localhost").get("/sparql", params={"query": "ASK {}"})
    problem(response, status, kind)
    assert response.headers.get("retry-after") == retry


def test_a_worker_that_cannot_start_is_no_fault_of_the_request(monkeypatch: pytest.MonkeyPatch) -> None:
    def run_sparql(*_positional: object, **_named: object) -> Outcome:
        raise WorkerUnavailable("the snapshot cannot be read")

    corpus = FakeCorpus()
    monkeypatch.setattr(corpus, "run_sparql", run_sparql)
    response = TestClient(create_app(corpus), base_url="http://localhost").get("/sparql", params={"query": "ASK {}"})
    assert problem(response, 503, "not-ready")["detail"] == "the snapshot cannot be read"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, int]]:
    with served(graph(3_000), tmp_path_factory.mktemp("graph"), 1.0) as running:
        yield running


@pytest.mark.slow
@pytest.mark.parametrize("at_once", [3, 40])
def test_runaway_queries_are_ended_while_the_service_answers(server: tuple[str, int], at_once: int) -> None:
    address, pid = server
    queries = runaways()
    assert len(queries) == 40
    report = measure(address, queries, at_once)
    told = {(reply.name, reply.status) for reply in report.replies if reply.status not in (400, 503, 504)}
    assert told == set()
    assert all(reply.problem.startswith("/problems/") for reply in report.replies)
    assert max(reply.seconds for reply in report.replies) < 5
    assert report.failed_probes == 0
    assert max(report.probes) < 1
    zygote = 1
    until = time.monotonic() + 10
    while len(descendants(pid)) > zygote and time.monotonic() < until:
        time.sleep(0.05)
    assert len(descendants(pid)) == zygote


@pytest.mark.slow
def test_a_client_that_goes_away_ends_its_query(tmp_path: Path) -> None:
    with served(QUADS, tmp_path, 60.0) as (address, pid):
        asking = ["curl", "-s", "--max-time", "1", "-G", f"{address}/sparql", "--data-urlencode", f"query={RUNAWAY}"]
        thread = threading.Thread(target=lambda: subprocess.run(asking, check=False))
        thread.start()
        until = time.monotonic() + 20
        seen = 0
        while time.monotonic() < until and (thread.is_alive() or len(descendants(pid)) > 1):
            seen = max(seen, len(descendants(pid)))
            time.sleep(0.05)
        thread.join()
        assert (seen, len(descendants(pid))) == (2, 1)


def test_the_openapi_document_names_every_format(client: TestClient) -> None:
    operation = json.loads(client.get("/openapi.json").content)["paths"]["/sparql"]["get"]
    content = operation["responses"]["200"]["content"]
    assert {"application/sparql-results+json", "text/turtle", "application/ld+json"} <= set(content)
    assert [parameter["name"] for parameter in operation["parameters"]][:1] == ["query"]
