"""A course outside of the package, with operations of its own, begun and used by commands alone."""

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from own_course import add_optimiser, change, write

from checker.__main__ import course, main
from checker.audit import properties
from checker.cases import case_cache, provenance
from checker.classroom import version
from checker.course import assignment, code
from checker.course import course as courses
from checker.course.manifest import ManifestError
from checker.grading import intake
from reference import catalogue

ROOT = Path(__file__).parents[2]


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """The course of the documentation. It is the working directory."""
    write(tmp_path / "autumn")
    monkeypatch.delenv(courses.VARIABLE, raising=False)
    monkeypatch.chdir(tmp_path / "autumn")
    return tmp_path / "autumn"


def check(*words, status=0):
    done = CliRunner().invoke(course, list(map(str, words)))
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    assert done.exit_code == status, done.output
    return done.output


def key():
    """Under what the cases of its own assignment are stored."""
    return provenance.checksum(assignment.find("robust"), case_cache.GENERATION)


def test_it_is_proven_with_its_mutants_and_variants(folder):
    tasks = json.loads(check("prove", "robust", "--json"))["tasks"]
    proven = {task["task"]: task for task in tasks}
    assert proven["loss"]["variants"] == proven["loss_gradient"]["variants"] == 1
    assert proven["loss"]["matrix"]["root_alone"]
    assert proven["loss_gradient"]["matrix"]["slope_of_the_square"]


def test_what_is_wrong_with_it_is_not_proven(folder):
    change(folder / "operations/pseudo_huber.py", "target + 3", "target + 4")
    change(folder / "variants/pseudo_huber.py", "error.size", "1")
    change(folder / "mutants/pseudo_huber.py", "return np.h", "return -1 + np.h")
    shown = check("prove", "robust", status=1)
    assert "loss: the operation is wrong: moved does not hold: Only the differences" in shown
    assert "loss_gradient: slope_with_a_root is right, but is judged wrong" in shown
    assert "loss: root_alone is not caught" in shown


def test_an_optimiser_is_proven_with_its_properties(folder):
    add_optimiser(folder)
    (task,) = json.loads(check("prove", "signs", "--json"))["tasks"]
    assert task["matrix"]["forgets"]
    file = folder / "operations" / "signum.py"
    change(file, "velocity = momentum", "velocity = 1 + momentum")
    code.refresh()
    assert properties.broken("signum").startswith("steep_or_flat does not hold: Gradients that")
    change(file, "twice - param", "twice - parm")
    change(file, "velocity = 1 + momentum", "velocity = momentum")
    code.refresh()
    assert (
        properties.broken("signum") == "twice_the_rate raises NameError: name 'parm' is not defined"
    )


