"""The folder of derived data: whole entries or none, whatever happens to it."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from naysay.ingest.cache import Cache

KEY = "0123456789abcdef"


@given(content=st.binary(max_size=2_000))
def test_what_is_put_is_got(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    cache = Cache(tmp_path_factory.mktemp("cache"))
    cache.put("readings", KEY, content)
    assert cache.get("readings", KEY) == content


@given(content=st.binary(min_size=1, max_size=200), at=st.integers(0, 10_000), cut=st.booleans())
def test_a_damaged_entry_is_missing(
    tmp_path_factory: pytest.TempPathFactory, content: bytes, at: int, cut: bool
) -> None:
    cache = Cache(tmp_path_factory.mktemp("cache"))
    cache.put("readings", KEY, content)
    [entry] = cache.entries()
    data = bytearray(entry.path.read_bytes())
    at %= len(data)
    if cut:
        del data[at:]
    else:
        data[at] ^= 1
    entry.path.write_bytes(data)
    assert cache.get("readings", KEY) is None
    cache.put("readings", KEY, content)
    assert cache.get("readings", KEY) == content


def test_kinds_and_keys_are_apart(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    cache.put("readings", KEY, b"one")
    assert cache.get("findings", KEY) is None
    assert cache.get("readings", KEY[::-1]) is None


def test_a_folder_that_cannot_be_written_holds_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    cache = Cache(tmp_path / "file")
    cache.put("readings", KEY, b"one")
    assert cache.get("readings", KEY) is None
    assert list(cache.entries()) == []
    assert cache.trim() == 0


def test_what_was_used_longest_ago_goes_first(tmp_path: Path) -> None:
    cache = Cache(tmp_path, limit=5_000)
    for number in range(10):
        cache.put("readings", f"{number:016}", bytes(984))
        [path] = [entry.path for entry in cache.entries() if entry.path.name == f"{number:014}"]
        os.utime(path, (number, number))
    assert cache.get("readings", f"{0:016}") is not None, "reading it notes that it is used"
    assert cache.trim() == 6_000
    kept = [number for number in range(10) if cache.get("readings", f"{number:016}")]
    assert kept == [0, 7, 8, 9]


def test_a_run_that_wrote_nothing_does_not_trim(tmp_path: Path) -> None:
    Cache(tmp_path, limit=10).put("readings", KEY, bytes(100))
    Cache(tmp_path, limit=10).settle()
    assert Cache(tmp_path).get("readings", KEY) is not None


def test_a_run_that_wrote_too_much_trims(tmp_path: Path) -> None:
    cache = Cache(tmp_path, limit=10)
    cache.put("readings", KEY, bytes(100))
    cache.settle()
    assert cache.get("readings", KEY) is None


WRITER = """
import sys
from pathlib import Path
from naysay.ingest.cache import Cache
cache = Cache(Path(sys.argv[1]))
print("ready", flush=True)
while True:
    for number in range(50):
        cache.put("readings", f"{number:016}", bytes([number]) * 200_000)
"""


def test_killed_writers_leave_whole_entries(tmp_path: Path) -> None:
    for moment in (0.0, 0.005, 0.02, 0.05):
        writers = [
            subprocess.Popen([sys.executable, "-c", WRITER, str(tmp_path)], stdout=subprocess.PIPE) for _ in range(2)
        ]
        for writer in writers:
            assert writer.stdout is not None
            writer.stdout.readline()
        time.sleep(moment)
        for writer in writers:
            writer.send_signal(signal.SIGKILL)
            writer.communicate()
    cache = Cache(tmp_path)
    contents = [cache.get("readings", f"{number:016}") for number in range(50)]
    assert any(contents)
    assert all(content in (None, bytes([number]) * 200_000) for number, content in enumerate(contents))
