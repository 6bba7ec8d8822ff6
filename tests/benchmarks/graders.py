"""Five graders on one class: how long they take, and what three awkward files get out of them.

python tests/benchmarks/graders.py [SUBMISSIONS] [GRADER ...]

Four functions and twelve checks for everybody; ours asks its own cases of each function. The
others are installed into build/graders on first use, which takes the network and some minutes.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Callable
from pathlib import Path

import other_graders
from grader_class import FILES, HOME, MARKS, RIGHT, Marks, python, run

PACKAGES = ("pytest", "gradescope-utils", "otter-grader", "nbgrader", "numpy")


def gradproof(folder: Path, files: dict[str, str]) -> Marks:
    course = folder / "01_bench"
    course.mkdir()
    (course / "task.md").write_text("# Bench\n")
    tasks = [
        f'[[task]]\nfunction = "{name}"\noperation = "{name}"\nasks = "forward"\npoints = 3'
        for name in RIGHT
    ]
    (course / "assignment.toml").write_text('title = "Bench"\n\n' + "\n\n".join(tasks))
    (folder / "in").mkdir()
    for name, text in files.items():
        (folder / "in" / f"{name}.py").write_text(text)
    run(sys.executable, __file__, "--ours", course, folder / "in", folder / "marks.json")
    return dict(json.loads((folder / "marks.json").read_text()))


def ours(course: str, submitted: str, out: str) -> None:
    """The work of `check grade`, on an assignment that is not part of the course."""
    from checker.sandbox.worker_pool import Workers

    with Workers() as workers:
        from checker.classroom import layouts, run, store
        from checker.commands.grade import WAITING
        from checker.course import assignment

        found = assignment.read(Path(course))
        _, submissions = layouts.read(Path(submitted), found)
        kept, jobs = store.Store(Path(out).with_suffix(".sqlite")), WAITING * (os.cpu_count() or 1)
        work = run.Run(found, submissions, kept, jobs, workers)
        list(work.grade())
    marks = {row.submission.name: row.report.score / row.report.max_score for row in work.rows}
    Path(out).write_text(json.dumps(marks))


GRADERS: dict[str, Callable[[Path, dict[str, str]], Marks]] = {
    "gradproof": gradproof,
    "pytest": other_graders.pytest,
    "gradescope-utils": other_graders.gradescope_utils,
    "otter-grader": other_graders.otter,
    "nbgrader": other_graders.nbgrader,
}


def install() -> None:
    if not (HOME / "bin" / "nbgrader").exists():
        print(f"installing {', '.join(PACKAGES)} into {HOME}", flush=True)
        venv.create(HOME, with_pip=True)
        subprocess.run([python(), "-m", "pip", "install", "-q", *PACKAGES], check=True)


def main(count: int, names: list[str]) -> None:
    install()
    kinds = ["syntax", "exit", "patch", *("wrong" if i % 3 == 0 else "right" for i in range(count))]
    files = {f"{kind}{i}": f"{FILES[kind]}\n# {i}\n" for i, kind in enumerate(kinds[:count])}
    print(
        f"{count} submissions, {MARKS} checks        seconds   a second   times ours   "
        "patched np.allclose   os._exit(0)   one syntax error"
    )
    own = None
    for grader in names or GRADERS:
        with tempfile.TemporaryDirectory() as folder:
            start = time.perf_counter()
            marks = GRADERS[grader](Path(folder), files)
            seconds = time.perf_counter() - start
        own = own or seconds
        got = [
            f"{marks[k]:.0%}" if k in marks else "nothing" for k in ("patch2", "exit1", "syntax0")
        ]
        rights = [marks.get(k) for k in files if k.startswith("right")]
        fair = (
            ""
            if set(rights) <= {1.0}
            else f"   and {rights.count(1.0)} of {len(rights)} right ones"
        )
        print(
            f"{grader:<34} {seconds:8.2f} {count / seconds:10.1f} {seconds / own:12.1f}"
            f" {got[0]:>21} {got[1]:>13} {got[2]:>18}{fair}",
            flush=True,
        )


if __name__ == "__main__":
    if sys.argv[1:2] == ["--ours"]:
        ours(*sys.argv[2:])
    else:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 40, sys.argv[2:])
