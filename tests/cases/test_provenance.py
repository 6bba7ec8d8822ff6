"""What a cached result depends on: all that is really imported, and every change of it shows."""

import ast
import dataclasses
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from checker.cases import case_cache, provenance
from checker.classroom import version
from checker.course.assignment import find

ROOT = Path(__file__).parents[2]
BACKPROP = find("backprop")
MAKE_CASES = """
from checker.cases import generation
from checker.course.assignment import find
for task in find("backprop").tasks[:4]:
    generation.generate(task)
"""
GRADE_WRONG = """
from pathlib import Path
from checker.cases import case_cache
from checker.course.assignment import find
from checker.grading import intake, pipeline
backprop = find("backprop")
submission = intake.read(Path("tests/sample_class/wrong_sign.py"))
pipeline.grade(backprop, case_cache.load(backprop), submission, shrink=True)
"""


OF_THE_SCRIPT = ("checker.cases.case_cache", "checker.grading.intake")


def really_imported(code):
    """The files of ours that a fresh interpreter has imported after running some code."""
    script = (
        f"import sys\n{code}\n"
        "print('files:', *(m.__file__ for m in list(sys.modules.values())"
        " if getattr(m, '__file__', None)))"
    )
    command = [sys.executable, "-c", script]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
    files = map(Path, done.stdout.rpartition("files:")[2].split())
    ours = (ROOT / "checker", ROOT / "reference")
    return {path for path in files if any(path.is_relative_to(folder) for folder in ours)}


def has_code(path):
    """Charters and empty files decide nothing."""
    statements = ast.parse(path.read_text(encoding="utf-8")).body
    return any(not isinstance(statement, ast.Expr) for statement in statements)


def dependencies(*modules):
    return set(provenance.sources([*modules, *provenance.operations(BACKPROP)]))


@pytest.mark.parametrize(
    ("code", "modules"),
    [
        (MAKE_CASES, (case_cache.GENERATION,)),
        (GRADE_WRONG, (*version.GRADING, *OF_THE_SCRIPT)),
    ],
    ids=["making cases", "grading a wrong submission"],
)
def test_what_is_really_imported_is_a_dependency(code, modules):
    imported = {path for path in really_imported(code) if has_code(path)}
    assert len(imported) > 30
    missing = imported - dependencies(*modules) - {ROOT / "checker" / "__init__.py"}
    assert not missing


def test_a_change_of_any_dependency_changes_the_key(tmp_path, monkeypatch):
    for part in ("reference", "checker", "assignments"):
        ignored = shutil.ignore_patterns("__pycache__", "*.png")
        shutil.copytree(ROOT / part, tmp_path / part, ignore=ignored)
    monkeypatch.setattr(provenance, "ROOT", tmp_path)
    before = provenance.checksum(BACKPROP, *version.GRADING)
    files = list(provenance.sources([*version.GRADING, *provenance.operations(BACKPROP)]))
    assert len(files) > 80
    for path in files:
        text = path.read_bytes()
        path.write_bytes(text + b"# changed\n")
        assert provenance.checksum(BACKPROP, *version.GRADING) != before, path
        path.write_bytes(text)
    assert provenance.checksum(BACKPROP, *version.GRADING) == before


def test_a_mutant_of_the_assignments_own_changes_the_key(tmp_path, monkeypatch):
    own = tmp_path / "mutants"
    own.mkdir()
    (tmp_path / "assignment.toml").write_text("")
    mine = dataclasses.replace(BACKPROP, folder=tmp_path)
    before = provenance.checksum(mine, case_cache.GENERATION)
    (own / "dense.py").write_text("def f(x): return x\n")
    assert provenance.checksum(mine, case_cache.GENERATION) != before


def test_what_is_unrelated_is_no_dependency():
    names = {path.relative_to(ROOT).as_posix() for path in dependencies(case_cache.GENERATION)}
    assert "checker/cases/generation.py" in names
    assert "checker/library/mutants/linear/dense.py" in names
    assert "checker/library/mutants/optimisers/adam.py" not in names
    assert not any(name.startswith(("checker/reports", "checker/proof")) for name in names)
