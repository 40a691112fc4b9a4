"""Edits on disk: exact on every byte around them, whole or not at all."""

from __future__ import annotations

import os
import stat
from hashlib import blake2b
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from naysay.ingest.rewriting import Edit, FileChanged, applied, rewrite, rewritten

TEXTS = some.text(some.sampled_from("ab \t\r\n\u2028é𝒳"), max_size=40)


def digest(data: bytes) -> str:
    return blake2b(data, digest_size=16).hexdigest()


@given(TEXTS, some.lists(some.tuples(some.integers(0, 40), TEXTS), max_size=6), some.booleans())
def test_bytes_outside_the_edits_stay(text: str, cuts: list[tuple[int, str]], marked: bool) -> None:
    points = sorted({min(point, len(text)) for point, _ in cuts})
    edits = [Edit(a, b, new) for a, b, (_, new) in zip(points[::2], points[1::2], cuts, strict=False)]
    data = ("\ufeff" if marked and not text.startswith("\ufeff") else "").encode() + text.encode()
    new = rewritten(data, edits).decode()
    assert new.startswith("\ufeff") == marked
    new, at = new.removeprefix("\ufeff"), 0
    for before, edit in zip([0, *(edit.end for edit in edits)], edits, strict=False):
        kept = text[before : edit.start]
        assert new[at : at + len(kept) + len(edit.new)] == kept + edit.new
        at += len(kept) + len(edit.new)
    assert new[at:] == text[edits[-1].end if edits else 0 :]


@pytest.mark.parametrize("edits", [[Edit(0, 2, ""), Edit(1, 3, "")], [Edit(2, 9, "")], [Edit(2, 1, "")]])
def test_edits_that_cannot_be_made(edits: list[Edit]) -> None:
    with pytest.raises(ValueError, match="overlaps"):
        applied("abc", edits)


def test_a_file_that_changed_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_bytes(b"new")
    with pytest.raises(FileChanged, match="changed since it was read"):
        rewrite(file, digest(b"old"), [Edit(0, 3, "x")])
    assert file.read_bytes() == b"new"
    file.unlink()
    with pytest.raises(FileChanged):
        rewrite(file, digest(b"old"), [Edit(0, 3, "x")])
    assert list(tmp_path.iterdir()) == []


def test_mode_and_links_stay(tmp_path: Path) -> None:
    file, link = tmp_path / "a.md", tmp_path / "b.md"
    file.write_bytes(b"old")
    file.chmod(0o640)
    link.symlink_to(file.name)
    rewrite(link, digest(b"old"), [Edit(0, 3, "new")])
    assert link.is_symlink()
    assert file.read_bytes() == b"new"
    assert stat.S_IMODE(file.stat().st_mode) == 0o640


def test_a_failure_leaves_the_old_file_and_nothing_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "a.md"
    file.write_bytes(b"old")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        rewrite(file, digest(b"old"), [Edit(0, 3, "new")])
    assert [path.name for path in tmp_path.iterdir()] == ["a.md"]
    assert file.read_bytes() == b"old"
