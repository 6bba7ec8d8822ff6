"""Whether lost workers of a cluster change a grade, and what a submission costs there.

python tests/benchmarks/cluster.py [SUBMISSIONS KILLS [SEED]]

A class is graded by three workers of Dask on this machine. At random moments one of them is killed
and another one started. The reports are compared with those of a run without a cluster.
"""

import random
import sys
import tempfile
import threading
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

import interrupted
from dask_cluster import LocalCluster

from checker.classroom import plan
from checker.classroom.cluster import Cluster
from checker.classroom.run import Run
from checker.classroom.store import Store, freeze
from checker.course import assignment

SEED = 3
BETWEEN = (2.0, 6.0)  # seconds between two kills


def grades(folder: Path, out: Path, elsewhere=None) -> tuple[dict[str, str], int, float]:
    """The reports by name, how many were stored, and the seconds."""
    backprop = assignment.find("backprop")
    submissions = plan.read(backprop, folder, None).submissions
    store, start = Store(out), time.monotonic()
    jobs = 64 if elsewhere else 3
    work = Run(backprop, submissions, store, jobs=jobs, seed=SEED, elsewhere=elsewhere)
    rows = list(work.grade())
    seconds, stored = time.monotonic() - start, len(store.keys())
    store.close()
    faults = sum(row.fault for row in rows)
    if faults:
        print(f"{faults} were not graded")
    return {row.submission.name: freeze(row.report) for row in rows}, stored, seconds


def main(size: int = 120, kills: int = 20, seed: int = 1) -> None:
    chance, done = random.Random(seed), threading.Event()
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        interrupted.make_class(place / "class", size)
        here, stored, seconds = grades(place / "class", place / "here")
        print(f"{size} submissions, {stored} in the store, {seconds:.1f} s on this machine")
        with LocalCluster(place, 3) as machines, Cluster(machines.address) as there:
            lost = [0]

            def lose() -> None:
                while not done.wait(chance.uniform(*BETWEEN)):
                    machines.kill(chance.randrange(3))
                    machines.add()
                    lost[0] += 1

            killer = threading.Thread(target=lose)
            killer.start()
            rounds = same = 0
            while lost[0] < kills:
                found, count, seconds = grades(
                    place / "class", place / f"there{rounds}", there.grade
                )
                same += found == here and count == stored
                rounds += 1
                print(
                    f"{lost[0]} workers lost, {seconds:.1f} s, {same} of {rounds} are the same",
                    flush=True,
                )
            done.set()
            killer.join()
        print(f"{lost[0]} workers lost in {rounds} classes: {same} have the same grades")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
