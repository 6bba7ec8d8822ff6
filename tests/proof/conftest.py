"""The recordings that tests read, each made once, and short axes to make them fast."""

import pytest
from recording_files import NAMES, play

from checker.proof.recordings import grid, recorder
from reference.catalogue import operation

SHORT = (64,)  # one length of long axes is enough in tests; recordings have all


@pytest.fixture(scope="session", autouse=True)
def _torch():
    """The proof is a comparison with PyTorch, which not every Python has."""
    pytest.importorskip("torch", reason="PyTorch is not installed")


@pytest.fixture
def short_axes(monkeypatch):
    monkeypatch.setattr(grid, "LONG", SHORT)


@pytest.fixture(scope="session")
def original(tmp_path_factory):
    path = tmp_path_factory.mktemp("recordings") / "here.golden"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(grid, "LONG", SHORT)
        count = recorder.record(path, {n: operation(n) for n in NAMES}, "cpu")
    return path, count


@pytest.fixture
def recording(original, tmp_path):
    """A copy of a recording, which a test may falsify."""
    path = tmp_path / "here.golden"
    path.write_bytes(original[0].read_bytes())
    return path


@pytest.fixture(scope="session")
def played_once(tmp_path_factory):
    path = tmp_path_factory.mktemp("played") / "h100.golden"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(grid, "LONG", SHORT)
        play(path, 2**-12)
    return path.read_bytes()


@pytest.fixture
def played(played_once, tmp_path):
    """A copy of a recording of a GPU, which the CPU played."""
    path = tmp_path / "h100.golden"
    path.write_bytes(played_once)
    return path
