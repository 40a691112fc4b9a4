"""The engine that the commands use: the layers below, imported when a command first asks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, cast

from ..graph.model import Conflict, PrecedencePolicy
from .engine import Answer, Corpus, Place, ProgressHook, Request
from .misuse import CannotRun, nearest
from .view import QuestionNotUnderstood

if TYPE_CHECKING:
    from ..queries.change import Change
    from ..queries.corpus import Corpus as Linked
    from ..queries.revision import Revision
    from ..queries.rule_file import Rule
    from ..queries.rule_tests import RuleOutcome


class Shipped:
    """The real way from files to findings."""

    def load(self, request: Request, progress: ProgressHook | None = None) -> Corpus:
        """Read and link a documentation set."""
        from ..ingest.cache import Cache
        from ..queries.corpus import load

        found = load(
            request.paths,
            parts=request.parts,
            include=request.include,
            exclude=request.exclude,
            vocabulary=request.vocabulary,
            workers=request.workers,
            ignore=request.ignore_files,
            ignores=request.ignores,
            store=request.store,
            cache=Cache(request.cache) if request.cache else None,
            before=cast("Linked | None", request.before),
            progress=progress,
        )
        return cast("Corpus", found)

    def find(
        self, corpus: Corpus, rules: Path | None = None, precedence: PrecedencePolicy = "strict"
    ) -> tuple[Conflict, ...]:
        """The conflicts of a set, best first."""
        from ..queries.findings import find

        return find(cast("Linked", corpus), rules=rules, precedence=precedence)

    def revision(self, start: Path, name: str, merge_base: bool) -> Revision:
        """The commit of a name, or where HEAD left the branch of that name."""
        from ..queries.revision import revision

        return revision(start, name, merge_base)

    def change(
        self,
        corpus: Corpus,
        at: Revision,
        request: Request,
        rules: Path | None = None,
        precedence: PrecedencePolicy = "strict",
    ) -> Change:
        """What a set, read as requested, brings against a revision of it."""
        from ..ingest.cache import Cache
        from ..queries.change import change
        from ..queries.revision import Selection, base_of

        now = cast("Linked", corpus)
        selection = Selection(request.paths, request.include, request.exclude, request.ignore_files)
        cache = Cache(request.cache) if request.cache else None
        return change(now, base_of(now, at, selection, workers=request.workers, cache=cache), rules, precedence)

    def explain_rule(self, rule_id: str, rules: Path | None = None) -> str:
        """The Markdown text of a rule, of the project's own in ``rules`` too; raises CannotRun for an unknown id."""
        from ..queries.ruleset import by_id, explain

        try:
            return explain(rule_id, rules)
        except KeyError:
            known = sorted({*by_id(), *by_id(rules)})
            hint = nearest(rule_id, known) or f"known are {', '.join(known)}"
            raise CannotRun([f"{rule_id}: no such rule; {hint}"]) from None

    def rules_of(self, folder: Path | None = None) -> tuple[Rule, ...]:
        """The shipped rules and those of a project's own, by id; raises RuleError."""
        from ..queries.ruleset import by_id

        known = {**(by_id(folder) if folder else {}), **by_id()}
        return tuple(known[rule_id] for rule_id in sorted(known))

    def ask(self, corpus: Corpus, conflicts: Sequence[Conflict], question: str) -> Answer:
        """Who says what; raises QuestionNotUnderstood."""
        from ..queries.ask import NotUnderstood, answer

        try:
            return answer(cast("Linked", corpus), conflicts, question)
        except NotUnderstood as error:
            raise QuestionNotUnderstood(str(error), error.nearest) from error

    def why_not(self, corpus: Corpus, first: Place, second: Place) -> Sequence[str]:
        """What is known of two lines and the gate that separates them, as lines of text."""
        from ..queries.why_not import why_not

        return tuple(why_not(cast("Linked", corpus), first, second))

    def rule_outcomes(self, folder: Path | None) -> Iterable[RuleOutcome]:
        """Run the examples of the shipped rules, or of those in a folder."""
        from ..queries.rule_tests import rule_outcomes

        return rule_outcomes(folder)
