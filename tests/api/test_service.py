"""The service around the corpus: listings, errors, guards, and pages of its own."""

from __future__ import annotations

import json
import re
import threading
from typing import Any

import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st
from tests.api.fake_corpus import CONFLICTS, FakeCorpus

from naysay.api.hardening import HEADERS, host_name
from naysay.api.negotiation import best
from naysay.api.paging import unchanged
from naysay.api.problem import KINDS
from naysay.api.server import settings_for
from naysay.api.service import Settings, create_app

Response = Any
"""What the test client answers with; its package is chosen by the framework."""


def client_of(corpus: FakeCorpus, settings: Settings | None = None) -> TestClient:
    return TestClient(create_app(corpus, settings), base_url="http://localhost")


@pytest.fixture
def corpus() -> FakeCorpus:
    return FakeCorpus()


@pytest.fixture
def client(corpus: FakeCorpus) -> TestClient:
    return client_of(corpus)


def problem(response: Response, status: int, kind: str) -> dict[str, Any]:
    """The problem document of a response, checked for what each one must say (RFC 9457, section 3.1)."""
    document: dict[str, Any] = response.json()
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
    assert document["type"] == (f"/problems/{kind}" if kind else "about:blank")
    assert document["status"] == status
    assert document["title"]
    assert document["detail"]
    assert document["instance"] == response.request.url.path
    assert document["request_id"] == response.headers["x-request-id"]
    return document


def test_the_process_says_that_it_lives_and_what_it_is(client: TestClient) -> None:
    assert client.get("/healthz").json() == {"status": "ok"}
    version = client.get("/version").json()
    assert version["name"] == "naysay"
    assert re.fullmatch(r"\d+\.\d+\.\d+.*", version["version"])
    assert isinstance(version["schema_version"], int)


def test_ready_is_more_than_alive(client: TestClient, corpus: FakeCorpus, monkeypatch: pytest.MonkeyPatch) -> None:
    response = client.get("/readyz")
    problem(response, 503, "not-ready")
    assert response.headers["retry-after"] == "1"
    monkeypatch.setattr(corpus, "ready", lambda: True)
    assert client.get("/readyz").json() == {"status": "ready"}


def test_pages_follow_each_other_to_the_end(client: TestClient) -> None:
    found: list[Any] = []
    cursor: str | None = None
    sizes: list[int] = []
    while True:
        page = client.get("/api/v1/conflicts", params={"limit": 50} | ({"cursor": cursor} if cursor else {})).json()
        found += page["items"]
        sizes.append(len(page["items"]))
        assert page["total"] == len(CONFLICTS)
        cursor = page["next"]
        if cursor is None:
            break
    assert found == CONFLICTS
    assert sizes == [50, 50, 20]


@pytest.mark.parametrize("limit", [0, 501, -1, "many"])
def test_a_limit_outside_its_range_is_refused(client: TestClient, limit: object) -> None:
    document = problem(client.get(f"/api/v1/conflicts?limit={limit}"), 400, "parameter")
    assert document["errors"][0]["parameter"] == "limit"


@pytest.mark.parametrize("cursor", ["", "x", "%00", "bnVsbA", "WyJncmFwaC0xIiwgLTFd", "WyJncmFwaC0xIiwgdHJ1ZV0", "é"])
def test_a_cursor_that_is_none_is_refused(client: TestClient, cursor: str) -> None:
    problem(client.get("/api/v1/conflicts", params={"cursor": cursor}), 400, "cursor")


def test_a_cursor_of_another_graph_is_refused(client: TestClient, corpus: FakeCorpus) -> None:
    cursor = client.get("/api/v1/conflicts?limit=1").json()["next"]
    corpus.state = "graph-2"
    document = problem(client.get("/api/v1/conflicts", params={"cursor": cursor}), 400, "cursor")
    assert "changed" in document["detail"]


def test_one_conflict_by_its_id(client: TestClient) -> None:
    assert client.get("/api/v1/conflicts/c007").json() == CONFLICTS[7]
    problem(client.get("/api/v1/conflicts/c999"), 404, "unknown")


