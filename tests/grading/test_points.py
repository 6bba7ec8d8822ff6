"""Each result earns its share, what is right in another form earns some, and no sum needs trust."""

import dataclasses
from pathlib import Path

import pytest

from checker.cases import case_cache
from checker.course import assignment
from checker.grading.pipeline import grade
from checker.grading.submission import Submission
from checker.reports import terminal

BACKPROP = assignment.find("backprop")
RIGHT = (Path(__file__).parents[1] / "sample_class" / "right.py").read_text()

GRADIENTS = "dx, dweight, dbias = grad @ weight.T, x.T @ grad, grad.sum(axis=0)"
STEP = "moved = param - learning_rate * grad"


@pytest.fixture(scope="module")
def case_sets():
    return case_cache.load(BACKPROP)


def graded(case_sets, source, *only, **settings):
    tasks = tuple(
        dataclasses.replace(task, **(settings if task.function == only[0] else {}))
        for task in BACKPROP.tasks
    )
    changed = dataclasses.replace(BACKPROP, tasks=tasks)
    submission = Submission("someone", "backprop.py", f"import numpy as np\n{source}".encode())
    report = grade(changed, case_sets, submission, only=only)
    return {task.name: task for task in report.tasks}


def backward(case_sets, given_back, **settings):
    source = (
        f"def dense_backward(grad, x, weight, bias):\n    {GRADIENTS}\n    return {given_back}\n"
    )
    return graded(case_sets, source, "dense_backward", **settings)["dense_backward"]


def step(case_sets, given_back, **settings):
    source = f"def sgd_step(param, grad, learning_rate):\n    {STEP}\n    return {given_back}\n"
    return graded(case_sets, source, "sgd_step", **settings)["sgd_step"]


@pytest.mark.parametrize(
    ("given_back", "settings", "verdict", "score", "reason"),
    [
        ("dx, dweight, -dbias", {}, "wrong", 2, "2 of 3 results"),
        ("dx, -dweight, -dbias", {}, "wrong", 1, "1 of 3 results"),
        ("-dx, -dweight, -dbias", {}, "wrong", 0, ""),
        ("dx, dweight, -dbias", {"credit": "all"}, "wrong", 0, ""),
        ("dx, dweight, -dbias", {"points": 1}, "wrong", 0.67, "2 of 3 results"),
        (
            "dx, dweight, dbias[None]",
            {},
            "other shape",
            2.5,
            "2.5 of 3 results (0.5 each: other shape)",
        ),
        ("dx, dweight, dbias[None]", {"credit": "all"}, "other shape", 1.5, "0.5 of the points"),
        ("dx, dweight, dbias[None]", {"other_shape": 1}, "other shape", 3, ""),
        ("-dx, dweight, dbias[None]", {}, "wrong", 1.5, "1.5 of 3 results (0.5 each: other shape)"),
        ("dx, dweight", {}, "wrong", 2, "2 of 3 results"),
        ("dx", {}, "wrong", 1, "1 of 3 results"),
        (
            "dx, dweight, dbias, x",
            {},
            "other shape",
            1.5,
            "1.5 of 3 results (0.5 each: other shape)",
        ),
    ],
)
def test_each_result_earns_its_share(case_sets, given_back, settings, verdict, score, reason):
    task = backward(case_sets, given_back, **settings)
    assert (task.verdict, task.score, task.reason) == (verdict, score, reason)


def test_what_writes_into_its_input_earns_half_of_what_is_right(case_sets):
    source = f"def dense_backward(grad, x, weight, bias):\n    {GRADIENTS}\n    x *= 2\n    return "
    for given_back, verdict, score in [
        ("dx, dweight, dbias", "mutates its input", 1.5),
        ("dx, dweight, -dbias", "wrong", 1),
    ]:
        task = graded(case_sets, source + given_back, "dense_backward")["dense_backward"]
        assert (task.verdict, task.score) == (verdict, score)


