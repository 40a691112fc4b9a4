"""Pictures of the graph as plain values: what every export format draws, sorted and the same on every run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

if TYPE_CHECKING:
    import networkx as nx

    from .model import Claim, Conflict, Entity, Reading

EVIDENCE_LINES = 5
"""Places named in an edge's detail before the rest is only counted."""


class ViewNode(NamedTuple):
    """One thing in a picture."""

    id: str
    """``document:a/b.md``, ``conflict:<id>``, ``entity:<name>``, ``label:<text>`` or ``term:<folded text>``."""
    label: str
    kind: str
    """document, conflict, entity, alias, deprecated or term."""
    group: str
    """What it is coloured by: folder, conflict type, kind of entity, document of its first claim."""
    size: int
    """Claims of a document or term, sides of a conflict, mentions of an entity; at least 1."""
    path: str
    """Document that shows it; empty when none does."""
    line: int
    """1-based line in that document; 0 for the document as a whole."""
    detail: str


class ViewEdge(NamedTuple):
    """One tie between two things; parallel statements are folded into one edge with their number as weight."""

    id: str
    source: str
    target: str
    kind: str
    """affirmed, denied (claims); side (conflicts); supersedes, authority, mention … (documents); broader, alias …"""
    label: str
    weight: int
    detail: str


Row = TypeVar("Row", ViewNode, ViewEdge)


@dataclass(frozen=True, slots=True)
class View:
    """A picture: nodes and edges in the order of their ids; every edge joins two nodes of the view."""

    name: str
    title: str
    nodes: tuple[ViewNode, ...]
    edges: tuple[ViewEdge, ...]

    def to_networkx(self) -> nx.MultiDiGraph[str]:
        """The picture as a networkx graph; the edge key is the edge's id, the fields are attributes."""
        import networkx as nx

        graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(name=self.name, title=self.title)
        for node in self.nodes:
            graph.add_node(node.id, **_attributes(node, ("id",)))
        for edge in self.edges:
            graph.add_edge(edge.source, edge.target, key=edge.id, **_attributes(edge, ("id", "source", "target")))
        return graph


def claims_view(readings: Sequence[Reading]) -> View:
    """Subjects and objects joined by what is claimed; equal claims are one edge."""
    claims = [claim for reading in readings for claim in reading.claims]
    return _view("claims", "What the documents claim", _term_nodes(claims), _claim_edges(claims))


def conflicts_view(conflicts: Sequence[Conflict]) -> View:
    """Conflicts and the documents on their sides; an edge carries the quoted statement."""
    return _view("conflicts", "Where the documents conflict", _conflict_nodes(conflicts), _side_edges(conflicts))


def documents_view(readings: Sequence[Reading], references: Sequence[tuple[str, str, str]] = ()) -> View:
    """Documents and how they cite and replace each other; ``references`` are (from path, to path, role)."""
    known = {reading.document.path for reading in readings}
    counted = Counter(row for row in references if row[0] in known and row[1] in known)
    edges = (
        _edge(f"document:{source}", f"document:{target}", role, role, weight, "")
        for (source, target, role), weight in counted.items()
    )
    return _view("documents", "How the documents refer to each other", map(_document_node, readings), edges)


def entities_view(entities: Sequence[Entity], readings: Sequence[Reading] = ()) -> View:
    """Entities with their other names and broader concepts, and what is claimed between two of them."""
    nodes = [node for entity in entities for node in _entity_nodes(entity)]
    edges = [edge for entity in entities for edge in _name_edges(entity)]
    nodes += _missing_broader(entities)
    return _view("entities", "The things the documents speak of", nodes, [*edges, *_entity_claims(entities, readings)])


def folded(label: str) -> str:
    """The spelling under which a label is drawn once.

    >>> folded("Edge  Gateway")
    'edge gateway'
    """
    return " ".join(label.casefold().split())


def _view(name: str, title: str, nodes: Iterable[ViewNode], edges: Iterable[ViewEdge]) -> View:
    return View(name, title, _unique(nodes), _unique(edges))


def _unique(rows: Iterable[Row]) -> tuple[Row, ...]:
    found: dict[str, Row] = {}
    for row in sorted(rows):
        found.setdefault(row.id, row)
    return tuple(found.values())


def _attributes(row: ViewNode | ViewEdge, without: tuple[str, ...]) -> dict[str, Any]:
    return {name: value for name, value in row._asdict().items() if name not in without}


def _edge(source: str, target: str, kind: str, label: str, weight: int, detail: str, ordinal: str = "") -> ViewEdge:
    text = "\x1f".join((source, target, kind, label, ordinal))
    digest = blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
    return ViewEdge(f"edge:{digest}", source, target, kind, label, weight, detail)


def _folder(path: str) -> str:
    return path.rpartition("/")[0] or "."


def _document_node(reading: Reading) -> ViewNode:
    document = reading.document
    detail = ", ".join(part for part in (document.status, document.standing, document.date) if part)
    path, label = document.path, document.title or document.path
    size = max(1, len(reading.claims))
    return ViewNode(f"document:{path}", label, "document", _folder(path), size, path, 0, detail)


