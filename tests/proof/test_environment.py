"""The machine that a recording names must fit together: torch, the device and its drivers."""

import pytest
from recording_files import GPU, falsified, rows

from checker.proof.recordings import environment

pytestmark = pytest.mark.usefixtures("short_axes")


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"device": "cuda"}, "the device is a GPU without a name"),
        ({"device": "tpu"}, "the device is 'tpu'"),
        ({"gpu": "NVIDIA H100"}, "the device is the CPU, but there is also gpu"),
        ({"torch": "2.12.0+cpu"}, "torch 2.12.0 is not known here: add its commit"),
        ({"torch": "new"}, "'new' is no version of torch"),
        ({"torch_git": "0" * 40}, "was not built from the commit '000"),
        ({"torch_config": ""}, "the configuration of torch is not that of version 2.13.0"),
        ({"recorder": 1}, "recorder 1 made it, and this one is 2"),
    ],
)
def test_a_machine_that_does_not_fit_together_is_a_failure(recording, fields, message):
    falsified(recording, lambda index: index["environment"].update(fields))
    failure = rows(recording)["all recorded"].failure
    assert failure.startswith("the machine does not fit together: ")
    assert message in failure


def test_another_version_of_torch_needs_its_own_commit(monkeypatch):
    monkeypatch.setitem(environment.COMMITS, "2.12.0", "1" * 40)
    commit = environment.COMMITS["2.13.0"]
    machine = {"device": "cpu", "recorder": environment.RECORDER, "torch_git": commit}
    wrong = list(environment.problems({**machine, "torch": "2.12.0"}))
    assert any("torch 2.12.0 was not built from the commit" in each for each in wrong)


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({}, None),
        ({"gpu": ""}, "without a name"),
        ({"capability": "9.0"}, "should be two numbers"),
        ({"driver": "13000.x"}, "no version of a driver"),
        ({"driver_cuda": 12080}, "too old for 13.0"),
        ({"cuda": None}, "was torch built for the CPU alone"),
        ({"cuda": "12.8"}, "torch was built for cu130, but the version of CUDA is 12.8"),
        ({"cudnn": None}, "no version of cuDNN"),
        ({"torch_config": "TORCH_VERSION=2.13.0, USE_CUDA=0, "}, "without CUDA"),
    ],
)
def test_a_gpu_has_a_name_a_capability_and_drivers(fields, message):
    commit = environment.COMMITS["2.13.0"]
    machine = {"recorder": environment.RECORDER, "torch_git": commit, **GPU, **fields}
    found = list(environment.problems(machine))
    assert any(message in each for each in found) if message else not found
