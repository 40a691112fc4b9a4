"""The claims that answer a question, each with how well it does."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from ..graph.model import Claim, Polarity
from ..graph.relations import relation_of, role_of
from ..ingest.context import scope_of
from ..ingest.english import STATES
from ..ingest.lexicon import Lexicon
from ..ingest.words import clean, core, phrase, terms
from .acts import family
from .asked import Asked, base_form
from .aspect import Aspect
from .aspects import aspects_of
from .corpus import Corpus
from .fillers import matter_of
from .gate import disjoint
from .naming import named, verb_words, who_of
from .states import coordinated
from .topic import NARROWER, RELATED, SAME, Topic


class Found(NamedTuple):
    """A claim that answers, who it is about, and what it says in the question's terms."""

    claim: Claim
    score: float
    who: str
    what: str
    polarity: Polarity


class Search(NamedTuple):
    """A question about a set, ready to be put to claims."""

    asked: Asked
    topic: Topic
    subject: Topic | None
    lexicon: Lexicon

    @property
    def kin(self) -> str:
        """The family of relations that a verb belongs to, or the verb itself."""
        return kin_of(self.asked.relation)


def kin_of(verb: str) -> str:
    """The family of a verb, or its base form.

    >>> kin_of("has"), kin_of("shares")
    ('possession', 'share')
    """
    found = relation_of(verb)
    return found.family if found is not None and not found.role else family(base_form(verb).replace(" ", "-"))


def search(corpus: Corpus, asked: Asked, topic: Topic, subject: Topic | None) -> Iterator[Found]:
    """Every live claim that answers, best first; for a question of currency also those that no longer stand."""
    put = Search(asked, topic, subject, corpus.linkage.lexicon)
    wants = _MATCHERS[asked.form]
    stated = scope_of(asked.where, "stated")
    found: dict[tuple[str, int, str, str], Found] = {}
    for reading in corpus.readings:
        for claim in reading.claims:
            stands = claim.standing == "live" or asked.form == "currency"
            if not stands or is_torn(claim) or disjoint(claim.scope, stated):
                continue
            for one in wants(claim, put):
                key = (claim.path, claim.span.line, one.polarity, one.who)
                if key not in found or found[key].score < one.score:
                    found[key] = one
    yield from sorted(found.values(), key=lambda one: (-one.score, one.claim.path, one.claim.span, one.what))


def is_torn(claim: Claim) -> bool:
    """Whether a claim was cut out of a quotation: words that somebody cites are not what the document says."""
    return any(text.count("“") != text.count("”") for text in (claim.subject, claim.object))


def _doer(claim: Claim, put: Search) -> Iterator[Found]:
    """Claims of a verb's family that govern the thing, and for possession and ownership also roles that it fills."""
    if claim.relation.startswith("open:"):
        yield from _filled(claim, put)
        return
    for aspect in _acts(claim, put):
        score = _governed(aspect, put.topic)
        if score:
            said = verb_words(claim.relation)
            yield _found(claim, score, who_of(claim, put.lexicon), f"{said} {_object_of(claim)}".strip())


def _acts(claim: Claim, put: Search) -> Iterator[Aspect]:
    lemma = claim.relation.partition(":")[0]
    if family(lemma) == put.kin:
        yield from (a for a in aspects_of(claim, put.lexicon) if a.kind == "act")


def _governed(aspect: Aspect, topic: Topic) -> float:
    if aspect.step.startswith("the heading"):
        return RELATED if topic.phrase.head and topic.phrase.head == aspect.object.head else 0.0
    return topic.within(aspect.object) if aspect.affirmed else topic.denied_by(aspect.object)


_IDENTITY = re.compile(r"\b(?:identity|account|credentials?|kubeconfig)\b", re.IGNORECASE)


def _filled(claim: Claim, put: Search) -> Iterator[Found]:
    """A role that a thing fills: "identity: ServiceAccount" says that it has one; "owner: X" says that X owns it."""
    role = claim.relation[5:]
    if put.kin == "ownership" and phrase(role).head == "owner":
        named_ = 0.0 if put.topic.documents else put.topic.names(claim.subject, put.lexicon)
        if score := SAME if put.topic.is_document(claim) else named_:
            yield _found(claim, score, clean(claim.object), f"owns {named(claim.subject, put.lexicon)}")
    elif put.kin == "possession" and claim.extractor != "code" and _IDENTITY.search(role):
        score = max(put.topic.within(phrase(part)) for part in (role, *claim.object.split("/")))
        if score:
            yield _found(claim, min(score, NARROWER), who_of(claim, put.lexicon), f"has {role}: {claim.object}")


