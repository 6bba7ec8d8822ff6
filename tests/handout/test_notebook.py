"""A notebook is derived from the assignment, and graded like a file."""

import ast
import json
from pathlib import Path

import nbformat
import pytest
from click.testing import CliRunner

from checker.commands.program import course
from checker.course import assignment
from checker.handout.latex_text import with_latex
from checker.handout.notebook import notebook, sections

RIGHT = Path(__file__).parents[1] / "sample_class" / "right.py"


@pytest.fixture
def check(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return lambda *words: CliRunner().invoke(course, list(map(str, words)))


@pytest.fixture(params=assignment.names())
def found(request):
    return assignment.find(request.param)


def test_jupyter_accepts_it_and_it_is_the_same_every_time(found):
    written = notebook(found)
    nbformat.validate(nbformat.reads(written, as_version=4))
    assert written == notebook(found)


def test_the_whole_text_and_every_task_are_in_it(found):
    cells = json.loads(notebook(found))["cells"]
    text = "".join("".join(c["source"]) for c in cells if c["cell_type"] == "markdown")
    code = ["".join(c["source"]) for c in cells if c["cell_type"] == "code"]
    shown = text.replace("](attachment:", "](")
    assert "".join(with_latex(found.text).split()) in "".join(shown.split())
    defined = [cell.partition("(")[0] for cell in code if cell.startswith("def ")]
    assert sorted(defined) == sorted(f"def {task.function}" for task in found.tasks)
    assert code[-1] == f"%check {found.name}"


def test_a_function_stands_below_the_part_that_asks_for_it():
    cells = json.loads(notebook(assignment.find("backprop")))["cells"]
    first = [cell["source"][0] for cell in cells]
    place = next(n for n, line in enumerate(first) if line.startswith("def mse_gradient("))
    above = next(line for line in reversed(first[:place]) if line.startswith("#"))
    assert "`mse_gradient`" in above


def test_cells_are_cut_at_headings_and_not_at_comments_in_code():
    text = "intro\n\n# One\n\n```python\n# a comment\n~~~\n```\n\n## Two\n\n    # more\n#not one\n"
    assert [part.partition("\n")[0] for part in sections(text)] == ["intro", "# One", "## Two"]


def test_a_student_starts_with_a_notebook_and_checks_it(check):
    done = check("start", "backprop", "--notebook")
    assert done.exit_code == 0
    assert [path.name for path in Path().iterdir()] == ["backprop.ipynb"]
    done = check("backprop")
    assert done.exit_code == 1
    assert "0 of 20 points" in done.output
    assert "not started" in done.output


def test_a_notebook_filled_in_has_all_points(check):
    check("start", "backprop", "--notebook")
    path = Path("backprop.ipynb")
    found = json.loads(path.read_text())
    solved = ast.parse(RIGHT.read_text()).body
    functions = {s.name: ast.unparse(s) for s in solved if isinstance(s, ast.FunctionDef)}
    for cell in found["cells"]:
        name = cell["source"][0].removeprefix("def ").partition("(")[0]
        cell["source"] = functions.get(name, cell["source"])
        if cell["id"] == "imports":
            cell["source"] += ["\n", functions["sigmoid"]]
    path.write_text(json.dumps(found))
    assert check("backprop").exit_code == 0


def test_a_notebook_of_ones_own_is_never_overwritten(check):
    Path("backprop.ipynb").write_text("my work")
    assert "exists already and was not changed" in check("start", "backprop", "--notebook").output
    assert Path("backprop.ipynb").read_text() == "my work"
