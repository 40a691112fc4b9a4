"""What the commands ask the lower layers for; the layers are imported when a command first needs them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol

from ..graph.model import (
    Conflict,
    Diagnostic,
    Document,
    Entity,
    Modality,
    Polarity,
    PrecedencePolicy,
    Reading,
    ScopeTerm,
)

if TYPE_CHECKING:
    from ..queries.change import Change
    from ..queries.linkage import Linkage
    from ..queries.parts import Part
    from ..queries.revision import Revision
    from ..queries.rule_file import Rule
    from ..queries.rule_tests import RuleOutcome

ProgressHook = Callable[[str, int, int], None]
"""(stage, done, total), called now and then."""


class Corpus(Protocol):
    """Everything known of a documentation set once it is read and linked."""

    @property
    def root(self) -> str:
        """The folder that document paths are relative to."""
        ...

    @property
    def documents(self) -> tuple[Document, ...]:
        """Sorted by path."""
        ...

    @property
    def readings(self) -> tuple[Reading, ...]:
        """What was read from each document, sorted by path."""
        ...

    @property
    def linkage(self) -> Linkage:
        """References resolved and names linked."""
        ...

    @property
    def entities(self) -> tuple[Entity, ...]:
        """The things that the documents name."""
        ...

    @property
    def texts(self) -> Mapping[str, str]:
        """Path of a document to its source text."""
        ...

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """What the run itself has to say."""
        ...


@dataclass(frozen=True, slots=True)
class Request:
    """Which documents to read, and how."""

    paths: tuple[Path, ...]
    parts: tuple[Part, ...] = ()
    """Folders that are read in place of ``paths``, of which the first stays the root."""
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    vocabulary: Path | None = None
    workers: int = 0
    """Processes that read; 0 chooses by the size of the set."""
    store: Path | None = None
    """A store to open read-only instead of reading ``paths``."""
    ignore_files: bool = True
    """Leave out what ``.gitignore`` leaves out."""
    cache: Path | None = None
    """The folder where derived data is kept between runs; None for none."""
    ignores: Mapping[str, tuple[str, ...]] | None = None
    """Lines of the ``.naysayignore`` files by their paths, in place of those on disk."""
    before: Corpus | None = None
    """An earlier state of the set, whose readings of unchanged documents are taken over."""


class Stance(Protocol):
    """Who says what in answer to a question: one row of the stance table."""

    @property
    def who(self) -> str:
        """The thing that the claim is about."""
        ...

    @property
    def what(self) -> str:
        """What is said of it, in the claim's own words."""
        ...

    @property
    def polarity(self) -> Polarity:
        """Affirmed or denied."""
        ...

    @property
    def modality(self) -> Modality:
        """Fact, obligation, recommendation, permission or plan."""
        ...

    @property
    def scope(self) -> tuple[ScopeTerm, ...]:
        """What the claim is limited to."""
        ...

    @property
    def path(self) -> str:
        """The document that says so."""
        ...

    @property
    def line(self) -> int:
        """1-based line of the statement."""
        ...

    @property
    def quote(self) -> str:
        """The statement as it stands in the source."""
        ...

    @property
    def conflicts(self) -> tuple[str, ...]:
        """Ids of the conflicts that the statement takes part in."""
        ...


class Answer(Protocol):
    """The stance table of a question."""

    @property
    def reading(self) -> str:
        """How the question was understood."""
        ...

    @property
    def stances(self) -> Sequence[Stance]:
        """The rows, in the order to show them."""
        ...


class Place(NamedTuple):
    """A line of a document."""

    path: str
    line: int


class Engine(Protocol):
    """The way from files to findings, as the commands see it; tests pass their own."""

    def load(self, request: Request, progress: ProgressHook | None = None) -> Corpus:
        """Read and link a documentation set."""
        ...

    def find(
        self, corpus: Corpus, rules: Path | None = None, precedence: PrecedencePolicy = "strict"
    ) -> tuple[Conflict, ...]:
        """The conflicts of a set, best first; ``rules`` is a folder of a project's own rules."""
        ...

    def revision(self, start: Path, name: str, merge_base: bool) -> Revision:
        """The commit of a name in the repository around a folder, or where HEAD left the branch of that name."""
        ...

    def change(
        self,
        corpus: Corpus,
        at: Revision,
        request: Request,
        rules: Path | None = None,
        precedence: PrecedencePolicy = "strict",
    ) -> Change:
        """What a set, read as requested, brings against a revision of it."""
        ...

    def explain_rule(self, rule_id: str, rules: Path | None = None) -> str:
        """The Markdown text of a rule, shipped or in a folder of a project's own."""
        ...

    def rules_of(self, folder: Path | None = None) -> tuple[Rule, ...]:
        """The shipped rules and those of a project's own, by id."""
        ...

    def ask(self, corpus: Corpus, conflicts: Sequence[Conflict], question: str) -> Answer:
        """Who says what; raises QuestionNotUnderstood."""
        ...

    def why_not(self, corpus: Corpus, first: Place, second: Place) -> Sequence[str]:
        """What is known of two lines and the gate that separates them, as lines of text."""
        ...

    def rule_outcomes(self, folder: Path | None) -> Iterable[RuleOutcome]:
        """Run the examples of the shipped rules, or of those in a folder."""
        ...


def project_rules(roots: Sequence[Path]) -> Path | None:
    """The folder of a project's own rules at or above its documents, None without one."""
    for root in roots:
        for folder in (root, *root.parents):
            if (folder / ".naysay" / "rules").is_dir():
                return folder / ".naysay" / "rules"
    return None
