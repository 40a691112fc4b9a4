"""The page that documents the graph, made from ``vocabulary.ttl`` and ``relations.ttl``.

``python -m naysay.graph.document_vocabulary docs/graph.md`` writes it, without an argument it is printed.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from . import iris
from .relations import Relation, relations

VOCABULARY = Path(__file__).with_name("vocabulary.ttl")
REUSED = (
    (iris.SKOS, "entities: `Concept`, `prefLabel`, `altLabel`, `broader`, `inScheme`"),
    (iris.DCTERMS, "documents: `title`, `identifier`, `date`, `references`, `replaces`, `isReplacedBy`"),
    (iris.PROV, "provenance of the published form: `wasQuotedFrom`, `wasGeneratedBy`, `Activity`, `SoftwareAgent`"),
    (iris.OA, "evidence of the published form: `SpecificResource`, `TextQuoteSelector`, `TextPositionSelector`"),
    (iris.SH, "shapes for claims, conflicts and sides"),
)
INTRODUCTION = """\
# The graph

<!-- Generated from graph/vocabulary.ttl and graph/relations.ttl by
`python -m naysay.graph.document_vocabulary docs/graph.md`. -->

What naysay reads is RDF, in named graphs:

- **one graph per document**, which bears the document's IRI: what the document says about itself and its claims, each
  claim one node with flat properties. It is replaced whole when the document changes;
- **derived graphs**, {derived}: what follows from the whole set. They are dropped and rebuilt whole.

The published form (`export --profile full`) adds to each document's graph where every claim was quoted from; it is not
stored. There are no blank nodes. Texts are plain strings as the document has them; a normalised value stands beside,
also as a string, so that no store rewrites `1.10` to `1.1`. A dump is sorted N-Quads, the same bytes for the same
documents.

| Thing | IRI |
|---|---|
| vocabulary | `{vocabulary}`, version {version} |
| document and its graph | `{document}` |
| claim | `{document}#claim-<hash of the claim>` |
| relation | `{relation}`, `{open}` for one that is not listed |
| entity | `{entity}` |
| conflict | `{conflict}`, its sides `…#side-1`, `…#side-2` |
| derived graph | `{graph}` |

`docs` is the name of the set. Characters outside RFC 3986's unreserved ones and `/` are percent-encoded.
"""
HEADINGS = (("Classes", "Class"), ("Properties", "Property"), ("Shapes", "Shape"))
PROPERTY_HEAD = "| Term | Of | Gives | Meaning |\n|---|---|---|---|"
TERM_HEAD = "| Term | Meaning |\n|---|---|"

Terms = Mapping[str, Mapping[str, list[str]]]


def page() -> str:
    """The whole page."""
    terms = read_terms()
    return "\n".join([_introduction(terms), *_reused(), *_terms(terms), *_relations()]) + "\n"


def read_terms() -> Terms:
    """The statements of the vocabulary by subject and predicate, in the order of the file."""
    from pyoxigraph import Literal, NamedNode, RdfFormat, parse

    rows: dict[str, dict[str, list[str]]] = {}
    for quad in parse(path=VOCABULARY, format=RdfFormat.TURTLE):
        if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode | Literal):
            rows.setdefault(quad.subject.value, {}).setdefault(quad.predicate.value, []).append(quad.object.value)
    return rows


def main(arguments: Sequence[str]) -> None:
    """Write the page to the file that the first argument names, else print it."""
    if arguments:
        Path(arguments[0]).write_text(page(), encoding="utf-8", newline="\n")
    else:
        sys.stdout.write(page())


def _introduction(terms: Terms) -> str:
    return INTRODUCTION.format(
        derived=", ".join(f"`{iris.graph_iri(name)}`" for name in iris.DERIVED_GRAPHS),
        vocabulary=iris.VOCABULARY,
        version=terms[iris.VOCABULARY.removesuffix("#")][iris.OWL + "versionInfo"][0],
        document=iris.document_iri("guides/ports.md"),
        relation=iris.relation_iri("runs-on"),
        open=iris.relation_iri("open:grab"),
        entity=iris.entity_iri("Edge Gateway"),
        conflict=iris.conflict_iri("<id>").replace("%3Cid%3E", "<id>"),
        graph=iris.graph_iri("links"),
    )


def _reused() -> Iterator[str]:
    yield "## Taken from others\n"
    yield "| Prefix | Namespace | Used for |\n|---|---|---|"
    names = {namespace: prefix for prefix, namespace in iris.PREFIXES.items()}
    yield from (f"| `{names[namespace]}` | `{namespace}` | {use} |" for namespace, use in REUSED)


def _terms(terms: Terms) -> Iterator[str]:
    for heading, kind in HEADINGS:
        yield f"\n## {heading}\n"
        yield PROPERTY_HEAD if kind == "Property" else TERM_HEAD
        for iri, values in terms.items():
            if iri.startswith(iris.VOCABULARY) and iris.COMMENT in values and _kind(values) == kind:
                yield _row(iri, values, kind)


def _kind(values: Mapping[str, list[str]]) -> str:
    name = _short(values[iris.TYPE][0])
    return next(kind for kind in ("Class", "Property", "Shape") if name.endswith(kind))


def _row(iri: str, values: Mapping[str, list[str]], kind: str) -> str:
    comment = _cell(values[iris.COMMENT][0])
    if kind != "Property":
        return f"| `{_short(iri)}` | {comment} |"
    domain, value = (_code(values.get(iris.RDFS + name, ())) for name in ("domain", "range"))
    return f"| `{_short(iri)}` | {domain} | {value} | {comment} |"


def _relations() -> Iterator[str]:
    yield "\n## Relations\n"
    yield "Relations of one family are compared with each other. *Single* means one filler for one subject in one"
    yield "scope, *single inverse* one subject for one object, *role* that a noun names the relation and a value is its"
    yield "filler.\n"
    yield "| Relation | Family | Said as | Marks | Meaning | Denied |\n|---|---|---|---|---|---|"
    for one in relations().values():
        said = ", ".join([one.label, *(form for form in one.forms if form != one.label)][:3])
        yield f"| `{one.id}` | {one.family} | {said} | {_marks(one)} | {_cell(one.comment)} | {_cell(one.denial)} |"


def _marks(relation: Relation) -> str:
    named = (
        ("single", relation.single_valued),
        ("single inverse", relation.inverse_single_valued),
        ("symmetric", relation.symmetric),
        ("role", relation.role),
        (f"inverse of `{relation.inverse}`", bool(relation.inverse)),
    )
    return ", ".join(name for name, holds in named if holds)


def _short(iri: str) -> str:
    """An IRI with its prefix.

    >>> _short("urn:naysay:vocabulary#span")
    'nv:span'
    """
    for prefix, namespace in iris.PREFIXES.items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return iri


def _code(values: Sequence[str]) -> str:
    return ", ".join(f"`{_short(value)}`" for value in values)


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


if __name__ == "__main__":
    main(sys.argv[1:])
