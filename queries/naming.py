"""How an answer speaks of a claim: who it is about, and its relation as words."""

from __future__ import annotations

import re

from ..graph.model import Claim
from ..ingest.lexicon import Lexicon
from ..ingest.words import clean, core


def verb_words(relation: str) -> str:
    """A relation as words to stand between who and what.

    >>> [verb_words(r) for r in ("run-with", "open:service port", "hold:passive", "is-current", "has-status")]
    ['run with', 'service port', 'is subject to hold', 'is', 'status']
    """
    if relation == "is-authority-for":
        return "is the authority for"
    lemma, _, passive = relation.removeprefix("open:").partition(":")
    if passive:
        return f"is subject to {lemma}"
    if lemma.startswith("has-"):
        return lemma[4:]
    return "is" if lemma.startswith("is-") else lemma.replace("-", " ")


def who_of(claim: Claim, lexicon: Lexicon) -> str:
    """Who does what a claim says; for a passive the agent, when it is named."""
    if not claim.relation.endswith(":passive"):
        return named(claim.subject, lexicon)
    agent = re.search(r"\bby (.+)", claim.object)
    return named(agent[1], lexicon) if agent else "(not said)"


_ALL = re.compile(r"^(?:each|every|all|any|no)\s+(?=\S)", re.IGNORECASE)


def named(text: str, lexicon: Lexicon) -> str:
    """A phrase as written, with the preferred name behind it when that is another."""
    own = _ALL.sub("", clean(core(text)) or clean(text))
    preferred = lexicon.name(own)
    return own if preferred.casefold() == own.casefold() else f"{own} ({preferred})"
