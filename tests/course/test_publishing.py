"""A course is published, solved by a student who has only that, graded, and changed."""

import json
import os
import re
import subprocess
import sys
import tomllib
import zipfile
from email.parser import Parser
from math import inf

import pytest
from click.testing import CliRunner
from own_course import RANDOM, add_optimiser, add_random, change, write

from checker.commands.program import course
from checker.course import assignment
from checker.course import course as courses
from checker.handout import publishing


def check(*words, status=0):
    done = CliRunner().invoke(course, list(map(str, words)))
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    assert done.exit_code == status, done.output
    return done.output


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A course with operations of its own, and what students get of it."""
    folder = tmp_path_factory.mktemp("teacher") / "autumn"
    write(folder)
    add_optimiser(folder)
    add_random(folder)
    toml = (folder / "course.toml").read_text()
    (folder / "course.toml").write_text(toml.partition("take")[0])
    published = folder / "handed out"  # what lies above it is not used there
    assert "handed out written." in check("-C", folder, "publish", published)
    return folder, published


@pytest.fixture
def student(made, tmp_path, monkeypatch):
    """What a student does: runs `python check.py`, with a text in robust.py."""
    _, folder = made
    monkeypatch.delenv(courses.VARIABLE, raising=False)

    def run(*words, text=None, published=folder, status=None):
        if text is not None:
            (published / f"{words[0]}.py").write_text(text)
        environment = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"}
        home = {"XDG_DATA_HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path)}
        done = subprocess.run(
            [sys.executable, "check.py", *words],
            cwd=published,
            env=environment | home,
            capture_output=True,
            text=True,
            check=False,
        )
        assert status in (None, done.returncode), done.stderr
        assert bool(status) == bool(done.stderr), done.stderr
        return done.stdout + done.stderr

    return run


def works(made, name):
    return (made[0] / "class" / f"{name}.py").read_text()


def test_a_student_who_has_only_what_was_published_is_graded_and_told_the_mistake(made, student):
    assert "3 of 3 points" in student("robust", text=works(made, "ada"))
    shown = student("robust", text=works(made, "ben"))
    assert "0 of 3 points" in shown
    assert "1 is not subtracted from the root" in shown
    shown = student("robust", "--task", "loss_gradient")
    assert "The slope is the error itself, as for half the square" in shown
    assert "Gradient of: pseudo-Huber loss" in student("hint", "loss_gradient")
    assert "pseudo_huber: Pseudo-Huber loss" in student("explain", "pseudo_huber")
    assert "is for one course. Leave -C out." in " ".join(student("-C", made[0], status=2).split())
    listed = student()
    assert listed.startswith("Deep learning, autumn\n")
    assert "signs" in listed


def test_what_is_random_is_judged_by_the_published_tests(student):
    assert "3 of 3 points" in student("chance", text=RANDOM)
    text = RANDOM.replace("< share", ">= share").replace("x, y, 1", "x, y, 0")
    shown = student("chance", text=text)
    assert "0 of 3 points" in shown
    assert "Perhaps: The share is that of the tails." in shown
    shown = " ".join(student("chance", "--task", "learn").split())
    assert re.search(r"learn: The error is \d+\.\d+\. At most 0\.100 is asked\.", shown)
    assert "The line misses the new points. Is the training long enough?" in shown


def test_a_submission_can_read_nothing_of_it(made, student):
    path = str(made[1] / "lib" / "assignments" / "01_robust" / "published.cases")
    shown = student("robust", text=f"open({path!r}).read()\n" + works(made, "ada"))
    assert "line 1: PermissionError" in shown or "line 1: FileNotFoundError" in shown


_USED_BY_TESTS = (
    "    return math.sqrt(LOG / (2 * max(count, 1)))",
    "    return _error(answers, truth)",
)


def test_no_solution_and_no_mutant_is_in_it(made, tmp_path):
    folder, _ = made
    check("-C", folder, "publish", tmp_path / "all.zip")
    archive = zipfile.ZipFile(tmp_path / "all.zip")
    files = {name.removeprefix("all/"): archive.read(name) for name in archive.namelist()}
    code = [
        line
        for part in ("operations", "mutants", "variants")
        for path in (folder / part).glob("*.py")
        for line in re.findall(r"(?m)^    (?:return|error =|velocity =) .*$", path.read_text())
    ]
    tests = [line for line in code if "return Statistic(" in line]
    assert len(tests) > 2
    code = [*(set(code) - {*tests, *_USED_BY_TESTS}), "SECRET_STEPS", "slope * new + start"]
    assert len(code) > 12
    for name, data in files.items():
        text = data.decode(errors="replace")
        assert not [line for line in code if line in text], name
    assert "lib/checker/diagnosis/stages.py" in files
    assert not [name for name in files if name.startswith(("lib/checker/proof", "lib/checker/aud"))]
    assert {n for n in files if re.fullmatch(r"lib/reference/\w+/(?!__)\w+\.py", n)} == {
        "lib/reference/course/coins.py",
        "lib/reference/course/pseudo_huber.py",
        "lib/reference/course/signum.py",
        "lib/reference/course/straight_line.py",
        "lib/reference/tests/_operations___chance.py",
        "lib/reference/tests/_operations__coins.py",
        "lib/reference/tests/_operations__straight_line.py",
    }


def test_every_module_of_it_can_be_imported(made):
    lib = made[1] / "lib"
    names = [
        ".".join(path.relative_to(lib).with_suffix("").parts).removesuffix(".__init__")
        for path in sorted(lib.rglob("*.py"))
        if path.stem != "__main__"
    ]
    assert len(names) > 150
    script = (
        f"import sys, importlib; sys.path.insert(0, {str(lib)!r})\n"
        f"for name in {names!r}:\n"
        f"    assert importlib.import_module(name).__file__.startswith({str(lib)!r}), name"
    )
    done = subprocess.run(
        [sys.executable, "-I", "-c", script], capture_output=True, text=True, check=False
    )
    assert not done.stderr


def test_after_a_change_of_the_operation_every_result_is_a_new_one(made, student, tmp_path):
    folder, _ = made

    def graded():
        check("-C", folder, "grade", folder / "class", "-a", "robust", "-o", out, "--seed", 1)
        rows = json.loads((out / "results.json").read_text())["submissions"]
        return {row["submission"]: row["score"] for row in rows}

    def version(name):
        check("-C", folder, "publish", "--wheel", tmp_path / name)
        (path,) = (tmp_path / name).iterdir()
        return path

    out, sizes = tmp_path / "grades", folder / "operations" / "_sizes.py"
    assert graded() == {"ada": 3, "ben": 0}
    before = version("before")
    assert version("again").read_bytes() == before.read_bytes()
    change(sizes, "array.size", "array.size / 2")
    try:
        assert graded() == {"ada": 1, "ben": 0}
        after = version("after")
        assert after.name != before.name
        check("-C", folder, "publish", tmp_path / "new")
        shown = student("robust", text=works(made, "ada"), published=tmp_path / "new")
        assert "1 of 3 points" in shown
    finally:
        change(sizes, "array.size / 2", "array.size")


def test_it_promises_no_fresh_cases_which_need_the_reference(made):
    paths = (made[1] / "lib" / "assignments").glob("*/assignment.toml")
    declared = [tomllib.loads(path.read_text(encoding="utf-8")) for path in paths]
    assert declared
    assert not any(each["fresh"] for each in declared)


def test_the_wheel_is_an_edition_of_gradproof_that_needs_less(made, tmp_path):
    shown = check("-C", made[0], "publish", "--wheel", tmp_path)
    (path,) = tmp_path.glob("*.whl")
    assert f"python -m pip install {path.name}" in shown
    archive = zipfile.ZipFile(path)
    (metadata,) = (name for name in archive.namelist() if name.endswith("/METADATA"))
    known = Parser().parsestr(archive.read(metadata).decode())
    assert known["Version"] in path.name
    assert "+deep.learning.autumn." in known["Version"]
    needed = " ".join(known.get_all("Requires-Dist"))
    assert "numpy" in needed
    assert not re.search("gmpy2|extra", needed)
    folder = {p.relative_to(made[1] / "lib").as_posix() for p in made[1].rglob("lib/**/*.py")}
    assert {n for n in archive.namelist() if n.endswith(".py")} == folder


def test_the_zip_holds_the_folder_and_nothing_is_written_over(made, tmp_path):
    check("-C", made[0], "publish", tmp_path / "week1.zip")
    names = zipfile.ZipFile(tmp_path / "week1.zip").namelist()
    assert {"week1/check.py", "week1/robust.py", "week1/notebooks/robust.ipynb"} <= set(names)
    assert "exists already" in check("-C", made[0], "publish", made[1], status=2)


@pytest.mark.parametrize(
    "value", [inf, -inf, 1e-8, 1e16, 0.5, 3, True, 'a "b" \\ Ü\n', [0.1, inf], ["a", "b"]]
)
def test_each_value_of_a_manifest_is_published_as_it_is(value):
    assert tomllib.loads(f"x = {publishing._toml(value)}") == {"x": value}


def test_a_text_names_the_script_where_it_names_the_command():
    text = "`check losses`, `%check losses`, `check hint losses`"
    shown = publishing._with_script(assignment.find("losses"), text)
    assert shown == "`python check.py losses`, `%check losses`, `check hint losses`"


@pytest.mark.parametrize(
    ("file", "old", "new", "why"),
    [
        ("straight_line", "return _error(answers, truth)", "return run(truth)", "use run of"),
        ("straight_line", "        error =", "        _error(new, new)\n        error =", "own"),
        ("coins", "(drawn == 1).", "(len(_chance.__file__) + drawn).", "what __file__ is"),
        ("coins", "_chance.around(", "_chance.around(_chance == ", "uses _chance as a whole"),
        ("coins", "import numpy as np\n", "import gmpy2 as np\n", "imports gmpy2, which students"),
        ("_chance", "    return math", "    import torch\n    return math", "imports torch, which"),
        ("coins", "properties=(shape, share_of_heads))", "**TESTS)", "has no line SPEC = ... with"),
    ],
)
def test_a_task_whose_tests_need_more_is_left_to_the_teacher(made, file, old, new, why):
    path = made[0] / "operations" / f"{file}.py"
    kept = path.read_text()
    change(path, old, new)
    if "**TESTS" in new:
        change(path, "SPEC =", "TESTS = dict(properties=(shape, share_of_heads))\nSPEC =")
    try:
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv(courses.VARIABLE, str(made[0]))
            task = "learn" if file == "straight_line" else "toss"
            assert [(left.function, why in reason) for left, reason in publishing.left_out()] == [
                (task, True)
            ]
            kept_tasks = [each for each in publishing._assignments() if each.name == "chance"]
            assert f"`{task}`: tests judge what is random" in publishing._text(kept_tasks[0])
    finally:
        path.write_text(kept)
