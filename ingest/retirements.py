"""Statements that a named thing is gone: removed, deprecated, renamed or replaced.

The thing is the argument of the verb, never a word that merely stands on the line: "Removed `a` from the chart" retires
nothing but a place of ``a``, "`a` was removed" retires ``a``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Literal, NamedTuple

from ..graph.model import Retirement
from .english import FINITE, PREPOSITIONS, SUBORDINATORS
from .page import Passage
from .words import is_identifier

_HINTS = (
    "emove", "elete", "etire", "rop ", "ropped", "eprecated", "ecommission", "liminate", "iscontinued", "sunset",
    "no longer", "enamed", "oved ", "eplaced", "hanged ", "witched ", "igrated ", "pdate ", "ename ", "ove ", "eplace ",
    "igrate ", " gone",
)  # fmt: skip
_ADVERBS = r"(?:(?:now|already|fully|intentionally|completely|since|also|officially|formally|both|all|entirely)\s+)*"
_GIVEN_UP = r"(?:deprecated|retired|decommissioned|discontinued|sunset)"
_DEAD = rf"(?:{_GIVEN_UP}|removed|deleted|dropped|eliminated)"
_IS_GONE = re.compile(
    rf"\b(?:(?:was|were|has been|have been|has since been|have since been)\s+{_ADVERBS}{_DEAD}\b"
    rf"|(?:is|are)\s+(?:{_ADVERBS}{_GIVEN_UP}|(?:now|already)\s+{_DEAD})\b"
    r"|no longer exists?\b|(?:is|are) no longer (?:used|supported|available|present|shipped|deployed|part of)\b"
    r"|(?:is|are) gone\b)",
    re.IGNORECASE,
)
"""What is said for good: "is removed" alone may only tell what happens at run time."""
_DID = re.compile(
    r"(?:^[\W_]*(?:\d{4}-\d\d(?:-\d\d)?[\W_]+)?|[.;:–—]\s+[\W_]*|\b(?:we|also)\s+)"
    r"(?:removed|deleted|retired|dropped|decommissioned|eliminated|deprecated)\s+",
    re.IGNORECASE,
)
_TO_END = re.compile(
    r"^[\W_]*(?:[A-Z]+-?\d[\w.-]*[\W_]+)?(?:remove|delete|retire|drop|decommission|eliminate)\s+", re.IGNORECASE
)
"""An order to end something, which a ticked box tells as carried out."""
_SWAPPED = re.compile(
    r"(?:^[\W_]*(?:\d{4}-\d\d(?:-\d\d)?[\W_]+)?|[.;:–—]\s+[\W_]*|\b(?:we|also|was|were|been)\s+|\b[A-Z]+-\d+\W+)"
    r"(?P<verb>renamed?|moved?|replaced?|changed|switched|migrated?|update)\s+(?P<what>[^.;→]{0,60}?\bfrom\s+)?",
    re.IGNORECASE,
)
_DONE = re.compile(r"✅|☑|✔|\b(?:done|completed?)\b", re.IGNORECASE)
_TO = re.compile(r"\W{0,3}\s*(?:to|with|by|→|->|into|in favou?r of)\s+(?:the\s+|a\s+)?(?:new\s+)?", re.IGNORECASE)
_CLAUSE_END = re.compile(r"[.;:!?](?=\s)|[—–]|,\s+(?:so|but|which|because|while|whereas)\b|\((?![^()]*\)[^()]*$)")
_WORD = re.compile(r"[A-Za-z][\w'’-]*")
_CONDITIONAL = re.compile(
    r"\b(?:if|when|whenever|once|until|unless|after|before|whether|where|should|must|will|would|can|may|any \w+ that"
    r"|not|never)\b",
    re.IGNORECASE,
)
_JOINED = re.compile(r"^[\s,/+&|()\"“”'*]*(?:(?:and|or|plus|the|their|its|legacy|old|former|older)\b[\s,]*)*$", re.I)
_PARTIAL = re.compile(
    r"\b(?:ad[- ]hoc|duplicated?|hard-?coded|redundant|extra|explicit|inline|defaults?|some|most|several|many|stale"
    r"|direct|remaining|local|manual|occasional)\b",
    re.IGNORECASE,
)
_PART = "|".join(
    """fields? columns? parameters? params? props? arguments? args? imports? calls? references? mentions? dependency
    dependencies constraints? scopes? labels? property properties keys? values? entry entries stanzas? blocks? edges
    toggles? warnings? prefix prefixes directives? tests? annotations? defaults? usages? uses lines? rows? sections?
    links? ids? requirements? overrides? edits? hacks? rules? configs? configuration settings alias aliases""".split()
)
_PARTS = re.compile(
    rf"^\W{{0,3}}\s*(?:(?:[\w-]+\s+){{0,2}}?(?:{_PART})"
    r"(?=\W*(?:$|(?:from|in|with|and|or|to|for|by|entirely|completely)\b)|[,.;:)])"
    r"|(?:from|in(?! favou?r)|on|for|under|within|inside)\b|(?:[\w-]+\s+){0,2}?(?:with|that|which)\b)",
    re.IGNORECASE,
)
"""After a name: it only says of what something else is a part, or which of several are meant."""
_FROM = re.compile(r"[^.;,(]{0,40}?\b(?:from|in(?! favou?r)|for|under)\s+(?P<place>[^.;,(]{1,60})", re.IGNORECASE)
_WHOLE = re.compile(
    r"^(?:the\s+|our\s+)?(?:[\w-]+\s+){0,2}(?:gitops|git|codebase|code base|repos?|repository|repositories|monorepo"
    r"|platform|product|project|system|stack|tree|workflow|component set|set)\b",
    re.IGNORECASE,
)
"""Places out of which a thing is taken only by ending it."""
_KIND_FROM = re.compile(
    r"\b(?:domain|host(?:name)?|name|url|endpoint|path|folder|directory|file|package|image|repo(?:sitory)?|service|chart"
    r"|namespace|branch|registry|script|command|flag|variable)\s+from\s+$",
    re.IGNORECASE,
)


_PROPER = re.compile(r"(?<![\w`.@“\"‘-])(?P<name>[A-Z][a-z]{2,})(?:-(?:based|backed|only))?(?![\w.-])")
"""A capitalised word, which may be a name: whether it is one, the whole set of documents has to show."""
_WORDS = re.compile(r"(?<![\w/.@*-])[\w*@][\w./*@<>-]{3,}(?<![.,])(?!\{)")


class _Literal(NamedTuple):
    """A word or code span that may name a thing."""

    start: int
    end: int
    text: str
    form: Literal["code", "coined", "proper"]
    """In code ticks, with the form of an identifier, or merely with a capital."""


def retirements(passage: Passage) -> Iterator[Retirement]:
    """The things that a passage says are gone, in the order of the text."""
    text = passage.text
    if passage.checked is False or not any(hint in text for hint in _HINTS):
        return
    literals = _literals(passage)
    if not literals:
        return
    yield from _passive(passage, literals)
    marked = [one for one in literals if one.form != "proper"]
    yield from _active(passage, marked)
    yield from _swapped(passage, marked)


def _literals(passage: Passage) -> list[_Literal]:
    """The names of a passage: its code spans, and outside them identifiers and words with a capital."""
    text = passage.text
    spans = ((m.start, m.end, text[m.start : m.end]) for m in passage.marks if m.kind == "code")
    ticked = [_Literal(start, end, name, "proper" if name.istitle() else "code") for start, end, name in spans]
    words = (_Literal(m.start(), m.end(), m[0], "coined") for m in _WORDS.finditer(text) if _coined(m[0]))
    names = (_Literal(m.start(), m.end(), m["name"], "proper") for m in _PROPER.finditer(text))
    free = (
        word for word in (*words, *names) if not any(one.start < word.end and word.start < one.end for one in ticked)
    )
    return sorted([*ticked, *free])


def _coined(word: str) -> bool:
    """Whether a word outside code ticks is a name by its form, and not merely hyphenated.

    >>> [_coined(w) for w in ("mail_gate", "a.example.org", "MailGate", "per-tenant", "and/or")]
    [True, True, True, False, False]
    """
    if not is_identifier(word) or re.fullmatch(r"[\d.,%-]+|[A-Za-z-]+(?:/[A-Za-z-]+)*", word):
        return bool(re.search(r"[a-z][A-Z]", word)) and "/" not in word
    return not word[0].isdigit()


def _passive(passage: Passage, literals: list[_Literal]) -> Iterator[Retirement]:
    text = passage.text
    for match in _IS_GONE.finditer(text):
        start = max((m.end() for m in _CLAUSE_END.finditer(text, 0, match.start())), default=0)
        subject = [
            one for one in literals if start <= one.start and one.end <= match.start() and _stands_alone(text, one)
        ]
        things = _heads(text, subject, match.start())
        if not things or _CONDITIONAL.search(text, start, match.start()) or _elsewhere(text, match.end()):
            continue
        if _PARTIAL.search(text, start, things[0].start):
            continue
        span = passage.locate(things[0].start, match.end())
        yield from (Retirement(one.text, "", span) for one in things)


def _heads(text: str, subject: list[_Literal], verb: int) -> list[_Literal]:
    """The names that head the subject before a verb: nothing but nouns lies between the last of them and the verb."""
    if not subject or not _is_noun_phrase(text, subject[-1], verb):
        return []
    joins = [text[a.end : b.start] for a, b in pairwise(subject)]
    if joins and _SERIES_END.match(joins[-1]) and not (len(joins) > 1 and _COMMA.fullmatch(joins[-2])):
        joins[-1] = ""
    things = [subject[-1]]
    for one, join in zip(reversed(subject[:-1]), reversed(joins), strict=True):
        if not _coordinated(join):
            break
        things.insert(0, one)
    return things if _begins_clause(text, things[0]) else []


_SERIES_END = re.compile(r"\W*,\s+(?:and|or)\b")
"""Ends a list of three and more; after a single name it opens a clause of its own."""
_COMMA = re.compile(r"\W*,\s+\W*")


def _coordinated(between: str) -> bool:
    """Whether a stretch of text joins two names of one list."""
    return bool(re.search(r"[,/+&]|\b(?:and|or|plus)\b", between)) and _nouns_only(between)


def _is_noun_phrase(text: str, name: _Literal, verb: int) -> bool:
    """Whether the words after a name belong to it: kinds of things, or the rest of an example in brackets."""
    after = text[name.end : verb]
    if after.count(")") > after.count("("):
        return True
    plain = _PARENTHESIS.sub(" ", after)
    words = _WORD.findall(plain)
    whole = name.end - name.start > len(name.text)
    if _ANOTHER.search(plain):
        return False
    return (whole or not words or _is_kind(words[-1])) and _nouns_only(" ".join(words[:-1])) and not _PARTS.match(plain)


def _stands_alone(text: str, name: _Literal) -> bool:
    """Whether a name is no mere adjective: a word without ticks must not go before another noun.

    >>> _stands_alone("the Foo-1 budget", _Literal(4, 9, "Foo-1", "coined"))
    False
    """
    if name.form == "code":
        return True
    if name.form == "proper" and _ends_longer_name(text, name):
        return False
    after = _WORD.match(text, name.end + 1)
    if text[name.end + 1 : name.end + 2] in _QUOTES or (name.form == "proper" and after and _is_kind(after[0])):
        return False
    if after is None or _is_kind(after[0]) or after[0].lower() in _VERBAL | {"no", "and", "or"}:
        return True
    return name.form == "proper" and (text[name.start : name.end] != name.text or after[0] == "stack")


def _ends_longer_name(text: str, name: _Literal) -> bool:
    """Whether a capitalised word is the last of a longer name, such as "Mail Relay Hooks" or "non-API Hooks".

    >>> [_ends_longer_name(t, _Literal(t.index("Hooks"), 0, "", "proper")) for t in ("The Mail Hooks", "Old Hooks")]
    [True, False]
    """
    before = _CAPITALISED.search(text[: name.start])
    return before is not None and (before.start() > 0 or not before[0].strip().istitle())


_CAPITALISED = re.compile(r"[\w-]*[A-Z][\w-]*\s+$")


def _is_kind(noun: str) -> bool:
    """Whether a noun only says of what kind the name before it is."""
    low = noun.lower()
    return low in _KINDS or low.removesuffix("s") in _KINDS


def _begins_clause(text: str, name: _Literal) -> bool:
    """Whether a name begins its clause but for articles and adjectives: no verb and no preposition goes before it."""
    start = max((m.end() for m in _OPENS_CLAUSE.finditer(text, 0, name.start)), default=0)
    before = text[start : name.start]
    if _SUPPORT.search(before):
        return True
    words = [word.lower() for word in _WORD.findall(before)]
    return len(words) <= 8 and not _VERBAL.intersection(words)


def _nouns_only(between: str) -> bool:
    """Whether a stretch of text holds a few nouns at most: no verb, no preposition."""
    words = [word.lower() for word in _WORD.findall(between)]
    return len(words) <= 6 and not _VERBAL.intersection(words)


_QUOTES = frozenset("“\"‘'(")
_ANOTHER = re.compile(r"\b(?:legacy|old|former|new|previous)\b", re.IGNORECASE)
"""After a name: another thing begins there."""
_PARENTHESIS = re.compile(r"\([^()]*\)|[“\"][^”\"]*[”\"]")
_OPENS_CLAUSE = re.compile(r"[.;:!?](?=\s)|[(—–]|,\s+(?:and|so|but|which|because|while|whereas)\b")
_SUPPORT = re.compile(r"\b(?:support for|(?:use|usage) of|references to)\s+(?:the\s+)?[\W_]*$", re.IGNORECASE)
_NOT_HEAD = PREPOSITIONS | SUBORDINATORS | frozenset({"around", "about", "regarding", "that", "which", "whose", "your"})
_KINDS = frozenset(
    """helper script file service chart job class function method component package module command directory folder
    project image operator release route endpoint table queue topic namespace wrapper variable flag option hook api
    tool library binary cli generator resource workload install overlay pattern topology flow stack proxy
    deployment plugin type constant event protocol format tag repository repo filter probe check validation
    family setup approach mechanism implementation runtime runner driver backend server client""".split()
)
"""Nouns that say of what kind the name before them is."""
_OFTEN_NOUNS = frozenset(
    """release releases flow flows proxy test tests route routes script scripts pattern queue queues cache caches store
    stores stack stage stages map maps set package packages image images link links mirror mirrors host hosts command
    commands process processes record records request requests filter filters mount mounts label labels state states
    place target targets override overrides seed seeds source sources default defaults check checks build builds import
    imports guard guards model models document documents service services file files need needs install installs
    deploy work display project projects""".split()
)
_FORMS_OF_BE = frozenset("is are was were has have be been".split())
_VERBAL = _FORMS_OF_BE | _NOT_HEAD | (frozenset(FINITE) - _OFTEN_NOUNS)
"""Words that end a noun phrase: finite verbs that are not as often nouns, prepositions and conjunctions."""


def _elsewhere(text: str, end: int) -> bool:
    """Whether a thing is only taken out of some place: "removed from the chart", not "from the codebase"."""
    match = _FROM.match(text, end)
    return match is not None and not _WHOLE.match(match["place"])


def _active(passage: Passage, literals: list[_Literal]) -> Iterator[Retirement]:
    text = passage.text
    ticked = _TO_END.match(text) if passage.checked else None
    for match in (*_DID.finditer(text), *([ticked] if ticked else ())):
        things = _objects(text, literals, match.end())
        if not things or _PARTS.match(text[things[-1].end :]) or _elsewhere(text, things[-1].end):
            continue
        span = passage.locate(things[0].start, things[-1].end)
        yield from (Retirement(one.text, "", span) for one in things)


def _objects(text: str, literals: list[_Literal], verb: int) -> list[_Literal]:
    """The names that are the direct object of a verb that ends at an offset."""
    things: list[_Literal] = []
    at = verb
    for one in literals:
        if one.start < at:
            continue
        between = text[at : one.start]
        if things and not _JOINED.match(between):
            break
        if not things and (not _nouns_only(between) or "," in between or _PARTIAL.search(between)):
            break
        things.append(one)
        at = one.end
    return things if things and _stands_alone(text, things[-1]) else []


def _swapped(passage: Passage, literals: list[_Literal]) -> Iterator[Retirement]:
    """Renames and moves: the old name goes, the new one stands after "to"."""
    text = passage.text
    for match in _SWAPPED.finditer(text):
        done = match["verb"].lower().endswith("d") or passage.checked or _DONE.search(text)
        old = next((one for one in literals if one.start == match.end()), None)
        if not done or old is None or (match["what"] and not _KIND_FROM.search(match["what"])):
            continue
        to = _TO.match(text, old.end)
        new = next((one for one in literals if to and one.start == to.end()), None)
        if new is not None and _alike(old.text, new.text):
            yield Retirement(old.text, new.text, passage.locate(old.start, new.end))


def _alike(old: str, new: str) -> bool:
    """Whether two names are names of one kind: two paths, two hosts, two words of one form.

    >>> _alike("a/b.yaml", "c/d/"), _alike("MailGate", "MailCourier"), _alike("Domain", "orders/v1")
    (True, True, False)
    """
    if " " in old or " " in new or old == new:
        return False
    shape = [("/" in name, "." in name.strip("."), name[:1].isupper()) for name in (old, new)]
    return shape[0] == shape[1] or ("/" in old and "/" in new)
