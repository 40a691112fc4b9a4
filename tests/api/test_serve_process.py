"""``naysay serve`` as a process of its own: every endpoint answers, and it ends in order."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

import pytest
from tests.processes import children_of, heed_interrupts

from naysay.api.cli import main

pytestmark = pytest.mark.slow

COMMAND = [sys.executable, "-c", "import sys; from naysay.api.cli import main; sys.exit(main())"]


class Service(NamedTuple):
    """A running service and its address."""

    process: subprocess.Popen[str]
    address: str

    def get(self, path: str, accept: str = "*/*", **parameters: str) -> tuple[int, str]:
        """The status and the body of an answer."""
        query = f"?{urlencode(parameters)}" if parameters else ""
        return answered(Request(f"{self.address}{path}{query}", headers={"Accept": accept}))

    def post(self, path: str, body: str, kind: str) -> tuple[int, str]:
        return answered(Request(f"{self.address}{path}", body.encode(), {"Content-Type": kind}))


def answered(request: Request) -> tuple[int, str]:
    try:
        with urlopen(request, timeout=30) as response:
            return response.status, response.read().decode()
    except HTTPError as error:
        with error:
            return error.code, error.read().decode()


def started(root: Path, *arguments: str) -> Service:
    environment = {**os.environ, "PYTHONPATH": str(root / ".src")}
    command = [*COMMAND, "serve", *arguments, "--port", "0"]
    process = subprocess.Popen(
        command, stderr=subprocess.PIPE, text=True, cwd=root, env=environment, preexec_fn=heed_interrupts
    )
    assert process.stderr is not None
    line = process.stderr.readline()
    assert line.startswith("serving http://127.0.0.1:"), line + process.stderr.read()
    return Service(process, line.split()[1])


def ended(service: Service, by: signal.Signals) -> tuple[int, str]:
    """The exit code of a service that is ended, and what else it said."""
    assert service.process.stderr is not None
    service.process.send_signal(by)
    with service.process.stderr as stream:
        said = stream.read()
    return service.process.wait(timeout=30), said


@pytest.fixture(scope="module", params=["folder", "store"])
def service(
    request: pytest.FixtureRequest, root: Path, example: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Service]:
    """The example, served from its folder and from a store."""
    vocabulary = str(example.with_name("vocabulary.ttl"))
    if request.param == "folder":
        running = started(root, str(example), "--vocabulary", vocabulary)
    else:
        store = str(tmp_path_factory.mktemp("kept") / "store")
        assert main(["ingest", str(example), "--store", store, "--vocabulary", vocabulary, "-q"]) == 0
        running = started(root, "--store", store)
    yield running
    if running.process.poll() is None:
        ended(running, signal.SIGTERM)


@pytest.mark.parametrize("name", ["healthz", "readyz", "version", "docs", "docs/docs.js", "openapi.json", ""])
def test_the_service_speaks_of_itself(service: Service, name: str) -> None:
    assert service.get(f"/{name}")[0] == 200


@pytest.mark.parametrize("name", ["conflicts", "claims", "entities", "documents"])
def test_a_listing_is_walked_to_its_end(service: Service, name: str) -> None:
    rows: list[str] = []
    cursor: dict[str, str] = {}
    while True:
        status, body = service.get(f"/api/v1/{name}", limit="200", **cursor)
        assert status == 200
        page = json.loads(body)
        rows += map(json.dumps, page["items"])
        if page["next"] is None:
            break
        cursor = {"cursor": page["next"]}
    assert len(rows) == len(set(rows)) == page["total"] > 0


def test_one_conflict_is_told_in_full(service: Service) -> None:
    first = json.loads(service.get("/api/v1/conflicts", limit="1")[1])["items"][0]
    status, body = service.get(f"/api/v1/conflicts/{first['id']}")
    assert status == 200
    assert json.loads(body)["proof"].startswith(("ASK", "PREFIX"))
    assert service.get("/api/v1/conflicts/none")[0] == 404


def test_the_proof_of_a_conflict_holds(service: Service) -> None:
    first = json.loads(service.get("/api/v1/conflicts", limit="1")[1])["items"][0]
    proof = json.loads(service.get(f"/api/v1/conflicts/{first['id']}")[1])["proof"]
    assert json.loads(service.get("/sparql", query=proof)[1])["boolean"] is True


def test_claims_are_chosen_by_thing_and_document(service: Service) -> None:
    chosen = json.loads(service.get("/api/v1/claims", about="Hopper", document="028-work-queue.md")[1])
    assert chosen["total"] > 0
    assert {row["file"] for row in chosen["items"]} == {"028-work-queue.md"}


def test_a_question_is_answered_or_refused(service: Service) -> None:
    status, body = service.get("/api/v1/ask", q="who has cluster credentials?")
    assert status == 200
    assert json.loads(body)["stances"]
    assert service.get("/api/v1/ask", q="colourless green ideas")[0] == 422


@pytest.mark.parametrize(
    ("accept", "begins"),
    [
        ("application/sparql-results+json", '{"head"'),
        ("application/sparql-results+xml", "<?xml"),
        ("text/csv", "n\r\n"),
        ("text/tab-separated-values", "?n\n"),
    ],
)
def test_sparql_answers_in_each_format(service: Service, accept: str, begins: str) -> None:
    query = "SELECT (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } }"
    status, body = service.get("/sparql", accept, query=query)
    assert status == 200
    assert body.startswith(begins)
    assert service.post("/sparql", query, "application/sparql-query")[0] == 200
    assert service.post("/sparql", urlencode({"query": query}), "application/x-www-form-urlencoded")[0] == 200


@pytest.mark.parametrize("query", ["SELECT", "SELECT * { SERVICE <http://a> {} }", "LOAD <http://a>", "DROP ALL"])
def test_sparql_refuses_what_is_no_query(service: Service, query: str) -> None:
    assert service.get("/sparql", query=query)[0] == 400


@pytest.mark.parametrize(("by", "code"), [(signal.SIGTERM, 0), (signal.SIGINT, 130)])
def test_it_ends_in_order(root: Path, example: Path, by: signal.Signals, code: int) -> None:
    service = started(root, str(example))
    children = children_of(service.process.pid)
    assert children
    assert service.get("/sparql", query="ASK {}")[0] == 200
    assert ended(service, by) == (code, "")
    assert gone(children)


def gone(processes: list[int]) -> bool:
    until = time.monotonic() + 10
    while time.monotonic() < until:
        if not any(Path(f"/proc/{one}").exists() for one in processes):
            return True
        time.sleep(0.05)
    return False


def test_an_address_in_use_is_an_error(service: Service, example: Path, capfd: pytest.CaptureFixture[str]) -> None:
    port = service.address.rpartition(":")[2]
    assert main(["serve", str(example), "--port", port]) == 2
    assert "Address already in use" in capfd.readouterr().err
