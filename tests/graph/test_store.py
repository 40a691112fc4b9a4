"""A store on disk holds just what was written, leaves alone what did not change, and refuses what it cannot trust."""

import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pyoxigraph import NamedNode
from tests.graph.samples import GATEWAY, LINKS, PORTS, conflict, entities, gateway, port_claim, ports, reading, source

from naysay.graph import iris, store
from naysay.graph.encode import derived_quads, document_quads
from naysay.graph.manifest import SCHEMA, StoreError, digest_of, locked
from naysay.graph.model import Diagnostic, Reading
from naysay.graph.store import Context, Source, dump, open_memory, open_store, replacement, write_store

CONTEXT = Context("1.0", facts={"vocabulary": "é\n"}, diagnostics=(Diagnostic("NS001", "x.md", 0, "unreadable"),))


def files(folder: Path) -> dict[str, tuple[int, int, bytes]]:
    return {
        str(path.relative_to(folder)): (path.stat().st_mtime_ns, path.stat().st_ino, path.read_bytes())
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def lines_of(readings: list[Reading], derived: list[str]) -> list[bytes]:
    return list(dump(open_memory([*(line for one in readings for line in document_quads(one)), *derived])))


def many(number: int) -> list[Reading]:
    return [reading(f"area/{index:02}.md", port_claim(f"area/{index:02}.md", str(index))) for index in range(number)]


@pytest.fixture
def derived() -> list[str]:
    return list(derived_quads(entities(), [conflict()], LINKS))


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "kept" / "graph"


@pytest.fixture
def updates(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The documents whose statements a write encodes."""
    seen: list[str] = []

    def watched(read: Reading, name: str = iris.DEFAULT_SOURCE) -> Iterator[str]:
        seen.append(read.document.path)
        return document_quads(read, name)

    monkeypatch.setattr(store, "document_quads", watched)
    return seen


def test_a_store_holds_statements_readings_bytes_and_context(place: Path, derived: list[str]) -> None:
    sources = [source(ports(), "ports\r\n"), source(gateway(), "\ufeffgateway\n")]
    changes = write_store(place, sources, derived, CONTEXT)
    assert changes == ((GATEWAY, PORTS), (), (), ())
    kept = open_store(place)
    assert kept.paths() == (GATEWAY, PORTS)
    assert list(kept.readings()) == [gateway(), ports()]
    assert kept.data(GATEWAY) == "\ufeffgateway\n".encode()
    assert kept.data(PORTS) == b"ports\r\n"
    assert list(dump(kept.graph)) == lines_of([gateway(), ports()], derived)
    assert kept.manifest.facts == CONTEXT.facts
    assert kept.manifest.diagnostics == CONTEXT.diagnostics
    assert (kept.manifest.tool, kept.manifest.source, kept.manifest.schema) == ("1.0", "docs", SCHEMA)


def test_a_second_write_changes_nothing(place: Path, derived: list[str]) -> None:
    sources = [source(gateway()), source(ports())]
    write_store(place, sources, derived, CONTEXT)
    before = files(place)
    assert write_store(place, sources[::-1], derived[::-1], CONTEXT) == ((), (), (), (GATEWAY, PORTS))
    assert files(place) == before


def test_two_stores_of_the_same_documents_have_the_same_dump_and_manifest(tmp_path: Path, derived: list[str]) -> None:
    write_store(tmp_path / "a", [source(gateway()), source(ports())], derived, CONTEXT)
    write_store(tmp_path / "b", [source(gateway(), "other")], (), CONTEXT)
    write_store(tmp_path / "b", [source(ports()), source(gateway())], derived, CONTEXT)
    assert list(dump(open_store(tmp_path / "a").graph)) == list(dump(open_store(tmp_path / "b").graph))
    assert (tmp_path / "a/manifest.json").read_bytes() == (tmp_path / "b/manifest.json").read_bytes()


def test_only_changed_documents_are_written_again(place: Path, derived: list[str], updates: list[str]) -> None:
    before = many(10)
    write_store(place, [source(one) for one in before], derived, CONTEXT)
    updates.clear()
    changed = reading("area/03.md", port_claim("area/03.md", "77"), title='say \\u0041 "x"\n')
    after = [*before[:3], changed, *before[4:9], reading("area/new.md")]
    changes = write_store(place, [source(one) for one in after], derived, CONTEXT)
    assert changes[:3] == (("area/new.md",), ("area/03.md",), ("area/09.md",))
    assert sorted(updates) == ["area/03.md", "area/new.md"]
    kept = open_store(place)
    assert list(dump(kept.graph)) == lines_of(after, derived)
    assert list(kept.readings()) == after
    assert not kept.graph.contains_named_graph(NamedNode(iris.document_iri("area/09.md")))


def test_derived_statements_are_replaced_whole_and_documents_are_left(
    place: Path, derived: list[str], updates: list[str]
) -> None:
    read = many(4)
    write_store(place, [source(one) for one in read], derived, CONTEXT)
    updates.clear()
    fewer = list(derived_quads(entities()))
    assert write_store(place, [source(one) for one in read], fewer, CONTEXT).changed == ()
    assert updates == []
    assert list(dump(open_store(place).graph)) == lines_of(read, fewer)


def test_the_same_bytes_read_differently_are_a_change(place: Path) -> None:
    write_store(place, [source(gateway())], (), CONTEXT)
    better = replace(gateway(), claims=gateway().claims[:1])
    assert write_store(place, [source(better)], (), CONTEXT).changed == (GATEWAY,)
    assert list(open_store(place).readings()) == [better]


def test_a_new_context_leaves_the_graph_as_it_is(place: Path) -> None:
    write_store(place, [source(gateway())], (), CONTEXT)
    before = files(place)
    write_store(place, [source(gateway())], (), Context("2.0"))
    after = files(place)
    assert {name for name in after if after[name] != before.get(name)} == {"manifest.json"}
    assert open_store(place).manifest.tool == "2.0"


def test_another_name_of_the_set_renames_every_document(place: Path) -> None:
    write_store(place, [source(gateway())], (), CONTEXT)
    assert write_store(place, [source(gateway())], (), Context("1.0", source="wiki")).added == (GATEWAY,)
    kept = open_store(place)
    assert list(dump(kept.graph)) == [f"{line}\n".encode() for line in document_quads(gateway(), "wiki")]


def test_a_reader_keeps_the_state_it_opened(place: Path) -> None:
    write_store(place, [source(gateway(), "old")], (), CONTEXT)
    reader = open_store(place)
    write_store(place, [source(ports())], (), CONTEXT)
    assert list(dump(reader.graph)) == lines_of([gateway()], [])
    assert reader.data(GATEWAY) == b"old"
    assert list(reader.readings()) == [gateway()]


def test_states_of_the_past_do_not_pile_up(place: Path) -> None:
    for number in range(5):
        write_store(place, [source(gateway(), str(number))], (), CONTEXT)
    assert len(list(place.glob("graph-*"))) <= 2
    assert len([path for path in place.glob("blobs/*/*") if path.is_file()]) <= 3


def test_a_damaged_graph_is_built_anew_when_a_document_changes(place: Path, derived: list[str]) -> None:
    write_store(place, [source(one) for one in many(4)], derived, CONTEXT)
    shutil.rmtree(next(place.glob("graph-*")))
    with pytest.raises(StoreError, match="the graph is damaged"):
        open_store(place)
    after = [*many(3), reading("area/03.md")]
    write_store(place, [source(one) for one in after], derived, CONTEXT)
    assert list(dump(open_store(place).graph)) == lines_of(after, derived)


def test_an_empty_set_is_a_store(place: Path) -> None:
    assert write_store(place, [], (), CONTEXT) == ((), (), (), ())
    assert list(dump(open_store(place).graph)) == []
    assert open_store(place).paths() == ()


def test_a_file_name_that_is_not_utf8_is_kept(place: Path) -> None:
    read = reading("caf\udce9.md", port_claim("caf\udce9.md"))
    write_store(place, [Source(read, b"\xff")], (), CONTEXT)
    kept = open_store(place)
    assert list(kept.readings()) == [read]
    assert kept.data("caf\udce9.md") == b"\xff"


def test_a_folder_of_other_things_is_not_written_to(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("important")
    with pytest.raises(StoreError, match="is no store"):
        write_store(tmp_path, [source(gateway())], (), CONTEXT)
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(StoreError, match="exists"):
        write_store(tmp_path / "file", [], (), CONTEXT)


def test_a_folder_without_a_store_is_said_to_be_so(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no store here"):
        open_store(tmp_path)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("{", "cannot be read"),
        ("[" * 100_000, "cannot be read"),
        ("[]", "another version"),
        (json.dumps({"schema": SCHEMA + 1}), "another version"),
        (json.dumps({"schema": SCHEMA}), "damaged"),
    ],
)
def test_a_bad_manifest_is_refused_by_reader_and_writer(place: Path, text: str, reason: str) -> None:
    write_store(place, [source(gateway())], (), CONTEXT)
    (place / "manifest.json").write_text(text)
    with pytest.raises(StoreError, match=reason):
        open_store(place)
    with pytest.raises(StoreError, match=reason):
        write_store(place, [source(gateway())], (), CONTEXT)


def test_a_manifest_cannot_lead_out_of_the_store(place: Path) -> None:
    write_store(place, [source(gateway())], (), CONTEXT)
    manifest = json.loads((place / "manifest.json").read_text())
    manifest["documents"][GATEWAY]["bytes"] = "../../../../etc/passwd"
    (place / "manifest.json").write_text(json.dumps(manifest))
    with pytest.raises(StoreError, match="not the name of a blob"):
        open_store(place).data(GATEWAY)


def test_damaged_bytes_are_never_served(place: Path) -> None:
    write_store(place, [source(gateway())], (), CONTEXT)
    kept = open_store(place)
    name = digest_of(source(gateway()).data)
    (place / "blobs" / name[:2] / name).write_bytes(b"other")
    with pytest.raises(StoreError, match="is damaged"):
        kept.data(GATEWAY)
    for blob in place.glob("blobs/*/*"):
        blob.unlink()
    with pytest.raises(StoreError, match="cannot be read"):
        kept.reading(GATEWAY)


def test_two_writers_at_once_are_refused(place: Path) -> None:
    write_store(place, [source(gateway())], (), CONTEXT)
    with locked(place), pytest.raises(StoreError, match="another process"):
        write_store(place, [source(ports())], (), CONTEXT)
    write_store(place, [source(ports())], (), CONTEXT)


def test_a_document_is_replaced_by_one_update() -> None:
    graph = open_memory([*document_quads(gateway()), *document_quads(ports())])
    text = replacement([iris.document_iri(GATEWAY)], document_quads(reading(GATEWAY, title="\\u0041\u0000")))
    graph.update(text)
    assert list(dump(graph)) == lines_of([reading(GATEWAY, title="\\u0041\u0000"), ports()], [])


def test_lines_may_be_bytes_or_text_with_or_without_their_ends() -> None:
    lines = list(document_quads(gateway()))
    forms: list[list[bytes] | list[str]] = [
        [f"{line}\n" for line in lines],
        [line.encode() for line in lines],
        [f"{line}\n".encode() for line in lines],
    ]
    expected = list(dump(open_memory(lines)))
    assert [list(dump(open_memory(form))) for form in forms] == [expected] * 3