@pytest.mark.parametrize(
    ("given_back", "verdict", "words"),
    [
        ("moved[None]", "other shape", "and should be"),
        ("moved, grad", "other shape", "two values came back, and one is asked; the first is"),
        ("moved, {}", "other shape", "two values came back, and one is asked; the first is right"),
        ("grad, moved", "wrong", "two values came back, and one is asked; the second is right"),
        ("np.float16(moved)", "wrong", "rounded to three digits, as float16 does: use float64"),
    ],
)
def test_a_single_result_in_another_form_is_told_with_the_fix(
    case_sets, given_back, verdict, words
):
    task = step(case_sets, given_back)
    assert task.verdict == verdict
    assert words in task.message
    assert task.score == (0.5 if verdict == "other shape" else 0)


@pytest.mark.parametrize(
    ("given_back", "words"),
    [
        ("dx", "three results are asked: dx, dweight, dbias; yours returns one array; dx is right"),
        ("None if x.size else 0", "dx, dweight, dbias; yours returns None: is a `return` missing?"),
        ("{'dx': dx}", "dweight, dbias; yours returns an object of type dict"),
        ("()", "three results are asked: dx, dweight, dbias; yours returns no results"),
        ("dx, dweight, dbias, x", "yours returns four; the first three are right: leave out the"),
        ("x, dx, dweight, dbias", "yours returns four; the last three are right: leave out the"),
        ("dx, dweight, dbias[None]", "dbias: the values are right, but the shape is"),
    ],
)
def test_a_wrong_number_of_results_is_said_once(case_sets, given_back, words):
    task = backward(case_sets, given_back)
    assert words in task.message
    assert task.message.count("results are asked") <= 1
    assert "does not explain" not in str(task.diagnosis)  # their number does


@pytest.mark.parametrize(
    ("returned", "words"),
    [
        ("np.sum", "it is a function (round brackets behind its name call it) instead"),
        ("np.array(None)", "it is an array that holds None instead of numbers"),
        ("[None, 1.0]", "it is an array with None in it instead of numbers"),
    ],
)
def test_what_is_no_number_is_said_in_words(case_sets, returned, words):
    body = f"param = param + grad\n    return {returned}\n"
    source = f"def sgd_step(param, grad, learning_rate):\n    {body}"
    assert words in graded(case_sets, source, "sgd_step")["sgd_step"].message


def test_an_entry_that_is_right_by_chance_is_not_recommended():
    losses = assignment.find("losses")
    source = b"import numpy as np\ndef sse(prediction, target):\n"
    source += b"    return np.sum((prediction - target) ** 2, axis=0)\n"
    submission = Submission("someone", "losses.py", source)
    report = grade(losses, case_cache.load(losses), submission, only=("sse",), shrink=True)
    assert "return it alone" not in report.tasks[0].message


def test_a_refused_convention_is_not_called_right(case_sets):
    source = """
def mse_gradient(prediction, target):
    return (prediction - target) / prediction.size
"""
    for conventions, said in (
        ("accept", "right, but by another"),
        ("refuse", "it follows another"),
    ):
        task = graded(case_sets, source, "mse_gradient", conventions=conventions)["mse_gradient"]
        assert task.verdict == "other convention"
        assert said in task.message
        assert bool(task.score) == (conventions == "accept")


@pytest.mark.parametrize(
    "given_back",
    [
        "moved.astype(np.longdouble)",
        "np.float32(moved)",
        "np.vectorize(__import__('fractions').Fraction, otypes=[object])(moved)",
        "moved.astype(complex)",
        "(row for row in moved) if moved.ndim else moved",
        "[iter(row) for row in moved] if moved.ndim > 1 and moved.size else moved",
        "tuple(moved) if moved.ndim and moved.size else moved",
        "np.subtract(param, learning_rate * grad, out=np.empty(np.shape(param), moved.dtype))",
        "np.matrix(moved) if moved.ndim == 2 else moved",
    ],
)
def test_right_values_are_right_in_any_type(case_sets, given_back):
    task = step(case_sets, given_back)
    assert (task.verdict, task.score) == ("right", task.max_score)


