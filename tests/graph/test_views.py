"""Pictures are whole (every edge joins two of their nodes), folded, sorted and the same whatever the order."""

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.graph.samples import (
    GATEWAY,
    LINKS,
    PORTS,
    conflict,
    credentials_claim,
    entities,
    gateway,
    port_claim,
    ports,
    reading,
)

from naysay.graph.model import Conflict, Entity, Reading
from naysay.graph.views import View, claims_view, conflicts_view, documents_view, entities_view

READ = [gateway(), ports()]


def is_whole(view: View) -> bool:
    ids = [node.id for node in view.nodes]
    edges = [edge.id for edge in view.edges]
    joined = {end for edge in view.edges for end in (edge.source, edge.target)}
    sizes = [node.size for node in view.nodes] + [edge.weight for edge in view.edges]
    return ids == sorted(set(ids)) and edges == sorted(set(edges)) and joined <= set(ids) and all(n > 0 for n in sizes)


def every_view(read: list[Reading], named: list[Entity], found: list[Conflict]) -> list[View]:
    links = [(one.document.path, other.document.path, "mention") for one in read for other in read]
    return [claims_view(read), conflicts_view(found), documents_view(read, links), entities_view(named, read)]


def test_equal_claims_are_one_edge_with_their_number_and_places() -> None:
    again = replace(port_claim(PORTS), subject="Gateway")
    view = claims_view([gateway(), reading(PORTS, again)])
    edges = {edge.label: edge for edge in view.edges}
    assert edges["port"].weight == 2
    assert edges["port"].detail == f"{GATEWAY}:3, {PORTS}:3"
    assert (edges["not has"].kind, edges["not has"].target) == ("denied", "term:cluster credentials")
    labels = {node.id: (node.label, node.size, node.path, node.line) for node in view.nodes}
    assert labels["term:gateway"] == ("gateway", 3, GATEWAY, 3)


def test_many_places_are_counted() -> None:
    read = [reading(f"{number}.md", port_claim(f"{number}.md")) for number in range(8)]
    (edge,) = claims_view(read).edges
    assert edge.detail.endswith("4.md:3 and 3 more")


def test_a_conflict_is_tied_to_the_documents_of_its_sides() -> None:
    view = conflicts_view([conflict()])
    nodes = {node.id: node for node in view.nodes}
    assert set(nodes) == {"conflict:c0ffee", f"document:{GATEWAY}", f"document:{PORTS}"}
    assert nodes["conflict:c0ffee"].group == "conflicting-value"
    assert {(edge.target, edge.label, edge.detail) for edge in view.edges} == {
        (f"document:{GATEWAY}", "L3", "listens on port 8443"),
        (f"document:{PORTS}", "L3", 'port "9443"'),
    }


def test_two_sides_of_one_document_are_two_edges() -> None:
    sides = (conflict().sides[0], replace(conflict().sides[0], quote="again"))
    assert len(conflicts_view([replace(conflict(), sides=sides)]).edges) == 2


def test_documents_are_tied_by_their_references_and_unknown_ones_are_left_out() -> None:
    view = documents_view(READ, [*LINKS, LINKS[2], (GATEWAY, "gone.md", "mention")])
    assert Counter(edge.kind for edge in view.edges) == {"supersedes": 1, "superseded-by": 1, "mention": 1}
    assert {edge.kind: edge.weight for edge in view.edges}["mention"] == 2
    assert {node.id: (node.label, node.group, node.size) for node in view.nodes} == {
        f"document:{GATEWAY}": ("Edge gateway", "guides", 2),
        f"document:{PORTS}": ("Ports", ".", 1),
    }


def test_entities_have_their_names_and_what_is_claimed_between_them() -> None:
    claim = replace(credentials_claim(), subject="front door", object="Gateway")
    view = entities_view([replace(entities()[0], aliases=("EG",)), entities()[1]], [reading(GATEWAY, claim)])
    assert {(edge.source, edge.target, edge.kind) for edge in view.edges} == {
        ("label:EG", "entity:Edge Gateway", "alias"),
        ("label:Front Door", "entity:Edge Gateway", "deprecated"),
        ("entity:Edge Gateway", "entity:Gateway", "broader"),
        ("entity:Edge Gateway", "entity:Gateway", "denied"),
    }
    assert {node.id: node.line for node in view.nodes}["entity:Edge Gateway"] == 4


def test_a_broader_concept_that_is_no_entity_is_still_drawn() -> None:
    view = entities_view(entities()[:1])
    assert "entity:Gateway" in {node.id for node in view.nodes}
    assert is_whole(view)


@settings(max_examples=30, deadline=None)
@given(
    st.lists(st.from_type(Reading), max_size=2, unique_by=lambda one: one.document.path),
    st.lists(st.from_type(Entity), max_size=3, unique_by=lambda one: one.name),
    st.lists(st.from_type(Conflict), max_size=2, unique_by=lambda one: one.id),
)
def test_any_view_is_whole_and_does_not_depend_on_order(
    read: list[Reading], named: list[Entity], found: list[Conflict]
) -> None:
    views = every_view(read, named, found)
    assert all(map(is_whole, views))
    assert every_view(read[::-1], named[::-1], found[::-1]) == views


@pytest.mark.parametrize("view", every_view(READ, entities(), [conflict()]), ids=lambda view: view.name)
def test_a_view_becomes_a_network_with_all_its_fields(view: View) -> None:
    graph = view.to_networkx()
    assert graph.number_of_nodes() == len(view.nodes)
    assert graph.number_of_edges() == len(view.edges)
    assert {key for _, _, key in graph.edges(keys=True)} == {edge.id for edge in view.edges}
    for node in view.nodes:
        assert graph.nodes[node.id] == {name: value for name, value in node._asdict().items() if name != "id"}
