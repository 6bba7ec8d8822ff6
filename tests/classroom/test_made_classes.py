"""Made classes come in by each layout and go out by each format, under each policy of marks.

Of 200 submissions all combinations are tested, of 1,000 each layout, format and policy once or
more. The files are made of variants and mutants by a seeded script. They are graded once: the
classes find the reports in the store. The marks are compared with a second computation.
"""

import contextlib
import csv
import functools
import io
import json
import random
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from itertools import cycle
from pathlib import Path
from xml.etree import ElementTree

import made_files
import pytest
from sums import second_sum
from works import works

from checker.classroom import gradebooks, lateness, layouts, marks
from checker.classroom.run import Run
from checker.classroom.store import Store
from checker.course import assignment
from checker.course.marks import Marks
from checker.reports import formats

KINDS = 10
DUE = datetime(2026, 3, 1, 12, tzinfo=UTC)
BACKPROP = replace(assignment.find("backprop"), fresh=False)
TASKS = [task.function for task in BACKPROP.tasks]
POLICIES = {
    "none": {},
    "late": {"late_per_day": 0.1, "grace_minutes": 15, "late_most": 0.5},
    "strict": {"late_per_day": 0.333},
    "rounded": {"late_per_day": 0.05, "rounding": 0.5},
    "bonus": {"late_per_day": 0.1, "bonus": ("network_gradient", "sgd_step")},
}
FILES = works(BACKPROP, KINDS, random.Random(7))
LATENESS = (-600, 0, 10, 16, 1440, 1441, 5000, 90000)  # minutes


class Made:
    """A class that the script has made: which file each student has, and how late it is."""

    def __init__(self, count):
        chance = random.Random(count)
        self.names = [f"student{'abcdefghij'[i % 10]}{i:04}x" for i in range(count)]
        self.names.sort()
        self.work = {name: FILES[i % KINDS] for i, name in enumerate(self.names)}
        self.after = {name: timedelta(minutes=chance.choice(LATENESS)) for name in self.names}

    def time(self, name):
        return DUE + self.after[name]


def put(root, place, work):
    (root / place).parent.mkdir(parents=True, exist_ok=True)
    (root / place).write_text(work, encoding="utf-8")


def gradescope(root, made):
    table = ["---"]
    for i, (name, work) in enumerate(made.work.items()):
        put(root, f"submission_{i}/backprop.py", work)
        table += [f"submission_{i}:", "  :submitters:", f"  - :name: {name}", f"    :sid: '{i}'"]
        table += [f"  :created_at: {made.time(name):%Y-%m-%d %H:%M:%S}.000000000 +00:00"]
    (root / "submission_metadata.yml").write_text("\n".join(table) + "\n")


def canvas(root, made):
    for i, (name, work) in enumerate(made.work.items()):
        late = "_LATE" if made.after[name] > timedelta() else ""
        put(root, f"{name}{late}_{4000 + i}_{90000 + i}_backprop.py", work)


def moodle(root, made):
    for i, (name, work) in enumerate(made.work.items()):
        put(root, f"{name}_{i + 1}_assignsubmission_file/backprop.py", work)


def nbgrader(root, made):
    for name, work in made.work.items():
        put(root, f"submitted/{name}/backprop/backprop.py", work)
        put(
            root, f"submitted/{name}/backprop/timestamp.txt", f"{made.time(name)} UTC"[:19] + " UTC"
        )


def github(root, made):
    rows = ["assignment_name,github_username,student_repository_name,submission_timestamp"]
    for name, work in made.work.items():
        put(root, f"hw1-{name}/backprop.py", work)
        rows.append(f"hw1,{name},hw1-{name},{made.time(name):%Y-%m-%d %H:%M:%S} UTC")
    (root / "grades.csv").write_text("\n".join(rows) + "\n")


def plain(root, made):
    for name, work in made.work.items():
        put(root, f"{name}/backprop.py", work)


LAYOUTS = {each.__name__: each for each in (gradescope, canvas, moodle, nbgrader, github, plain)}


@pytest.fixture(scope="module")
def kinds(tmp_path_factory):
    """A store with the reports on the files, and the points that each has for each task."""
    home = tmp_path_factory.mktemp("kinds")
    for i, work in enumerate(FILES):
        put(home, f"class/kind{i:02}/backprop.py", work)
    with contextlib.closing(Store(home / "grades.sqlite")) as store:
        run = Run(BACKPROP, layouts.read(home / "class", BACKPROP)[1], store, 2)
        list(run.grade())
        assert run.graded == KINDS
        scores = {
            work: [task.score for task in row.report.tasks]
            for work, row in zip(FILES, run.rows, strict=True)
        }
        assert len({tuple(each) for each in scores.values()}) >= KINDS / 2
        yield store, scores


