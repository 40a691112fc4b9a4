"""What became of the claims of a set between two revisions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping
from typing import Literal, NamedTuple

from ..graph.model import Claim, Modality
from ..ingest.words import terms
from .identity import own_words, position, said

Kind = Literal[
    "added", "removed", "weakened", "strengthened", "reversed", "widened", "narrowed", "re-scoped", "changed"
]
KINDS: tuple[Kind, ...] = (
    "weakened", "strengthened", "reversed", "widened", "narrowed", "re-scoped", "changed", "added", "removed",
)  # fmt: skip
"""In the order of a report: what happened to a claim that stays, before what came and went."""
_STRENGTH: Mapping[Modality, int] = {"obligation": 3, "recommendation": 2, "permission": 1}


class ClaimChange(NamedTuple):
    """One claim that is not what it was."""

    kind: Kind
    before: Claim | None
    now: Claim | None


Key = Callable[[Claim], Hashable]


def claim_changes(
    before: Iterable[Claim], now: Iterable[Claim], path_now: Callable[[str], str]
) -> tuple[ClaimChange, ...]:
    """How the live claims of some documents differ; a claim that only moved, or was written again, does not.

    Claims are paired in the same document first: by all they hold, then by what they say, whatever its modality and
    scope, then by the polarity turned, then by subject and relation where there is one of each.
    """
    old = [claim for claim in before if claim.standing == "live"]
    new = [claim for claim in now if claim.standing == "live"]
    for elsewhere in (False, True):
        _, old, new = _paired(old, new, _whole, path_now, anywhere=elsewhere)
    out: list[ClaimChange] = []
    for key, single in ((_told, False), (_matter, False), (_bearer, True)):
        pairs, old, new = _paired(old, new, key, path_now, single=single)
        out += (ClaimChange(kind_of_change(a, b), a, b) for a, b in pairs)
    out += (ClaimChange("added", None, claim) for claim in new)
    out += (ClaimChange("removed", claim, None) for claim in old)
    return tuple(sorted(out, key=_order))


def kind_of_change(before: Claim, now: Claim) -> Kind:
    """What became of a claim, by what matters most: who must do it, whether it holds, then where it does."""
    if (_object(before), before.relation) != (_object(now), now.relation):
        return "changed"
    if before.polarity != now.polarity:
        return "reversed"
    a, b = _STRENGTH.get(before.modality, 0), _STRENGTH.get(now.modality, 0)
    if before.modality != now.modality:
        return "changed" if not a or not b else "weakened" if b < a else "strengthened"
    limits, now_limits = _limits(before), _limits(now)
    if limits > now_limits:
        return "widened"
    return "narrowed" if limits < now_limits else "re-scoped"


def counts_of(changes: Iterable[ClaimChange]) -> Mapping[Kind, int]:
    """How many changes there are of each kind, in the order of a report."""
    out = dict.fromkeys(KINDS, 0)
    for change in changes:
        out[change.kind] += 1
    return out


def _paired(
    before: Iterable[Claim],
    now: Iterable[Claim],
    key: Key,
    path_now: Callable[[str], str],
    *,
    single: bool = False,
    anywhere: bool = False,
) -> tuple[list[tuple[Claim, Claim]], list[Claim], list[Claim]]:
    """Pairs with one key, in the order of lines, and what is left of both.

    They stand in one document unless ``anywhere``; ``single`` pairs only where there is one of each.
    """
    waiting: defaultdict[Hashable, list[Claim]] = defaultdict(list)
    meeting: defaultdict[Hashable, list[Claim]] = defaultdict(list)
    for claim in before:
        waiting["" if anywhere else path_now(claim.path), key(claim)].append(claim)
    for claim in now:
        meeting["" if anywhere else claim.path, key(claim)].append(claim)
    pairs: list[tuple[Claim, Claim]] = []
    for place, found in meeting.items():
        others = waiting.get(place, [])
        if single and (len(found), len(others)) != (1, 1):
            continue
        pairs += zip(others, found, strict=False)
    old, new = {id(a) for a, _ in pairs}, {id(b) for _, b in pairs}
    return (
        pairs,
        [claim for claims in waiting.values() for claim in claims if id(claim) not in old],
        [claim for claims in meeting.values() for claim in claims if id(claim) not in new],
    )


def _limits(claim: Claim) -> frozenset[tuple[str, str]]:
    """Everything that limits where a claim holds."""
    scope = {(term.dimension, term.value) for term in claim.scope}
    return frozenset(scope | ({("condition", claim.condition)} if claim.condition else set()))


def _object(claim: Claim) -> frozenset[str] | str:
    """What the object says beside the words that limit the claim."""
    limits = " ".join(value for _, value in _limits(claim))
    return claim.value or terms(claim.object) - terms(limits)


def _whole(claim: Claim) -> Hashable:
    return position(claim), _limits(claim)


def _told(claim: Claim) -> Hashable:
    return own_words(claim), claim.relation, said(claim), claim.polarity


def _matter(claim: Claim) -> Hashable:
    return own_words(claim), claim.relation, said(claim)


def _bearer(claim: Claim) -> Hashable:
    return own_words(claim) or claim.subject, claim.relation, claim.extractor


def _order(change: ClaimChange) -> tuple[int, str, int, int]:
    claim = change.now or change.before
    assert claim is not None
    return KINDS.index(change.kind), claim.path, claim.span.line, claim.span.column