@pytest.mark.parametrize(
    "body",
    [
        "dx = None\n    return dx",
        "n, d = param.shape\n    moved = np.zeros((n, d))\n    for i in range(n):\n        pass\n"
        "    return moved",
        "moved = np.zeros_like(param)\n    return moved",
        "return 0 * param",
        "return 0.0",
        "return NotImplemented",
        "return NotImplementedError()",
        "todo()",
        "return todo()",
        "class Later(NotImplementedError): pass\n    raise Later",
        "print('later')",
        "if param.size:\n        return None\n    return 0",
    ],
)
def test_what_computes_nothing_is_not_started_and_gets_no_diagnosis(case_sets, body):
    todo = "def todo(): raise NotImplementedError\n"
    source = f"{todo}def sgd_step(param, grad, learning_rate):\n    {body}\n"
    task = graded(case_sets, source, "sgd_step")["sgd_step"]
    assert (task.verdict, task.diagnosis, task.score) == ("not started", None, 0)


def test_a_choice_between_two_constants_has_been_started(case_sets):
    source = """
def sgd_step(param, grad, learning_rate):
    if param > 0:
        return 1
    return 0
"""
    task = graded(case_sets, source, "sgd_step")["sgd_step"]
    assert task.verdict != "not started"


def test_what_is_unfinished_in_some_cases_only_has_been_started(case_sets):
    source = f"""
def sgd_step(param, grad, learning_rate):
    if param.size > 3: raise NotImplementedError
    {STEP}
    return moved
"""
    task = graded(case_sets, source, "sgd_step")["sgd_step"]
    assert task.verdict == "crashed"
    assert task.message == "it raises NotImplementedError in line 4"


@pytest.mark.parametrize("body", ["raise NotImplementedError", "return None", "return 0, 0, 0"])
def test_what_calls_an_unstarted_function_says_so(case_sets, body):
    own = RIGHT + f"\ndef dense_backward(grad, x, weight, bias): {body}\n"
    tasks = graded(case_sets, own, "network_gradient", "dense_backward")
    assert tasks["dense_backward"].verdict == "not started"
    network = tasks["network_gradient"]
    assert network.verdict in ("wrong", "crashed")
    assert network.score == 0
    assert network.diagnosis is None
    assert network.message == (
        "it calls dense_backward, which is not started; it is right with a correct dense_backward"
    )


def test_what_calls_a_missing_function_says_so(case_sets):
    own = RIGHT + "\ndel dense_backward\n"
    tasks = graded(case_sets, own, "network_gradient", "dense_backward")
    assert "it calls dense_backward, which is missing" in tasks["network_gradient"].message


def test_the_points_that_are_shown_add_up_to_the_sum_that_is_shown(case_sets):
    source = RIGHT.replace("np.sum(grad, axis=0)", "-np.sum(grad, axis=0)")
    submission = Submission("someone", "backprop.py", source.encode())
    odd = tuple(dataclasses.replace(task, points=0.7) for task in BACKPROP.tasks)
    report = grade(dataclasses.replace(BACKPROP, tasks=odd), case_sets, submission)
    assert report.score < report.max_score
    rows = [row.split() for row in terminal.rows(report)]
    shown = [float(row[row.index("/") - 1]) for row in rows]
    assert round(sum(shown), 2) == report.score
    assert any("wrong: 2 of 3 results" in row for row in terminal.rows(report))


def test_what_only_hands_its_question_on_to_a_wrong_function_is_as_wrong():
    tensors = assignment.find("tensors")
    source = b"def add(a, b): return a - b\ndef add_by_loops(a, b): return add(a, b)\n"
    only = ("add", "add_by_loops")
    report = grade(
        tensors, case_cache.load(tensors), Submission("someone", "t.py", source), only=only
    )
    assert [(task.verdict, task.score) for task in report.tasks] == [("wrong", 0), ("wrong", 0)]
