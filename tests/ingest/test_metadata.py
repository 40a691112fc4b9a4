"""Metadata files: which are found, which are read, and what is said of the others."""

from __future__ import annotations

from pathlib import Path

from naysay.ingest.metadata import SIZE_CAP, read_metadata
from naysay.queries.corpus import load


def plant(root: Path, **files: str) -> None:
    """Write files; two underscores in a name stand for a dot."""
    for name, text in files.items():
        (root / name.replace("__", ".")).write_text(text, "utf-8")


def test_a_metadata_file_beside_a_document_is_read(tmp_path: Path) -> None:
    plant(tmp_path, queue__md="# Queue\n", queue__yaml="title: Queue\nstatus: draft\n", values__yaml="status: draft\n")
    corpus = load([tmp_path])
    assert [d.path for d in corpus.documents] == ["queue.md", "queue.yaml"]
    assert corpus.documents[1].status == "draft"
    assert corpus.diagnostics == ()


def test_a_file_that_says_nothing_of_a_document_is_data(tmp_path: Path) -> None:
    plant(tmp_path, queue__md="# Queue\n", queue__json='{"status": "draft"}\n', metadata__json='{"replicas": 3}\n')
    assert [d.path for d in load([tmp_path]).documents] == ["queue.md"]


def test_a_large_one_is_named_as_not_read(tmp_path: Path) -> None:
    plant(tmp_path, queue__md="# Queue\n", queue__yaml="status: draft\n" + "#" * SIZE_CAP)
    corpus = load([tmp_path])
    assert [(d.rule, d.path) for d in corpus.diagnostics] == [("NS011", "queue.yaml")]


def test_json_and_toml_state_records_too() -> None:
    for name, text in (("a.json", '{\n\t"status": "draft"\n}\n'), ("a.toml", 'status = "draft"\n')):
        (claim,) = read_metadata(name, text, "").claims
        assert (claim.subject, claim.relation, claim.value) == ("a", "has-status", "planned")


def test_a_fault_is_told_as_one_of_metadata() -> None:
    reading = read_metadata("a.yaml", "status: draft: x\n", "")
    assert [d.message.startswith("metadata") for d in reading.diagnostics] == [True]