def test_its_operations_are_verified_in_other_processes_too(folder):
    add_optimiser(folder)
    script = (
        "from checker.proof import parallel\n"
        "print(*(row.passed for row in parallel.rows('signum', ('property*',))))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout == "True True\n", done.stderr


def test_where_there_is_no_torch_the_rest_is_verified(folder, monkeypatch):
    for module in ("torch", "hypothesis"):
        monkeypatch.setitem(sys.modules, module, None)
    words = ("verify", "--only", "pseudo_huber", "--oracle", "der*", "--oracle", "property moved")
    shown = check(*words)
    assert "Nothing is compared with torch, which is not here: pip install" in shown
    assert "1 operation, 2 checks, " in shown
    assert "all within their bounds" in shown
    change(folder / "operations/pseudo_huber.py", "target + 3", "target + 4")
    assert "pseudo_huber, property moved: " in check(*words, status=1)
    assert "there is no oracle torch*" in check(
        "verify", "--only", "dense", "--oracle", "torch*", status=2
    )
    assert "check verify needs torch: pip install" in check("verify", status=3)


def test_a_class_is_graded_again_when_anything_changes_that_it_depends_on(folder):
    def graded():
        shown = check("grade", "class", "-a", "robust", "-o", "grades", "--seed", 1)
        assert "2 graded" in shown
        kept = json.loads((folder / "grades/results.json").read_text())
        return {row["submission"]: row["score"] for row in kept["submissions"]}

    assert graded() == {"ada": 3, "ben": 0}
    change(folder / "operations/_sizes.py", "array.size", "array.size / 2")
    assert graded() == {"ada": 1, "ben": 0}
    change(folder / "operations/_sizes.py", "array.size / 2", "array.size")
    change(folder / "01_robust/assignment.toml", "points = 1\n", "points = 4\n")
    assert graded() == {"ada": 6, "ben": 0}


def test_each_change_of_what_it_depends_on_is_a_change_of_the_key(folder, monkeypatch):
    elsewhere = folder.parent / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.syspath_prepend(elsewhere)
    (elsewhere / "far.py").write_text("import farther\n")
    (elsewhere / "farther.py").write_text("TWO = 2\n")
    (folder / "operations" / "table.csv").write_text("1,2\n")
    (folder / "01_robust" / "mutants").mkdir()
    (folder / "01_robust" / "mutants" / "pseudo_huber.py").write_text(
        "from gradproof_course.mutants import _words\n"
    )
    (folder / "mutants" / "_words.py").write_text("import os, far\n")
    change(folder / "variants/pseudo_huber.py", "import numpy as np\n", "from . import _near\n")
    (folder / "variants" / "_near.py").write_text("def f():\n    from .. import operations\n")
    (folder / "variants" / "_unused.py").write_text("ONE = 1\n")
    before = key()
    for path in (
        *(folder / f"{part}/pseudo_huber.py" for part in code.PARTS),
        folder / "operations/_sizes.py",
        folder / "operations/table.csv",
        folder / "01_robust/mutants/pseudo_huber.py",
        folder / "mutants/_words.py",
        folder / "variants/_near.py",
        elsewhere / "far.py",
        elsewhere / "farther.py",
    ):
        text = path.read_text()
        path.write_text(f"{text}# changed\n")
        assert key() != before, path
        path.write_text(text)
    assert key() == before
    (folder / "variants" / "_unused.py").write_text("ONE = 2\n")
    assert key() == before


def test_cases_are_made_by_the_operation_as_it_is_now(folder):
    def expected():
        case = case_cache.load(assignment.find("robust"))["loss"].cases[0]
        return float(case.results[0].low)

    before = expected()
    change(folder / "operations/pseudo_huber.py", "1 / np.hypot(1, error))).mean()", "0)).mean()")
    assert expected() != before
    change(folder / "operations/pseudo_huber.py", "0)).mean()", "1 / np.hypot(1, error))).mean()")
    assert expected() == before


def test_what_an_editor_leaves_beside_a_file_that_is_open_is_not_read(folder):
    (folder / "operations" / ".#pseudo_huber.py").symlink_to("ada@nowhere.1234")
    (folder / "mutants" / "._pseudo_huber.py").write_bytes(b"\0")
    assert "robust" in assignment.names()
    assert "pseudo_huber" in catalogue.names()


def test_keys_do_not_depend_on_where_the_course_is(folder, monkeypatch):
    before = key()
    moved = folder.parent / "moved"
    folder.rename(moved)
    monkeypatch.chdir(moved)
    assert key() == before


def test_a_submission_can_import_nothing_of_it(folder):
    text = "from {} import forward\n\nloss = forward\n"
    for module in ("operations.pseudo_huber", "gradproof_course.operations.pseudo_huber"):
        (folder / "robust.py").write_text(text.format(module))
        assert intake.read(folder / "robust.py").others == {}
        shown = check("robust", "robust.py", status=1)
        assert "0 of 3 points" in shown
        assert "No module named" in " ".join(shown.split()) or "may not" in shown, shown
    (folder.parent / "robust.py").write_text(text.format("autumn.operations.pseudo_huber"))
    others = intake.read(folder.parent / "robust.py").others
    assert not any("operations" in name for name in others)
    (folder / "helpers.py").write_text("def forward(prediction, target): ...\n")
    (folder / "robust.py").write_text(text.format("helpers"))
    assert "helpers.py" in intake.read(folder / "robust.py").others


@pytest.mark.parametrize(
    ("file", "text", "words"),
    [
        ("operations/huber.py", "", "huber.py: the reference has an operation huber already, in "),
        ("operations/own-loss.py", "", "own-loss.py has no valid name: use letters, digits and _"),
        ("mutants/pseudo_hubr.py", "", "there is no operation 'pseudo_hubr'. Did you mean 'pseudo"),
        ("variants/tools.py", "", "'tools'. If it is a helper, begin its name with an underscore."),
    ],
)
def test_a_file_that_cannot_have_its_name_is_told(folder, file, text, words):
    (folder / file).write_text(text)
    with pytest.raises(ManifestError) as told:
        assignment.names()
    assert words in str(told.value)
    assert str(folder / file) in str(told.value)
    assert "pseudo_huber" not in catalogue.names()
    (folder / file).unlink()
    assert "robust" in assignment.names()
    assert "pseudo_huber" in catalogue.names()


@pytest.mark.parametrize(
    ("file", "old", "new", "words"),
    [
        ("operations/pseudo_huber.py", "as np\n", "as (np\n", "line 15: SyntaxError: "),
        (
            "operations/pseudo_huber.py",
            "_sizes",
            "_size",
            "line 17: ModuleNotFoundError: No module",
        ),
        ("operations/pseudo_huber.py", "SPEC =", "SPEK =", "it has no SPEC, the declaration"),
        ("operations/pseudo_huber.py", "SPEC = Spec(", "SPEC = dict(", "it has no SPEC, the decl"),
        (
            "operations/pseudo_huber.py",
            "error / np",
            "eror / np",
            "line 33: NameError: name 'eror'",
        ),
        ("mutants/pseudo_huber.py", "import numpy", "import numpi", "line 3: ModuleNotFoundError"),
        ("mutants/pseudo_huber.py", '"""The sl', '"The sl', "line 15: SyntaxError"),
        ("variants/pseudo_huber.py", "def ", "def _", "it has no public function. Each public "),
    ],
)
def test_an_error_in_its_code_is_told_with_its_place(
    folder, monkeypatch, capsys, file, old, new, words
):
    change(folder / file, old, new)
    monkeypatch.setattr("sys.argv", ["check", "prove", "robust"])
    with pytest.raises(SystemExit) as end:
        main()
    assert end.value.code in (2, 3)
    shown = capsys.readouterr().err
    assert str(folder / file) in shown
    assert words in shown


def test_a_picture_that_is_missing_is_told(folder, monkeypatch, capsys):
    text = folder / "01_robust" / "task.md"
    text.write_text(text.read_text() + "![Both losses](losses.png)\n")
    words = "task.md: it shows losses.png, which is not beside it."
    assert words in " ".join(check("prove", "robust", status=2).split())
    monkeypatch.setattr("sys.argv", ["check", "publish", "out"])
    with pytest.raises(SystemExit):
        main()
    assert words in " ".join(capsys.readouterr().err.split())


def test_it_is_not_taken_from_among_submissions(folder):
    shown = check("grade", ".", "-a", "robust", "-o", "../grades", status=2)
    assert "course.toml is among the submissions" in " ".join(shown.split())
    assert not (folder.parent / "grades").exists()
    check("-C", folder, "grade", "class", "-a", "robust", "-o", "../grades")


def test_the_version_of_a_grader_knows_the_policies(folder):
    found = assignment.find("robust")
    cases = case_cache.load(found)
    strict = replace(found, tasks=tuple(replace(t, unstable=0.0) for t in found.tasks))
    assert version.of(found, cases) != version.of(strict, cases)
