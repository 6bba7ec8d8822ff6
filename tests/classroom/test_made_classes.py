"""Made classes come in by each layout and go out by each format, under each policy of marks.

Of 200 submissions all combinations are tested, of 1,000 each layout, format and policy once or
more. The files are made of variants and mutants by a seeded script. They are graded once: the
classes find the reports in the store. Most students have handed in twice. The marks are compared
with a second computation.
"""

import contextlib
import csv
import functools
import io
import json
import random
import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from itertools import cycle, product
from pathlib import Path
from xml.etree import ElementTree

import made_files
import pytest
from sums import second_sum
from works import works

from checker.classroom import gradebooks, lateness, layouts, marks
from checker.classroom.class_list import ClassRow, Override
from checker.classroom.run import Run
from checker.classroom.store import Store
from checker.course import assignment
from checker.course.marks import Marks
from checker.reports import formats
from checker.sandbox.worker_pool import Workers

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
    "best": {"late_per_day": 0.1, "attempts": "best"},
}
BEST = replace(BACKPROP, marks=Marks(due=DUE, attempts="best"))
FILES = works(BACKPROP, KINDS, random.Random(7))
LATENESS = (-600, 0, 10, 16, 1440, 1441, 5000, 90000)  # minutes


class Made:
    """A class that the script has made: which file each student has, and how late it is.

    `first` is the class when three of four of them had handed in something before.
    """

    def __init__(self, count, names=(), chance=None):
        chance = chance or random.Random(count)
        # No name is in two classes, because their reports are in one store.
        self.names = names or sorted(
            f"student{'abcdefghij'[i % 10]}{i:04}x" for i in range(count, 2 * count)
        )
        self.work = {name: FILES[i % KINDS] for i, name in enumerate(self.names)}
        self.after = {name: timedelta(minutes=chance.choice(LATENESS)) for name in self.names}
        if not names:
            self.first = Made(count, chance.sample(self.names, 3 * count // 4), chance)

    def time(self, name):
        return DUE + self.after[name]

    def times(self):
        lines = "".join(f"{name},{self.time(name):%Y-%m-%d %H:%M:%S}\n" for name in self.names)
        return f"student,time\n{lines}"


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
    with contextlib.closing(Store(home / "grades.sqlite")) as store, Workers() as workers:
        run = Run(BACKPROP, layouts.read(home / "class", BACKPROP)[1], store, 2, workers)
        list(run.grade())
        assert run.graded == KINDS
        scores = {
            work: [task.score for task in row.report.tasks]
            for work, row in zip(FILES, run.rows, strict=True)
        }
        assert len({tuple(each) for each in scores.values()}) >= KINDS / 2
        yield store, workers, scores


@dataclass(frozen=True)
class CameIn:
    """A class as it came in by one layout: its rows, and those of what was handed in before."""

    rows: list[ClassRow]
    earlier: dict[str, list[ClassRow]]

    def under(self, rules, given=None, extensions=None):
        """The assignment with the rules, and the rows with their marks."""
        found = replace(BACKPROP, marks=Marks(due=DUE, **rules))
        calendar = lateness.Calendar(found.marks, extensions or {})
        earlier = self.earlier if found.marks.attempts == "best" else {}
        return found, marks.rows(self.rows, earlier, given or {}, found, calendar)


def came_in_by(layout, home, made, store, workers):
    root, out = home / layout, home / f"{layout}-out"
    root.mkdir(parents=True)
    out.mkdir()
    LAYOUTS[layout](root, made)
    if layout in ("canvas", "moodle", "plain"):
        (out / "times.csv").write_text(made.times())
    _, found = layouts.read(root, BEST)
    _, found = lateness.read(out, BEST.marks, found)
    run = Run(BEST, found, store, 2, workers)
    list(run.grade())
    assert run.graded == 0  # every report was in the store
    return CameIn(run.rows, run.earlier())


@pytest.fixture(scope="module")
def graded(kinds, tmp_path_factory):
    """A function: a class of this size, as it came in by each layout, and the points of a file."""
    store, workers, scores = kinds

    @functools.cache
    def of_size(count):
        home, made = tmp_path_factory.mktemp("class"), Made(count)
        came_in_by("plain", home / "first", made.first, store, workers)
        found = {name: came_in_by(name, home, made, store, workers) for name in LAYOUTS}
        return made, found, scores

    return of_size


def expected(rules, made, scores, given=None, extensions=None):
    """The mark of each student, computed another way."""

    def mark(name, handed_in):
        points = [
            given.get(name, {}).get(task, score) if given else score
            for task, score in zip(TASKS, scores[handed_in.work[name]], strict=True)
        ]
        days = (extensions or {}).get(name, 0)
        return second_sum(points, rules, handed_in.after[name], days, most(rules))

    found = {name: mark(name, made) for name in made.names}
    if rules.get("attempts") == "best":
        for name in made.first.names:
            if made.first.work[name] != made.work[name]:  # else it is the same attempt
                found[name] = max(found[name], mark(name, made.first))
    return found


def most(rules):
    return 15 if rules.get("bonus") else 20


def combined(these):
    """All combinations with the policies for the small class, and some for the large one."""
    return [
        *((200, each, policy) for each in these for policy in POLICIES),
        *((1000, each, policy) for each, policy in zip(these, cycle(POLICIES), strict=False)),
    ]


@pytest.mark.parametrize(("count", "layout", "policy"), combined(LAYOUTS))
def test_every_layout_has_the_same_marks(graded, count, layout, policy):
    made, came_in, scores = graded(count)
    rules = POLICIES[policy]
    found, marked = came_in[layout].under(rules)
    (data,) = made_files.files("csv", found, marked).values()
    table = list(csv.DictReader(io.StringIO(data.decode())))
    assert [line["submission"] for line in table] == made.names
    wanted = expected(rules, made, scores)
    for line in table:
        mark = wanted[line["submission"]]
        summed = sum(Fraction(line[column]) for column in TASKS)
        summed += sum(Fraction(line.get(step, "0")) for step in ("late penalty", "rounding"))
        assert Fraction(line["score"]) == summed == mark, line
        assert line["max_score"] == str(most(rules))
    late = [float(line.get("late penalty", "0")) for line in table]
    assert any(late) == (policy != "none")
    assert any("best attempt" in line for line in table) == (policy == "best")


CROSSED = {
    "late": [POLICIES["late"], POLICIES["strict"]],
    "bonus": [{}, {"bonus": ("network_gradient", "sgd_step")}],
    "rounding": [{}, {"rounding": 0.5}],
    "attempts": [{}, {"attempts": "best"}],
    "by hand": [{}, {"dense": 0.0, "delta_rule": 1.25}],
    "extension": [0, 2],
}


def test_each_rule_of_marks_goes_with_each_other(graded):
    """All rules with all others, for all students: a sixth of them came in by each layout."""
    made, came_in, scores = graded(200)
    chosen = {name: i % 3 for i, name in enumerate(made.names)}
    parts = [
        replace(each, rows=each.rows[number :: len(came_in)])
        for number, each in enumerate(came_in.values())
    ]
    for *tables, by_hand, extension in product(*CROSSED.values()):
        rules = {key: value for table in tables for key, value in table.items()}
        given = {name: by_hand for name in made.names if by_hand and chosen[name] == 1}
        longer = {name: extension for name in made.names if extension and chosen[name]}
        extensions = {name: lateness.Extension(days) for name, days in longer.items()}
        overrides = {
            name: tuple(Override(task, points) for task, points in by_hand.items())
            for name in given
        }
        wanted = expected(rules, made, scores, given, longer).items()
        marked = [row for part in parts for row in part.under(rules, overrides, extensions)[1]]
        assert {row.submission.name: row.report.score for row in marked} == {
            name: float(mark) for name, mark in wanted
        }, rules
        for report in (row.report for row in marked):
            shown = [task.score for task in report.tasks] + [s["points"] for s in report.steps]
            assert sum(round(100 * each) for each in shown) == round(100 * report.score), rules


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
# Students whose pages are made. Each tenth has the same file.
SLOW = {"feedback": 20, "html": 40, "gradescope": 100, "junit": 100}


@pytest.mark.parametrize(("count", "name", "policy"), combined(READERS))
def test_every_format_shows_these_marks(graded, count, name, policy):
    made, came_in, scores = graded(count)
    rules = POLICIES[policy]
    found, marked = came_in["moodle" if name == "moodle" else "canvas"].under(rules)
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
    wanted = expected(rules, made, scores)
    assert len(shown) == len(marked)
    for who, mark in shown.items():
        if name == "moodle":
            scaled = wanted[who] * 100 / most(rules)
            assert abs(Fraction(mark) - scaled) <= Fraction(1, 200), who
        else:
            assert Fraction(str(mark)) == wanted[who], who
