"""What the service shows: one state of a corpus, passed in whole."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from ..queries.outcome import Dataset, Outcome

Row = Mapping[str, Any]
"""One JSON object, as ``--format json`` prints it."""


class QuestionNotUnderstood(ValueError):
    """No known form of question fits; ``nearest`` are entities that the words may have meant."""

    def __init__(self, message: str, nearest: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.nearest = tuple(nearest)


class CorpusView(Protocol):
    """One unchanging state of a corpus; its methods are called from several threads at once and may block."""

    def ready(self) -> bool:
        """Is everything loaded and the query process there?  Answers at once."""
        ...

    def etag(self) -> str:
        """Hash of the graph."""
        ...

    def conflicts(self) -> Sequence[Row]:
        """All conflicts, best first."""
        ...

    def conflict(self, conflict_id: str) -> Row | None:
        """One conflict in full."""
        ...

    def claims(self, about: str | None, document: str | None) -> Sequence[Row]:
        """Claims, those about an entity or out of a document only where given."""
        ...

    def entities(self) -> Sequence[Row]:
        """Canonical names with their aliases."""
        ...

    def documents(self) -> Sequence[Row]:
        """The documents of the set."""
        ...

    def ask(self, question: str) -> Row:
        """The stance table of a question; raises QuestionNotUnderstood."""
        ...

    def run_sparql(
        self,
        query: str,
        accept: str,
        deadline: float | None,
        *,
        dataset: Dataset | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> Outcome:
        """A foreign query, through the gate and in the worker; see ``QueryWorker.run``."""
        ...
