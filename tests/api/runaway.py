"""Runaway queries against a served graph, with a probe beside them."""

from __future__ import annotations

import http.client
import os
import re
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import repeat
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parents[2]
CORPUS = ROOT / "tests" / "data" / "runaway.rq.txt"


class Reply(NamedTuple):
    """What became of one query."""

    name: str
    status: int
    problem: str
    seconds: float


class Report(NamedTuple):
    """The replies, and how long each probe of /healthz took in seconds."""

    replies: list[Reply]
    probes: list[float]
    failed_probes: int


def runaways() -> list[tuple[str, str]]:
    """Name and text of each query of the corpus."""
    parts = re.split(r"^=== (.*)\n", CORPUS.read_text(encoding="utf-8"), flags=re.MULTILINE)
    texts = (re.sub(r"«(\d+)×(.*?)»", lambda m: int(m[1]) * m[2], text.strip()) for text in parts[2::2])
    return list(zip(parts[1::2], texts, strict=True))


def graph(things: int) -> bytes:
    """About seven quads for each thing, in as many graphs as it has tens; 300 things form a dense web."""
    lines = [line for number in range(things) for line in _thing(number)]
    return "".join(f"{line} <http://example.org/graph/{index // 70}> .\n" for index, line in enumerate(lines)).encode()


def _thing(number: int) -> Iterator[str]:
    base = "<http://example.org/"
    yield f'{base}t{number}> {base}label> "thing number {number} with a label of some length"'
    yield f"{base}t{number}> {base}kind> {base}k{number % 17}>"
    for step in (1, 7, 31, 101, 211):
        yield f"{base}t{number}> {base}links> {base}t{(number * step + step) % 300}>"


@contextmanager
def served(quads: bytes, folder: Path, seconds: float) -> Generator[tuple[str, int]]:
    """A server process over the graph: its address and its process id."""
    path = folder / "graph.nq"
    path.write_bytes(quads)
    paths = os.pathsep.join([str(ROOT), str(ROOT / ".src"), os.environ.get("PYTHONPATH", "")])
    command = [sys.executable, "-m", "tests.api.fake_corpus", str(path), str(seconds)]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, cwd=folder, env={**os.environ, "PYTHONPATH": paths}
    ) as process:
        try:
            assert process.stdout is not None
            yield process.stdout.readline().strip(), process.pid
        finally:
            process.terminate()


def ask(address: str, name: str, query: str) -> Reply:
    """Send one query by POST."""
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=60)
    start = time.monotonic()
    connection.request("POST", "/sparql", query.encode(), {"Content-Type": "application/sparql-query"})
    response = connection.getresponse()
    body = response.read().decode(errors="replace")
    connection.close()
    found = re.search(r'"type": "([^"]*)"', body)
    return Reply(name, response.status, found[1] if found else "", time.monotonic() - start)


def measure(address: str, queries: Sequence[tuple[str, str]], at_once: int) -> Report:
    """Send the queries, so many at a time, while /healthz is asked every 20 ms."""
    done = threading.Event()
    probes: list[float] = []
    failures: list[str] = []
    prober = threading.Thread(target=_probe, args=(address, done.is_set, probes, failures))
    prober.start()
    try:
        with ThreadPoolExecutor(at_once) as pool:
            replies = list(pool.map(ask, repeat(address), *zip(*queries, strict=True)))
    finally:
        done.set()
        prober.join()
    return Report(replies, probes, len(failures))


def _probe(address: str, done: Callable[[], bool], probes: list[float], failures: list[str]) -> None:
    while not done():
        start = time.monotonic()
        connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=10)
        try:
            connection.request("GET", "/healthz")
            if connection.getresponse().status != 200:
                failures.append("status")
        except OSError as error:
            failures.append(repr(error))
        finally:
            connection.close()
        probes.append(time.monotonic() - start)
        time.sleep(0.02)


def descendants(pid: int) -> set[int]:
    """Process ids below one, zombies included (Linux)."""
    parents: dict[int, list[int]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        parents.setdefault(int(fields[1]), []).append(int(stat.parent.name))
    found: set[int] = set()
    new = {pid}
    while new := {child for parent in new for child in parents.get(parent, [])} - found:
        found |= new
    return found
