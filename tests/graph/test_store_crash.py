"""A process killed at any step of a write leaves the old state or the new one, and the next write goes through."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.graph.samples import port_claim, reading, source

from naysay.graph.encode import document_quads
from naysay.graph.model import Reading
from naysay.graph.store import Context, Source, dump, open_memory, open_store, write_store

PROGRAM = """
import os, pathlib, signal, sys
from tests.graph import test_store_crash as this
from naysay.graph import manifest, store

place, last, rebuild = pathlib.Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3] == "rebuild"
steps = 0

def stepping(call):
    def step(*arguments, **options):
        global steps
        steps += 1
        if steps == last:
            os.kill(os.getpid(), signal.SIGKILL)
        return call(*arguments, **options)
    return step

for module, name in ((os, "fsync"), (store, "replacement"), (store, "dumps"), (store.shutil, "rmtree")):
    setattr(module, name, stepping(getattr(module, name)))
for name in ("replace", "rename", "mkdir", "write_bytes", "unlink", "open"):
    setattr(pathlib.Path, name, stepping(getattr(pathlib.Path, name)))
store.write_store(place, this.sources(this.AFTER if not rebuild else this.OTHER), (), this.CONTEXT)
print(steps)
"""
CONTEXT = Context("1.0")


def numbered(values: dict[int, str]) -> list[Reading]:
    return [reading(f"{number}.md", port_claim(f"{number}.md", value)) for number, value in values.items()]


BEFORE = numbered(dict.fromkeys(range(6), "80"))
AFTER = numbered({**dict.fromkeys(range(5), "80"), 2: "81", 6: "82"})
OTHER = numbered(dict.fromkeys(range(6), "90"))


def sources(readings: list[Reading]) -> list[Source]:
    return [source(one, f"{one.document.path} {one.claims[0].value}") for one in readings]


def lines(readings: list[Reading]) -> list[bytes]:
    return list(dump(open_memory(line for one in readings for line in document_quads(one))))


def run(root: Path, place: Path, last: int, kind: str) -> subprocess.CompletedProcess[bytes]:
    environment = {**os.environ, "PYTHONPATH": f"{root / '.src'}{os.pathsep}{root}"}
    command = [sys.executable, "-c", PROGRAM, str(place), str(last), kind]
    return subprocess.run(command, env=environment, capture_output=True, check=False)


def state(place: Path) -> tuple[list[Reading], list[bytes], list[bytes]]:
    kept = open_store(place)
    return list(kept.readings()), list(dump(kept.graph)), [kept.data(path) for path in kept.paths()]


def expected(readings: list[Reading]) -> tuple[list[Reading], list[bytes], list[bytes]]:
    return readings, lines(readings), [one.data for one in sources(readings)]


@pytest.mark.slow
@pytest.mark.parametrize(("kind", "after"), [("update", AFTER), ("rebuild", OTHER)])
def test_a_kill_at_any_step_leaves_the_old_state_or_the_new_one(
    kind: str, after: list[Reading], root: Path, tmp_path: Path
) -> None:
    whole = tmp_path / "whole"
    write_store(whole, sources(BEFORE), (), CONTEXT)
    finished = run(root, whole, 0, kind)
    assert state(whole) == expected(after)
    steps = int(finished.stdout)
    seen: list[bool] = []
    for last in range(1, steps + 1, 3 if kind == "update" else 5):
        place = tmp_path / str(last)
        write_store(place, sources(BEFORE), (), CONTEXT)
        assert run(root, place, last, kind).returncode == -9
        found = state(place)
        assert found in (expected(BEFORE), expected(after))
        seen.append(found == expected(after))
        write_store(place, sources(after), (), CONTEXT)
        assert state(place) == expected(after)
        assert not list(place.rglob("*.part"))
    assert seen == sorted(seen)
    assert not all(seen)


@pytest.mark.slow
def test_a_first_write_that_is_killed_can_be_done_again(root: Path, tmp_path: Path) -> None:
    for last in (2, 9, 20, 30):
        place = tmp_path / str(last)
        assert run(root, place, last, "update").returncode == -9
        write_store(place, sources(AFTER), (), CONTEXT)
        assert state(place) == expected(AFTER)
