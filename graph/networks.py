"""networkx views for graph algorithms: documents, entities and conflicts, nodes and edges in sorted order.

Nodes are what the other layers call a thing: the path of a document, the name of an entity, the id of a conflict.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from .views import folded

if TYPE_CHECKING:
    import networkx as nx

    from .model import Conflict, Entity, Reading


def document_network(readings: Iterable[Reading], references: Iterable[tuple[str, str, str]]) -> nx.MultiDiGraph[str]:
    """Documents and their resolved references (from path, to path, role).

    An edge's key is its role, ``weight`` how often it is said; ``superseded-by`` is turned round, so that
    ``supersedes`` leads from the newer to the older document, with ``said_by`` (a tuple of ``newer``, ``older``).
    """
    import networkx as nx

    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for document in sorted((reading.document for reading in readings), key=lambda document: document.path):
        graph.add_node(
            document.path,
            title=document.title,
            number=document.number,
            family=document.family,
            status=document.status,
            standing=document.standing,
        )
    for (origin, target, role), weight in sorted(Counter(references).items()):
        if role in ("supersedes", "superseded-by"):
            _add_supersession(graph, origin, target, role, weight)
        else:
            graph.add_edge(origin, target, key=role, role=role, weight=weight)
    return graph


def entity_network(entities: Sequence[Entity], readings: Iterable[Reading] = ()) -> nx.MultiDiGraph[str]:
    """Entities, their broader ones and the claims that name two of them; an edge's key is broader or the relation's id.

    A denied claim's key is ``not`` and the relation's id, so that opposite claims stay apart.
    """
    import networkx as nx

    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    ordered = sorted(entities, key=lambda entity: entity.name)
    names = {folded(label): entity.name for entity in ordered for label in (*entity.deprecated, *entity.aliases)}
    names.update((folded(entity.name), entity.name) for entity in ordered)
    for entity in ordered:
        graph.add_node(entity.name, kind=entity.kind, mentions=sum(number for _, number in entity.mentions))
    for entity in ordered:
        for broader in sorted(entity.broader):
            graph.add_edge(entity.name, broader, key="broader", weight=1)
    for (subject, object_, key), weight in sorted(_claimed_ties(names, readings).items()):
        graph.add_edge(subject, object_, key=key, weight=weight)
    return graph


def conflict_network(conflicts: Iterable[Conflict]) -> nx.MultiGraph[str]:
    """Documents tied by the conflicts between them; an edge's key is the conflict's id and the two sides' numbers."""
    import networkx as nx

    graph: nx.MultiGraph[str] = nx.MultiGraph()
    ordered = sorted(conflicts, key=lambda conflict: conflict.id)
    graph.add_nodes_from(sorted({side.path for conflict in ordered for side in conflict.sides}))
    for conflict in ordered:
        for number, side in enumerate(conflict.sides[1:], start=2):
            graph.add_edge(
                conflict.sides[0].path,
                side.path,
                key=f"{conflict.id}:1-{number}",
                conflict=conflict.id,
                type=conflict.type,
                rule=conflict.rule,
                severity=conflict.severity,
                confidence=conflict.confidence,
            )
    return graph


def _add_supersession(graph: nx.MultiDiGraph[str], origin: str, target: str, role: str, weight: int) -> None:
    newer, older = (origin, target) if role == "supersedes" else (target, origin)
    speaker = "newer" if role == "supersedes" else "older"
    if graph.has_edge(newer, older, key="supersedes"):
        before = graph.edges[newer, older, "supersedes"]
        before["weight"] += weight
        before["said_by"] = tuple(sorted({*before["said_by"], speaker}))
    else:
        graph.add_edge(newer, older, key="supersedes", role="supersedes", weight=weight, said_by=(speaker,))


def _claimed_ties(names: dict[str, str], readings: Iterable[Reading]) -> Counter[tuple[str, str, str]]:
    ties: Counter[tuple[str, str, str]] = Counter()
    for claim in (claim for reading in readings for claim in reading.claims):
        subject, object_ = names.get(folded(claim.subject)), names.get(folded(claim.object))
        if subject and object_ and subject != object_:
            ties[subject, object_, claim.relation if claim.polarity == "affirmed" else f"not {claim.relation}"] += 1
    return ties
