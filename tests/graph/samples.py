"""Readings, entities and conflicts written for the tests of the graph, and strategies that make any."""

from __future__ import annotations

from hypothesis import strategies as st

from naysay.graph.manifest import digest_of
from naysay.graph.model import (
    Claim,
    Conflict,
    Document,
    Entity,
    LabelEvidence,
    Reading,
    Reference,
    ScopeTerm,
    Side,
    Span,
)
from naysay.graph.store import Source

GATEWAY = "guides/edge gateway.md"
PORTS = "ports.md"
TEXT = "# Edge gateway\n\nThe gateway listens on port 8443.\nIt has no cluster credentials.\n"
RAW = st.text(alphabet=st.characters(codec="utf-8"))
"""Any text that can be encoded, control characters included."""
COUNTS = st.integers(min_value=-1, max_value=2**53)
"""Any line, column or number of things."""
st.register_type_strategy(int, COUNTS)
LINKS = ((GATEWAY, PORTS, "supersedes"), (PORTS, GATEWAY, "superseded-by"), (GATEWAY, PORTS, "mention"))


def port_claim(path: str = GATEWAY, value: str = "8443") -> Claim:
    return Claim(
        path, 1, Span(3, 1, 3, 33), "gateway", "port", value, value, scope=(ScopeTerm("env", "dev", "heading"),)
    )


def credentials_claim() -> Claim:
    return Claim(GATEWAY, 2, Span(4, 1, 4, 31), "gateway", "has", "cluster credentials", polarity="denied")


def reading(path: str = GATEWAY, *claims: Claim, title: str = "Edge gateway") -> Reading:
    document = Document(path, digest_of(title.encode()), title, number="12", status="accepted", owners=("Edge team",))
    reference = Reference(Span(1, 1, 1, 5), "ports.md", "link", "mention")
    return Reading(document, claims, references=(reference,))


def gateway() -> Reading:
    return reading(GATEWAY, port_claim(), credentials_claim())


def ports() -> Reading:
    return reading(PORTS, port_claim(PORTS, "9443"), title="Ports")


def source(read: Reading, text: str = TEXT) -> Source:
    return Source(read, text.encode())


def entities() -> list[Entity]:
    evidence = LabelEvidence("Front Door", "Edge Gateway", "renamed", GATEWAY, 4)
    return [
        Entity("Edge Gateway", "service", ("gateway",), ("Front Door",), ("Gateway",), (evidence,), ((GATEWAY, 3),)),
        Entity("Gateway", mentions=((GATEWAY, 1), (PORTS, 2))),
    ]


def side(claim: Claim, quote: str) -> Side:
    return Side(claim.path, claim.span, quote, ("Edge gateway", "Ports"), "live", claim.scope, claim=claim, id="5e1f")


def conflict() -> Conflict:
    return Conflict(
        id="c0ffee",
        type="conflicting-value",
        rule="NS201",
        severity="error",
        confidence=0.85,
        subject="gateway",
        sides=(side(port_claim(), "listens on port 8443"), side(port_claim(PORTS, "9443"), 'port "9443"')),
        why="One port is stated twice.",
        witness=(("env", "dev"),),
        repair="State one port.",
        proof="ASK { ?a ?b ?c }",
        also=("NS101",),
        derivation=("both are filed under gateway, port",),
    )
