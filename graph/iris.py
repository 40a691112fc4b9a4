"""Every IRI that naysay writes or asks for, spelled once, and the making of IRIs for documents, claims and the rest.

Names are percent-encoded as RFC 3986 section 2 says, bytes of file names that are not UTF-8 included, so that an IRI
gives its path back.  Nothing is a blank node: an IRI is made of the path or of a hash of the content.
"""

from __future__ import annotations

from functools import lru_cache
from hashlib import blake2b
from typing import Final
from urllib.parse import quote, unquote

from .model import Claim, LabelEvidence

DEFAULT_SOURCE: Final = "docs"
"""Name of the set of documents, the first part of their IRIs."""
BASE: Final = "urn:naysay:"
VOCABULARY: Final = "urn:naysay:vocabulary#"
DCTERMS: Final = "http://purl.org/dc/terms/"
OA: Final = "http://www.w3.org/ns/oa#"
OWL: Final = "http://www.w3.org/2002/07/owl#"
PROV: Final = "http://www.w3.org/ns/prov#"
RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS: Final = "http://www.w3.org/2000/01/rdf-schema#"
SH: Final = "http://www.w3.org/ns/shacl#"
SKOS: Final = "http://www.w3.org/2004/02/skos/core#"
XSD: Final = "http://www.w3.org/2001/XMLSchema#"

PREFIXES: Final = {
    "nv": VOCABULARY,
    "dcterms": DCTERMS,
    "oa": OA,
    "owl": OWL,
    "prov": PROV,
    "rdf": RDF,
    "rdfs": RDFS,
    "sh": SH,
    "skos": SKOS,
    "xsd": XSD,
}
"""The prefixes of shipped queries and of serialised graphs."""

TYPE: Final = RDF + "type"
STRING: Final = XSD + "string"
DECIMAL: Final = XSD + "decimal"
INTEGER: Final = XSD + "integer"
LABEL: Final = RDFS + "label"
COMMENT: Final = RDFS + "comment"

DOCUMENT: Final = VOCABULARY + "Document"
CLAIM: Final = VOCABULARY + "Claim"
ENTITY: Final = VOCABULARY + "Entity"
LABEL_EVIDENCE: Final = VOCABULARY + "LabelEvidence"
CONFLICT: Final = VOCABULARY + "Conflict"
SIDE: Final = VOCABULARY + "Side"
COMPARISON: Final = VOCABULARY + "Comparison"
RELATION: Final = VOCABULARY + "Relation"

PATH: Final = VOCABULARY + "path"
DIGEST: Final = VOCABULARY + "digest"
LINEAGE: Final = VOCABULARY + "lineage"
OWNER: Final = VOCABULARY + "owner"
STATUS: Final = VOCABULARY + "status"
STANDING: Final = VOCABULARY + "standing"
CITES: Final = VOCABULARY + "cites"
DEFERS_TO: Final = VOCABULARY + "defersTo"
TITLE: Final = DCTERMS + "title"
IDENTIFIER: Final = DCTERMS + "identifier"
DATE: Final = DCTERMS + "date"
REFERENCES: Final = DCTERMS + "references"
REPLACES: Final = DCTERMS + "replaces"
IS_REPLACED_BY: Final = DCTERMS + "isReplacedBy"

IN_DOCUMENT: Final = VOCABULARY + "document"
SPAN: Final = VOCABULARY + "span"
SUBJECT: Final = VOCABULARY + "subject"
HAS_RELATION: Final = VOCABULARY + "relation"
OBJECT: Final = VOCABULARY + "object"
VALUE: Final = VOCABULARY + "value"
POLARITY: Final = VOCABULARY + "polarity"
MODALITY: Final = VOCABULARY + "modality"
STATED_SCOPE: Final = VOCABULARY + "statedScope"
INHERITED_SCOPE: Final = VOCABULARY + "inheritedScope"
CONDITION: Final = VOCABULARY + "condition"
SUBJECT_FROM: Final = VOCABULARY + "subjectFrom"
EXTRACTOR: Final = VOCABULARY + "extractor"
TOPIC: Final = VOCABULARY + "topic"

CONCEPT: Final = SKOS + "Concept"
CONCEPT_SCHEME: Final = SKOS + "ConceptScheme"
IN_SCHEME: Final = SKOS + "inScheme"
PREF_LABEL: Final = SKOS + "prefLabel"
ALT_LABEL: Final = SKOS + "altLabel"
BROADER: Final = SKOS + "broader"
KIND: Final = VOCABULARY + "kind"
DEPRECATED_LABEL: Final = VOCABULARY + "deprecatedLabel"
MENTIONED_IN: Final = VOCABULARY + "mentionedIn"
EVIDENCE: Final = VOCABULARY + "evidence"
NAMED_LABEL: Final = VOCABULARY + "namedLabel"
TIED_LABEL: Final = VOCABULARY + "tiedLabel"

