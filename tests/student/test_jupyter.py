"""In a notebook what the cells define is graded, as source, and shown as a page or as text."""

import ast
import atexit
import json
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest
from IPython.core.interactiveshell import InteractiveShell
from traitlets.config import Config

from checker.course import assignment
from checker.handout.notebook import notebook
from checker.student import hand_in, progress
from checker.student.dependence import needed
from checker.student.jupyter import Graded
from gradproof._magic import Shown

RIGHT = (Path(__file__).parents[1] / "sample_class" / "right.py").read_text()
FUNCTIONS = {
    s.name: ast.unparse(s) for s in ast.parse(RIGHT).body if isinstance(s, ast.FunctionDef)
}


@pytest.fixture
def cell(tmp_path, monkeypatch):
    """Runs a cell as Jupyter does, and gives what it shows as its result."""
    monkeypatch.setattr("platformdirs.user_data_path", lambda *_, **__: tmp_path / "data")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path / "ipython"))
    monkeypatch.delenv("VIRTUAL_ENV", raising=False)  # that of whoever runs the tests
    shell = InteractiveShell(config=Config(HistoryManager={"enabled": False}))

    def run(text):
        number = shell.execution_count
        shell.run_cell(text, store_history=True)
        return shell.user_ns["Out"].get(number)

    run("%load_ext checker")
    yield run
    atexit.unregister(shell.atexit_operations)
    shell.atexit_operations()


def verdicts(result):
    assert isinstance(result, Graded), result
    return {task.name: task.verdict for task in result.report.tasks}


def test_a_function_of_a_cell_is_graded_with_what_it_uses(cell):
    cell("import numpy as np\nONE = 1")
    cell(FUNCTIONS["sigmoid"].replace("1 /", "ONE /"))
    cell(FUNCTIONS["sigmoid_backward"])
    assert verdicts(cell("%check backprop sigmoid_backward")) == {"sigmoid_backward": "right"}
    assert verdicts(cell("%check backprop"))["dense"] == "missing"


def test_the_last_definition_counts(cell):
    cell("import numpy as np")
    cell("def mse_gradient(prediction, target):\n    return prediction - target")
    assert verdicts(cell("%check backprop mse_gradient")) == {"mse_gradient": "wrong"}
    cell(FUNCTIONS["mse_gradient"])
    assert verdicts(cell("%check backprop mse_gradient")) == {"mse_gradient": "right"}


def test_a_cell_can_be_checked_where_it_is_written(cell):
    cell("import numpy as np")
    text = "%%check backprop\n" + FUNCTIONS["dense"] + "\n" + FUNCTIONS["sgd_step"]
    assert verdicts(cell(text)) == {"dense": "right", "sgd_step": "right"}
    assert cell("dense(np.ones((1, 2)), np.ones((2, 1)), np.zeros(1))").tolist() == [[2.0]]
    assert verdicts(cell("%check backprop"))["dense"] == "right"


def test_a_cell_that_fails_is_not_graded(cell, capsys):
    assert cell("%%check backprop\n1 / 0") is None
    assert "ZeroDivisionError" in capsys.readouterr().out


def test_experiments_are_not_run_again(cell, tmp_path):
    ran = tmp_path / "ran"
    cell("import numpy as np\nfrom pathlib import Path")
    cell(FUNCTIONS["mse_gradient"])
    cell(f"Path({str(ran)!r}).touch()")
    cell(f"for name in ['ran']:\n    Path({str(tmp_path)!r}, name).touch()")
    cell("%matplotlib_is_no_magic")
    cell("this is no python")
    ran.unlink()
    assert verdicts(cell("%check backprop mse_gradient")) == {"mse_gradient": "right"}
    assert not ran.exists()


def test_nothing_is_called_in_the_notebook_itself(cell):
    cell("import numpy as np\ncalls = []")
    cell("def dense(x, weight, bias):\n    calls.append(1)\n    return x @ weight + bias")
    assert verdicts(cell("%check backprop dense")) == {"dense": "right"}
    assert cell("len(calls)") == 0


def test_a_crash_is_told_with_the_number_of_its_cell(cell):
    cell("import numpy as np")  # In[2], after %load_ext
    cell("1 + 1")
    cell("%%check backprop\ndef dense(x, weight, bias):\n    return x @ wieght + bias")
    (task,) = cell("%check backprop dense").report.tasks
    assert task.message.startswith("NameError in line 3 of code cell 4")
    assert task.line == {"cell": 4, "number": 3, "text": "return x @ wieght + bias"}


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("%check", "%check TASK or %check NAME"),
        ("%check denes", "Did you mean 'dense'?"),
        ("%check hint denes", "Did you mean 'dense'?"),
        ("%check explain denes", "Did you mean 'dense'?"),
        ("%check show denes", "Did you mean 'dense'?"),
        ("%%check backprop\nx = 1", "defines no function of a task"),
    ],
)
def test_what_cannot_be_checked_is_told_in_a_line(cell, capsys, line, words):
    assert cell(line) is None
    shown = capsys.readouterr().out
    assert words in shown
    assert "Traceback" not in shown


def test_hints_and_explanations_are_given_in_the_notebook(cell, capsys):
    cell("%check hint dense_backward")
    first = capsys.readouterr().out
    cell("%check hint dense_backward")
    second = capsys.readouterr().out
    assert "hint 1 of" in first
    assert "hint 2 of" in second
    assert "\x1b" not in first + second
    cell("%check explain dense_backward")
    assert "dL/dx" not in capsys.readouterr().out
    cell("%check explain dense_backward --derivative")
    assert "dL/dx = g W^T" in capsys.readouterr().out


