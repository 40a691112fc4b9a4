"""Finding and reading files, good ones and hostile ones."""

from __future__ import annotations

import os
import threading
import unicodedata
from hashlib import blake2b
from pathlib import Path

import pytest

from naysay.graph.model import Diagnostic
from naysay.ingest.files import SIZE_CAP, Source, discover, read_source


def plant(root: Path, *paths: str, text: str = "# A\n") -> None:
    """Write the same text to each path below the root."""
    for path in paths:
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")


def names(root: Path, **options: object) -> list[str]:
    """Relative paths of what is discovered."""
    return [file.relative_to(root).as_posix() for file in discover(root, **options)]  # type: ignore[arg-type]


def fault(root: Path, name: str) -> Diagnostic:
    """The diagnostic that reading a file gives."""
    result = read_source(root, root / name)
    assert isinstance(result, Diagnostic)
    assert result.path == name
    return result


def source(root: Path, name: str) -> Source:
    """The text that reading a file gives."""
    result = read_source(root, root / name)
    assert isinstance(result, Source)
    return result


def test_only_markdown_in_path_order(tmp_path: Path) -> None:
    plant(tmp_path, "b.md", "a/z.md", "B.MD", "a.markdown", "c.txt", "d.mdx", "md")
    assert names(tmp_path) == ["B.MD", "a.markdown", "a/z.md", "b.md"]


def test_hidden_and_foreign_folders_are_skipped(tmp_path: Path) -> None:
    plant(tmp_path, ".git/a.md", "node_modules/p/readme.md", ".venv/x.md", "docs/.cache/y.md", "docs/a.md")
    assert names(tmp_path) == ["docs/a.md"]


def test_ignore_files_nest_and_the_inner_one_wins(tmp_path: Path) -> None:
    plant(tmp_path, "a.md", "draft/b.md", "draft/keep.md", "docs/c.md", "docs/gone.md", "docs/sub/gone.md", "b/d.md")
    (tmp_path / ".gitignore").write_text("b/\ndraft/*\n!draft/keep.md\n")
    (tmp_path / "docs" / ".naysayignore").write_text("/gone.md\n")
    assert names(tmp_path) == ["a.md", "docs/c.md", "docs/sub/gone.md", "draft/keep.md"]
    assert len(names(tmp_path, ignore=False)) == 7


def test_an_inner_ignore_file_can_bring_a_file_back(tmp_path: Path) -> None:
    plant(tmp_path, "docs/a.md", "b.md")
    (tmp_path / ".gitignore").write_text("*.md\n")
    (tmp_path / "docs" / ".gitignore").write_text("!a.md\n")
    assert names(tmp_path) == ["docs/a.md"]


def test_include_and_exclude(tmp_path: Path) -> None:
    plant(tmp_path, "a.md", "docs/b.md", "docs/c.mdx", "docs/old/d.md", "docs/e.png")
    assert names(tmp_path, include=["docs/"]) == ["docs/b.md", "docs/old/d.md"]
    assert names(tmp_path, include=["docs/", "*.mdx"], exclude=["old/"]) == ["docs/b.md", "docs/c.mdx"]


def test_order_is_that_of_the_composed_form(tmp_path: Path) -> None:
    decomposed = unicodedata.normalize("NFD", "é.md")
    plant(tmp_path, "f.md", "ez.md", decomposed)
    assert names(tmp_path) == ["ez.md", "f.md", decomposed]


def test_empty_and_missing_folders_yield_nothing(tmp_path: Path) -> None:
    assert names(tmp_path) == []
    assert names(tmp_path / "nowhere") == []


def test_links_to_folders_are_not_followed(tmp_path: Path) -> None:
    plant(tmp_path, "docs/a.md")
    (tmp_path / "docs" / "loop").symlink_to(tmp_path)
    (tmp_path / "again").symlink_to(tmp_path / "docs")
    assert names(tmp_path) == ["docs/a.md"]


def test_a_link_beside_its_target_is_left_out_and_read_without_it(tmp_path: Path) -> None:
    plant(tmp_path, "docs/a.md", "docs/notes.txt")
    (tmp_path / "alias.md").symlink_to("docs/a.md")
    (tmp_path / "notes.md").symlink_to("docs/notes.txt")
    assert names(tmp_path) == ["docs/a.md", "notes.md"]
    assert source(tmp_path, "notes.md").text == "# A\n"