FAULT: Final = VOCABULARY + "fault"
RULE: Final = VOCABULARY + "rule"
ALSO: Final = VOCABULARY + "also"
SEVERITY: Final = VOCABULARY + "severity"
CONFIDENCE: Final = VOCABULARY + "confidence"
WHY: Final = VOCABULARY + "why"
WITNESS: Final = VOCABULARY + "witness"
REPAIR: Final = VOCABULARY + "repair"
AUTHORITY: Final = VOCABULARY + "authority"
PROOF: Final = VOCABULARY + "proof"
DERIVATION: Final = VOCABULARY + "derivation"
HAS_SIDE: Final = VOCABULARY + "side"
ORDINAL: Final = VOCABULARY + "ordinal"
SIDE_ID: Final = VOCABULARY + "sideId"
QUOTE: Final = VOCABULARY + "quote"
HEADING: Final = VOCABULARY + "heading"
OF_CLAIM: Final = VOCABULARY + "claim"

FORM: Final = VOCABULARY + "form"
INVERSE_FORM: Final = VOCABULARY + "inverseForm"
INVERSE: Final = VOCABULARY + "inverse"
SYMMETRIC: Final = VOCABULARY + "symmetric"
SINGLE_VALUED: Final = VOCABULARY + "singleValued"
INVERSE_SINGLE_VALUED: Final = VOCABULARY + "inverseSingleValued"
ROLE: Final = VOCABULARY + "role"
FAMILY: Final = VOCABULARY + "family"
DENIAL: Final = VOCABULARY + "denial"

FIRST: Final = VOCABULARY + "first"
SECOND: Final = VOCABULARY + "second"
ASPECT: Final = VOCABULARY + "aspect"
LINKED: Final = VOCABULARY + "linked"
SCOPE_GAP: Final = VOCABULARY + "scopeGap"
UNSCOPED: Final = VOCABULARY + "unscoped"
EXCEPTION: Final = VOCABULARY + "exception"
VALUE_KIND: Final = VOCABULARY + "valueKind"
MARKER: Final = VOCABULARY + "marker"
QUANTIFIER: Final = VOCABULARY + "quantifier"

REFERENCE: Final = VOCABULARY + "Reference"
FROM: Final = VOCABULARY + "from"
TO: Final = VOCABULARY + "to"
TARGET: Final = VOCABULARY + "target"
PURPOSE: Final = VOCABULARY + "purpose"
STATE: Final = VOCABULARY + "state"
TERM_USE: Final = VOCABULARY + "TermUse"
USED_LABEL: Final = VOCABULARY + "usedLabel"
MANNER: Final = VOCABULARY + "manner"
GIVEN_UP_BY: Final = VOCABULARY + "givenUpBy"

ACTIVITY: Final = PROV + "Activity"
SOFTWARE_AGENT: Final = PROV + "SoftwareAgent"
WAS_ASSOCIATED_WITH: Final = PROV + "wasAssociatedWith"
WAS_GENERATED_BY: Final = PROV + "wasGeneratedBy"
WAS_QUOTED_FROM: Final = PROV + "wasQuotedFrom"
USED: Final = PROV + "used"
ANNOTATION: Final = OA + "Annotation"
SPECIFIC_RESOURCE: Final = OA + "SpecificResource"
TEXT_QUOTE_SELECTOR: Final = OA + "TextQuoteSelector"
TEXT_POSITION_SELECTOR: Final = OA + "TextPositionSelector"
HAS_BODY: Final = OA + "hasBody"
HAS_TARGET: Final = OA + "hasTarget"
HAS_SOURCE: Final = OA + "hasSource"
HAS_SELECTOR: Final = OA + "hasSelector"
MOTIVATED_BY: Final = OA + "motivatedBy"
DESCRIBING: Final = OA + "describing"
EXACT: Final = OA + "exact"
PREFIX: Final = OA + "prefix"
SUFFIX: Final = OA + "suffix"
START: Final = OA + "start"
END: Final = OA + "end"

DERIVED_GRAPHS: Final = ("conflicts", "entities", "links")
"""Names of the graphs that are dropped and rebuilt whole."""
RESERVED: Final = frozenset({"vocabulary", "relation", "entity", "evidence", "conflict", "graph", "run", "tool"})
"""First parts that no set of documents may have as its name."""


