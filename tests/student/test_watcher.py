"""A save is graded at once: the functions that it can have changed, and no others."""

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from checker.cases import case_cache
from checker.course import assignment
from checker.grading import intake, pipeline
from checker.sandbox.spawn import spawn
from checker.student.dependence import UnreadableError, reaches
from checker.student.watcher import Watch, saves

SAMPLES = Path(__file__).parents[1] / "sample_class"
BACKPROP = assignment.find("backprop")
RIGHT = (SAMPLES / "right.py").read_text()
FILE = """
import numpy as np
from math import exp
RATE = 0.1
seen = []
def helper(x):
    return exp(x)
def f(x):
    return helper(x) * RATE
def g(x):
    return np.tanh(x)
"""


def changed(before, after, functions=("f", "g")):
    was, now = (reaches(text, {name: (name,) for name in functions}) for text in (before, after))
    return {name for name in functions if was[name].code != now[name].code}


@pytest.mark.parametrize(
    ("old", "new", "functions"),
    [
        ("np.tanh(x)", "np.tanh(2 * x)", {"g"}),
        ("exp(x)", "exp(-x)", {"f"}),
        ("RATE = 0.1", "RATE = 0.2", {"f"}),
        ("import numpy as np", "import numpy as np, math as exp", {"f", "g"}),
        ("from math import exp", "from numpy import exp", {"f"}),
        ("RATE = 0.1", "if True:\n    RATE = 0.1", {"f"}),
        ("seen = []", "seen = [1]", set()),
        ("seen = []", "np.seterr(all='raise')", {"f", "g"}),
        ("seen = []", "from numpy import *", {"f", "g"}),
        ("seen = []", "def reset():\n    global RATE\n    RATE = 3", {"f"}),
        ("return np.tanh(x)", "return  np.tanh( x )  # better", set()),
        ("def g", "def h", {"g"}),
    ],
)
def test_a_change_reaches_whatever_uses_it(old, new, functions):
    assert FILE.replace(old, new, 1) != FILE
    assert changed(FILE, FILE.replace(old, new, 1)) == functions


def test_code_that_looks_names_up_as_text_depends_on_everything():
    text = FILE.replace("np.tanh(x)", "eval('helper')(x)")
    assert changed(text, text.replace("exp(x)", "exp(-x)")) == {"f", "g"}


@pytest.mark.parametrize("text", ["def f(:", "def f(x):\n", "x = (1,\n", "\0", "(" * 1000])
def test_what_is_no_python_says_so(text):
    with pytest.raises(UnreadableError):
        reaches(text, {"f": ("f",)})


@pytest.fixture
def watch(tmp_path):
    """A file, and what is said when it is saved."""
    path = tmp_path / "backprop.py"
    watched = Watch(BACKPROP, path, (), spawn())

    def save(text):
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return watched.look()

    yield save
    watched.close()


def graded(seen):
    return [task.name for task in seen.fresh.tasks]


def test_each_save_comes_to_what_a_whole_grading_says(watch, tmp_path):
    """Mistakes come and go in functions that others call, and in others that they explain."""
    text = RIGHT
    for old, new in [
        ("np.sum(grad, axis=0)", "np.mean(grad, axis=0)"),
        ("def mse_gradient", "\n\ndef mse_gradients"),
        ("return param - ", "return param + undefined * "),
        ("np.mean(grad, axis=0)", "np.sum(grad, axis=0)"),
        ("s = sigmoid(x)", "s = sigmoid(2 * x)"),
        ("import numpy as np", "import numpy as np\n\n"),
    ]:
        assert old in text
        text = text.replace(old, new, 1)
        seen = watch(text)
        whole = pipeline.grade(
            BACKPROP, case_cache.load(BACKPROP), intake.read(tmp_path / "backprop.py"), shrink=True
        )
        assert seen.report == whole, (old, new)


def test_what_is_explained_by_another_function_is_looked_at_again_with_it(watch):
    """A backward that fits the student's own forward no longer does when that is mended."""
    before = """
import numpy as np
def dense(x, weight, bias):
    return np.tanh(x @ weight + bias)
def dense_backward(grad, x, weight, bias):
    up = grad * (1 - np.tanh(x @ weight + bias) ** 2)
    return up @ weight.T, x.T @ up, up.sum(0)
"""
    mistakes = [
        next(task for task in watch(text).report.tasks if task.name == "dense_backward").diagnosis
        for text in (before, before.replace("return np.tanh", "return np.add(0, 1) * "))
    ]
    assert "the right derivative of your dense" in mistakes[0]["misconception"]
    assert mistakes[1] is None


