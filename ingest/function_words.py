"""Words that build a clause: what may stand before, within and behind its verb phrase."""

from __future__ import annotations

from .english import BE, DO, HAVE, MODALS

AUXILIARIES = frozenset({*BE, *HAVE, *DO, *MODALS})

PLACE_PREPOSITIONS = frozenset("in inside within on for from under at".split())

LEADING_WORDS = frozenset("do not never don't always please only just then also now and explicitly cannot".split())

OBLIGING_VERBS = frozenset("needs has have".split())
"""Verbs that oblige before "to"."""

NONE_PRONOUNS = frozenset({"none", "neither", "nothing", "nobody"})
"""Subjects of which nothing that follows is true."""

RULE_NOUNS = frozenset({"default", "rule", "policy", "convention", "practice", "decision", "standard"})
"""Nouns of which "is to" tells what is done."""

AVOIDING_VERBS = frozenset({"avoid", "stop", "forbid", "prohibit"})

ADVERBS = frozenset(
    """only always never also now still already currently just then explicitly automatically manually typically
    normally usually generally strictly intentionally directly fully simply therefore thus often both all again
    effectively longer yet deliberately explicitly completely entirely largely mostly partially temporarily permanently
    silently""".split()
)

QUANTIFIERS = {"only": "only", "all": "all", "every": "all", "each": "all", "any": "all", "no": "no"}

INTRANSITIVE_VERBS = frozenset("exists runs works applies remains".split())

SETTLED_VERBS = frozenset("runs lives works depends relies listens points comes applies belongs".split())
"""Forms that are verbs even where a preposition follows, not plural nouns."""

PARTICLES = frozenset("in on at to from with under by against as into through via inside within for".split())
