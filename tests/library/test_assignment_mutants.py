"""An assignment may bring mutants of its own: killed, named and proven there, and only there."""

import dataclasses

import pytest
from click.testing import CliRunner

from checker.audit import prove
from checker.cases import case_cache
from checker.cases.mutants import mutants
from checker.classroom import version
from checker.commands.program import course
from checker.course import assignment
from checker.grading.pipeline import grade
from checker.grading.submission import Submission
from checker.library.mutants import LibraryError

THRICE = '''
def thrice(x, weight, bias):
    """Everything is three times too large.

    What is the factor for?
    """
    return 3 * (x @ weight + bias)
'''
SUBMISSION = b"def dense(x, weight, bias): return 3 * (x @ weight + bias)"


@pytest.fixture
def course_of_one(tmp_path, monkeypatch):
    """An assignment with one task, in a folder of its own."""
    folder = tmp_path / "01_own"
    (folder / "mutants").mkdir(parents=True)
    (folder / "task.md").write_text("# Own\n")
    (folder / "assignment.toml").write_text(
        'title = "Own"\n\n[[task]]\nfunction = "dense"\noperation = "dense"\n'
        'asks = "forward"\npoints = 1\n'
    )
    (folder / "mutants" / "dense.py").write_text(THRICE)
    (tmp_path / "course.toml").write_text('title = "C"')
    monkeypatch.setenv("GRADPROOF_COURSE", str(tmp_path))
    return folder


def test_it_is_killed_named_and_proven(course_of_one):
    own = assignment.find("own")
    (task,) = grade(own, case_cache.load(own), Submission("x", "x.py", SUBMISSION)).tasks
    assert (task.verdict, task.diagnosis["mistake"]) == ("wrong", "thrice")
    assert task.diagnosis["certainty"] == "certain"
    assert task.diagnosis["hint"] == "What is the factor for?"
    (proof,) = prove.prove(own).tasks
    assert proof.matrix["thrice"]
    assert proof.holds


def test_no_other_assignment_has_it(course_of_one):
    task = assignment.find("own").tasks[0]
    assert "thrice" in [mutant.name for mutant in mutants(task, course_of_one)]
    assert "thrice" not in [mutant.name for mutant in mutants(task)]


def test_a_class_is_graded_again_when_it_changes(course_of_one):
    own = assignment.find("own")
    case_sets = case_cache.load(own)
    before = version.of(own, case_sets)
    assert version.of(own, case_sets) == before
    (course_of_one / "mutants" / "dense.py").write_text(THRICE.replace("is the", "is that"))
    assert version.of(own, case_sets) != before


@pytest.mark.parametrize(
    ("filename", "text", "words"),
    [
        ("dense.py", "def thrice(x:\n", "dense.py, line 1: SyntaxError: '(' was never closed"),
        ("dense.py", "1 / 0\n", "dense.py, line 1: ZeroDivisionError"),
        ("dense.py", "thrice = 3\n", "it has no public function"),
        ("dense.py", "def f(x): return x\n", "f has no docstring"),
        ("dens.py", THRICE, "dens.py: no task of this assignment asks for dens, only for dense."),
    ],
)
def test_a_file_that_cannot_be_used_says_why(course_of_one, filename, text, words):
    (course_of_one / "mutants" / filename).write_text(text)
    with pytest.raises(LibraryError):
        prove.prove(assignment.find("own"))
    done = CliRunner().invoke(course, ["prove", "own"])
    assert done.exit_code == 2
    assert words in " ".join(done.output.split())


def test_a_mutant_that_is_right_fails_the_proof(course_of_one):
    right = THRICE.replace("3 * ", "")
    (course_of_one / "mutants" / "dense.py").write_text(right)
    proof = prove.prove(assignment.find("own"))
    assert proof.tasks[0].survivors == ["thrice"]
    assert not dataclasses.replace(proof, starter_score=0).holds
