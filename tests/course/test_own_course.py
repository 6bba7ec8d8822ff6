"""A course outside of the package, with operations of its own, begun and used by commands alone."""

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from own_course import add_optimiser, add_random, change, write

from checker.audit import examples, properties
from checker.cases import case_cache, provenance
from checker.classroom import version
from checker.commands import preconditions
from checker.commands.program import course, main
from checker.course import assignment, code
from checker.course import course as courses
from checker.course.manifest import ManifestError
from checker.grading import intake
from checker.handout import solution
from checker.handout.starter import starter
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
    file = folder / "operations" / "pseudo_huber.py"
    assert f"loss: the operation is wrong: {file}: moved does not hold: Only the diff" in shown
    assert "loss_gradient: slope_with_a_root is right, but is judged wrong" in shown
    assert "loss: root_alone is not caught\n" in shown


def test_a_mutant_or_a_variant_that_raises_an_exception_is_told_with_its_place(folder):
    mutants, variants = (folder / part / "pseudo_huber.py" for part in ("mutants", "variants"))
    change(mutants, "root_alone(prediction, target)", "root_alone()")
    change(mutants, "prediction.size", "predictions.size")
    change(variants, "np.mean(sq", "np.meen(sq")
    shown = check("prove", "robust", status=1)
    assert f"loss: root_alone is not caught: {mutants}, line 6: TypeError: root_alone() ta" in shown
    assert f"loss_gradient: slope_of_the_square is not caught: {mutants}, line 19: NameErr" in shown
    assert f"loss: with_a_root is right, but is judged wrong: {variants}, line 8: Attr" in shown


def test_a_forward_with_another_shape_than_declared_is_told(folder):
    change(folder / "operations/pseudo_huber.py", "error))).mean()", "error))).mean(axis=-1)")
    shown = check("prove", "robust", status=1)
    assert "pseudo_huber.py: forward returns the shape (3, 3) where it declar" in shown
    assert "judged wrong: its shape is () and should be (2,); for prediction = np.array([" in shown


def test_a_title_may_begin_below_the_quotes(folder):
    change(folder / "operations/pseudo_huber.py", '"""Pseudo', '"""\nPseudo')
    assert "Pseudo-Huber loss" in starter(assignment.find("robust"))


def test_a_setting_without_a_value_is_told_with_its_place(folder):
    add_random(folder)
    manifest = folder / "03_chance" / "assignment.toml"
    change(manifest, '"share", "seed"]', '"share"]')
    words = "(toss): seed of coins has no default: add it to arguments or to fixed"
    shown = " ".join(check("prove", "chance", status=2).split())
    assert f"{manifest}, line 8: task 1 {words}" in shown
    with pytest.raises(LookupError, match="seed of coins has no default: add it to arguments"):
        starter(assignment.find("chance"))


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("    0.125", "    0.5", ", line 7: the example prints np.float64(0.125), and says 0.5"),
        (">>> forward", ">>> forwards", ", line 7: NameError: name 'forwards' is not defined, in"),
        ("    0.125", "  0.125", ": line 8 of the docstring for pseudo_huber has inconsistent"),
        ("    0.125", "    np.float64(0.125)", ""),
    ],
)
def test_the_example_of_an_operation_is_run(folder, old, new, words):
    path = folder / "operations" / "pseudo_huber.py"
    change(path, old, new)
    courses.current()
    found = examples.wrong("pseudo_huber")
    assert found.startswith(f"{path}{words}") if words else not found
    if new == "    0.5":
        assert f"loss: the operation is wrong: {found}" in check("prove", "robust", status=1)