def test_a_task_is_drawn_in_the_notebook(cell, capsys):
    cell("import numpy as np")
    cell(FUNCTIONS["mse_gradient"])
    assert cell("%check show mse_gradient")._repr_png_().startswith(b"\x89PNG")
    assert cell("%check show dense") is None
    assert "has no dense yet" in capsys.readouterr().out


def test_a_notebook_imports_the_files_beside_it(cell, tmp_path):
    (tmp_path / "backprop.py").write_text(RIGHT)
    cell("from backprop import network_gradient")
    assert verdicts(cell("%check project network_gradient")) == {"network_gradient": "right"}


class Tags(HTMLParser):
    """What is opened and closed, and the text."""

    def __init__(self):
        super().__init__()
        self.open, self.text = [], ""

    def handle_starttag(self, tag, attrs):
        self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text += data


def test_the_page_and_the_text_say_the_same_and_nothing_escapes(cell):
    cell("import numpy as np")
    cell("def dense(x, weight, bias):\n    raise ValueError('<script>alert(1)</script>')")
    cell("def sgd_step(param, grad, learning_rate):\n    return param + learning_rate * grad")
    result = cell("%check backprop")
    page = result._repr_html_()
    found = Tags()
    found.feed(page)
    assert found.open == []
    assert "<script" not in page
    assert "<script>alert(1)</script>" in found.text
    for text in (found.text, repr(result)):
        assert "0 of 20 points" in text
        assert "sgd_step" in text
    assert "\x1b" not in repr(result)


def test_a_notebook_that_was_started_with_is_checked_to_the_last_cell(cell):
    results = []
    for each in json.loads(notebook(assignment.find("backprop")))["cells"]:
        if each["cell_type"] == "code":
            text = "".join(each["source"])
            name = text.removeprefix("def ").partition("(")[0]
            results.append(cell(FUNCTIONS.get(name, text)))
            if "import numpy" in text:
                cell(FUNCTIONS["sigmoid"])
    checked = [result for result in results if isinstance(result, Shown)]
    assert len(checked) == 11
    assert all(graded.report.score == graded.report.max_score for graded in checked)
    assert checked[-1].report.score == 20


def test_only_what_binds_something_needed_is_kept_and_stays_on_its_line():
    cells = [
        "a = 1\nprint(a)",
        "this is no python",
        "b = (\n    a)\nc = b",
        "get_ipython().run_cell_magic('time', '', '@b\\ndef f():\\n  b')",
    ]
    assert needed(cells, ["f"]) == ["a = 1\n", "", "b = (\n    a)\n", "\n@b\ndef f():\n  b"]
    assert not "".join(needed(cells, ["g"])).strip()


def test_the_extension_waits_for_nothing_until_it_is_loaded():
    code = "import sys, checker; assert not {'numpy', 'IPython', 'click'} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_cells_that_were_checked_count_when_their_notebook_is_handed_in(cell, tmp_path):
    def saved(*cells):
        code = [{"cell_type": "code", "source": source} for source in cells]
        Path("mine.ipynb").write_text(json.dumps({"cells": code}))
        handed = hand_in.of(Path("mine.ipynb"))
        backprop = assignment.find("backprop")
        return progress.load(Path()).last_check("mine.ipynb", handed.digest(backprop))

    Path("helpers.py").write_text("ONE = 1")
    first, second = "import numpy as np\nfrom helpers import *", FUNCTIONS["dense"]
    cell(first)
    cell("def dense(x, weight, bias):\n    return old(x)\nold = abs")
    cell("%check backprop dense")
    assert not saved(first, second)
    cell(second)
    assert verdicts(cell("%check backprop dense")) == {"dense": "right"}
    assert saved(first, second, "dense([[1]], [[2]], [3])\n%check backprop dense")
    assert not saved(first, second.replace("bias", "c"))
    Path("helpers.py").write_text("ONE = 2")
    assert not saved(first, second)


def test_a_star_import_of_a_module_beside_counts(cell):
    Path("helpers.py").write_text("import numpy as np\n" + FUNCTIONS["dense"])
    cell("from helpers import *")
    assert verdicts(cell("%check backprop dense")) == {"dense": "right"}


def test_what_it_prints_and_all_that_is_found_out_stand_on_the_page(cell):
    cell("import numpy as np")
    cell("def sgd_step(param, grad, learning_rate):\n    print('<here>')\n    return param + grad")
    page = cell("%check backprop sgd_step")._repr_html_()
    assert "It printed:" in page
    assert "&lt;here&gt;" in page


def test_commands_are_told_as_a_notebook_takes_them(cell, capsys):
    cell("%check hint backprop dense")
    told = capsys.readouterr().out
    assert "`%check hint backprop dense`" in told
    assert "`check " not in told


def test_a_notebook_without_matplotlib_says_how_to_get_it(cell, capsys, monkeypatch):
    monkeypatch.setattr("checker.student.jupyter.find_spec", lambda name: None)
    cell("%check show backprop dense")
    assert "run %pip install matplotlib" in capsys.readouterr().out


@pytest.mark.parametrize("line", ["%check backprop", "%check show dense"])
def test_where_no_cell_is_remembered_nothing_is_graded(cell, tmp_path, capsys, line):
    Path("work.ipy").write_text(f"def dense(x, weight, bias):\n    return x\n{line}\n")
    cell("get_ipython().user_ns['In'][1:] = []\nget_ipython().safe_execfile_ipy('work.ipy')")
    assert "grades the cells of a notebook or a session" in capsys.readouterr().out
    assert not progress.load(Path()).tasks
