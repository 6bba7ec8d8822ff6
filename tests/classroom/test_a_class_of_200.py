"""200 made submissions come in by each layout and go out by each format, under each policy.

The files are made from a right one by a seeded script. They are graded once: the layouts and the
policies find the reports in the store. The marks are compared with a second computation.
"""

import contextlib
import csv
import io
import json
import random
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from pathlib import Path
from xml.etree import ElementTree

import pytest
from sums import second_sum

from checker.classroom import gradebooks, lateness, layouts, marks
from checker.classroom.run import Run
from checker.classroom.store import Store
from checker.course import assignment
from checker.course.marks import Marks
from checker.reports import formats

COUNT, KINDS = 200, 6
DUE = datetime(2026, 3, 1, 12, tzinfo=UTC)
BACKPROP = replace(assignment.find("backprop"), fresh=False)
TESTS = Path(__file__).parents[1]
RIGHT = (TESTS / "solutions" / "04_backprop.py").read_text(encoding="utf-8")
HALF = (TESTS / "sample_class" / "half_done.py").read_text(encoding="utf-8")
CHANGES = (("sum(axis=0)", "mean(axis=0)"), (" - ", " + "), (".T", ""), (" * ", " / "))
POLICIES = {
    "none": {},
    "late": {"late_per_day": 0.1, "grace_minutes": 15, "late_most": 0.5},
    "strict": {"late_per_day": 0.333},
    "rounded": {"late_per_day": 0.05, "rounding": 0.5},
}


def works(random_):
    """Different files: a right one, an unfinished one, and others with a change in one place."""
    found = [RIGHT, HALF]
    while len(found) < KINDS:
        old, new = random_.choice(CHANGES)
        places = [each.start() for each in re.finditer(re.escape(old), RIGHT)]
        at = random_.choice(places) if places else 0
        changed = RIGHT[:at] + new + RIGHT[at + len(old) :] if places else RIGHT
        if changed not in found:
            found.append(changed)
    return found


class Made:
    """What the script has made: which file each student has, and how late it is."""

    def __init__(self):
        random_ = random.Random(7)
        self.files = works(random_)
        self.names = [f"student{'abcdefghij'[i // 20]}{i:03}x" for i in range(COUNT)]
        self.work = {name: self.files[i % KINDS] for i, name in enumerate(self.names)}
        self.after = {
            name: timedelta(minutes=random_.choice([-600, 0, 10, 16, 1440, 1441, 5000, 90000]))
            for name in self.names
        }

    def time(self, name):
        return DUE + self.after[name]


MADE = Made()


def put(root, place, work):
    (root / place).parent.mkdir(parents=True, exist_ok=True)
    (root / place).write_text(work, encoding="utf-8")


def gradescope(root):
    table = ["---"]
    for i, (name, work) in enumerate(MADE.work.items()):
        put(root, f"submission_{i}/backprop.py", work)
        table += [f"submission_{i}:", "  :submitters:", f"  - :name: {name}", f"    :sid: '{i}'"]
        table += [f"  :created_at: {MADE.time(name):%Y-%m-%d %H:%M:%S}.000000000 +00:00"]
    (root / "submission_metadata.yml").write_text("\n".join(table) + "\n")


def canvas(root):
    for i, (name, work) in enumerate(MADE.work.items()):
        late = "_LATE" if MADE.after[name] > timedelta() else ""
        put(root, f"{name}{late}_{4000 + i}_{90000 + i}_backprop.py", work)


def moodle(root):
    for i, (name, work) in enumerate(MADE.work.items()):
        put(root, f"{name}_{i + 1}_assignsubmission_file/backprop.py", work)


def nbgrader(root):
    for name, work in MADE.work.items():
        put(root, f"submitted/{name}/backprop/backprop.py", work)
        put(
            root, f"submitted/{name}/backprop/timestamp.txt", f"{MADE.time(name)} UTC"[:19] + " UTC"
        )


def github(root):
    rows = ["assignment_name,github_username,student_repository_name,submission_timestamp"]
    for name, work in MADE.work.items():
        put(root, f"hw1-{name}/backprop.py", work)
        rows.append(f"hw1,{name},hw1-{name},{MADE.time(name):%Y-%m-%d %H:%M:%S} UTC")
    (root / "grades.csv").write_text("\n".join(rows) + "\n")


def plain(root):
    for name, work in MADE.work.items():
        put(root, f"{name}/backprop.py", work)


