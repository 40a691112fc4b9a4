"""networkx views: what algorithms over documents, entities and conflicts start from."""

from dataclasses import replace

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
    side,
)

from naysay.graph.networks import conflict_network, document_network, entity_network


def test_a_supersession_leads_from_the_newer_document_whoever_states_it() -> None:
    graph = document_network([ports(), gateway()], LINKS)
    assert list(graph.nodes) == [GATEWAY, PORTS]
    assert graph.nodes[GATEWAY]["status"] == "accepted"
    assert graph.edges[GATEWAY, PORTS, "supersedes"] == {
        "role": "supersedes",
        "weight": 2,
        "said_by": ("newer", "older"),
    }
    assert graph.edges[GATEWAY, PORTS, "mention"]["weight"] == 1
    assert graph.number_of_edges() == 2


def test_repeated_references_are_one_edge_with_their_number() -> None:
    graph = document_network([gateway(), ports()], [LINKS[2], LINKS[2], LINKS[0]])
    assert graph.edges[GATEWAY, PORTS, "mention"]["weight"] == 2
    assert graph.edges[GATEWAY, PORTS, "supersedes"]["said_by"] == ("newer",)


def test_entities_are_tied_by_claims_under_any_of_their_names() -> None:
    claim = replace(credentials_claim(), subject="Front  door", object="gateway")
    named = [replace(entities()[0], aliases=()), entities()[1]]
    graph = entity_network(named, [reading(GATEWAY, claim, claim, port_claim())])
    assert {(one, other, key): data["weight"] for one, other, key, data in graph.edges(keys=True, data=True)} == {
        ("Edge Gateway", "Gateway", "broader"): 1,
        ("Edge Gateway", "Gateway", "not has"): 2,
    }
    assert graph.nodes["Gateway"]["mentions"] == 3


def test_a_conflict_ties_its_strongest_side_to_each_other() -> None:
    third = side(replace(port_claim(), path="third.md"), "third")
    wide = replace(conflict(), id="b", sides=(*conflict().sides, third))
    graph = conflict_network([conflict(), wide])
    assert list(graph.nodes) == [GATEWAY, PORTS, "third.md"]
    assert {key for _, _, key in graph.edges(keys=True)} == {"c0ffee:1-2", "b:1-2", "b:1-3"}
    assert graph.edges[GATEWAY, PORTS, "c0ffee:1-2"]["severity"] == "error"


def test_the_order_of_the_values_does_not_matter() -> None:
    one = document_network([gateway(), ports()], LINKS)
    other = document_network([ports(), gateway()], LINKS[::-1])
    assert list(one.edges(keys=True, data=True)) == list(other.edges(keys=True, data=True))
