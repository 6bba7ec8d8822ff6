"""Whether kills change a grade.

python tests/benchmarks/interruptions.py [SUBMISSIONS KILLS [SEED]]

A class is killed at random moments, with SIGKILL or SIGTERM, and continued each time, until it is
done; then again from the start, until there were so many kills. The reports are compared with those
of a run without a break. full_disks.py does the same with disks that are full.
"""

import random
import shutil
import sqlite3
import sys
import tempfile
from contextlib import closing
from itertools import count
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

import interrupted

LATEST = 1 / 2  # of the time of a run without a break: when a run is killed at the latest


def main(size: int, kills: int, seed: int) -> None:
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place, "class")
        interrupted.make_class(folder, size)
        interrupted.finished(folder, Path(place, "warm"))  # fills the cache of cases
        longest = interrupted.seconds(folder, Path(place, "whole"))
        whole = interrupted.grades(Path(place, "whole"))
        print(f"{size} submissions, {longest:.1f} s without a break")
        left, same, rounds = kills, 0, 0
        found: list[int] = []  # how many grades were stored after each kill
        for number in count():
            if not left:
                break
            out = Path(place, f"killed{number}")
            while left and not (out / interrupted.GRADES[-1]).exists():
                if interrupted.killed(folder, out, chance, longest * LATEST):
                    left -= 1
                    found.append(_stored(out))
            same += interrupted.finished(folder, out) == whole
            rounds += 1
            _left_over(out)
        between = sum(0 < grades < size for grades in found)
        print(f"{kills} kills, {between} of them between the first grade and the last,", end=" ")
        print(f"in {rounds} classes: {same} have the same grades")


def _stored(out: Path) -> int:
    """How many grades are there, read from a copy: a run has to find the store as it was left."""
    with tempfile.TemporaryDirectory() as place:
        for path in out.glob("grades.sqlite*"):
            shutil.copy(path, place)
        with closing(sqlite3.connect(Path(place, "grades.sqlite"))) as store:
            tables = store.execute("SELECT count(*) FROM sqlite_master WHERE name = 'grades'")
            if not tables.fetchone()[0]:
                return 0
            (grades,) = store.execute("SELECT count(*) FROM grades").fetchone()
            return int(grades)


def _left_over(out: Path) -> None:
    for path in sorted(out.glob(".*")) + sorted(out.glob("*-edited*")):
        print(f"left over: {path}")


if __name__ == "__main__":
    numbers = [int(word) for word in sys.argv[1:]]
    main(*(numbers + [200, 50, 1][len(numbers) :]))
