"""What the service shows: one corpus with its conflicts, and the worker that runs queries on its graph."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property, lru_cache
from hashlib import blake2b
from types import TracebackType
from typing import Self, overload

from ..graph.iris import PREFIXES
from ..graph.model import Claim, Conflict
from ..queries.listings import claims_of, labels_of
from ..queries.outcome import Dataset, Outcome
from ..queries.worker import QueryWorker
from .engine import Corpus, Engine
from .reports.excerpt import Sources
from .reports.records import (
    answer_record,
    claim_record,
    conflict_record,
    document_record,
    entity_record,
    full_record,
)
from .statements import encoded, statements
from .view import Row

LISTINGS_KEPT = 32
"""Choices of claims that are remembered, so that the pages after the first cost nothing."""


class Rows(Sequence[Row]):
    """Values as JSON objects that are made when they are asked for: a page needs few of many."""

    def __init__(self, values: Sequence[Claim], row_of: Callable[[Claim], Row]) -> None:
        self._values = values
        self._row_of = row_of

    def __len__(self) -> int:
        return len(self._values)

    @overload
    def __getitem__(self, at: int) -> Row: ...

    @overload
    def __getitem__(self, at: slice) -> list[Row]: ...

    def __getitem__(self, at: int | slice) -> Row | list[Row]:
        if isinstance(at, int):
            return self._row_of(self._values[at])
        return list(map(self._row_of, self._values[at]))


class Served:
    """A ``CorpusView`` of a corpus that does not change while it is served."""

    def __init__(self, corpus: Corpus, conflicts: Sequence[Conflict], engine: Engine) -> None:
        snapshot = encoded(statements(corpus, conflicts))
        self._corpus = corpus
        self._found = tuple(conflicts)
        self._engine = engine
        self._sources = Sources(corpus.texts)
        self._tag = blake2b(snapshot, digest_size=16).hexdigest()
        self._worker = QueryWorker(snapshot)
        self._listed = lru_cache(LISTINGS_KEPT)(self._claims)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._worker.close()

    def ready(self) -> bool:
        """The corpus is here before the service starts; the query process may be away for a moment."""
        return self._worker.alive()

    def etag(self) -> str:
        """Hash of the graph."""
        return self._tag

    def conflicts(self) -> Sequence[Row]:
        """All conflicts, best first."""
        return self._conflict_rows

    def conflict(self, conflict_id: str) -> Row | None:
        """One conflict in full."""
        found = self._by_id.get(conflict_id)
        return full_record(found) if found else None

    def claims(self, about: str | None, document: str | None) -> Sequence[Row]:
        """Claims, those about an entity or out of a document only where given."""
        return Rows(self._listed(about, document), self._claim_row)

    def entities(self) -> Sequence[Row]:
        """Canonical names with their aliases."""
        return self._entity_rows

    def documents(self) -> Sequence[Row]:
        """The documents of the set."""
        return self._document_rows

    def ask(self, question: str) -> Row:
        """The stance table of a question; raises QuestionNotUnderstood."""
        return answer_record(question, self._engine.ask(self._corpus, self._found, question))

    def run_sparql(
        self,
        query: str,
        accept: str,
        deadline: float | None,
        *,
        dataset: Dataset | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> Outcome:
        """A foreign query, through the gate and in the worker."""
        return self._worker.run(
            query, accept, deadline=deadline, base_prefixes=PREFIXES, dataset=dataset, cancelled=cancelled
        )

    def _claim_row(self, claim: Claim) -> Row:
        return claim_record(claim, self._sources.quote(claim.path, claim.span))

    def _claims(self, about: str | None, document: str | None) -> tuple[Claim, ...]:
        labels = labels_of(about, self._corpus.entities) if about else ()
        return tuple(claims_of(self._corpus.readings, labels, None if document is None else [document]))

    @cached_property
    def _by_id(self) -> dict[str, Conflict]:
        return {conflict.id: conflict for conflict in self._found}

    @cached_property
    def _conflict_rows(self) -> list[dict[str, object]]:
        return [conflict_record(conflict) for conflict in self._found]

    @cached_property
    def _entity_rows(self) -> list[dict[str, object]]:
        return [entity_record(entity) for entity in self._corpus.entities]

    @cached_property
    def _document_rows(self) -> list[dict[str, object]]:
        return [document_record(document) for document in self._corpus.documents]
