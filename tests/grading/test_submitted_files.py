"""What students hand in is graded as they run it: packages, notebooks, encodings, other names.

Each submission is taken as one of a class and, if it is not packed, as a file at home.
"""

import json
import shutil
import textwrap

import handed_in
import pytest

from checker.cases import case_cache
from checker.classroom import layouts
from checker.course import assignment
from checker.grading import intake, siblings
from checker.grading.files import IntakeError
from checker.grading.pipeline import grade
from checker.grading.submission import Submission
from checker.sandbox import notebook_cells

BACKPROP = assignment.find("backprop")
DENSE = "def dense(x, weight, bias):\n    return x @ weight + bias\n"
STEP = "def sgd_step(param, grad, learning_rate):\n    return param - learning_rate * grad\n"
AFFINE = "def affine(x, w, b):\n    return x @ w + b\n"
USES = "def dense(x, weight, bias):\n    return affine(x, weight, bias)\n" + STEP
BOTH = DENSE + STEP
INSIDE = textwrap.indent(DENSE, "    ")
OTHER = "def adam_path(start): return 0\ndef rprop_path(start): return 0\n"


@pytest.fixture(scope="module")
def case_sets():
    return case_cache.load(BACKPROP)


def lay(folder, files):
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())


def notebook(*cells, **more):
    made = [{"cell_type": "code", "source": cell} for cell in cells]
    return json.dumps({"cells": made, "nbformat": 4, **more})


def worksheets(*cells):
    made = [{"cell_type": "code", "language": "python", "input": cell} for cell in cells]
    return json.dumps({"worksheets": [{"cells": made}], "nbformat": 3, "metadata": {}})


def verdicts(case_sets, submission):
    report = grade(BACKPROP, case_sets, submission, only=("dense", "sgd_step"))
    return {task.name: task.verdict for task in report.tasks}, report


RIGHT = {"dense": "right", "sgd_step": "right"}
PACKAGES = {
    "a module": {"main.py": "from helpers import affine\n" + USES, "helpers.py": AFFINE},
    "a package": {"main.py": "from helpers.nets import affine\n" + USES, "helpers/nets.py": AFFINE},
    "deep": {"main.py": "import a.b.c as m\naffine = m.affine\n" + USES, "a/b/c.py": AFFINE},
    "an init": {
        "main.py": "from helpers import dense\n" + STEP,
        "helpers/__init__.py": "from .nets import dense\n",
        "helpers/nets.py": DENSE,
    },
    "imports inside": {
        "main.py": "from net.core.layer import affine\n" + USES,
        "net/constants.py": "ONE = 1\n",
        "net/core/layer.py": "from ..constants import ONE\nimport config\nfrom . import same\n"
        "def affine(x, w, b): return ONE * config.ONE * (x @ w) + same.same(b)\n",
        "net/core/same.py": "def same(x): return x\n",
        "config.py": "ONE = 1\n",
    },
    "a module of the standard library has this name": {
        "main.py": "import colorsys\nfrom own.colorsys import affine\nz = 0 * colorsys.ONE_SIXTH\n"
        + USES.replace("return affine(x", "return affine(x + z"),
        "own/colorsys.py": AFFINE,
    },
    "by sys.path": {
        "main.py": "import sys\nsys.path.append('lib')\nfrom linear import affine\n" + USES,
        "lib/linear.py": AFFINE,
    },
    "in a folder": {"src/main.py": "from .tools import affine\n" + USES, "src/tools.py": AFFINE},
    "a notebook": {"main.ipynb": notebook("from helpers import *", USES), "helpers.py": AFFINE},
}


@pytest.mark.parametrize("packed", ["", "zip", "gztar"])
@pytest.mark.parametrize("name", PACKAGES)
def test_files_find_each_other_as_they_do_at_home(case_sets, tmp_path, name, packed):
    student = tmp_path / "class" / "ada"
    lay(student, PACKAGES[name])
    if packed:
        shutil.make_archive(str(tmp_path / "class" / "eve" / "work"), packed, student)
        shutil.rmtree(student)
    _, (one,) = layouts.read(tmp_path / "class", BACKPROP)
    assert verdicts(case_sets, handed_in.submission(BACKPROP, one.files))[0] == RIGHT


@pytest.mark.parametrize("name", PACKAGES)
def test_a_file_at_home_finds_those_beside_it(case_sets, tmp_path, name):
    lay(tmp_path, {**PACKAGES[name], "unrelated.py": "1 / 0", "junk/big.py": "1 / 0"})
    submission = intake.read(tmp_path / next(iter(PACKAGES[name])))
    assert not {"unrelated.py", "junk/big.py", "big.py"} & submission.others.keys()
    assert verdicts(case_sets, submission)[0] == RIGHT


def test_a_link_beside_a_file_is_not_followed(tmp_path):
    lay(tmp_path, {"main.py": "import secret", "elsewhere/secret.py": "x = 1"})
    (tmp_path / "secret.py").symlink_to(tmp_path / "elsewhere" / "secret.py")
    found = siblings.mentioned(tmp_path / "main.py", b"import secret")
    assert [file.problem for file in found] == ["secret.py is a link, and links are not followed."]


