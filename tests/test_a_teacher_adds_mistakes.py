"""An assignment may bring mistakes of its own: caught, named and proven there, and only there."""

import dataclasses

import pytest
from click.testing import CliRunner

from checker import assignment, bank, prove
from checker.__main__ import course
from checker.classroom import version
from checker.grading import Submission, grade
from checker.mistakes import LibraryError, library

THRICE = '''
def thrice(x, weight, bias):
    """Everything is three times too large.

    What is the factor for?
    """
    return 3 * (x @ weight + bias)

MISTAKES = (thrice,)
'''
SUBMISSION = b"def dense(x, weight, bias): return 3 * (x @ weight + bias)"


@pytest.fixture
def course_of_one(tmp_path, monkeypatch):
    """An assignment with one task, in a folder of its own."""
    folder = tmp_path / "01_own"
    (folder / "mistakes").mkdir(parents=True)
    (folder / "task.md").write_text("# Own\n")
    (folder / "assignment.toml").write_text(
        'title = "Own"\n\n[[task]]\nfunction = "dense"\noperation = "dense"\n'
        'asks = "forward"\npoints = 1\n'
    )
    (folder / "mistakes" / "dense.py").write_text(THRICE)
    monkeypatch.setattr(assignment, "FOLDER", tmp_path)
    return folder


def test_it_is_caught_named_and_proven(course_of_one):
    own = assignment.find("own")
    (task,) = grade(own, bank.load(own), Submission("x", "x.py", SUBMISSION)).tasks
    assert (task.verdict, task.diagnosis["mistake"]) == ("wrong", "thrice")
    assert task.diagnosis["certainty"] == "certain"
    assert task.diagnosis["hint"] == "What is the factor for?"
    (proof,) = prove.prove(own).tasks
    assert proof.matrix["thrice"]
    assert proof.holds


def test_no_other_assignment_hears_of_it(course_of_one):
    assert "thrice" in [entry.name for entry in library("dense", "forward", course_of_one)]
    assert "thrice" not in [entry.name for entry in library("dense", "forward")]


def test_a_class_is_graded_again_when_it_changes(course_of_one):
    own = assignment.find("own")
    banks = bank.load(own)
    before = version.of(own, banks)
    assert version.of(own, banks) == before
    (course_of_one / "mistakes" / "dense.py").write_text(THRICE.replace("is the", "is that"))
    assert version.of(own, banks) != before


@pytest.mark.parametrize(
    ("filename", "text", "words"),
    [
        ("dense.py", "def thrice(x:\n", "dense.py: SyntaxError: '(' was never closed"),
        ("dense.py", "1 / 0\n", "dense.py: ZeroDivisionError"),
        ("dense.py", "def thrice(x): return x\n", "it has none of MISTAKES, CONVENTIONS, UNSTABLE"),
        ("dense.py", "def f(x): return x\nMISTAKES = (f,)\n", "f has no docstring"),
        ("dens.py", THRICE, "dens.py: no task here is about dens, but about dense."),
    ],
)
def test_a_file_that_cannot_be_used_says_why(course_of_one, filename, text, words):
    (course_of_one / "mistakes" / filename).write_text(text)
    with pytest.raises(LibraryError):
        prove.prove(assignment.find("own"))
    done = CliRunner().invoke(course, ["prove", "own"])
    assert done.exit_code == 2
    assert words in " ".join(done.output.split())


def test_one_that_is_no_mistake_is_no_proof(course_of_one):
    right = THRICE.replace("3 * ", "")
    (course_of_one / "mistakes" / "dense.py").write_text(right)
    proof = prove.prove(assignment.find("own"))
    assert proof.tasks[0].survivors == ["thrice"]
    assert not dataclasses.replace(proof, starter_score=0).holds