@pytest.fixture(scope="module")
def graded(kinds, tmp_path_factory):
    """A function: a class of this size, its rows in each layout, and the points of each file."""
    store, scores = kinds

    @functools.cache
    def of_size(count):
        home, made, rows = tmp_path_factory.mktemp("class"), Made(count), {}
        times = "".join(f"{name},{made.time(name):%Y-%m-%d %H:%M:%S}\n" for name in made.names)
        for name, lay in LAYOUTS.items():
            root, out = home / name, home / f"{name}-out"
            root.mkdir()
            out.mkdir()
            lay(root, made)
            if name in ("canvas", "moodle", "plain"):
                (out / "times.csv").write_text(f"student,time\n{times}")
            _, found = layouts.read(root, BACKPROP)
            _, found = lateness.read(out, Marks(due=DUE), found)
            run = Run(BACKPROP, found, store, 2)
            list(run.grade())
            assert run.graded == 0  # every report was in the store
            rows[name] = run.rows
        return made, rows, scores

    return of_size


def under(policy, rows):
    """The rows with their marks, and the assignment with the rules."""
    found = replace(BACKPROP, marks=Marks(due=DUE, **POLICIES[policy]))
    return found, marks.rows(rows, {}, {}, found, lateness.Calendar(found.marks))


def expected(policy, made, scores):
    """The mark of each student, computed another way."""
    return {
        name: second_sum(
            scores[made.work[name]], POLICIES[policy], made.after[name], most=most(policy)
        )
        for name in made.names
    }


def most(policy):
    return 15 if policy == "bonus" else 20


def combined(these):
    """All combinations with the policies for the small class, and some for the large one."""
    return [
        *((200, each, policy) for each in these for policy in POLICIES),
        *((1000, each, policy) for each, policy in zip(these, cycle(POLICIES), strict=False)),
    ]


@pytest.mark.parametrize(("count", "layout", "policy"), combined(LAYOUTS))
def test_every_layout_has_the_same_marks(graded, count, layout, policy):
    made, rows, scores = graded(count)
    found, marked = under(policy, rows[layout])
    (data,) = made_files.files("csv", found, marked).values()
    table = list(csv.DictReader(io.StringIO(data.decode())))
    assert [line["submission"] for line in table] == made.names
    wanted = expected(policy, made, scores)
    for line in table:
        mark = wanted[line["submission"]]
        summed = sum(Fraction(line[column]) for column in TASKS)
        summed += sum(Fraction(line.get(step, "0")) for step in ("late penalty", "rounding"))
        assert Fraction(line["score"]) == summed == mark, line
        assert line["max_score"] == str(most(policy))
    late = [float(line.get("late penalty", "0")) for line in table]
    assert any(late) == (policy != "none")


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
    return {line["Full name"]: line["Grade"] for line in lines}


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
        name: re.search(r"(?m)^(?:mark: )?([0-9.]+) of (?:15|20) points", text)[1]
        for name, text in pages.items()
    }


def of_html(files):
    table = files["report.html"].decode().partition('id="marks"')[2].partition("</table>")[0]
    row = re.compile(r'<a href="#s\d+">(\w+)</a>.*?</th><td class="number">([0-9.]+)</td>')
    return dict(row.findall(table))


READERS = {
    "json": of_json,
    "gradescope": of_gradescope,
    "canvas": of_canvas,
    "moodle": of_moodle,
    "junit": of_junit,
    "feedback": of_feedback,
    "html": of_html,
}
SLOW = {
    "feedback": 20,
    "html": 40,
    "gradescope": 200,
    "junit": 200,
}  # students whose pages are made


@pytest.mark.parametrize(("count", "name", "policy"), combined(READERS))
def test_every_format_shows_these_marks(graded, count, name, policy):
    made, rows, scores = graded(count)
    found, marked = under(policy, rows["moodle" if name == "moodle" else "canvas"])
    marked = marked[: SLOW.get(name)]
    by_origin = {row.submission.origin: row.submission.name for row in marked}
    book = None
    if name == "moodle":
        lines = ["Identifier,Full name,Status,Grade,Maximum grade,Grade can be changed"]
        lines += [f"Participant {i + 1},{n},,,100,Yes" for i, n in enumerate(made.names)]
        book = gradebooks.read("\n".join(lines).encode(), "book.csv", found, None)
        book.match([row.submission for row in marked])
    files = made_files.files(name, found, marked, formats.Options(book))
    shown = {by_origin.get(who, who): mark for who, mark in READERS[name](files).items()}
    wanted = expected(policy, made, scores)
    assert len(shown) == len(marked)
    for who, mark in shown.items():
        if name == "moodle":
            scaled = wanted[who] * 100 / most(policy)
            assert abs(Fraction(mark) - scaled) <= Fraction(1, 200), who
        else:
            assert Fraction(str(mark)) == wanted[who], who