def test_a_file_and_a_folder_of_one_name_are_both_found(tmp_path):
    lay(tmp_path, {"main.py": "import tools", "tools.py": AFFINE, "tools/nets.py": STEP})
    found = siblings.mentioned(tmp_path / "main.py", b"import tools")
    assert [file.folder + file.name for file in found] == ["tools/nets.py", "tools.py"]


@pytest.mark.parametrize(("more", "size"), [(1, 3), (2**20, 3), (2**20 + 1, 4)])
def test_a_file_that_is_too_large_has_more_than_is_allowed(tmp_path, more, size):
    with (tmp_path / "main.py").open("wb") as file:
        file.truncate(2 * 2**20 + more)
    with pytest.raises(IntakeError, match=rf"main\.py has {size} MiB; 2 MiB are allowed"):
        intake.read(tmp_path / "main.py")


FILES = {
    "a notebook of one string per cell": (
        "n.ipynb",
        notebook("import numpy as np\n" + DENSE, STEP),
    ),
    "a notebook of lists": ("n.ipynb", notebook(BOTH.splitlines(keepends=True))),
    "an old notebook": ("n.ipynb", worksheets(DENSE, STEP.splitlines(keepends=True))),
    "a notebook with a mark": ("n.ipynb", b"\xef\xbb\xbf" + notebook(BOTH).encode()),
    "a notebook in UTF-16": ("n.ipynb", notebook(BOTH).encode("utf-16")),
    "a notebook with a broken cell": ("n.ipynb", notebook(DENSE, "x = = 3", STEP)),
    "a notebook in capitals": ("N.IPYNB", notebook(BOTH)),
    "a file in capitals": ("MAIN.PY", BOTH),
    "a name with spaces": ("my homework (final) v2.py", BOTH),
    "a name in German": ("übung 3.py", BOTH),
    "UTF-16": ("m.py", ("# größe\n" + BOTH).encode("utf-16")),
    "UTF-8 with a mark": ("m.py", ("# größe\n" + BOTH).encode("utf-8-sig")),
    "Latin-1, declared": ("m.py", ("# coding: latin-1\n# größe\n" + BOTH).encode("latin-1")),
    "Windows line ends": ("m.py", BOTH.replace("\n", "\r\n")),
    "old line ends": ("m.py", BOTH.replace("\n", "\r")),
    "tabs": ("m.py", BOTH.replace("    ", "\t")),
    "a form feed": ("m.py", DENSE + "\x0c\nx = = 3\n" + STEP),
}


@pytest.mark.parametrize("name", FILES)
def test_a_file_is_read_in_every_form_that_is_valid(case_sets, tmp_path, name):
    filename, content = FILES[name]
    student = tmp_path / "ada"
    lay(student, {filename: content, "helpers.py": AFFINE})
    _, (one,) = layouts.read(tmp_path, BACKPROP)
    for submission in (
        handed_in.submission(BACKPROP, one.files),
        intake.read(student / filename),
    ):
        assert verdicts(case_sets, submission)[0] == RIGHT


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("import torch\n", "there is no function dense in the file"),
        ("\n", "there is no function dense: the file is empty"),
        (OTHER, "there is no function dense; this looks like optimisers: it defines adam_path"),
        (
            f"class Net:\n{INSIDE.replace('(x', '(self, x')}{STEP}",
            "dense is a method of class Net; write it as a function, without self",
        ),
        (f"def main():\n{INSIDE}{STEP}", "dense is defined inside main; move it out"),
        (
            f"if __name__ == '__main__':\n{INSIDE}{STEP}",
            "dense is defined inside `if __name__ == '__main__':`, which does not define it here",
        ),
        ("from lost import dense\n", "line 1: ModuleNotFoundError: No module named 'lost'"),
        ("from lost import dense\n", "put it beside this file and hand it in too"),
        ("from lost import *\n", "perhaps it was to come from here: line 1: ModuleNotFoundError"),
        ("dense, other = make()\n", "line 1: NameError: name 'make' is not defined"),
        ("try:\n    dense = make()\nfinally:\n    pass\n", "line 1: NameError: name 'make'"),
        (DENSE.replace("dense", "Dense"), "there is no function dense: should Dense have this"),
        (DENSE.replace("dense", "dense_backward"), "there is no function dense in the file"),
    ],
)
def test_a_missing_function_has_its_own_cause_or_none(case_sets, tmp_path, source, words):
    lay(tmp_path, {"m.py": source})
    report = verdicts(case_sets, intake.read(tmp_path / "m.py"))[1]
    assert words in report.tasks[0].message
    if "torch" in source:
        assert "torch" in report.notes[0]


def test_work_for_another_assignment_is_recognised_among_several_files(tmp_path):
    lay(tmp_path / "ada", {"a.py": OTHER, "b.py": "x = 1\n"})
    _, (one,) = layouts.read(tmp_path, BACKPROP)
    with pytest.raises(IntakeError, match=r"a\.py, b\.py: this looks like optimisers: it defines"):
        handed_in.submission(BACKPROP, one.files)


