"""An exception is explained in a beginner's words, by its meaning and not by its wording alone."""

import math

import numpy as np
import pytest

from checker.cases.crash_words import explained

A, B = np.ones((2, 3)), np.ones((4, 5))


def unpack_two(values):
    first, second = values
    return first, second


def cut(values):
    values = values.astype(int)
    values += 0.5


def used_too_early(at_last=False):
    if at_last:
        later = 1
    return later


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: A @ B, "the last axis of the left one has length 3"),
        (lambda: A @ B, "that it meets has length 4"),
        (lambda: np.dot(A, B), "the left one has length 3, and the axis of the right one that it"),
        (
            lambda: A @ np.ones(4),
            "length 3, and the axis of the right one that it meets has length 4",
        ),
        (lambda: __import__("my_helper"), "if my_helper.py is your own, put it beside"),
        (lambda: 2.0 @ A, "use * for it"),
        (lambda: A + B, "their last axes have the lengths 3 and 5"),
        (lambda: A + np.ones((4, 3)), "their second last axes have the lengths 2 and 4"),
        (lambda: np.ones((5, 1, 2)) + np.ones((6, 1, 2)), "number 3 from the right"),
        (
            lambda: A.__setitem__(0, np.ones(4)),
            "shape (4,) does not fit into a place of shape (3,)",
        ),
        (lambda: bool(A), "np.where"),
        (lambda: max(A, -A), "np.maximum or np.minimum instead of max or min"),
        (lambda: np.max(A, -A), "np.maximum or np.minimum instead of np.max or np.min"),
        (lambda: A[5], "axis 0 has 2 entries, with the numbers 0 to 1"),
        (lambda: A[:1][1], "axis 0 has a single entry, with the number 0"),
        (lambda: A.sum(axis=[0, 1]), "round brackets, as in axis=(0, 2)"),
        (lambda: A.index(1.0), "np.argmin and np.argmax give the place"),
        (lambda: A[:1].__iadd__(np.ones((2, 3))), "what is added has a larger one"),
        (lambda: np.linalg.inv(A), "as many rows as columns"),
        (lambda: -(A > 0), "~ makes the opposite"),
        (lambda: np.random.default_rng(0).shuffle([1])[0], "such as shuffle, sort and append"),
        (lambda: exec("random.random()"), "the file needs the line: import random"),
        (lambda: np.loadtxt("no_such_file"), "belongs into another file, which imports this one"),
        (lambda: np.ones((0, 3))[0], "axis 0 has no entries at all"),
        (lambda: [1, 2][2], "the list is shorter: its entries are counted from 0"),
        (lambda: (1, 2)[2], "the tuple is shorter: its entries are counted from 0"),
        (lambda: list("ab")["a"], "the entries of a list have numbers"),
        (lambda: list("ab")[1.0], "use // instead of /"),
        (lambda: np.float64(3)[0], "one single number: no [ ] can follow it"),
        (lambda: np.max(np.float64(2), np.float64(3)), "take their second argument for an axis"),
        (lambda: np.hstack([A, np.ones(2)]), "x[:, None] makes a column"),
        (lambda: np.einsum("bij->bji", A), "each letter stands for one axis"),
        (lambda: A.T(), "T, shape, size and ndim take no brackets"),
        (lambda: eval("np.ones(2)", {}), "import numpy as np"),
        (lambda: A[1, 2, 3], "the array has 2 axes, and 3 indices"),
        (lambda: A.sum(axis=2), "it has 2 axes, with the numbers 0 to 1"),
        (lambda: np.sum(np.float64(3), axis=1), "a single number, which has no axes"),
        (lambda: A.reshape(4, 2), "must give this number"),
        (lambda: math.exp(A), "use those of numpy"),
        (lambda: [1, 2][A], "where one whole number belongs"),
        (lambda: range(2.0), "use // instead of /"),
        (lambda: np.zeros(2.0), "use // instead of /"),
        (lambda: np.zeros(A), "np.zeros takes x.shape, not x"),
        (lambda: range(math.inf), "Infinity is no whole number: compare with it"),
        (lambda: int(math.inf), "infinity is no whole number: compare with it"),
        (lambda: A[1.0], "use // instead of /"),
        (lambda: np.concatenate([A, B]), "in axis 1 they have the lengths 3 and 5"),
        (lambda: np.stack([A, B]), "different shapes"),
        (lambda: np.array([[1, 2], [3]]), "rows of equal length"),
        (lambda: None * A, "may lack its `return`"),
        (lambda: unpack_two(None), "may lack its `return`"),
        (lambda: A(1), "use [ ] to index it"),
        (lambda: unpack_two(), "needs 'values' too"),
        (lambda: unpack_two(1, 2), "is defined with 1 argument and called with 2"),
        (lambda: unpack_two([1, 2, 3]), "2 names stand on the left"),
        (lambda: unpack_two(1), "one single value stands on the right"),
        (lambda: cut(A), "make it with dtype=float"),
        (lambda: used_too_early(), "later gets its value further down"),
        (lambda: (1, 2).__setitem__(0, 1), ""),
        (lambda: np.linalg.inv(np.zeros((2, 2))), "no inverse"),
        (lambda: 1 / 0, "below the fraction line"),
        (lambda: {}["momentum"], "no entry with this key"),
        (lambda: A ^ -A, "write **"),
        (lambda: 2.0 ^ 3.0, "write **"),
        (lambda: 0.5 * (1.0, 2.0), "make an array of it with np.array"),
        (lambda: [1.0] - [0.5], "make an array of it with np.array"),
        (lambda: (1.0, 2.0) / 2, "make an array of it with np.array"),
        (lambda: [1.0] + 1.0, "make an array of it with np.array"),
        (lambda: [[1.0]].shape, "only an array has it"),
        (lambda: A.append(1.0), "begin with []"),
        (lambda: (A > 0) - (B[:2, :3] > 0), ".astype(float) 1 and 0"),
        (lambda: -(A > 0), ".astype(float) 1 and 0"),
        (lambda: np.concatenate(A, A), "takes one list of arrays"),
        (lambda: abs([1.0]), "make an array of it with np.array"),
        (lambda: [1.0] < 2.0, "make an array of it with np.array"),
        (lambda: range(3) * 2.0, "make an array of it with np.array"),
        (lambda: np.zeros(2, 3), "np.zeros((2, 3))"),
        (lambda: np.random.default_rng(0).randn(3), "standard_normal"),
        (lambda: sum(3), "one single number"),
        (lambda: len(3), "one single number"),
        (lambda: list(np.float64(3)), "one single number"),
        (lambda: list(np.array(3.0)), "one single number"),
        (lambda: len(np.array(3.0)), "one single number"),
        (lambda: max([]), "no entries: was anything put into it?"),
        (lambda: np.max([]), "no entries: was anything put into it?"),
        (lambda: np.split(np.ones(5), 2), "np.array_split"),
        (lambda: np.loadtxt("digits.csv.gz"), "what a function needs are its arguments"),
        (lambda: A & A, "round brackets around each comparison"),
    ],
)
def test_a_crash_is_explained(call, words):
    kind, said = "nothing", "was raised"
    try:
        call()
    except Exception as error:
        kind, said = type(error).__name__, str(error)
    assert kind != "nothing"
    found = explained(kind, said)
    assert words in found
    assert bool(words) == bool(found)
    assert not found.endswith(".")  # the report makes a sentence of it


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("return np.expp(param)", "Did you mean: exp?"),
        ("return parm - grad", "Did you mean: param?"),
        ("return param - sqrd(grad)\ndef squared(x): return x * x", ""),
        ("step = step * grad; return param - step", "not associated with a value; "),
        ("raise NameError('no step')", "no step"),
        ("input()", "input() waits for a keyboard"),
        ("breakpoint()", "breakpoint() waits for a debugger"),
        ("import pdb; pdb.set_trace()\n    return param", "pdb waits for commands"),
    ],
)
def test_a_student_reads_what_to_do(sgd_message, body, words):
    assert words in sgd_message(body)


@pytest.fixture
def sgd_message():
    from checker.cases import case_cache
    from checker.course import assignment
    from checker.grading import pipeline
    from checker.grading.submission import Submission

    course = assignment.find("backprop")

    def message(body):
        text = "import numpy as np\ndef sgd_step(param, grad, learning_rate):\n    " + body
        submission = Submission("a", "a.py", text.encode())
        case_sets = case_cache.load(course)
        report = pipeline.grade(course, case_sets, submission, only=("sgd_step",))
        (task,) = report.tasks
        assert task.verdict == "crashed"
        return task.message

    return message