def test_a_link_out_of_the_root_is_refused(tmp_path: Path) -> None:
    root = tmp_path / "root"
    plant(tmp_path, "secret.md", "root/a.md", "root-twin/b.md")
    (root / "out.md").symlink_to("../secret.md")
    (root / "twin.md").symlink_to("../root-twin/b.md")
    assert "leads out" in fault(root, "out.md").message
    assert "leads out" in fault(root, "twin.md").message


@pytest.mark.parametrize("target", ["loop.md", "nowhere.md"])
def test_loops_and_dangling_links_are_unreadable(tmp_path: Path, target: str) -> None:
    (tmp_path / "loop.md").symlink_to(target)
    assert names(tmp_path) == ["loop.md"]
    assert fault(tmp_path, "loop.md").rule == "NS001"


def test_a_fifo_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "x.md")
    results: list[Source | Diagnostic] = []
    thread = threading.Thread(target=lambda: results.append(read_source(tmp_path, tmp_path / "x.md")), daemon=True)
    thread.start()
    thread.join(10)
    assert results == [Diagnostic("NS001", "x.md", 0, "cannot be read: not a regular file")]


def test_a_folder_named_like_a_file(tmp_path: Path) -> None:
    plant(tmp_path, "x.md/inner.md")
    assert names(tmp_path) == ["x.md/inner.md"]
    assert fault(tmp_path, "x.md").rule == "NS001"


def test_unreadable_and_vanished_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plant(tmp_path, "a.md")
    assert fault(tmp_path, "gone.md").rule == "NS001"

    def refuse(*_: object) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "open", refuse)
    assert fault(tmp_path, "a.md") == Diagnostic("NS001", "a.md", 0, "cannot be read: Permission denied")


def test_a_folder_that_cannot_be_listed_hides_nothing_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plant(tmp_path, "a.md", "locked/b.md")
    scan = os.scandir

    def refuse(folder: Path) -> object:
        if Path(folder).name == "locked":
            raise PermissionError(13, "Permission denied")
        return scan(folder)

    monkeypatch.setattr(os, "scandir", refuse)
    assert names(tmp_path) == ["a.md"]


def test_text_digest_and_size(tmp_path: Path) -> None:
    data = "# Ä\r\n".encode()
    (tmp_path / "a.md").write_bytes(data)
    expected = Source("a.md", "# Ä\r\n", blake2b(data, digest_size=16).hexdigest(), len(data))
    assert source(tmp_path, "a.md") == expected


def test_a_byte_order_mark_is_no_text(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(b"\xef\xbb\xbf# A\n")
    assert source(tmp_path, "a.md").text == "# A\n"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le"])
def test_wide_encodings_are_named(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "a.md").write_bytes("# Ports of the gateway\n".encode(encoding))
    found = fault(tmp_path, "a.md")
    assert found.rule == "NS010"
    assert "UTF-16" in found.message
    assert "save the file as UTF-8" in found.message


def test_other_encodings_name_the_byte_and_its_line(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes("one\ntwo\nfenêtre\n".encode("latin-1"))
    assert fault(tmp_path, "a.md") == Diagnostic("NS010", "a.md", 3, "not UTF-8: byte 0xea; save the file as UTF-8")


def test_binaries_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(b"\x7fELF\x02\x01\x01" + bytes(range(100)) * 20)
    (tmp_path / "b.md").write_bytes(b"ab\0\0\0cdefg" * 50)
    assert fault(tmp_path, "a.md").rule == "NS010"
    assert "binary" in fault(tmp_path, "b.md").message


def test_a_stray_nul_is_noted_and_read(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(b"word\n" * 100 + b"a\0b\n")
    found = source(tmp_path, "a.md")
    assert found.text.endswith("a\0b\n")
    assert found.diagnostics == (Diagnostic("NS010", "a.md", 101, "NUL characters, read as U+FFFD"),)


@pytest.mark.parametrize("size", [SIZE_CAP + 1, 1 << 30])
def test_oversize_files_are_not_read(tmp_path: Path, size: int) -> None:
    with open(tmp_path / "a.md", "wb") as file:
        file.truncate(size)
    assert fault(tmp_path, "a.md").rule == "NS011"


def test_the_largest_file_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(b"a" * SIZE_CAP)
    assert source(tmp_path, "a.md").data == SIZE_CAP


def test_names_that_are_not_unicode(tmp_path: Path) -> None:
    file = os.path.join(os.fsencode(tmp_path), b"caf\xe9\n.md")
    with open(file, "wb") as opened:
        opened.write(b"# A\n")
    (found,) = discover(tmp_path)
    result = read_source(tmp_path, found)
    assert isinstance(result, Source)
    assert os.fsencode(result.path) == b"caf\xe9\n.md"