def _act(claim: Claim, put: Search) -> Iterator[Found]:
    """What ``_doer`` finds, as far as it is about the subject that the question names."""
    for one in _doer(claim, put):
        bears = put.subject.names(core(claim.subject), put.lexicon) if put.subject else 0.0
        if bears:
            yield one._replace(score=min(one.score, bears))


def _state(claim: Claim, put: Search) -> Iterator[Found]:
    """Statements of the state, cells of a matrix that name it, and acts of its family ("S does not support X")."""
    state = STATES[put.asked.relation].relation
    yield from _said(claim, state, put) if claim.relation == f"is-{state}" else _made(claim, state, put)
    word = STATES.get(claim.object.strip().lower()) if claim.relation.startswith("open:") else None
    if word is not None and word.relation == state and claim.extractor == "table":
        score = put.topic.names(claim.subject, put.lexicon)
        if score:
            yield _stated(claim, score, state, word.positive, "", put)
    if kin_of(put.asked.relation) == family(claim.relation.partition(":")[0]) and not put.asked.where:
        for one in _doer(claim, put):
            yield one._replace(score=min(one.score, RELATED))


def _said(claim: Claim, state: str, put: Search) -> Iterator[Found]:
    """A claim of the state itself."""
    score = max(put.topic.names(part, put.lexicon) for part in coordinated(core(claim.subject)))
    if score and _same_limit(terms(_limit(claim)), put.asked.where):
        yield _stated(claim, score, state, claim.polarity == "affirmed", _limit(claim), put)


def _made(claim: Claim, state: str, put: Search) -> Iterator[Found]:
    """An act that brings the thing into the state, or out of it."""
    if any(p.head in claim.object.lower().replace("-", "") for p in (put.topic.phrase, put.topic.plain)):
        for aspect in aspects_of(claim, put.lexicon):
            score = put.topic.bears(aspect.subject) if aspect.kind == "state" and aspect.value == state else 0.0
            if score and _same_limit(aspect.tail, put.asked.where):
                yield _stated(claim, score, state, aspect.affirmed, "", put)


def _stated(claim: Claim, score: float, state: str, affirmed: bool, limit: str, put: Search) -> Found:
    thing = claim.subject if claim.relation.startswith(("is-", "open:")) else claim.object
    polarity: Polarity = "affirmed" if affirmed else "denied"
    return Found(claim, score, named(thing, put.lexicon), f"is {state} {limit}".strip(), polarity)


def _limit(claim: Claim) -> str:
    """What a state is limited to, in the claim's own words."""
    words = claim.object.split()
    return " ".join(words[1:]) if claim.relation.startswith("is-") else ""


def _same_limit(tail: frozenset[str], where: str) -> bool:
    """Whether a claim's limit and the question's can be one: a word in common, or one of them silent."""
    wanted = terms(where)
    return not wanted or not tail or bool(wanted & tail)


_PLACED = frozenset({"deploy", "host", "install", "locate", "store", "run", "place", "keep", "is-deployed"})
_PLACES = re.compile(
    r"\b(?:namespace|cluster|region|node|host|machine|location|environment|runs? (?:in|on)|hosted|where)\b",
    re.IGNORECASE,
)
_IN = re.compile(r"(?:\w+ )?(?:in|on|at|inside|under|within|to) ", re.IGNORECASE)


def _place(claim: Claim, put: Search) -> Iterator[Found]:
    """Acts of placement, roles that name a place, and "X is in Y"."""
    lemma, _, passive = claim.relation.partition(":")
    is_role = lemma == "open" and claim.extractor != "code" and bool(_PLACES.search(passive))
    stands = (lemma == "is" or lemma in _PLACED) and bool(_IN.match(claim.object))
    if is_role or stands or (lemma != "open" and family(lemma) == "placement"):
        score = put.topic.names(core(claim.subject), put.lexicon)
        if score:
            said = passive if is_role else verb_words(claim.relation)
            yield _found(claim, score, named(claim.subject, put.lexicon), f"{said} {claim.object}")


