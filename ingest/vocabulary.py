"""A user's own vocabulary: concepts in SKOS Turtle that name things, their kinds and what is broader or disjoint."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

from .lexicon import Vocabulary, fold

_SKOS = "http://www.w3.org/2004/02/skos/core#"
_OWL = "http://www.w3.org/2002/07/owl#"
_RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_OWN = "urn:naysay:vocabulary#"
_NOT_KINDS = frozenset(
    {_SKOS + "Concept", _OWL + "Class", _OWL + "FunctionalProperty", _OWL + "ObjectProperty", _SKOS + "ConceptScheme"}
)


class VocabularyError(Exception):
    """A vocabulary that cannot be used; ``faults`` say where and how to mend it, all at once."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


def read_vocabulary(path: Path) -> Vocabulary:
    """The vocabulary in a Turtle file.  Raises VocabularyError when it cannot be read or names a concept twice."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise VocabularyError([f"{path}: cannot read the vocabulary: {error}"]) from error
    return parse_vocabulary(text, str(path))


def parse_vocabulary(text: str, where: str) -> Vocabulary:
    """The vocabulary in a Turtle text.

    Raises VocabularyError with every mistake of syntax: after one, reading goes on with the next statement.
    """
    rows, faults, rest = _Rows(), list[str](), text
    while len(faults) < MOST_FAULTS:
        rows = _Rows()
        try:
            rows.read(rest)
            break
        except SyntaxError as error:
            line = error.lineno or 1
            faults.append(f"{where}:{line}: not Turtle: {error.msg}; mend the line or leave the vocabulary out")
            rest = _without_statement(rest, line)
    if faults:
        raise VocabularyError(faults)
    return _build(rows.found, where, text)


MOST_FAULTS = 20
"""Mistakes of syntax after which a text is no vocabulary with mistakes but something else."""
_STATEMENT_ENDS = re.compile(r"\.\s*(?:#.*)?$")


def _without_statement(text: str, line: int) -> str:
    """A Turtle text with the statement that covers a line made blank; the other lines keep their numbers.

    >>> _without_statement("a\\n  b .\\nc ; ;\\n  d .\\ne .", 3)
    'a\\n  b .\\n\\n\\ne .'
    """
    lines = text.split("\n")
    ends = [number for number, each in enumerate(lines, 1) if _STATEMENT_ENDS.search(each)]
    first = max((end for end in ends if end < line), default=0)
    last = min((end for end in ends if end >= line), default=len(lines))
    return "\n".join("" if first < number <= last else each for number, each in enumerate(lines, 1))


class _Rows:
    """The values of each predicate of each subject."""

    def __init__(self) -> None:
        self.found: defaultdict[str, defaultdict[str, list[str]]] = defaultdict(lambda: defaultdict(list))

    def read(self, text: str) -> None:
        """Take in a Turtle text.  Raises SyntaxError."""
        from pyoxigraph import Literal, RdfFormat, parse

        for quad in parse(input=text.encode(), format=RdfFormat.TURTLE, base_iri="urn:vocabulary:"):
            value = quad.object.value if isinstance(quad.object, Literal) else getattr(quad.object, "value", "")
            self.found[getattr(quad.subject, "value", "")][quad.predicate.value].append(value)


def _build(rows: Mapping[str, Mapping[str, list[str]]], where: str, text: str) -> Vocabulary:
    names = {iri: found[0] for iri, terms in rows.items() if (found := sorted(terms.get(_SKOS + "prefLabel", [])))}
    faults = sorted(_faults(rows, names, where, text))
    if faults:
        raise VocabularyError(faults)
    preferred: dict[str, str] = {}
    deprecated: dict[str, str] = {}
    for iri, name in sorted(names.items()):
        preferred[fold(name)] = name
        preferred.update(dict.fromkeys(map(fold, rows[iri].get(_SKOS + "altLabel", [])), name))
        for predicate in (_SKOS + "hiddenLabel", _OWN + "deprecatedLabel"):
            deprecated.update(dict.fromkeys(map(fold, rows[iri].get(predicate, [])), name))
    return Vocabulary(
        preferred=preferred,
        deprecated=deprecated,
        kinds={
            names[i]: _local(k)
            for i in sorted(names)
            for k in sorted(rows[i].get(_RDF_TYPE, []))
            if k not in _NOT_KINDS
        },
        broader=_broader(rows, names),
        disjoint=frozenset(_disjoint(rows, names)),
        functional=frozenset(
            fold(names[i]) for i in names if _OWL + "FunctionalProperty" in rows[i].get(_RDF_TYPE, [])
        ),
    )


def _faults(
    rows: Mapping[str, Mapping[str, list[str]]], names: Mapping[str, str], where: str, text: str
) -> Iterator[str]:
    owners: defaultdict[str, set[str]] = defaultdict(set)
    written: dict[str, str] = {}
    for iri, terms in rows.items():
        for predicate in ("prefLabel", "altLabel"):
            for label in terms.get(_SKOS + predicate, []):
                owners[fold(label)].add(iri)
                written[fold(label)] = label
        for predicate in ("broader", "narrower"):
            for other in terms.get(_SKOS + predicate, []):
                if other not in names:
                    place = f"{where}:{_line(text, _local(other))}"
                    yield f"{place}: <{iri}> is {predicate} of <{other}>, which has no skos:prefLabel; give it one"
    for label, iris in owners.items():
        if len(iris) > 1:
            place, concepts = f"{where}:{_line(text, written[label])}", ", ".join(sorted(iris))
            yield f"{place}: “{written[label]}” is a label of {len(iris)} concepts ({concepts}); leave it with one"


def _broader(rows: Mapping[str, Mapping[str, list[str]]], names: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    edges: defaultdict[str, set[str]] = defaultdict(set)
    for iri, name in names.items():
        for other in rows[iri].get(_SKOS + "broader", []):
            edges[name].add(names[other])
        for other in rows[iri].get(_SKOS + "narrower", []):
            edges[names[other]].add(name)
    return {name: tuple(sorted(found)) for name, found in sorted(edges.items())}


def _disjoint(rows: Mapping[str, Mapping[str, list[str]]], names: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for iri, name in names.items():
        for predicate in (_OWL + "disjointWith", _OWN + "disjoint"):
            for other in rows[iri].get(predicate, []):
                if other in names:
                    yield (name, names[other])
                    yield (names[other], name)


def _line(text: str, word: str) -> int:
    """The last line that holds a word; 1 when it is spelled in another way."""
    return max((n for n, line in enumerate(text.split("\n"), 1) if word in line), default=1)


def _local(iri: str) -> str:
    return iri.replace("#", "/").rstrip("/").rpartition("/")[2].rpartition(":")[2]
