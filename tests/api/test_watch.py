"""``naysay watch`` as a process: what it tells when files are saved, and how it ends."""

from __future__ import annotations

import os
import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.processes import heed_interrupts

from naysay.graph.model import Reading
from naysay.ingest.reading import read_document
from naysay.queries.corpus import load

YES = "# Mail gateway\n\nThe mail gateway keeps a message log.\n"
NO = "# Operations\n\nThe mail gateway keeps no message log.\n"
PROGRAM = "import sys; from naysay.api.cli import main; sys.exit(main(['watch', *sys.argv[1:]]))"


class Watched:
    """The process, and the lines of its standard output as they come."""

    def __init__(self, folder: Path, root: Path) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", PROGRAM, str(folder)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": str(root / ".src"), "PYTHONUTF8": "1"},
            preexec_fn=heed_interrupts,
        )
        self.lines: queue.Queue[str] = queue.Queue()
        self.reader = threading.Thread(target=self._read, daemon=True)
        self.reader.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for row in self.process.stdout:
            self.lines.put(row.rstrip("\n"))

    def told(self) -> list[str]:
        """The lines up to the next line of figures."""
        rows = [self.lines.get(timeout=60)]
        while " document" not in rows[-1]:
            rows.append(self.lines.get(timeout=60))
        return rows

    def ended(self, by: signal.Signals) -> tuple[int, str]:
        self.process.send_signal(by)
        code = self.process.wait(timeout=30)
        assert self.process.stderr is not None
        return code, self.process.stderr.read()


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    folder = tmp_path / "docs"
    folder.mkdir()
    (folder / "gateway.md").write_text(YES)
    (folder / "operations.md").write_text("# Operations\n")
    return folder


@pytest.fixture
def watched(docs: Path, root: Path) -> Iterator[Watched]:
    started = Watched(docs, root)
    yield started
    started.process.kill()
    started.process.wait()
    started.reader.join(timeout=10)
    for stream in (started.process.stdout, started.process.stderr):
        assert stream is not None
        stream.close()


@pytest.mark.slow
def test_it_tells_what_is_new_and_what_is_closed(docs: Path, watched: Watched) -> None:
    assert watched.told() == ["0 conflicts in 2 documents"]
    (docs / "operations.md").write_text(NO)
    new, figures = watched.told()
    assert new.startswith("new:    ")
    assert "operations.md:3" in new
    assert "NS101" in new
    assert figures == "1 conflict in 2 documents: 1 new, 0 closed"
    (docs / "new.md").write_text("# New\n")
    assert watched.told() == ["1 conflict in 3 documents: 0 new, 0 closed"]
    (docs / "operations.md").unlink()
    closed, figures = watched.told()
    assert closed == new.replace("new:    ", "closed: ")
    assert figures == "0 conflicts in 2 documents: 0 new, 1 closed"
    code, err = watched.ended(signal.SIGINT)
    assert code == 0
    assert "Traceback" not in err


@pytest.mark.slow
def test_a_set_that_cannot_be_read_is_told_and_waited_for(docs: Path, watched: Watched) -> None:
    watched.told()
    (docs / "naysay.toml").write_text("sellect = []\n")
    assert watched.process.stderr is not None
    rows = [watched.process.stderr.readline() for _ in range(2)]
    assert 'unknown key "sellect"' in rows[1] or "sellect" in rows[1]
    (docs / "naysay.toml").unlink()
    (docs / "operations.md").write_text(NO)
    assert watched.told()[-1] == "1 conflict in 2 documents: 1 new, 0 closed"
    assert watched.ended(signal.SIGTERM)[0] == 0


def test_only_changed_documents_are_read_again(docs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = load([docs])
    read: list[str] = []

    def counted(path: str, text: str, digest: str) -> Reading:
        read.append(path)
        return read_document(path, text, digest)

    monkeypatch.setattr("naysay.queries.corpus.read_document", counted)
    (docs / "operations.md").write_text(NO)
    (docs / "other.md").write_text(YES)
    after = load([docs], before=before)
    assert read == ["operations.md", "other.md"]
    assert after == load([docs])
