"""The proof of a conflict is true while both statements stand, and false once one of them is gone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pytest

from naysay.graph.encode import document_quads
from naysay.graph.store import open_memory
from naysay.ingest.reading import read_document
from naysay.queries.findings import find_in

SETS: Mapping[str, Mapping[str, str]] = {
    "NS101": {
        "docs/a.md": "# Mail gateway\n\nThe mail gateway keeps a message log.\n",
        "docs/b.md": "# Operations\n\nThe mail gateway keeps no message log.\n",
    },
    "NS202": {
        "docs/a.md": "# A\n\n| Service | Timeout |\n|---|---|\n| mail-gateway | 30 s |\n",
        "docs/b.md": "# B\n\n| Service | Timeout |\n|---|---|\n| mail-gateway | 5 min |\n",
    },
    "NS401": {
        "docs/a.md": '# A\n\n- [x] MAIL-17 Rotate the "signing" keys\n',
        "docs/b.md": '# B\n\n- [ ] MAIL-17 Rotate the "signing" keys\n',
    },
    "NS901": {
        "docs/a.md": "# A\n\nSee [the relay](gone-relay.md).\n",
        "docs/gone-relays.md": "# Gone relays\n",
    },
}


def holds(proof: str, documents: Mapping[str, str], paths: Iterable[str]) -> bool:
    lines = (line for path in paths for line in document_quads(read_document(path, documents[path], "")))
    return bool(open_memory(lines).query(proof))


@pytest.mark.parametrize("rule", SETS)
def test_a_proof_needs_both_sides(rule: str) -> None:
    documents = SETS[rule]
    (conflict,) = find_in(documents)
    assert conflict.rule == rule
    assert holds(conflict.proof, documents, documents)
    for gone in {side.path for side in conflict.sides}:
        assert not holds(conflict.proof, documents, [path for path in documents if path != gone])


def test_a_proof_fails_once_a_statement_is_mended() -> None:
    documents = dict(SETS["NS101"])
    (conflict,) = find_in(documents)
    documents["docs/b.md"] = documents["docs/a.md"]
    assert not holds(conflict.proof, documents, documents)
