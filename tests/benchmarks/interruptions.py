"""Whether kills and full disks change a grade.

python tests/benchmarks/interruptions.py [SUBMISSIONS KILLS FULL_DISKS [SEED]]

A class is killed at random moments, with SIGKILL or SIGTERM, and continued each time, until it is
done; then again from the start, until there were so many kills. As often as asked, it starts on a
disk that has too little room. The reports are compared with those of a run without a break.
"""

import random
import sys
import tempfile
from itertools import count
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

import interrupted


def main(size: int, kills: int, disks: int, seed: int) -> None:
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place, "class")
        interrupted.make_class(folder, size)
        interrupted.finished(folder, Path(place, "warm"))  # fills the cache of cases
        longest = interrupted.seconds(folder, Path(place, "whole"))
        whole = interrupted.grades(Path(place, "whole"))
        room = sum(path.stat().st_size for path in Path(place, "whole").iterdir())
        print(f"{size} submissions, {longest:.1f} s without a break, {room // 1024} KiB of reports")
        left, same, rounds = kills, 0, 0
        for number in count():
            if not left:
                break
            out = Path(place, f"killed{number}")
            while left and not (out / interrupted.GRADES[-1]).exists():
                left -= interrupted.killed(folder, out, chance, longest / 4)
            same += interrupted.finished(folder, out) == whole
            rounds += 1
            _left_over(out)
        print(f"{kills} kills in {rounds} classes: {same} have the same grades")
        same = 0
        for number in range(disks):
            out = Path(place, f"full{number}")
            while not interrupted.on_full_disk(
                folder, out, chance.randrange(interrupted.SMALLEST_DISK, room)
            ):
                pass  # there was room enough
            same += interrupted.finished(folder, out) == whole
            _left_over(out)
        print(f"{disks} full disks: {same} classes have the same grades")


def _left_over(out: Path) -> None:
    for path in sorted(out.glob(".*")) + sorted(out.glob("*-edited*")):
        print(f"left over: {path}")


if __name__ == "__main__":
    numbers = [int(word) for word in sys.argv[1:]]
    main(*(numbers + [200, 50, 10, 1][len(numbers) :]))