def test_claims_are_chosen_by_entity_and_document(client: TestClient) -> None:
    def total(**params: str) -> int:
        return int(client.get("/api/v1/claims", params=params).json()["total"])

    assert (total(), total(about="gateway"), total(document="b.md"), total(about="queue", document="a.md")) == (
        3,
        2,
        2,
        0,
    )


def test_entities_and_documents_are_listed(client: TestClient) -> None:
    assert client.get("/api/v1/entities").json()["items"] == [{"name": "gateway", "aliases": ["front door"]}]
    assert client.get("/api/v1/documents").json()["total"] == 2


def test_a_question_is_answered_or_not_understood(client: TestClient) -> None:
    answer = client.get("/api/v1/ask", params={"q": "where does the gateway run?"})
    assert answer.json()["rows"] == [{"who": "gateway", "what": "dev"}]
    document = problem(client.get("/api/v1/ask", params={"q": "colourless green ideas"}), 422, "question")
    assert document["errors"] == [{"nearest": ["gateway"]}]
    problem(client.get("/api/v1/ask"), 400, "parameter")


def test_what_has_not_changed_is_not_sent_again(client: TestClient, corpus: FakeCorpus) -> None:
    tag = client.get("/api/v1/documents").headers["etag"]
    again = client.get("/api/v1/documents", headers={"If-None-Match": f'"other", W/{tag}'})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    corpus.state = "graph-2"
    assert client.get("/api/v1/documents", headers={"If-None-Match": tag}).status_code == 200


def test_every_error_is_a_problem(client: TestClient) -> None:
    problem(client.get("/nowhere"), 404, "")
    assert "GET" in client.post("/api/v1/claims").headers["allow"]
    problem(client.post("/api/v1/claims"), 405, "")
    problem(client.get("/docs/../../service.py"), 404, "")
    problem(client.get("/docs/service.py"), 404, "unknown")


def test_a_fault_is_told_without_its_details(client: TestClient, caplog: pytest.LogCaptureFixture) -> None:
    response = client.get("/api/v1/ask", params={"q": "break"})
    document = problem(response, 500, "internal")
    assert "secret" not in response.text
    assert document["request_id"] in caplog.text
    assert "secret" in caplog.text


def test_work_that_takes_too_long_is_given_up(corpus: FakeCorpus, monkeypatch: pytest.MonkeyPatch) -> None:
    release = threading.Event()
    monkeypatch.setattr(corpus, "documents", lambda: [{"released": release.wait(20)}])
    client = client_of(corpus, Settings(seconds=0.05))
    problem(client.get("/api/v1/documents"), 504, "deadline")
    assert client.get("/healthz").status_code == 200
    release.set()


def test_every_kind_of_problem_is_explained_at_its_address(client: TestClient) -> None:
    for kind, meaning in KINDS.items():
        assert client.get(f"/problems/{kind}").json() == meaning._asdict()
        assert 400 <= meaning.status < 600
    problem(client.get("/problems/none"), 404, "unknown")


@pytest.mark.parametrize(
    "path", ["/healthz", "/docs", "/docs/docs.js", "/nowhere", "/api/v1/ask?q=break", "/sparql?query="]
)
def test_every_answer_carries_the_guards(client: TestClient, path: str) -> None:
    headers = client.get(path, headers={"X-Request-ID": "mine-1"}).headers
    assert {name: headers[name] for name in HEADERS} == HEADERS
    assert headers["x-request-id"] == "mine-1"
    assert "set-cookie" not in headers
    assert "access-control-allow-origin" not in headers


def test_a_request_id_that_could_forge_a_log_line_is_replaced(client: TestClient) -> None:
    given_id = client.get("/healthz", headers={"X-Request-ID": "a b\tc"}).headers["x-request-id"]
    assert re.fullmatch(r"[0-9a-f]{32}", given_id)


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "127.0.0.1.evil.example:80", ""])
def test_a_loopback_server_answers_to_no_foreign_name(client: TestClient, host: str) -> None:
    problem(client.get("/healthz", headers={"Host": host}), 421, "wrong-host")


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:8000", "127.0.0.1:1", "[::1]:8000"])
def test_a_loopback_server_answers_to_its_own_names(client: TestClient, host: str) -> None:
    assert client.get("/healthz", headers={"Host": host}).status_code == 200


