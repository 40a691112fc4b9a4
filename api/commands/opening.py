"""The steps that every command on a documentation set begins with."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from ...graph.model import Conflict, PrecedencePolicy
from ..caching import cache_folder
from ..configuration import Configuration
from ..console import Colour, Progress, look_of, say_diagnostics
from ..engine import Corpus, Engine, Request, project_rules
from ..kept import kept_by, rules_in, settings_in
from ..mirror import IN_PLACE, Mirror, mirrored
from ..misuse import CannotRun
from ..reports.plain import Look
from ..target import Target, starts_of, target_of

if TYPE_CHECKING:
    from ...queries.parts import Part
    from ...queries.revision import Revision


_ONE_REPOSITORY = "--since compares one repository, and [[source]] names several; name the folder of one"


@dataclass(frozen=True, slots=True)
class Since:
    """The revision that the user compares with."""

    name: str
    merge_base: bool = False
    """Where HEAD left the branch of that name, not its tip."""
    trust_head: bool = False
    """Take the settings from the working tree, not from the revision."""
    named: tuple[Path, ...] = ()
    """Files of settings that the user named, by absolute paths."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What the user said about the documents to read."""

    given: Sequence[str] = ()
    store: Path | None = None
    vocabulary: Path | None = None
    include: Sequence[str] = ()
    exclude: Sequence[str] = ()
    no_ignore: bool = False
    workers: int = 0
    only_these: bool = False
    quiet: bool = False
    verbose: bool = False
    cache: str = ""
    """The folder of derived data; empty for the platform's own, ``off`` for none."""
    since: Since | None = None
    before: Corpus | None = None
    """An earlier state of the set, whose readings of unchanged documents are taken over."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A documentation set ready to be asked."""

    corpus: Corpus
    target: Target
    engine: Engine
    request: Request
    kept_rules: Path | None = None
    """The folder of the project's own rules as a store kept them."""
    base: Revision | None = None
    """What the set is compared with."""
    settings: Mirror = IN_PLACE
    """Where configuration and rules stand."""

    def rules(self, wanted: bool = True) -> Path | None:
        """The folder of the project's own rules, when there is one and it is wanted."""
        places = [self.settings.there(path) for path in self.target.paths]
        return (self.kept_rules or project_rules(places)) if wanted else None

    def conflicts(self, own_rules: bool = True, precedence: PrecedencePolicy | None = None) -> tuple[Conflict, ...]:
        """The conflicts, best first; without a policy of precedence the configured one holds."""
        policy = precedence or self.target.configuration.precedence
        return self.engine.find(self.corpus, self.rules(own_rules), policy)


def engine_of(context: typer.Context) -> Engine:
    """The engine that was passed to ``main``, else the real one."""
    given: object = context.obj
    if given is None:
        from ..shipped import Shipped

        return Shipped()
    return given  # type: ignore[return-value]


def opened(context: typer.Context, choice: Choice) -> Opened:
    """Read what the user chose, with the configuration in force; diagnostics go to standard error.

    Raises:
        CannotRun: when there is nothing to read, or the choice contradicts itself.
    """
    engine = engine_of(context)
    facts: Mapping[str, str] = kept_by(choice.store) if choice.store and not choice.given else {}
    base, settings = _base(engine, choice)
    with settings.named(), Progress(not choice.quiet) as progress:
        target = _target(choice, facts, settings)
        if base and target.parts:
            raise CannotRun([_ONE_REPOSITORY])
        request = _request(choice, target, settings)
        corpus = engine.load(request, progress)
    say_diagnostics(corpus.diagnostics, unread(corpus), choice.verbose, choice.quiet)
    if not corpus.documents:
        where = choice.store or ", ".join(map(str, target.paths))
        raise CannotRun([f"{where}: no documents to read; name a folder with Markdown files, or mend --include"])
    return Opened(corpus, target, engine, request, rules_in(facts), base, settings)


def _base(engine: Engine, choice: Choice) -> tuple[Revision | None, Mirror]:
    """The revision to compare with, and the settings that count."""
    since = choice.since
    if since is None:
        return None, IN_PLACE
    if choice.store is not None:
        raise CannotRun([f"--store {choice.store} holds one state of the documents; compare folders or files"])
    starts = starts_of(choice.given)
    base = engine.revision(starts[0], since.name, since.merge_base)
    return base, IN_PLACE if since.trust_head else mirrored(base, starts, since.named)


def own_rules(given: Sequence[str] = (), store: Path | None = None) -> Path | None:
    """The folder of the rules of the project around some paths or in a store; documents are not read."""
    if store is not None:
        return rules_in(kept_by(store))
    return project_rules([Path(path).resolve() for path in given] or [Path.cwd()])


def unread(corpus: Corpus) -> frozenset[str]:
    """The files of a set that are no documents because they could not be read."""
    return frozenset(row.path for row in corpus.diagnostics) - {document.path for document in corpus.documents}


def screen(colour: Colour = "auto", ascii_only: bool = False) -> Look:
    """How text may look on standard output."""
    return look_of(sys.stdout, colour, ascii_only, os.environ)


def _target(choice: Choice, facts: Mapping[str, str], settings: Mirror) -> Target:
    if choice.store is None:
        return target_of(choice.given, choice.only_these, settings)
    if choice.given:
        raise CannotRun([f"--store {choice.store} and {choice.given[0]} are both given; use one of them"])
    return Target((), (), settings_in(facts))


def _part(part: Part, choice: Choice, configuration: Configuration) -> Part:
    """A source with the patterns in force: the command line's, its own, those of the whole."""
    return part._replace(
        include=tuple(choice.include) or part.include or configuration.include,
        exclude=tuple(choice.exclude) or part.exclude or configuration.exclude,
    )


def _request(choice: Choice, target: Target, settings: Mirror) -> Request:
    configuration: Configuration = target.configuration
    if choice.vocabulary is not None and not choice.vocabulary.is_file():
        raise CannotRun([f"{choice.vocabulary}: no such vocabulary; `naysay init` writes one to begin with"])
    return Request(
        paths=target.paths,
        parts=tuple(_part(part, choice, configuration) for part in target.parts),
        include=tuple(choice.include) or configuration.include,
        exclude=tuple(choice.exclude) or configuration.exclude,
        vocabulary=choice.vocabulary or configuration.vocabulary,
        workers=choice.workers,
        store=choice.store,
        ignore_files=not choice.no_ignore,
        cache=cache_folder(choice.cache),
        ignores=None if settings is IN_PLACE else settings.ignores,
        before=choice.before,
    )
