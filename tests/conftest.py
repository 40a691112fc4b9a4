"""What every test may use: the checkout, the example backlog, and the choice to leave out slow tests."""

import shutil
from pathlib import Path

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--fast", action="store_true", help="leave out the tests marked slow")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if not config.getoption("--fast"):
        return
    slow = [item for item in items if item.get_closest_marker("slow")]
    items[:] = [item for item in items if item not in set(slow)]
    config.hook.pytest_deselected(items=slow)


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def node_modules(root: Path) -> Path:
    """The JavaScript readers, which `./task test` installs before it runs a test."""
    path = root / "node_modules"
    if shutil.which("npm") is None:
        pytest.skip("needs Node to read exports back; naysay does without it, and where npm is found this never skips")
    assert (path / "playwright-core").is_dir(), "the JavaScript readers are not installed: run ./task setup or npm ci"
    return path


@pytest.fixture(scope="session")
def example(root: Path) -> Path:
    """The folder of the example backlog."""
    return root / "examples" / "backlog"


@pytest.fixture(autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test reads or writes the user's own cache."""
    monkeypatch.setenv("NAYSAY_CACHE", str(tmp_path_factory.getbasetemp() / "cache"))
