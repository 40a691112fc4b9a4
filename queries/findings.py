"""From a set to its conflicts: the one function that command line, HTTP, watch and history call."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from ..graph.model import Claim, Conflict, PrecedencePolicy, Severity, Side, Span
from .authority import Ranked, rank, ranked_as_stated
from .candidates import compared
from .circumstances import Circumstances
from .comparison import Comparison
from .confidence import features, features_of_hit, probability
from .corpus import Corpus, read_texts
from .facts import COMPARISON, comparison_facts, document_facts, place_of, store_of
from .identity import Statement, conflict_id, document_name, position, side_ids, text_position
from .linkage import Linkage
from .listings import source_at
from .places import block_at
from .precedence import settled
from .proof import proof_of
from .rule_file import Rule, load
from .ruleset import Hit, explain, reported, run
from .uncollected import uncollected

SHOWN_PER_POSITION = 4
"""Statements shown of each position; the rest are counted in ``why``."""
MAX_SIDES = 8

_FOLLOWER: Mapping[str, int] = {"NS402": 0, "NS901": 0, "NS601": 1, "NS603": 1}
"""Rules in which one side, by its place among those of a hit, has to follow the other."""
_MAY_BE_HISTORY = frozenset({"NS402", "NS601", "NS603"})
"""Those of them whose follower may tell of a time when it was right."""


@uncollected()
def find(corpus: Corpus, *, rules: Path | None = None, precedence: PrecedencePolicy = "strict") -> tuple[Conflict, ...]:
    """Every conflict of a set, best first.

    ``rules`` is a folder of a project's own rules; ``precedence`` says what makes a conflict a note: an order that a
    document states outright, or also the order of status, version, date and scope.

    Raises RuleError when a rule cannot be read.
    """
    linkage = corpus.linkage
    comparisons = compared(linkage)
    shipped = load()
    hits = list(run(shipped, store_of(_facts_for(shipped, comparisons, linkage)), linkage))
    names = {rule.id: rule for rule in shipped}
    if rules is not None:
        from .project_rules import project_hits

        own, extra = project_hits(rules, comparisons, linkage)
        hits = list(reported([*hits, *extra], [*shipped, *own]))
        names |= {rule.id: rule for rule in own}
    maker = _Maker(comparisons, linkage, names, precedence)
    return tuple(_each_pair_once(sorted(_conflicts(hits, maker), key=_order)))


def _facts_for(rules: Iterable[Rule], comparisons: Iterable[Comparison], linkage: Linkage) -> Iterator[str]:
    """What the queries of some rules may ask about; documents and references only if one is not over comparisons."""
    yield from comparison_facts(comparisons)
    if any(rule.query and rule.over != "comparison" for rule in rules):
        yield from document_facts(linkage)


def _each_pair_once(conflicts: Iterable[Conflict]) -> Iterator[Conflict]:
    """Conflicts, best first; one whose statements stand on the lines of a better one is named there under ``also``."""
    kept: dict[frozenset[tuple[str, int]], Conflict] = {}
    for conflict in conflicts:
        lines = frozenset((side.path, side.span.line) for side in conflict.sides[:2])
        best = kept.setdefault(lines, conflict)
        if best is not conflict and conflict.rule != best.rule:
            kept[lines] = replace(best, also=tuple(sorted({*best.also, conflict.rule})))
    yield from kept.values()


def find_in(documents: Mapping[str, str]) -> tuple[Conflict, ...]:
    """The conflicts of documents given as texts by path."""
    return find(read_texts(documents))


def explain_rule(rule_id: str) -> str:
    """The Markdown text of a rule.  Raises KeyError for an unknown id."""
    return explain(rule_id)


def _order(conflict: Conflict) -> tuple[float, int, str, str]:
    return -conflict.confidence, ("error", "warning", "note").index(conflict.severity), conflict.rule, conflict.id


def _conflicts(hits: Iterable[Hit], maker: _Maker) -> Iterator[Conflict]:
    """Each conflict id once: hits that clash in the same positions are one conflict with more sides."""
    groups: defaultdict[str, list[Hit]] = defaultdict(list)
    for hit in hits:
        positions = [statement.position for _, statement in maker.stated(hit)]
        if len(positions) > 1:
            groups[conflict_id(maker.rules[hit.rule].name, positions)].append(hit)
    for key in sorted(groups):
        yield maker.conflict(key, groups[key])


def _claims_of(c: Comparison) -> Iterator[tuple[str, Claim]]:
    from ..graph.iris import claim_iri

    yield claim_iri(c.a.claim), c.a.claim
    yield claim_iri(c.b.claim), c.b.claim


class _Maker:
    """Turns hits into conflicts with everything that a reader needs."""

    def __init__(
        self,
        comparisons: Sequence[Comparison],
        linkage: Linkage,
        rules: Mapping[str, Rule],
        precedence: PrecedencePolicy,
    ) -> None:
        self.claims = {iri: claim for c in comparisons for iri, claim in _claims_of(c)}
        self.comparisons = comparisons
        self.linkage = linkage
        self.rules = rules
        self.precedence: PrecedencePolicy = precedence
        self.settled = settled(linkage)
        self.circumstances = Circumstances(linkage)
        self._followers: dict[str, tuple[str, ...]] = {}

    def comparison(self, hit: Hit) -> Comparison | None:
        """The comparison that a hit rests on."""
        return self.comparisons[int(hit.comparison.removeprefix(COMPARISON)) - 1] if hit.comparison else None

    def stated(self, hit: Hit) -> Iterator[tuple[str, Statement]]:
        """(IRI, statement) of each side of a hit."""
        for iri in hit.sides:
            claim = self.claims.get(iri)
            if claim is not None:
                yield iri, self._statement(position(claim), claim.path, claim.span)
            elif (place := place_of(iri)) is not None:
                held = text_position(hit.rule, self._told(place.path, place.span))
                yield iri, self._statement(held, place.path, place.span)

    def _statement(self, held: str, path: str, span: Span) -> Statement:
        return Statement(held, document_name(self.linkage.document(path), path), path, span)

    def _side(self, iri: str, statement: Statement, own_id: str) -> Side:
        claim = self.claims.get(iri)
        path, span = statement.path, statement.span
        document = self.linkage.document(path)
        return Side(
            path=path,
            span=span,
            quote=self._quote(path, span),
            headings=self._headings(path, span.line),
            standing=claim.standing if claim else document.standing,
            scope=claim.scope if claim else (),
            status=document.status,
            date=document.date,
            claim=claim,
            id=own_id,
            position=statement.position,
        )

    def _quote(self, path: str, span: Span) -> str:
        return source_at(self.linkage.lines[path].source, span)

    def _told(self, path: str, span: Span) -> str:
        """The text at a place; for a whole line the paragraph, item or row that it belongs to."""
        source = self.linkage.lines[path].source
        quote = source_at(source, span)
        return block_at(source, span.line) if quote == source[span.line - 1].strip() else quote

    def _headings(self, path: str, line: int) -> tuple[str, ...]:
        headings = self.linkage.document(path).headings
        at = max((i for i, h in enumerate(headings) if h.line <= line), default=-1)
        out: list[str] = []
        while at >= 0:
            out.append(headings[at].title)
            at = headings[at].parent
        return tuple(reversed(out))

    def conflict(self, key: str, hits: Sequence[Hit]) -> Conflict:
        """One conflict of hits that clash in the same positions."""
        statements = {iri: statement for hit in hits for iri, statement in self.stated(hit)}
        ids = side_ids(statements)
        sides_of = {iri: self._side(iri, statement, ids[iri]) for iri, statement in statements.items()}
        found = [(hit, tuple(sides_of[iri] for iri in hit.sides if iri in sides_of)) for hit in hits]
        best = max(found, key=lambda pair: (self._sure(pair[0]), pair[0].comparison, pair[0].sides))
        hit = best[0]
        rule, comparison = self.rules[hit.rule], self.comparison(hit)
        ordered = sorted(found, key=lambda pair: (-self._sure(pair[0]), pair[0].sides))
        sides, left_out = _gathered(best[1], [s for _, more in ordered for s in more])
        ranked = _clashing_first(self._ranked(hit, best[1]), sides)
        why = hit.why + (f" {left_out} more statements say the same." if left_out else "")
        return Conflict(
            id=key,
            type=rule.name,
            rule=rule.id,
            severity="note" if ranked.is_settled(self.precedence) else _severity(hit, rule),
            confidence=self._sure(hit),
            subject=_subject(hit, comparison, ranked.sides),
            sides=ranked.sides,
            why=why,
            witness=hit.witness or _witness(comparison),
            repair=_repair(hit, ranked),
            authority=ranked.reason,
            proof=proof_of(ranked.sides),
            also=hit.also,
            derivation=_derivation(comparison),
            features=tuple(sorted(self._features(hit).items())),
            side_ids=tuple(sorted(set(ids.values()))),
            more=_others(ranked.sides, [sides_of[iri] for iri in sorted(sides_of)]),
        )

    def _ranked(self, hit: Hit, sides: tuple[Side, ...]) -> Ranked:
        """The sides, strongest first; where one only follows the other it is the weaker, whatever its status."""
        follower = _FOLLOWER.get(hit.rule)
        if follower is None or len(sides) < 2:
            return ranked_as_stated(sides, self.settled) or rank(sides, self.linkage)
        first, *more = (side for place, side in enumerate(sides) if place != follower)
        return Ranked((first, sides[follower], *more), "a reference or a name follows what it refers to", "")

    def _features(self, hit: Hit) -> Mapping[str, float]:
        comparison = self.comparison(hit)
        if comparison:
            return features(comparison, hit.rule)
        return features_of_hit(hit.rule, (*hit.evidence, *self._circumstances_of(hit)))

    def _circumstances_of(self, hit: Hit) -> tuple[str, ...]:
        """What is to be said of the side that follows another: whether it is meant to hold at all."""
        if hit.rule not in _MAY_BE_HISTORY:
            return ()
        iri, _ = [*self.stated(hit)][_FOLLOWER[hit.rule]]
        if iri not in self._followers:
            place = place_of(iri)
            found = self.circumstances.of_use(place.path, place.span.line) if place else ()
            self._followers[iri] = tuple(found)
        return self._followers[iri]

    def _sure(self, hit: Hit) -> float:
        return probability(self._features(hit))


def _severity(hit: Hit, rule: Rule) -> Severity:
    return hit.severity or rule.severity  # type: ignore[return-value]


def _gathered(first: tuple[Side, ...], everything: Iterable[Side]) -> tuple[tuple[Side, ...], int]:
    """The sides to show, the best pair first, and how many statements are left out."""
    shown = list(first)
    seen = {(s.path, s.span.line) for s in shown}
    counts: defaultdict[str, int] = defaultdict(int)
    for side in shown:
        counts[_held(side)] += 1
    left_out = 0
    elsewhere = {s.path for s in first}
    for side in sorted(everything, key=lambda s: s.path in elsewhere):
        if (side.path, side.span.line) in seen:
            continue
        seen.add((side.path, side.span.line))
        if counts[_held(side)] < SHOWN_PER_POSITION and len(shown) < MAX_SIDES:
            counts[_held(side)] += 1
            shown.append(side)
        else:
            left_out += 1
    return tuple(shown), left_out


def _others(shown: Iterable[Side], everything: Iterable[Side]) -> tuple[Side, ...]:
    """The statements that are not shown, each once, in the order of the text."""
    seen = {side.id for side in shown}
    rest = {side.id: side for side in everything if side.id not in seen}
    return tuple(sorted(rest.values(), key=lambda side: (side.path, side.span, side.id)))


def _clashing_first(ranked: Ranked, everything: Sequence[Side]) -> Ranked:
    """The strongest side, then the strongest that holds something else, then the rest."""
    first, *rest = ranked.sides
    other = next((s for s in rest if _held(s) != _held(first)), rest[0])
    more = (*(s for s in rest if s is not other), *(s for s in everything if s not in ranked.sides))
    return ranked._replace(sides=(first, other, *more))


def _held(side: Side) -> str:
    return position(side.claim) if side.claim else side.quote


def _subject(hit: Hit, comparison: Comparison | None, sides: Sequence[Side]) -> str:
    if comparison is None:
        return Path(sides[0].path).stem
    a = comparison.a.claim
    return a.subject or a.object


def _witness(comparison: Comparison | None) -> tuple[tuple[str, str], ...]:
    """One situation in which both sides hold: what either of them states as its scope."""
    if comparison is None:
        return ()
    terms = {(t.dimension, t.value) for c in (comparison.a.claim, comparison.b.claim) for t in c.scope}
    first: dict[str, str] = {}
    for dimension, value in sorted(terms):
        first.setdefault(dimension, value)
    return tuple(sorted(first.items()))


def _repair(hit: Hit, ranked: Ranked) -> str:
    return hit.repair or ranked.repair


def _derivation(comparison: Comparison | None) -> tuple[str, ...]:
    if comparison is None:
        return ()
    steps = [
        f"filed under “{comparison.a.key}”",
        f"subjects: {comparison.thing.how}",
        f"objects: {comparison.governed.how}",
    ]
    for name, aspect in (("A", comparison.a), ("B", comparison.b)):
        if aspect.claim.subject_from != "own words":
            steps.append(f"{name}: subject from the {aspect.claim.subject_from}")
        if aspect.step:
            steps.append(f"{name}: {aspect.step}")
    return tuple(steps)