LAYOUTS = {each.__name__: each for each in (gradescope, canvas, moodle, nbgrader, github, plain)}


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    """The rows of the class in each layout, graded once, and the points of each student."""
    home = tmp_path_factory.mktemp("class")
    times = "".join(f"{name},{MADE.time(name):%Y-%m-%d %H:%M:%S}\n" for name in MADE.names)
    rows, made = {}, []
    with contextlib.closing(Store(home / "grades.sqlite")) as store:
        for i, work in enumerate(MADE.files):
            put(home / "kinds", f"kind{i:02}/backprop.py", work)
        kinds = Run(BACKPROP, layouts.read(home / "kinds", BACKPROP)[1], store, 2)
        list(kinds.grade())
        assert kinds.graded == KINDS
        scores = {
            work: [task.score for task in row.report.tasks]
            for work, row in zip(MADE.files, kinds.rows, strict=True)
        }
        for name, lay in LAYOUTS.items():
            root, out = home / name, home / f"{name}-out"
            root.mkdir()
            out.mkdir()
            lay(root)
            if name in ("canvas", "moodle", "plain"):
                (out / "times.csv").write_text(f"student,time\n{times}")
            _, found = layouts.read(root, BACKPROP)
            _, found = lateness.read(out, Marks(due=DUE), found)
            work = Run(BACKPROP, found, store, 2)
            list(work.grade())
            rows[name] = work.rows
            made.append(work.graded)
    assert made == [0] * len(LAYOUTS)  # every report was in the store
    assert len({tuple(each) for each in scores.values()}) >= 4
    return rows, scores


def under(policy, rows):
    """The rows with their marks, and the assignment with the rules."""
    found = replace(BACKPROP, marks=Marks(due=DUE, **POLICIES[policy]))
    return found, marks.rows(rows, {}, {}, found, lateness.Calendar(found.marks))


def expected(policy, scores):
    """The mark of each student, computed another way."""
    return {
        name: second_sum(scores[MADE.work[name]], POLICIES[policy], MADE.after[name])
        for name in MADE.names
    }


@pytest.mark.parametrize("policy", POLICIES)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_layout_has_the_same_marks(graded, layout, policy):
    rows, scores = graded
    found, marked = under(policy, rows[layout])
    (data,) = formats.make("csv")(found, marked, formats.Options()).values()
    table = list(csv.DictReader(io.StringIO(data.decode())))
    assert len(table) == COUNT
    tasks = [task.function for task in found.tasks]
    wanted = expected(policy, scores)
    for line in table:
        mark = wanted[line["submission"]]
        summed = sum(Fraction(line[column]) for column in tasks)
        summed += sum(Fraction(line.get(step, "0")) for step in ("late penalty", "rounding"))
        assert Fraction(line["score"]) == summed == mark, line
    assert (policy == "none") == (
        "late penalty" not in table[0] or not any(float(line["late penalty"]) for line in table)
    )


def of_json(files):
    rows = json.loads(files["results.json"])["submissions"]
    return {row["submission"]: row["score"] for row in rows}


def of_gradescope(files):
    return {Path(path).stem: json.loads(data)["score"] for path, data in files.items()}


def of_canvas(files):
    _, _, *lines = csv.reader(io.StringIO(files["canvas.csv"].decode()))
    return {line[0]: line[-1] for line in lines}


def of_moodle(files):
    lines = csv.DictReader(io.StringIO(files["moodle.csv"].decode()))
    return {line["Full name"]: Fraction(line["Grade"]) / 5 for line in lines}


def of_junit(files):
    suites = ElementTree.fromstring(files["junit.xml"])
    return {
        suite.get("name"): each.get("value")
        for suite in suites
        for each in suite.iter("property")
        if each.get("name") == "score"
    }


def of_feedback(files):
    pages = {Path(p).stem: data.decode() for p, data in files.items() if p.endswith(".txt")}
    assert {Path(p).stem for p in files if p.endswith(".md")} == pages.keys()
    return {
        name: re.search(r"(?m)^(?:mark: )?([0-9.]+) of 20 points", text)[1]
        for name, text in pages.items()
    }


READERS = {
    "json": of_json,
    "gradescope": of_gradescope,
    "canvas": of_canvas,
    "moodle": of_moodle,
    "junit": of_junit,
    "feedback": of_feedback,
}
SLOW = {"feedback": 20}  # its students: pages take a while


@pytest.mark.parametrize("policy", POLICIES)
@pytest.mark.parametrize("name", READERS)
def test_every_format_shows_these_marks(graded, name, policy):
    rows, scores = graded
    found, marked = under(policy, rows["moodle" if name == "moodle" else "canvas"])
    marked = marked[: SLOW.get(name, COUNT)]
    by_origin = {row.submission.origin: row.submission.name for row in marked}
    book = None
    if name == "moodle":
        lines = ["Identifier,Full name,Status,Grade,Maximum grade,Grade can be changed"]
        lines += [f"Participant {i + 1},{n},,,100,Yes" for i, n in enumerate(MADE.names)]
        book = gradebooks.read("\n".join(lines).encode(), "book.csv", found, None)
        book.match([row.submission for row in marked])
    files = formats.make(name)(found, marked, formats.Options(book))
    shown = {by_origin.get(who, who): mark for who, mark in READERS[name](files).items()}
    wanted = expected(policy, scores)
    assert len(shown) == len(marked)
    for who, mark in shown.items():
        exact = Fraction(str(mark))
        assert abs(exact - wanted[who]) <= (Fraction(1, 1000) if name == "moodle" else 0), who