def _role(claim: Claim, put: Search) -> Iterator[Found]:
    """The role as a column or label, in "the P of X is V", and in an act on it ("listens on port 1")."""
    if claim.extractor == "code":
        return
    if claim.relation.startswith("open:"):
        name = claim.relation[5:]
        score = put.topic.names(claim.subject, put.lexicon) if _same_role(put.asked.relation, name) else 0.0
        if score:
            yield _found(claim, score, named(claim.subject, put.lexicon), f"{name} {claim.object}")
    elif claim.relation == "is":
        subject, wanted = phrase(claim.subject), phrase(put.asked.relation)
        if wanted and wanted.head == subject.head and wanted.terms | put.topic.plain.terms <= subject.terms:
            yield _found(claim, SAME, put.topic.name, f"{put.asked.relation} {claim.object}")
    else:
        yield from _role_in_act(claim, put)


def _role_in_act(claim: Claim, put: Search) -> Iterator[Found]:
    wanted, said = terms(put.asked.relation), terms(claim.object)
    if wanted and wanted < said and len(said) <= len(wanted) + 2 and not claim.relation.startswith("is-"):
        score = put.topic.names(core(claim.subject), put.lexicon)
        if score:
            yield _found(
                claim, score, named(claim.subject, put.lexicon), f"{verb_words(claim.relation)} {claim.object}"
            )


def _same_role(asked: str, name: str) -> bool:
    """Whether a label names the role that is asked for, perhaps in more words.

    >>> _same_role("port", "service port"), _same_role("port", "report")
    (True, False)
    """
    known, other = role_of(asked), role_of(name)
    if known is not None and other is not None:
        return known.id == other.id
    wanted, named_ = phrase(asked), phrase(name)
    return bool(wanted.terms) and wanted.head == named_.head and wanted.terms <= named_.terms


def _authority(claim: Claim, put: Search) -> Iterator[Found]:
    if claim.relation != "is-authority-for":
        return
    asked = matter_of(put.topic.name, put.lexicon)
    for aspect in aspects_of(claim, put.lexicon):
        if aspect.kind == "authority":
            shared = aspect.object.terms & asked.terms
            small = min(len(aspect.object.terms), len(asked.terms))
            if len(shared) * 2 > small and asked.head in aspect.object.terms:
                score = SAME if asked.terms <= aspect.object.terms else NARROWER
                matter = claim.object or claim.topic
                yield _found(claim, score, named(claim.subject, put.lexicon), f"is the authority for {matter}")
            return


_STANDING = frozenset({"is-current", "is-present", "has-status", "is-authority-for", "open:status", "open:state"})
_AUTHORITATIVE = re.compile(
    r"\b(?:authoritative|canonical|current|deprecated|superseded|obsolete|legacy|valid|normative|replaced)\b",
    re.IGNORECASE,
)


def _currency(claim: Claim, put: Search) -> Iterator[Found]:
    """What is said of the standing of a document or thing: its status, what replaces it, who calls it the authority."""
    about = put.topic.is_document(claim) or bool(put.topic.names(claim.subject, put.lexicon))
    lemma = claim.relation.partition(":")[0]
    weighs = lemma in {"is", "has"} and _AUTHORITATIVE.search(claim.object)
    if about and (claim.relation in _STANDING or family(lemma) == "lineage" or weighs):
        yield _found(claim, SAME, put.topic.name, f"{verb_words(claim.relation)} {claim.object}".strip())
    elif family(lemma) == "lineage" and put.topic.within(put.lexicon.link(claim.object)):
        yield _found(claim, NARROWER, named(claim.subject, put.lexicon), f"{verb_words(claim.relation)} {claim.object}")


def _object_of(claim: Claim) -> str:
    return claim.subject if claim.relation.endswith(":passive") else claim.object


def _found(claim: Claim, score: float, who: str, what: str) -> Found:
    return Found(claim, score, who or claim.path, what, claim.polarity)


_MATCHERS: Mapping[str, Callable[[Claim, Search], Iterator[Found]]] = {
    "doer": _doer,
    "act": _act,
    "state": _state,
    "place": _place,
    "role": _role,
    "authority": _authority,
    "currency": _currency,
}
