"""What a large class costs: time, and the memory of the process that grades it.

python tests/benchmarks/large_class.py [SUBMISSIONS [DIFFERENT]]

A tenth of the class is graded first, then all of it, each in a process of its own. DIFFERENT files
are made from a right one by changes in one place; the others are copies of them, which find their
report in the store. Each stage has the highest memory while it lasted. The memory that a verdict
takes is the growth from the tenth to the whole.
"""

import contextlib
import json
import random
import re
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from checker.classroom import changes, layouts, marks, run, store
from checker.classroom.lateness import Calendar
from checker.commands.grade import WAITING
from checker.course import assignment
from checker.reports import class_overview, formats, write

RIGHT = Path(__file__).parents[1] / "solutions" / "04_backprop.py"
SIGNS = re.compile(r" [-+*/@] |\.T\b|axis=0")
OTHERS = {" - ": " + ", " + ": " - ", " * ": " / ", " / ": " * ", " @ ": " * ", "axis=0": "axis=1"}
FORMATS = ("csv", "json", "html", "feedback", "gradescope", "canvas", "junit", "similar")


def files(different: int) -> list[str]:
    """Different files: a right one, and others with changes in one to three places."""
    text, random_ = RIGHT.read_text(encoding="utf-8"), random.Random(5)
    found = {text: None}
    while len(found) < different:
        changed = text
        for _ in range(random_.choice((1, 1, 2, 3))):
            at = random_.choice(list(SIGNS.finditer(changed)))
            new = OTHERS.get(at[0], "")
            changed = changed[: at.start()] + new + changed[at.end() :]
        found[changed] = None
    return list(found)


def peak() -> int:
    """The highest memory of this process since the last call, in bytes."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    highest = re.search(r"VmHWM:\s+(\d+) kB", status)
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    return 1024 * int(highest[1]) if highest else 0


def graded(folder: Path, out: Path) -> dict[str, tuple[float, int]]:
    """The seconds and the highest memory of each stage."""
    course, stages = replace(assignment.find("backprop"), fresh=False), {}

    @contextlib.contextmanager
    def stage(name):
        start = time.perf_counter()
        peak()
        yield
        stages[name] = seconds, memory = time.perf_counter() - start, peak()
        print(_line(name, seconds, memory), file=sys.stderr, flush=True)  # the whole takes long

    with contextlib.closing(store.Store(out / store.FILENAME)) as kept:
        with stage("read"):
            _, submissions = layouts.read(folder, course)
        with stage("grade"):
            work = run.Run(course, submissions, kept, WAITING * 2)
            for _ in work.grade():
                pass
        with stage("marks"):
            rows = marks.rows(work.rows, work.earlier(), {}, course, Calendar(course.marks))
            before = kept.marks()
            rows, changed = changes.compared(rows, before), changes.between(before, rows)
            class_overview.text(rows)
            kept.record(rows, changed)
        for name in FORMATS:
            with stage(name):
                write.write(out, course, rows, (name,), formats.Options())
        stages["graded"] = work.graded, len(course.tasks)
    return stages


def _line(name: str, seconds: float, memory: int) -> str:
    return f"{name:<12}{seconds:9.1f} s{memory / 2**20:8.0f} MiB"


def measured(count: int, different: int) -> dict[str, tuple[float, int]]:
    """The stages of a class of this size, in a process of its own."""
    with tempfile.TemporaryDirectory() as place:
        folder, out = Path(place, "class"), Path(place, "out")
        folder.mkdir()
        out.mkdir()
        texts = files(different)
        for i in range(count):
            student = folder / f"student{i:06}"
            student.mkdir()
            (student / "backprop.py").write_text(texts[i % different], encoding="utf-8")
        words = [sys.executable, __file__, "--measure", str(folder), str(out)]
        done = subprocess.run(words, stdout=subprocess.PIPE, check=True)
        stages = json.loads(done.stdout)
        stages["size"] = {path.name: path.stat().st_size for path in out.iterdir()}
    return stages


def main(count: int, different: int) -> None:
    small, large = (measured(each, min(different, each)) for each in (count // 10, count))
    print(f"{'':<12}{count // 10:>10} submissions{count:>20} submissions")
    for name in ("read", "grade", "marks", *FORMATS):
        print(_line(name, *small[name]) + _line("", *large[name]))
    made, tasks = large["graded"]
    verdicts = (count - count // 10) * tasks
    for name in ("grade", "marks", *FORMATS):
        print(f"{(large[name][1] - small[name][1]) / verdicts:8.0f} bytes a verdict: {name}")
    print(f"{made} reports were made; {count - made} submissions found theirs in the store")
    print({name: f"{size / 2**20:.1f} MiB" for name, size in large["size"].items()})


if __name__ == "__main__":
    if sys.argv[1:2] == ["--measure"]:
        print(json.dumps(graded(*map(Path, sys.argv[2:]))))
    else:
        numbers = [int(word) for word in sys.argv[1:]]
        main(*numbers, *(20_000, 100)[len(numbers) :])
