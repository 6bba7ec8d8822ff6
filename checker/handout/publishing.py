"""What students get of a course: handouts, and the checker without any solution.

The checker is this package without what proves and without what solves. The operations that the
assignments ask for are there as declarations, and their cases and the answers of mutants have been
prepared. The course takes the place of the one that comes with the package. So it is installed
instead of the complete package, and not beside it.
"""

import hashlib
import json
import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from importlib.metadata import version
from typing import Any

from checker.cases import publication
from checker.cases.forms import task_form
from checker.cases.provenance import ROOT
from checker.course import assignment as assignments
from checker.course import course as courses
from checker.course.assignment import Assignment, Task
from checker.handout import data_files, excerpt, text_page
from checker.handout.declaration import declaration
from checker.handout.notebook import notebook
from checker.handout.starter import starter
from checker.handout.statements import NotAloneError
from checker.handout.wheel import DISTRIBUTION, built, code, metadata
from reference import catalogue

Files = dict[str, bytes]  # by their paths
PACKAGES = ("checker", "gradproof")
REPORTS = (
    "class_overview|coverage_table|prove_page|prove_table|term|write"
    r"|formats/(?!(__init__|html|json)\.)\w+"
)
COMMANDS = (
    "changes|complete|coverage|export|grade|new|preconditions|prove|publish|report|show|tables"
    "|verify"
)
KEPT = re.compile(  # what proves, what solves, and what only a teacher needs
    r"checker/(audit|proof)/|checker/classroom/(?!(__init__|class_list|keys)\.py)"
    r"|checker/library/(mutants|variants)/\w+/"
    rf"|checker/commands/({COMMANDS})\.py"
    r"|checker/handout/(declaration|drawn_\w+|excerpt|exports|illustrations|publishing|wheel)\.py"
    r"|checker/handout/(gallery|templates)/"
    r"|checker/cases/(build_command|publication)\.py|checker/cases/ready/"
    r"|checker/numerics/(derivative|exact)\.py"
    rf"|checker/reports/({REPORTS})\.py"
    r"|checker/student/figures/"
)
NOT_NEEDED = ("gmpy2",)  # packages that only the proofs import
BASE = (
    "reference/__init__.py",
    "reference/arguments.py",
    "reference/catalogue.py",
    "reference/spec.py",
)
NOT_GRADED = """
## Graded by your teacher only

{names}: tests judge what is random, and these would say what is asked.
"""
README = """\
# {title}

{list}

1. Open a text: `texts/NAME.html`, or `NAME.md`.
2. Write your functions into `NAME.py`, or copy `notebooks/NAME.ipynb` here and work in it.
3. Check them: `python check.py NAME`. It says which are right, and for the first one that is not,
   the smallest input that fails. `python check.py hint FUNCTION` gives a hint,
   `python check.py NAME --watch` checks at each save, `python check.py --help` shows all.

Where a message says `check`, write `python check.py`.

It needs Python 3.11 or newer, and: `python -m pip install numpy click jinja2 platformdirs`
"""
LOAD = '"%load_ext gradproof"'  # as a notebook stores it
LOAD_HERE = r'''"import sys\n", "sys.path.append('lib')\n", "%load_ext gradproof"'''
SCRIPT = '''"""Checks your functions: python check.py NAME. `python check.py` lists the names."""

import sys
from pathlib import Path

if sys.version_info < (3, 11):
    sys.exit("This needs Python 3.11 or newer.")
sys.path[0] = str(Path(__file__).resolve().parent / "lib")

try:
    import click, jinja2, numpy, platformdirs
except ImportError as error:
    sys.exit(f"{error}. Run: python -m pip install numpy click jinja2 platformdirs")

from checker.__main__ import main

main()
'''


class NothingToPublishError(ValueError):
    """No task of the course in use can be published."""


def folder(made: Callable[[str], object] = str) -> Files:
    """What students get, as files in one folder. `made` is called with each assignment's name."""
    found = _assignments()
    files = {"README.md": _readme(found).encode(), "check.py": SCRIPT.encode()}
    for each in found:
        files |= {
            f"{each.name}.py": _with_script(each, starter(each)).encode(),
            f"{each.name}.md": _with_script(each, _text(each)).encode(),
            f"texts/{each.name}.html": _with_script(each, text_page.page(each)).encode(),
            f"notebooks/{each.name}.ipynb": notebook(each).replace(LOAD, LOAD_HERE).encode(),
        }
        data = data_files.named(each.text)
        files |= each.pictures | data | {f"notebooks/{name}": file for name, file in data.items()}
    number, lib = _distribution(found, made)
    lib |= metadata(number, NOT_NEEDED)
    return files | {f"lib/{path}": data for path, data in lib.items()}


def wheel(made: Callable[[str], object] = str) -> tuple[str, bytes]:
    """What students install, as the file name and the bytes of a wheel."""
    number, files = _distribution(_assignments(), made)
    return built(number, files | metadata(number, NOT_NEEDED))


