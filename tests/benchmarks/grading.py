"""How fast a class is graded, and what the sandbox costs.

python tests/benchmarks/grading.py [SUBMISSIONS]

Every submission is another file, so that none is in the store already. A fork without confinement
and one with it are started in turn, in one run. On a busy machine the processor time counts: that
of the grader, the fork server and all workers.
"""

import contextlib
import os
import resource
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from checker.cases import case_cache
from checker.classroom import layouts, run, store
from checker.commands.grade import WAITING
from checker.course import assignment
from checker.sandbox.worker_pool import Workers

SAMPLES = Path(__file__).parents[1] / "sample_class"
BARE = ("privileges", "limits", "landlock", "seccomp")


def processor() -> float:
    """The seconds of the processors so far, of this process and of those that have ended."""
    used = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(each.ru_utime + each.ru_stime for each in used)


def graded(count: int, names: tuple[str, ...]) -> tuple[float, float, int]:
    """Seconds for a class of so many files, by the clock and of the processors, and handles left.

    Start-up is included.
    """
    course = assignment.find("backprop")
    case_cache.load(course)
    texts = [(SAMPLES / name).read_text() for name in names]
    with tempfile.TemporaryDirectory() as folder:
        for i in range(count):
            (Path(folder) / f"s{i:05}.py").write_text(f"{texts[i % len(texts)]}\n# {i}\n")
        before, start = len(os.listdir("/proc/self/fd")), time.perf_counter()
        used = processor()
        _, submissions = layouts.read(Path(folder), course)
        with contextlib.closing(store.Store(Path(folder) / "grades.sqlite")) as kept:
            for _ in run.Run(course, submissions, kept, WAITING * (os.cpu_count() or 1)).grade():
                pass
        left = len(os.listdir("/proc/self/fd")) - before
        return time.perf_counter() - start, processor() - used, left


def started(left_out: tuple[str, ...]) -> float:
    """Milliseconds from the request to a worker that is ready, the median of 200."""
    with Workers(left_out) as workers:
        workers.start().close()
        times = []
        for _ in range(200):
            start = time.perf_counter()
            worker = workers.start()
            worker.ready()
            times.append(1000 * (time.perf_counter() - start))
            worker.close()
    return median(times)


def main(count: int) -> None:
    wrong = ("wrong_sign.py", "wrong_shapes.py", "half_done.py")
    for title, number, names in (
        ("40 right ones", 40, ("right.py",)),
        (f"{count} right ones", count, ("right.py",)),
        (f"{count // 4} three of four wrong", count // 4, ("right.py", *wrong)),
    ):
        seconds, used, handles = graded(number, names)
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        print(
            f"{title:<28} {seconds:6.2f} s {number / seconds:7.1f} a second   "
            f"processor {1000 * used / number:5.1f} ms each   "
            f"{memory} MiB, {handles} handles left"
        )
    confined, bare = started(()), started(BARE)
    print(f"a worker: {confined:.2f} ms confined, {bare:.2f} ms bare ({confined / bare:.2f} x)")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