def test_a_public_server_answers_to_any_name(corpus: FakeCorpus) -> None:
    client = client_of(corpus, settings_for("0.0.0.0"))
    assert client.get("/healthz", headers={"Host": "docs.example.org"}).status_code == 200
    assert settings_for("::1").hosts == settings_for("127.0.0.1").hosts


def test_head_is_get(client: TestClient) -> None:
    assert client.head("/healthz").status_code == 200
    assert client.head("/api/v1/documents").headers["etag"] == '"graph-1"'


def test_a_body_is_read_up_to_the_limit(corpus: FakeCorpus) -> None:
    client = client_of(corpus, Settings(body=100))
    headers = {"Content-Type": "application/sparql-query"}
    fits = "DROP ALL".ljust(100).encode()
    problem(client.post("/sparql", content=fits, headers=headers), 400, "query-refused")
    problem(client.post("/sparql", content=fits + b" ", headers=headers), 413, "too-large")
    problem(client.post("/sparql", content=iter([fits, b" "]), headers=headers), 413, "too-large")


def test_the_interface_is_described_in_full(client: TestClient) -> None:
    document = client.get("/openapi.json").json()
    assert document["openapi"].startswith("3.1")
    operations = {op["operationId"]: op for ops in document["paths"].values() for op in ops.values()}
    listings = {"conflicts", "conflict", "claims", "entities", "documents", "ask"}
    assert set(operations) == listings | {"healthz", "readyz", "version", "sparql_get", "sparql_post"}
    assert all(operation.get("summary") for operation in operations.values())


def test_the_documentation_needs_no_other_server(client: TestClient) -> None:
    page = client.get("/docs").text
    sources = re.findall(r'(?:src|href)="([^"]*)"', page)
    assert sources
    for source in sources:
        assert source.startswith("/")
        found = client.get(source)
        assert found.status_code == 200
        assert "http://" not in found.text
        assert "https://" not in found.text
    assert "<script>" not in page
    assert "innerHTML" not in client.get("/docs/docs.js").text
    assert client.get("/docs/docs.js").headers["content-type"] == "text/javascript; charset=utf-8"


OFFERS = ["application/sparql-results+json", "application/json", "text/csv"]


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        ("", OFFERS[0]),
        ("*/*", OFFERS[0]),
        ("text/*", "text/csv"),
        ("application/json", "application/json"),
        ("text/csv;q=0.2, application/json;q=0.1, */*;q=0", "text/csv"),
        ("*/*, application/sparql-results+json;q=0", "application/json"),
        ("TEXT/CSV ; Q=0.5", "text/csv"),
        ("text/html, application/xhtml+xml, */*;q=0.8", OFFERS[0]),
        ("text/html", None),
        ("text/csv;q=0", None),
        ("text/csv;q=nonsense", None),
        ("nonsense", OFFERS[0]),
    ],
)
def test_the_best_liked_representation_is_chosen(accept: str, chosen: str | None) -> None:
    assert best(accept, OFFERS) == chosen


@given(
    st.text(max_size=60)
    | st.lists(st.sampled_from([*OFFERS, "*/*", ";q=0.5", ";q=", ",", ";"]), max_size=8).map("".join)
)
def test_any_accept_header_is_understood_somehow(accept: str) -> None:
    assert best(accept, OFFERS) in (*OFFERS, None)


@given(st.text(max_size=40))
def test_any_host_and_etag_headers_are_read(text: str) -> None:
    assert host_name(host_name(text)) in (host_name(text), host_name(host_name(text)))
    assert isinstance(unchanged(text, '"x"'), bool)


def test_rows_may_hold_any_text(corpus: FakeCorpus, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [{"path": "\x1b[31m<script>alert(1)</script>\u2028é😀"}]
    monkeypatch.setattr(corpus, "documents", lambda: rows)
    response = client_of(corpus).get("/api/v1/documents")
    assert json.loads(response.content)["items"] == rows
    assert response.headers["content-type"] == "application/json"