def encoded(text: str) -> str:
    """A name as it stands in an IRI: unreserved characters and ``/`` as they are, every other byte as ``%XX``.

    >>> encoded("a b/é.md")
    'a%20b/%C3%A9.md'
    """
    try:
        return quote(text, safe="/")
    except UnicodeEncodeError:
        return quote(text, safe="/", errors="surrogateescape" if _undecoded_only(text) else "replace")


@lru_cache(maxsize=4096)
def document_iri(path: str, source: str = DEFAULT_SOURCE) -> str:
    """The IRI of a document and of its graph; ``ValueError`` for a source name that cannot stand in it.

    >>> document_iri("guides/port table.md")
    'urn:naysay:docs:guides/port%20table.md'
    """
    if not source or source in RESERVED or encoded(source) != source or "/" in source:
        raise ValueError(f"not a name for a set of documents: {source!r}")
    return f"{BASE}{source}:{encoded(path)}"


def path_of(iri: str) -> str:
    """The path in the IRI of a document or of something in it.

    >>> path_of("urn:naysay:docs:guides/port%20table.md#claim-0f")
    'guides/port table.md'
    """
    return unquote(iri.removeprefix(BASE).partition(":")[2].partition("#")[0], errors="surrogateescape")


def claim_iri(claim: Claim, source: str = DEFAULT_SOURCE) -> str:
    """The IRI of a claim: its document's and a hash of everything in the claim but its passage number."""
    line, column, end_line, end_column = claim.span
    scope = "\x1e".join(["\x1d".join(term) for term in claim.scope]) if claim.scope else ""
    text = (
        f"{line}.{column}-{end_line}.{end_column}\x1f{claim.subject}\x1f{claim.relation}\x1f{claim.object}\x1f"
        f"{claim.value}\x1f{claim.polarity}\x1f{claim.modality}\x1f{claim.standing}\x1f{scope}\x1f{claim.condition}\x1f"
        f"{claim.subject_from}\x1f{claim.extractor}\x1f{claim.topic}\x1f{claim.marker}\x1f{claim.quantifier}"
    )
    return f"{document_iri(claim.path, source)}#claim-{_hash(text)}"


@lru_cache(maxsize=4096)
def relation_iri(relation: str) -> str:
    """The IRI of a relation by its id, listed or open.

    >>> relation_iri("runs-on"), relation_iri("open:grab")
    ('urn:naysay:relation:runs-on', 'urn:naysay:relation:open:grab')
    """
    head, colon, word = relation.partition(":")
    return f"{BASE}relation:{encoded(head)}{colon}{encoded(word)}"


def relation_id(iri: str) -> str:
    """The id in the IRI of a relation.

    >>> relation_id("urn:naysay:relation:open:grab")
    'open:grab'
    """
    return unquote(iri.removeprefix(f"{BASE}relation:"))


def entity_iri(name: str, source: str = DEFAULT_SOURCE) -> str:
    """The IRI of an entity by its preferred label.

    >>> entity_iri("Edge Gateway")
    'urn:naysay:entity:docs:Edge%20Gateway'
    """
    return f"{BASE}entity:{source}:{encoded(name)}"


def scheme_iri(source: str = DEFAULT_SOURCE) -> str:
    """The IRI of the concept scheme that the set's entities belong to."""
    return f"{BASE}entity:{source}"


def evidence_iri(evidence: LabelEvidence, source: str = DEFAULT_SOURCE) -> str:
    """The IRI of a piece of label evidence, a hash of its content."""
    return f"{BASE}evidence:{source}:{_hash(chr(31).join(map(str, evidence)))}"


def conflict_iri(conflict: str, source: str = DEFAULT_SOURCE) -> str:
    """The IRI of a conflict by its id."""
    return f"{BASE}conflict:{source}:{encoded(conflict)}"


def side_iri(conflict: str, ordinal: int, source: str = DEFAULT_SOURCE) -> str:
    """The IRI of a side of a conflict, counted from 1."""
    return f"{conflict_iri(conflict, source)}#side-{ordinal}"


def graph_iri(name: str, source: str = DEFAULT_SOURCE) -> str:
    """The IRI of a derived graph.

    >>> graph_iri("links")
    'urn:naysay:graph:docs:links'
    """
    return f"{BASE}graph:{source}:{encoded(name)}"


def run_iri(digest: str, source: str = DEFAULT_SOURCE) -> str:
    """The IRI of the reading of one document, by the digest of its bytes."""
    return f"{BASE}run:{source}:{encoded(digest)}"


def tool_iri(version: str) -> str:
    """The IRI of naysay at a version."""
    return f"{BASE}tool:{encoded(version)}"


def _undecoded_only(text: str) -> bool:
    return all("\udc80" <= character <= "\udcff" for character in text if "\ud800" <= character <= "\udfff")


def _hash(text: str) -> str:
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