def test_only_what_changed_is_graded_again(watch):
    assert len(graded(watch(RIGHT))) == 10
    seen = watch(RIGHT.replace("2 * (prediction", "3 * (prediction"))
    assert graded(seen) == ["mse_gradient"]
    assert seen.report.score == 19
    seen = watch(RIGHT)
    assert graded(seen) == ["mse_gradient"]
    assert seen.report.score == 20
    assert watch(RIGHT + "# done\n").fresh is None


def test_a_save_is_spoken_of_by_what_it_changed(watch):
    """Not by the first function that is wrong."""
    wrong = RIGHT.replace("np.sum(grad, axis=0)", "np.mean(grad, axis=0)")
    first = watch(wrong)
    assert first.saved == ()
    assert first.words.startswith("Graded 10 functions: 8 right.")
    text = wrong.replace("return param - ", "return param + ")
    seen = watch(text)
    assert seen.saved == ("sgd_step",)
    assert seen.words.startswith("Saved: sgd_step is wrong.")
    assert watch(text + "# tried\n").saved == ("sgd_step",)  # nothing else has changed since
    text = wrong.replace("return param - ", "return 2 * param - ")
    assert watch(text).words.startswith("Saved: sgd_step is still wrong.")
    seen = watch(text.replace("2 * (prediction", "3 * (prediction"))
    assert seen.saved == ("mse_gradient",)
    assert watch(wrong).words.startswith("Saved: mse_gradient is right, sgd_step is right.")


def test_a_file_in_the_middle_of_being_saved_keeps_the_last_report(watch):
    first = watch(RIGHT).report
    for half, words in [
        (b"", "is empty."),
        (b"  \n", "is empty."),
        (RIGHT.partition("b1\n")[0].encode(), "line 11"),
        (b"def f(x:\n", "line 1"),
    ]:
        seen = watch(half)
        assert seen.report == first
        assert seen.fresh is None
        assert words in seen.words
        assert "Waiting for the next save" in seen.words
    assert watch(RIGHT).fresh is None


def test_a_file_that_is_no_text_is_no_reason_to_stop(watch):
    assert watch(b"\xff\xfe\x00").report.score == 0
    assert watch(RIGHT).report.score == 20


def test_a_notebook_is_graded_as_a_whole(tmp_path):
    path = tmp_path / "backprop.ipynb"
    path.write_bytes((SAMPLES / "right_notebook.ipynb").read_bytes())
    watched = Watch(BACKPROP, path, ("dense", "mse_gradient"), spawn())
    try:
        assert len(graded(watched.look())) == 2
        path.write_bytes(path.read_bytes().replace(b"dense", b"danse", 1))
        assert len(graded(watched.look())) == 2
    finally:
        watched.close()


def test_a_save_is_noticed_once_and_so_is_one_that_takes_the_place_of_the_file(tmp_path):
    path = tmp_path / "work.py"
    path.write_text("first")
    found = saves(path)
    next(found)
    path.write_text("second, and longer")
    next(found)
    (tmp_path / "new").write_text("third")
    threading.Timer(0.1, lambda: (tmp_path / "new").replace(path)).start()
    next(found)
    assert path.read_text() == "third"


@pytest.mark.skipif(os.name == "nt", reason="Ctrl-C cannot be sent to one process of Windows alone")
@pytest.mark.parametrize(("name", "code"), [("right", 0), ("half_done", 1)])
def test_the_keyboard_ends_it_without_a_word(tmp_path, name, code):
    (tmp_path / "backprop.py").write_bytes((SAMPLES / f"{name}.py").read_bytes())
    child = subprocess.Popen(
        [sys.executable, "-m", "checker", "backprop", "--watch"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(SAMPLES.parents[1])},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # & in a shell ignores it
    )
    try:
        while "Ctrl-C ends" not in child.stdout.readline().decode():
            assert child.poll() is None
        child.send_signal(signal.SIGINT)
        out, error = child.communicate(timeout=20)
        assert (out.strip(), error, child.returncode) == (b"", b"", code)
    finally:
        child.kill()
        child.wait()