def test_values_of_another_type_than_declared_are_told_with_their_place(folder):
    add_optimiser(folder)
    path = folder / "operations" / "signum.py"
    change(path, "learning_rate: Shaped[float", "learning_rate: Shaped[int")
    courses.current()
    with pytest.raises(catalogue.OperationError) as told:
        _ = catalogue.operation("signum").arguments
    words = "learning_rate of update is declared as int, but its Try has 0.1."
    assert str(told.value) == f"{path}, line 23: {words}"


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
    words = f"twice_the_rate fails: {file}, line 44: NameError: name 'parm' is not defined"
    assert properties.broken("signum") == words


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
    (line,) = str(told.value).splitlines()
    assert words in line
    assert str(folder / file) in line
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
        ("operations/pseudo_huber.py", '"""Pseudo', 'TEXT = """Pseudo', "line 1: it has no title"),
        (
            "operations/pseudo_huber.py",
            ', target: Shaped[Real, "...", Given()]\n',
            ", target: Real\n",
            'line 21: target of forward has no shape: write target: Shaped[Real, "n d"]',
        ),
        (
            "operations/pseudo_huber.py",
            ' -> Shaped[Real, ""]:',
            ":",
            "line 21: the result of forward has no shape: write -> Shaped[",
        ),
        (
            "operations/pseudo_huber.py",
            'prediction: Shaped[Real, "..."]',
            'prediction: Shaped[Real, "n d+"]',
            ".py: the axis 'd+' is no expression of axes and settings",
        ),
        (
            "operations/pseudo_huber.py",
            "/ entries(prediction),)",
            "/ entries(prediction))",
            ".py: TypeError: the backward should return a tuple of 1 gradients: return (dpred",
        ),
        (
            "operations/pseudo_huber.py",
            "error))).mean()",
            "error))).mean() * np.nan",
            ".py: the result is nan in all ",
        ),
        (
            "operations/pseudo_huber.py",
            "properties=(symmetric, moved),",
            "properties=(), possible=lambda **_: False,",
            ".py: no case that was tried for loss is possible",
        ),
        (
            "operations/pseudo_huber.py",
            "error = prediction - target",
            "error = {}[prediction.ndim]",
            "line 24: KeyError: 1",
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
    assert end.value.code == 2
    shown = capsys.readouterr().err
    assert str(folder / file) in shown
    assert words in shown


@pytest.mark.parametrize("words", [["robust", "a.py"], ["start", "robust"], ["publish", "out"]])
def test_every_command_tells_where_a_manifest_and_the_operations_do_not_fit(
    folder, monkeypatch, capsys, words
):
    change(folder / "01_robust" / "assignment.toml", "gradient", "gradiend")
    change(folder / "01_robust" / "assignment.toml", "loss_gradiend", "loss_gradient")
    monkeypatch.chdir(folder.parent)
    Path("a.py").touch()
    monkeypatch.setattr("sys.argv", ["check", "-C", "autumn", *words])
    with pytest.raises(SystemExit) as end:
        main()
    assert end.value.code == 2
    place = f"{folder / '01_robust' / 'assignment.toml'}, line 12: task 2 (loss_gradient): "
    shown = capsys.readouterr().err
    assert shown.startswith(place)
    assert shown.endswith("use one of forward, backward, gradient\n")


def test_a_solution_has_each_shared_helper_once(folder):
    add_random(folder)
    file = folder / "operations" / "coins.py"
    change(file, "share)\n\n", "share) + 0 * _chance.LOG * _chance.around(1)\n\n")
    task = assignment.find("chance").tasks[0]
    (_, text), space = solution.code(task), {}
    assert text.count("math.log(2e9)") == 1
    exec(text, space)
    assert space["toss"](3, 4, 0.5, 0).shape == (3, 4)
    change(file, "import numpy as np\n", "import numpy as np\n\nmath = 3\n")
    change(file, "+ 0 *", "+ 0 * math *")
    code.refresh()
    with pytest.raises(LookupError, match="there is no code for toss"):
        solution.code(task)


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
    check("-C", folder, "grade", folder.parent, "-a", "robust", "-o", "../grades", status=2)
    assert not (folder.parent / "grades").exists()
    check("-C", folder, "grade", "class", "-a", "robust", "-o", "../grades")


def test_it_may_be_named_in_a_hidden_folder_among_submissions(folder, monkeypatch):
    hidden = folder.rename(folder.parent / ".autumn")
    monkeypatch.setenv(courses.VARIABLE, str(hidden))
    preconditions.own_course(folder.parent)
    with pytest.raises(click.UsageError):
        preconditions.own_course(hidden)


def test_the_version_of_a_grader_knows_the_policies(folder):
    found = assignment.find("robust")
    cases = case_cache.load(found)
    strict = replace(found, tasks=tuple(replace(t, unstable=0.0) for t in found.tasks))
    assert version.of(found, cases) != version.of(strict, cases)