def left_out() -> list[tuple[Task, str]]:
    """The tasks of the course in use that cannot be published, each with the reason."""
    found = list(map(assignments.find, assignments.names()))
    asked = {task.operation for each in found for task in each.tasks}
    reasons = []
    for task in (task for each in found for task in each.tasks):
        try:
            excerpt.files(_judged([task]), asked)
        except NotAloneError as error:
            reasons.append((task, str(error)))
    return reasons


def _assignments() -> list[Assignment]:
    """The assignments of the course in use, as far as their tasks can be published.

    Raises NothingToPublishError if there is none.
    """
    without = [task for task, _ in left_out()]
    found = [
        replace(each, tasks=tuple(task for task in each.tasks if task not in without))
        for each in map(assignments.find, assignments.names())
    ]
    kept = [each for each in found if each.tasks]
    if not kept:
        raise NothingToPublishError("this course has no task that can be published.")
    return kept


def _judged(tasks: Iterable[Task]) -> list[str]:
    """The operations of those tasks whose results are judged by tests."""
    return list(dict.fromkeys(task.operation for task in tasks if task_form(task).measure))


def _distribution(found: list[Assignment], made: Callable[[str], object]) -> tuple[str, Files]:
    """The version, and the files of the checker with the course inside."""
    course = courses.current()
    files = {path: data for path, data in code(PACKAGES).items() if not KEPT.match(path)}
    files |= {path: (ROOT / path).read_bytes() for path in BASE} | _operations(found)
    files["assignments/__init__.py"] = b""
    files["assignments/course.toml"] = f"title = {_toml(course.title)}\n".encode()
    for number, each in enumerate(found, 1):
        place = f"assignments/{number:02}_{each.name}"
        files |= {f"{place}/{name}": data for name, data in _folder(each).items()}
        files |= {f"reference/data/{n}": d for n, d in data_files.named(each.text).items()}
        made(each.name)
    digest = hashlib.sha256(b"".join(path.encode() + data for path, data in files.items()))
    label = re.sub(r"[^a-z0-9]+", ".", course.title.lower()).strip(".") or "course"
    return f"{version(DISTRIBUTION)}+{label}.{digest.hexdigest()[:8]}", files


def _operations(found: list[Assignment]) -> Files:
    """The declarations of the operations that are asked for, and the tests of random ones."""
    tasks = [task for each in found for task in each.tasks]
    asked = dict.fromkeys(task.operation for task in tasks)
    judged = _judged(tasks)
    files = excerpt.files(judged, asked)
    for name in asked:
        module = catalogue.names()[name]
        family = module.split(".")[1] if module.startswith("reference.") else "course"
        files[f"reference/{family}/__init__.py"] = b""
        files[f"reference/{family}/{name}.py"] = declaration(name, name in judged).encode()
    return files


def _folder(assignment: Assignment) -> Files:
    """The folder of an assignment: all that its course says of it is in its manifest."""
    declared = [
        f"title = {_toml(assignment.title)}",
        f"seconds = {assignment.seconds}",
        *([f"imports = {_toml(list(assignment.imports))}"] if assignment.imports else []),
        "fresh = false",  # without the reference, none can be made
        f"functions = {_table(assignment.functions)}",
        *(line for task in assignment.tasks for line in _declared(task)),
    ]
    return {
        "assignment.toml": ("\n".join(declared) + "\n").encode(),
        "task.md": _text(assignment).encode(),
        **assignment.pictures,
        **publication.files(assignment),
    }


def _declared(task: Task) -> list[str]:
    tables = {"fixed": task.fixed, "ranks": task.ranks}
    values = {name: value for name, value in vars(task).items() if name not in tables}
    lines = [f"{name} = {_toml(value)}" for name, value in values.items()]
    lines += [f"{name} = {_table(pairs)}" for name, pairs in tables.items()]
    return ["", "[[task]]", *lines]


def _table(pairs: tuple[tuple[str, Any], ...]) -> str:
    return f"{{ {', '.join(f'{_toml(name)} = {_toml(value)}' for name, value in pairs)} }}"


def _toml(value: Any) -> str:
    """A value in TOML, which writes text and whole numbers as JSON does, and inf as Python does."""
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(_toml, value))}]"
    return repr(value) if isinstance(value, float) else json.dumps(value, ensure_ascii=False)


def _text(assignment: Assignment) -> str:
    whole = assignments.find(assignment.name).tasks
    names = [f"`{t.function}`" for t in whole if t not in assignment.tasks]
    return assignment.text + (NOT_GRADED.format(names=", ".join(names)) if names else "")


def _with_script(assignment: Assignment, text: str) -> str:
    """The text with `python check.py NAME` where it says `check NAME`."""
    return re.sub(rf"(?<!%)\bcheck {assignment.name}\b", f"python check.py {assignment.name}", text)


def _readme(found: list[Assignment]) -> str:
    lines = (f"- `{each.name}`: {each.title}" for each in found)
    return README.format(title=courses.current().title, list="\n".join(lines))