def test_a_function_in_another_file_is_told_with_both_files(case_sets, tmp_path):
    more = AFFINE.replace("affine", "delta_rule")
    lay(tmp_path / "ada", {"one.py": DENSE + more, "in/two.py": STEP})
    _, (one,) = layouts.read(tmp_path, BACKPROP)
    chosen = handed_in.submission(BACKPROP, one.files)
    assert chosen.elsewhere == {"sgd_step": "in/two.py"}
    _, step = verdicts(case_sets, chosen)[1].tasks
    assert step.message == (
        "there is no function sgd_step in one.py, which is graded, but there is one in in/two.py: "
        "hand in one file with all functions, or import it in one.py"
    )


def test_functions_that_are_only_indented_are_told_to_move(case_sets, tmp_path):
    lay(tmp_path, {"m.py": textwrap.indent(BOTH, "  ")})
    _, step = verdicts(case_sets, intake.read(tmp_path / "m.py"))[1].tasks
    assert step.message == (
        "there is no function sgd_step at the left margin: "
        "it is indented, and nothing is around it; move it to the left"
    )


def graded(case_sets, source, name="backprop.py"):
    return grade(BACKPROP, case_sets, Submission("someone", name, source.encode()))


def test_a_notebook_without_a_function_is_not_called_an_empty_file(case_sets):
    report = graded(case_sets, notebook("", ""), "a.ipynb")
    assert report.tasks[0].message == "there is no function forward_pass: no code cell has one"


def test_a_function_that_is_defined_twice_is_told_with_both_lines(case_sets):
    twice = f"{DENSE}\n{STEP}\ndef dense(x, weight, bias):\n    raise NotImplementedError\n"
    told = "dense is defined twice, in lines 1 and 7: the last one counts"
    assert graded(case_sets, twice).notes == [told]
    again = notebook(DENSE, STEP, "def dense(x, weight, bias):\n    return 0\n")
    assert graded(case_sets, again, "a.ipynb").notes == []  # where it is usual
    inside = f"{DENSE}class Model:\n    {STEP.replace(chr(10), chr(10) + '    ')}\n{STEP}"
    assert graded(case_sets, inside).notes == []


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("    def inner():\n    return 0\n", "after function definition on line 8"),
        ("    return 'prediction\n", "(detected at line 8)"),
        ("    x = 1\n   return x\n", "no line above it is indented by as many spaces"),
        ("    x = 1\n\treturn x\n", "use spaces only"),
        ("    lambda = 1\n    return 1\n", "lambda is a word of Python and can be no name"),
    ],
)
def test_a_syntax_error_is_told_with_its_own_lines_and_meaning(case_sets, body, words):
    source = f"{DENSE}\n{STEP}\ndef mse_gradient(prediction, target):\n{body}"
    report = graded(case_sets, source)
    (task,) = (task for task in report.tasks if task.name == "mse_gradient")
    assert words in task.message
    assert [words in note for note in report.notes] == [True]


def test_files_that_could_each_be_meant_are_told_with_their_folders(tmp_path):
    lay(tmp_path / "ada", {"old/a.py": BOTH, "new/a.py": BOTH + "\n# new\n"})
    _, (one,) = layouts.read(tmp_path, BACKPROP)
    with pytest.raises(IntakeError, match=r"^new/a\.py and old/a\.py could each be"):
        handed_in.submission(BACKPROP, one.files)


def test_a_file_that_tests_the_work_is_not_the_work(tmp_path):
    tests = "from backprop_ada import (\n    dense,\n    sgd_step,\n    delta_rule,\n)\n"
    lay(tmp_path / "ada", {"test_it.py": tests, "backprop_ada.py": BOTH})
    _, (one,) = layouts.read(tmp_path, BACKPROP)
    assert handed_in.submission(BACKPROP, one.files).filename == "backprop_ada.py"


@pytest.mark.parametrize(
    ("cell", "python"),
    [
        ("%matplotlib inline\n!pip install x\nx = 1", "pass\npass\nx = 1"),
        ("?np.dot\nnp.dot??\nlen?", "pass\npass\npass"),
        ("files = !ls\nwhere = %pwd", "files = None\nwhere = None"),
        ("%time x = f()", "x = f()"),
        ("if 1:\n    !ls", "if 1:\n    pass"),
        ("%%time\nx = 1", "pass\nx = 1"),
        ("%%capture out\nx = 1", "pass\nx = 1"),
        ("%%bash\nls", ""),
        ("x = (7\n% 4)", "x = (7\n% 4)"),
        ("x = 7 \\\n% 4", "x = 7 \\\n% 4"),
        ("x = '''\n%d\n!'''\n%cd", "x = '''\n%d\n!'''\npass"),
        ("x = '('  # (\n%cd", "x = '('  # (\npass"),
        ("  x = 1\n  %cd", "x = 1\npass"),
        ("a != 3", "a != 3"),
    ],
)
def test_magics_do_nothing_and_python_is_left_alone(cell, python):
    assert notebook_cells.cells(notebook(cell)) == [python]
