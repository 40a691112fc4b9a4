"""One comparison, and what its makers may ask about the documents around two claims."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from ..graph.model import Claim
from ..ingest.lexicon import Lexicon
from .aspect import Aspect
from .gate import Match, scope_gap

HUB = 40
"""A document cited by more than this many ties nothing together."""

COUPLED = 2
"""Documents that cite this many documents in common speak of related things (bibliographic coupling, Kessler 1963)."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two claims about one aspect that passed the gate and do not agree.

    In a comparison of opposite polarity ``a`` affirms and ``b`` denies.
    """

    kind: str
    a: Aspect
    b: Aspect
    thing: Match
    """How the two name what they are about."""
    governed: Match
    """How the two name what is governed; for states and values the same as ``thing``."""
    linked: str
    """``same document``, ``cites``, ``related`` or empty."""
    specificity: float
    """Weight of the words that the two share, in nats."""
    gap: str
    """A dimension of scope that one side states and the other does not."""
    evidence: tuple[str, ...] = ()
    """What else speaks for or against it: names of features (``confidence.NAMED``)."""


class Surroundings:
    """What the gate asks about documents: titles, and who cites whom."""

    def __init__(
        self, titles: Mapping[str, frozenset[str]], cited: frozenset[tuple[str, str]], lexicon: Lexicon
    ) -> None:
        self.titles = titles
        self.cited = cited
        self.lexicon = lexicon

        self.targets: defaultdict[str, set[str]] = defaultdict(set)
        counts = Counter(target for _, target in cited)
        for source, target in cited:
            if counts[target] <= HUB:
                self.targets[source].add(target)

    def link(self, a: Claim, b: Claim) -> str:
        """How two claims' documents are tied."""
        if a.path == b.path:
            return "same document"
        if (a.path, b.path) in self.cited or (b.path, a.path) in self.cited:
            return "cites"
        return "related" if len(self.targets[a.path] & self.targets[b.path]) >= COUPLED else ""


def made(kind: str, a: Aspect, b: Aspect, thing: Match, governed: Match, around: Surroundings) -> Comparison:
    """A comparison with what ties its two documents and how much their shared words weigh."""
    shared = thing.shared | governed.shared
    weight = around.lexicon.specificity(shared)
    return Comparison(
        kind, a, b, thing, governed, around.link(a.claim, b.claim), weight, scope_gap(a.claim.scope, b.claim.scope)
    )
