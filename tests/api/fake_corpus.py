"""A corpus written here, with a real query worker behind it; run as a module it is served.

``python -m tests.api.fake_corpus GRAPH.nq SECONDS`` prints its address and serves until it is ended.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from naysay.api.server import serve
from naysay.api.service import create_app
from naysay.api.view import QuestionNotUnderstood, Row
from naysay.queries.outcome import Dataset, Limits, Outcome
from naysay.queries.worker import QueryWorker

CONFLICTS: list[Row] = [{"id": f"c{number:03}", "rule": "NS101", "subject": "gateway"} for number in range(120)]
CLAIMS: list[Row] = [
    {"subject": "gateway", "file": "a.md", "relation": "runs in"},
    {"subject": "gateway", "file": "b.md", "relation": "listens on"},
    {"subject": "queue", "file": "b.md", "relation": "runs in"},
]


class FakeCorpus:
    """Answers from constants; questions other than one are not understood, and one breaks it."""

    def __init__(self, worker: QueryWorker | None = None) -> None:
        self.worker = worker
        self.state = "graph-1"

    def ready(self) -> bool:
        return self.worker is not None and self.worker.alive()

    def etag(self) -> str:
        return self.state

    def conflicts(self) -> Sequence[Row]:
        return CONFLICTS

    def conflict(self, conflict_id: str) -> Row | None:
        return next((row for row in CONFLICTS if row["id"] == conflict_id), None)

    def claims(self, about: str | None, document: str | None) -> Sequence[Row]:
        return [row for row in CLAIMS if about in (None, row["subject"]) and document in (None, row["file"])]

    def entities(self) -> Sequence[Row]:
        return [{"name": "gateway", "aliases": ["front door"]}]

    def documents(self) -> Sequence[Row]:
        return [{"path": "a.md"}, {"path": "b.md"}]

    def ask(self, question: str) -> Row:
        if question == "break":
            raise ArithmeticError("secret detail of the fault")
        if question != "where does the gateway run?":
            raise QuestionNotUnderstood("no known form of question", ["gateway"])
        return {"question": question, "rows": [{"who": "gateway", "what": "dev"}]}

    def run_sparql(
        self,
        query: str,
        accept: str,
        deadline: float | None,
        *,
        dataset: Dataset | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> Outcome:
        assert self.worker is not None
        return self.worker.run(query, accept, deadline=deadline, dataset=dataset, cancelled=cancelled)


def main(path: str, seconds: str) -> None:
    with QueryWorker(Path(path), limits=Limits(seconds=float(seconds))) as worker:
        serve(create_app(FakeCorpus(worker)), "127.0.0.1", 0, announce=lambda address: print(address, flush=True))


if __name__ == "__main__":
    main(*sys.argv[1:])
