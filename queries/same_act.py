"""Whether two claims about acts could replace each other."""

from __future__ import annotations

from ..ingest.lexicon import Lexicon
from .aspect import Aspect
from .bans import is_ban, reaches
from .comparison import Comparison, Surroundings, made
from .exceptions import EXCEPTED, PART
from .gate import Match, same_bearer, same_thing


def act_comparison(a: Aspect, b: Aspect, around: Surroundings) -> Comparison | None:
    """An affirmed act ``a`` against a denied ``b``: what is denied must cover what is affirmed."""
    if a.claim.modality == "plan" and b.claim.modality == "fact":
        return None
    if is_ban(b.claim) and not reaches(a.claim, b.claim, around):
        return None
    governed = _covered(a, b, around.lexicon)
    if not governed.score:
        return None
    if _leaves_out(a, b):
        return None
    titles = (around.titles.get(a.claim.path, frozenset()), around.titles.get(b.claim.path, frozenset()))
    bearer = _without_agent(a, b, governed, around) or same_bearer(a, b, titles, around.lexicon)
    if not bearer.score or (
        bearer.score <= 0.5 and (governed.score < 0.8 or around.lexicon.specificity(governed.shared) < 9.0)
    ):
        return None
    return made("act", a, b, bearer, governed, around)


def _leaves_out(a: Aspect, b: Aspect) -> bool:
    """Whether what is affirmed is so of some only, or with an exception, and the denial speaks of others."""
    if a.subject.terms == b.subject.terms:
        return False
    return PART.match(a.claim.subject) is not None or any(
        map(EXCEPTED.search, (a.claim.subject, a.claim.object, a.claim.condition))
    )


def _without_agent(a: Aspect, b: Aspect, governed: Match, around: Surroundings) -> Match | None:
    """A denial in the passive that names nobody holds for everybody: "X is not used"."""
    if b.subject or not b.claim.relation.endswith(":passive") or b.claim.subject_from != "own words":
        return None
    if not around.link(a.claim, b.claim) or around.lexicon.specificity(governed.shared) < _NAMES_ENOUGH:
        return None
    return Match(0.8, governed.shared, "nobody at all does it")


_NAMES_ENOUGH = 4.0


def _covered(a: Aspect, b: Aspect, lexicon: Lexicon) -> Match:
    """How far what ``b`` denies covers what ``a`` affirms."""
    if b.object.terms <= a.object.terms:
        return same_thing(a.object, b.object, lexicon)
    if a.step and b.object.head in a.object.terms:
        if len(b.object.terms - a.object.terms) > 1:
            return Match(0.0, frozenset(), "")
        missing = lexicon.specificity(b.object.terms - a.object.terms)
        return Match(max(0.3, 0.75 - 0.04 * missing), b.object.terms & a.object.terms, "the heading names the kind")
    return Match(0.0, frozenset(), "")


def exclusive_comparison(a: Aspect, b: Aspect, around: Surroundings) -> Comparison | None:
    """What only ``a`` does, and another that does it too."""
    if (
        not b.affirmed
        or not b.subject.head
        or b.claim.subject_from != "own words"
        or b.claim.quantifier in {"only", "all"}
        or b.step
    ):
        return None
    if a.subject.terms & b.subject.terms or a.claim.relation.partition("-")[0] != b.claim.relation.partition("-")[0]:
        return None
    if not a.object.terms <= b.object.terms or b.claim.modality == "plan":
        return None
    governed = same_thing(a.object, b.object, around.lexicon)
    if not governed.score or around.lexicon.specificity(governed.shared) < 3.5:
        return None
    return made("exclusive", a, b, governed, governed, around)


def decision_comparison(a: Aspect, b: Aspect, around: Surroundings) -> Comparison | None:
    """A statement ``a`` that settles what ``b`` leaves open."""
    if a.claim.standing != "live" or a.claim.modality in {"plan", "permission"} or not around.link(a.claim, b.claim):
        return None
    if a.claim.path == b.claim.path and a.claim.passage == b.claim.passage:
        return None
    governed = (
        same_thing(a.object, b.object, around.lexicon)
        if b.object.terms
        else same_thing(a.subject, b.subject, around.lexicon)
    )
    bearer = same_thing(a.subject, b.subject, around.lexicon)
    if not a.subject.terms and not b.subject.terms:
        bearer = Match(0.8, frozenset(), "neither names who")
    if not governed.score or not bearer.score:
        return None
    if around.lexicon.specificity(governed.shared | bearer.shared) < 3.0:
        return None
    return made("decision", a, b, bearer, governed, around)
