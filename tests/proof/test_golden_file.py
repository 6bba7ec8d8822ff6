"""A file of recordings that is damaged is refused, and the repository's are listed."""

import numpy as np
import pytest
from recording_files import NAMES, chunks, falsified, rows

from checker.proof.oracles import deviations
from checker.proof.recordings import agreement, golden_file, replay
from checker.proof.recordings.golden_file import RecordingError
from reference import catalogue

torch = pytest.importorskip("torch", reason="PyTorch is not installed")

pytestmark = pytest.mark.usefixtures("short_axes")


def test_bfloat16_is_rounded_as_torch_rounds_it():
    values = np.concatenate([np.random.default_rng(0).normal(size=999), [1 + 2**-8, 1 + 3 * 2**-8]])
    values = np.append(values, 1e30).astype(np.float32).astype(float)
    theirs = torch.tensor(values).to(torch.bfloat16).double().numpy()
    mine = agreement._rounded(values, "bfloat16")
    assert np.array_equal(mine, theirs)
    store = golden_file.store()
    store.add(mine, "bfloat16")
    _, encode, decode = golden_file.STORED["bfloat16"]
    assert store.kinds[0][0] == "bfloat16"
    assert np.array_equal(decode(encode(mine)), mine)


def test_what_is_no_recording_is_not_read(tmp_path):
    path = tmp_path / "text"
    path.write_text("this is no recording of anything")
    with pytest.raises(RecordingError, match="is not a recording: it does not begin with GOLDEN"):
        rows(path)
    path.write_bytes(b"GOLDEN01" + bytes(100))
    with pytest.raises(RecordingError, match="the format b'GOLDEN01' is not"):
        rows(path)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda data: data + b"\0", r"has \d+ bytes and should have \d+"),
        (lambda data: data[:-1], "cut off or added to"),
        (lambda data: data[:-40] + b"\1" + data[-39:], "does not have the digest at the end"),
        (lambda data: data[:200].replace(b"a", b"b") + data[200:], "does not have the digest"),
    ],
)
def test_bytes_that_are_added_cut_off_or_changed_are_refused(recording, change, message):
    recording.write_bytes(change(recording.read_bytes()))
    with pytest.raises(RecordingError, match=message):
        rows(recording)


def test_numbers_that_no_index_describes_are_refused(recording):
    index, arrays = chunks(recording)
    golden_file.write(recording, index, [*arrays, bytes(8)])
    with pytest.raises(RecordingError, match=r"describes \d+ bytes of numbers, the file has"):
        rows(recording)
    golden_file.write(recording, index, arrays[:-1])
    with pytest.raises(RecordingError, match="bytes of numbers"):
        rows(recording)
    index["arrays"].append(["float16", [4], ""])
    golden_file.write(recording, index, [*arrays, bytes(8)])
    assert "belong to a case" in rows(recording)["all recorded"].failure


@pytest.mark.parametrize(
    "change",
    [
        lambda index: index.pop("cases"),
        lambda index: index.pop("environment"),
        lambda index: index["cases"].append("relu"),
        lambda index: index["cases"][0]["passes"].update({"cpu float32": [10**6]}),
        lambda index: index["cases"][0]["passes"].update({"cpu float32": 3}),
        lambda index: index["arrays"].__setitem__(0, ["float32", [-1], ""]),
        lambda index: index["arrays"].__setitem__(0, ["float128", [1], ""]),
        lambda index: index["arrays"].__setitem__(0, ["float32", [4], "0" * 64]),
    ],
)
def test_a_damaged_index_is_refused(recording, change):
    falsified(recording, change)
    with pytest.raises(RecordingError, match=r"the index is damaged: .*Record it again"):
        rows(recording)


# The repository's recordings.


@pytest.fixture
def folder(recording, monkeypatch):
    monkeypatch.setattr(golden_file, "RECORDINGS_FOLDER", recording.parent)
    known = {name: catalogue.names()[name] for name in NAMES}
    monkeypatch.setattr(catalogue, "names", lambda: known)
    monkeypatch.setattr(deviations, "listed", lambda version="": ())
    return recording.parent


def test_a_recording_of_the_repository_is_listed_with_its_digest(folder, recording):
    (total,) = [row for row in replay.replay_all() if row.operation == "all recorded"]
    assert "digests.txt does not list its digest" in total.failure
    line = f"{golden_file.digest(recording)}  {recording.name}\n"
    (folder / "digests.txt").write_text("# digests\n" + line)
    assert all(row.passed for row in replay.replay_all())
    assert golden_file.stranger(recording) == ""
    falsified(recording, lambda index: index["environment"].update(numpy="1.0"))
    assert not all(row.passed for row in replay.replay_all())
    recording.write_bytes(b"GOLDEN02")
    assert "is not a recording" in next(replay.replay_all()).failure
    assert golden_file.device(recording) == ""
    recording.unlink()
    (row,) = replay.replay_all()
    assert "digests.txt lists here.golden, which is not there" in row.failure


def test_the_repository_lists_what_it_has():
    assert set(golden_file.listed()) == {path.name for path in golden_file.recorded()}