def _term_nodes(claims: Sequence[Claim]) -> Iterator[ViewNode]:
    places: dict[str, list[tuple[str, int, str]]] = {}
    for claim in claims:
        for label in {folded(claim.subject): claim.subject, folded(claim.object): claim.object}.values():
            places.setdefault(folded(label), []).append((claim.path, claim.span.line, label))
    for key, rows in places.items():
        path, line, _ = min(rows)
        counted = Counter(label for _, _, label in rows)
        label = min(counted, key=lambda text: (-counted[text], text))
        yield ViewNode(f"term:{key}", label, "term", path, len(rows), path, line, "")


def _claim_edges(claims: Iterable[Claim]) -> Iterator[ViewEdge]:
    places: dict[tuple[str, str, str, str], list[tuple[str, int]]] = {}
    for claim in claims:
        key = (folded(claim.subject), folded(claim.object), claim.polarity, claim.relation)
        places.setdefault(key, []).append((claim.path, claim.span.line))
    for (subject, object_, polarity, relation), rows in places.items():
        label = relation if polarity == "affirmed" else f"not {relation}"
        yield _edge(f"term:{subject}", f"term:{object_}", polarity, label, len(rows), _places(rows))


def _places(rows: Sequence[tuple[str, int]]) -> str:
    """Where something stands, the first few places in full.

    >>> _places([("b.md", 2), ("a.md", 7)])
    'a.md:7, b.md:2'
    """
    named = ", ".join(f"{path}:{line}" for path, line in sorted(rows)[:EVIDENCE_LINES])
    return named if len(rows) <= EVIDENCE_LINES else f"{named} and {len(rows) - EVIDENCE_LINES} more"


def _conflict_nodes(conflicts: Sequence[Conflict]) -> Iterator[ViewNode]:
    sides: Counter[str] = Counter(side.path for conflict in conflicts for side in conflict.sides)
    for path, number in sides.items():
        yield ViewNode(f"document:{path}", path, "document", _folder(path), number, path, 0, f"{number} sides")
    for conflict in conflicts:
        first = conflict.sides[0] if conflict.sides else None
        path, line = (first.path, first.span.line) if first else ("", 0)
        label = f"{conflict.rule} {conflict.subject}".strip()
        size = max(1, len(conflict.sides))
        yield ViewNode(f"conflict:{conflict.id}", label, "conflict", conflict.type, size, path, line, conflict.why)


def _side_edges(conflicts: Iterable[Conflict]) -> Iterator[ViewEdge]:
    for conflict in conflicts:
        for number, side in enumerate(conflict.sides):
            label = f"L{side.span.line}"
            target = f"document:{side.path}"
            yield _edge(f"conflict:{conflict.id}", target, "side", label, 1, side.quote, str(number))


def _entity_nodes(entity: Entity) -> Iterator[ViewNode]:
    size = max(1, sum(number for _, number in entity.mentions))
    path = entity.mentions[0][0] if entity.mentions else ""
    line = 0
    if entity.evidence:
        path, line = min((evidence.path, evidence.line) for evidence in entity.evidence)
    detail = "; ".join(f"{one.label} {one.kind} {one.other} ({one.path}:{one.line})" for one in entity.evidence)
    yield ViewNode(f"entity:{entity.name}", entity.name, "entity", entity.kind, size, path, line, detail)
    for kind, labels in (("alias", entity.aliases), ("deprecated", entity.deprecated)):
        for label in labels:
            yield ViewNode(f"label:{label}", label, kind, entity.kind, 1, path, line, f"{kind} name of {entity.name}")


def _missing_broader(entities: Sequence[Entity]) -> Iterator[ViewNode]:
    known = {entity.name for entity in entities}
    for name in sorted({name for entity in entities for name in entity.broader} - known):
        yield ViewNode(f"entity:{name}", name, "entity", "", 1, "", 0, "")


def _name_edges(entity: Entity) -> Iterator[ViewEdge]:
    source = f"entity:{entity.name}"
    for label in entity.aliases:
        yield _edge(f"label:{label}", source, "alias", "also called", 1, "")
    for label in entity.deprecated:
        yield _edge(f"label:{label}", source, "deprecated", "formerly called", 1, "")
    for name in entity.broader:
        yield _edge(source, f"entity:{name}", "broader", "is a kind of", 1, "")


def _entity_claims(entities: Sequence[Entity], readings: Sequence[Reading]) -> Iterator[ViewEdge]:
    ordered = sorted(entities, key=lambda entity: entity.name)
    names = {folded(label): entity.name for entity in ordered for label in (*entity.deprecated, *entity.aliases)}
    names.update((folded(entity.name), entity.name) for entity in ordered)
    places: dict[tuple[str, str, str, str], list[tuple[str, int]]] = {}
    for claim in (claim for reading in readings for claim in reading.claims):
        source, target = names.get(folded(claim.subject)), names.get(folded(claim.object))
        if source and target and source != target:
            key = (source, target, claim.polarity, claim.relation)
            places.setdefault(key, []).append((claim.path, claim.span.line))
    for (source, target, polarity, relation), rows in places.items():
        label = relation if polarity == "affirmed" else f"not {relation}"
        yield _edge(f"entity:{source}", f"entity:{target}", polarity, label, len(rows), _places(rows))
