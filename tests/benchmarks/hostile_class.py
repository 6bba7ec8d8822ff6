"""How much longer a class takes if every tenth file in it is hostile.

python tests/benchmarks/hostile_class.py [SUBMISSIONS [SEED]]

The attacks are drawn from those of tests/attacks*.py. Both classes are graded in turns, one after
the other, start-up included, and so is one in which every tenth file sleeps in every function.
"""

import contextlib
import os
import random
import sys
import tempfile
import textwrap
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

import attacks
import attacks_by_files
import attacks_from_within

from checker.cases import case_cache
from checker.classroom import layouts, run, store
from checker.commands.grade import WAITING
from checker.course import assignment

RIGHT = (Path(__file__).parents[1] / "sample_class" / "right.py").read_text()
COURSE = assignment.find("backprop")
EVERY = 10
HEAD, FUNCTION = "import numpy as np\n", "def dense(x, weight, bias):\n"
SLEEPER = "import time\n" + "".join(
    f"def {task.function}(*given):\n    time.sleep(99)\n" for task in COURSE.tasks
)


def sources() -> list[str]:
    """The text of every attack in one file."""
    kinds = (*attacks.KINDS.values(), *attacks_from_within.KINDS.values())
    found = [pair for named in kinds for pair in named.values()]
    texts = [f"{HEAD}{top}\n\n{FUNCTION}{textwrap.indent(body, '    ')}\n" for top, body in found]
    files = attacks_by_files.all_of({"dense": case_cache.load(COURSE)["dense"]})
    return texts + [each["a.py"] for each in files.values()]


def graded(texts: list[str]) -> tuple[float, int]:
    """Seconds for a class of these files, and how many of them got full points."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place, "class")
        folder.mkdir()
        for number, text in enumerate(texts):
            data = f"{text}\n# {number}\n".encode("utf-8", "surrogatepass")
            (folder / f"s{number:05}.py").write_bytes(data)
        start = time.perf_counter()
        _, submissions = layouts.read(folder, COURSE)
        with contextlib.closing(store.Store(Path(place, "grades.sqlite"))) as kept:
            work = run.Run(COURSE, submissions, kept, WAITING * (os.cpu_count() or 1), seed=1)
            scores = [row.report.score for row in work.grade()]
        return time.perf_counter() - start, scores.count(COURSE.points)


def main(size: int, seed: int) -> None:
    case_cache.load(COURSE)
    graded([RIGHT])  # makes the fresh cases
    chance = random.Random(seed)
    chosen = chance.sample(sources(), size // EVERY)
    honest = [RIGHT] * size
    hostile = [RIGHT if at % EVERY else chosen[at // EVERY] for at in range(size - size % EVERY)]
    asleep = [RIGHT if at % EVERY else SLEEPER for at in range(size)]
    first, right = graded(honest)
    print(f"{size} honest ones         {first:6.1f} s, {right} right")
    for name, texts in (("a tenth hostile", hostile), ("a tenth asleep", asleep)):
        seconds, right = graded(texts)
        print(f"{name:<20} {seconds:9.1f} s, {right} right, {first / seconds:.2f} of the speed")


if __name__ == "__main__":
    numbers = [int(word) for word in sys.argv[1:]]
    main(*(numbers + [300, 1][len(numbers) :]))
