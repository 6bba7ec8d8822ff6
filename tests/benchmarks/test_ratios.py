"""What must stay fast, as ratios of processor times in one run. The best of several runs counts."""

import resource

from student import CHECK, NUMPY, RIGHT, best, times, two_wrong

from checker.sandbox.worker_pool import Workers

RUNS = 9
BARE = ("privileges", "limits", "landlock", "seccomp")


def test_a_listing_waits_hardly_longer_than_an_import_of_numpy():
    found = best({"numpy": NUMPY, "check": CHECK, "help": [*CHECK, "--help"]}, RUNS)
    assert found["check"][1] < 1.3 * found["numpy"][1]
    assert found["help"][1] < 1.3 * found["numpy"][1]


def test_a_check_costs_few_imports_of_numpy(tmp_path):
    """The tests give numpy one thread, with which its import takes a third less."""
    right = [*CHECK, "backprop", str(RIGHT)]
    times(right)  # makes the case set
    wrong = [*CHECK, "backprop", str(two_wrong(tmp_path))]
    found = best({"numpy": NUMPY, "right": right, "wrong": wrong}, RUNS)
    assert found["right"][1] < 5 * found["numpy"][1]
    assert found["wrong"][1] < 9 * found["numpy"][1]


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
