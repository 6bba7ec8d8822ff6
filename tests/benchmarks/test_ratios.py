"""What must stay fast, as ratios in one run. The best of several runs counts.

What a student waits for is measured by the clock, so the machine has to be idle.
"""

import resource

import pytest
from student import CHECK, NUMPY, RIGHT, best, first_ever, times, two_wrong

from checker.sandbox.worker_pool import Workers

BARE = ("privileges", "limits", "landlock", "seccomp")


@pytest.fixture(autouse=True)
def _threads(monkeypatch):
    """As many as a student has. The other tests give numpy a single one."""
    for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
        monkeypatch.delenv(name, raising=False)


def test_a_listing_waits_no_longer_than_an_import_of_numpy():
    found = best({"numpy": NUMPY, "check": CHECK, "help": [*CHECK, "--help"]})
    assert found["check"][0] <= found["numpy"][0]
    assert found["help"][0] <= found["numpy"][0]


def test_a_check_takes_few_imports_of_numpy(tmp_path):
    right = [*CHECK, "backprop", str(RIGHT)]
    times(right)  # makes the case set
    wrong = [*CHECK, "backprop", str(two_wrong(tmp_path))]
    found = best({"numpy": NUMPY, "right": right, "wrong": wrong})
    (numpy, _), (clock_if_right, _), (clock_if_wrong, _) = found.values()
    assert clock_if_right <= 2 * numpy
    assert clock_if_wrong <= 4 * numpy


def test_the_first_check_ever_takes_few_imports_of_numpy(tmp_path):
    clock, _ = first_ever(tmp_path)
    assert clock <= 5 * best({"numpy": NUMPY})["numpy"][0]


def test_the_sandbox_costs_less_than_the_fork():
    def cost(left_out, workers=20):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        with Workers(left_out) as pool:
            for _ in range(workers):
                worker = pool.start()
                worker.ready()
                worker.close()
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime

    assert min(cost(()), cost(())) < 2 * min(cost(BARE), cost(BARE))
