"""What a student is told about a wrong answer, through a submission that really runs."""

import dataclasses
import json
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner
from every_task import SAMPLE, SAMPLE_IDS, evidence_of, task_of

from checker.cases import case_cache
from checker.cases.forms import task_form
from checker.commands.program import course
from checker.course import assignment, code
from checker.diagnosis.stages import diagnose
from checker.grading import carried_forward
from checker.grading.pipeline import grade
from checker.grading.submission import Submission

BACKPROP = assignment.find("backprop")
RIGHT = (Path(__file__).parents[1] / "sample_class" / "right.py").read_text()


@pytest.fixture(scope="module")
def case_sets():
    return case_cache.load(BACKPROP)


def told(case_sets, source, function, shrink=False, **settings):
    """The report on one task of a submission that has everything else right."""
    tasks = tuple(
        dataclasses.replace(t, **settings) if t.function == function else t for t in BACKPROP.tasks
    )
    changed = dataclasses.replace(BACKPROP, tasks=tasks)
    submission = Submission("someone", "backprop.py", (RIGHT + "\n\n" + source).encode())
    return grade(changed, case_sets, submission, only=(function,), shrink=shrink).tasks[0]


BY_EXAMPLES = "def mse_gradient(p, t): return 2 * (p - t) / len(p)"
NEVER_SHIFTED = """
def cross_entropy_gradient(z, y):
    e = np.exp(z)
    p = e / e.sum(1, keepdims=True)
    p[np.arange(len(y)), y] -= 1
    return p / len(y)
"""


def test_another_convention_is_named_and_keeps_its_points(case_sets):
    task = told(case_sets, BY_EXAMPLES, "mse_gradient")
    assert (task.verdict, task.score) == ("other convention", task.max_score)
    assert task.diagnosis["mistake"] == "divided_by_examples"
    assert task.counterexample["expected"]


def test_the_manifest_may_give_other_conventions_no_points(case_sets):
    task = told(case_sets, BY_EXAMPLES, "mse_gradient", conventions="refuse")
    assert (task.verdict, task.score) == ("other convention", 0)


@pytest.mark.parametrize("share", [0.0, 0.5, 1.0])
def test_the_manifest_says_what_an_unstable_answer_costs(case_sets, share):
    task = told(case_sets, NEVER_SHIFTED, "cross_entropy_gradient", unstable=share)
    assert (task.verdict, task.score) == ("unstable", share * task.max_score)
    assert task.diagnosis["mistake"] == "never_shifted"
    assert "right on ordinary inputs" in task.message


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ('conventions = "never"', "conventions must be accept or refuse"),
        ("unstable = 2", "unstable must be a number from 0 to 1"),
        (
            'colour = "red"',
            "'colour' is not a known key: use function, operation, asks, points, arguments",
        ),
    ],
)
def test_a_manifest_says_what_is_wrong_with_it(tmp_path, line, problem):
    text = (BACKPROP.folder / "assignment.toml").read_text()
    (tmp_path / "assignment.toml").write_text(text + line + "\n")
    with pytest.raises(assignment.ManifestError, match=problem):
        assignment.read(tmp_path)


@pytest.mark.parametrize(
    "source",
    [
        "def dense(x, weight, bias): return x @ np.random.normal(size=weight.shape) + bias",
        "calls = []\ndef dense(x, weight, bias):\n    calls.append(1)\n"
        "    return x @ weight + len(calls) * bias",
    ],
)
def test_an_answer_that_changes_is_noticed(case_sets, source):
    task = told(case_sets, source, "dense")
    assert task.diagnosis["mistake"] == "answers_differ"
    assert task.diagnosis["certainty"] == "certain"


def test_a_value_that_an_earlier_call_left_is_noticed(case_sets):
    source = """
def dense(x, weight, bias, before={}):
    old = before.get(x.shape, 0)
    before[x.shape] = 1.0 * (x.shape[1] > 2)
    return x @ weight + bias + old
"""
    task = told(case_sets, source, "dense")
    assert task.diagnosis["mistake"] == "value_kept"
    assert task.diagnosis["certainty"] == "certain"
    assert task.counterexample["calls"] == 2


@pytest.mark.parametrize("returned", ["(*r, 3.0)", "r[:2]", "r[0]", "{'dx': r[0]}"])
def test_another_number_of_results_is_no_other_mistake(case_sets, returned):
    """The message says it all: nothing is wrong with the results themselves."""
    source = f"""
right = dense_backward
def dense_backward(grad, x, weight, bias):
    r = right(grad, x, weight, bias)
    return {returned}
"""
    task = told(case_sets, source, "dense_backward")
    assert task.message.startswith("three results are asked: dx, dweight, dbias; yours returns")
    assert task.diagnosis is None


def test_an_answer_of_another_kind_to_an_upstream_gradient_of_zero_is_no_fault(case_sets):
    source = """
def sigmoid_backward(grad, x):
    return "a text" if grad.any() else np.zeros_like(x)
"""
    task = told(case_sets, source, "sigmoid_backward")
    assert (task.verdict, task.diagnosis) == ("wrong", None)


def test_held_out_cases_are_those_of_the_code_in_use(monkeypatch):
    def found():
        return evidence_of(task_of("sse", "forward"), lambda p, t: 0.0).elsewhere.case_set

    before = found()
    assert found() is before
    monkeypatch.setattr(code, "snapshot", lambda: (Path("another_course"), ()))
    assert found() is not before


def test_a_huge_factor_is_said():
    def dense(x, weight, bias):
        return 1e300 * (x @ weight + bias)

    finding = diagnose(evidence_of(task_of("dense", "forward"), dense))
    assert (
        finding.misconception == "The result is about 1e+300 times the right value in every case."
    )


def test_extreme_inputs_are_called_what_they_are():
    def sigmoid(x):
        return np.where(np.abs(x) > 50, np.nan, 1 / (1 + np.exp(-x)))

    found = evidence_of(task_of("sigmoid", "forward"), sigmoid)
    finding = diagnose(dataclasses.replace(found, mutants=()))
    assert finding.mistake == "extreme_inputs"
    assert finding.misconception.endswith("it fails for numbers around 100.")


def test_a_backward_that_fits_the_students_own_forward_is_said_to(case_sets):
    source = """
def dense(x, weight, bias): return np.tanh(x @ weight + bias)
def dense_backward(grad, x, weight, bias):
    up = grad * (1 - dense(x, weight, bias) ** 2)
    return up @ weight.T, x.T @ up, up.sum(0)
"""
    task = told(case_sets, source, "dense_backward")
    assert task.verdict == "wrong"
    assert task.diagnosis["mistake"] == "derivative_of_another_forward"
    assert "is the right derivative of your dense" in task.diagnosis["misconception"]


def test_a_broken_property_is_quoted(case_sets):
    source = "def dense(x, weight, bias): return x @ weight + bias + 0.1 * x[:1] @ weight"
    task = told(case_sets, source, "dense")
    words = [task.diagnosis["misconception"], *task.diagnosis.get("also", [])]
    assert any("Each example is processed separately" in each for each in words)


def test_a_spoilt_input_is_named(case_sets):
    source = (
        "def sgd_step(param, grad, learning_rate):\n    param -= learning_rate * grad\n"
        "    return param"
    )
    task = told(case_sets, source, "sgd_step")
    assert task.verdict == "mutates its input"
    assert task.diagnosis["mistake"] == "changes_the_input"


def test_a_counterexample_shrinks_to_what_matters(case_sets):
    source = "def dense(x, weight, bias): return x @ weight + bias * (np.abs(x).max() < 2)"
    found = told(case_sets, source, "dense").counterexample
    shrunk = told(case_sets, source, "dense", shrink=True).counterexample
    assert shrunk["inputs"]["weight"] == [[0.0]]
    assert [abs(b) for b in shrunk["inputs"]["bias"]] > [0.0]
    assert shrunk["expected"] != shrunk["got"]
    assert len(str(shrunk["inputs"])) <= len(str(found["inputs"]))


def test_shrinking_keeps_the_domain(case_sets):
    source = "def cross_entropy_gradient(z, y): return z * 0 + (z.shape[1] < 3)"
    case = told(case_sets, source, "cross_entropy_gradient", shrink=True).counterexample["inputs"]
    assert all(0 <= label < len(case["logits"][0]) for label in case["labels"])


def test_shrinking_survives_a_submission_that_hangs_on_small_inputs(case_sets):
    source = (
        "def dense(x, weight, bias):\n    while x.shape == (1, 1) and not x.any(): pass\n"
        "    return x @ weight"
    )
    task = told(case_sets, source, "dense", shrink=True)
    assert task.verdict in ("wrong", "timed out")


def test_the_terminal_shows_cause_case_and_code(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("LINES", raising=False)  # which readline sets where another test uses it
    Path("mine.py").write_text(RIGHT.replace("np.sum(grad, axis=0)", "np.mean(grad, axis=0)"))
    done = CliRunner().invoke(
        course, ["backprop", "mine.py", "--task", "dense_backward", "--session"]
    )
    assert "dbias is wrong, dx and dweight are right." in done.output
    assert "The bias gradient is averaged over the batch; it must be summed." in done.output
    assert "»" in done.output
    code = done.output.partition("Python session:\n\n")[2]
    assert "from mine import dense_backward" in code
    names = {}
    lines = [line.strip() for line in code.splitlines()]
    pasted = [line for line in lines if " = " in line or "numpy" in line]
    exec("\n".join(line for line in pasted if not line.startswith("line ")), names)
    assert names["bias"].ndim == 1


def test_json_and_terminal_can_do_without_shrinking(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("mine.py").write_text(RIGHT.replace("return param - ", "return param + "))
    arguments = ["backprop", "mine.py", "--task", "sgd_step", "--format=json", "--no-shrink"]
    report = json.loads(CliRunner().invoke(course, arguments).stdout)
    assert report["tasks"][0]["diagnosis"]["mistake"] == "climbs"


ODD = [
    np.nan,
    np.inf,
    1e308,
    np.zeros(0),
    np.zeros((0, 3)),
    np.array(True),
    np.array([[True, False]]),
    np.uint8(255),
    np.float16(1),
    np.zeros((1, 1, 1, 1, 1)),
    np.arange(6, dtype=np.int8).reshape(2, 3),
    np.full((2, 3), np.nan),
]


@pytest.mark.parametrize("task", SAMPLE, ids=SAMPLE_IDS)
def test_no_answer_however_odd_stops_the_diagnosis(task):
    """Answers of any shape and type, sometimes the right one, sometimes an exception."""
    form, seed = task_form(task), SAMPLE.index(task) % 4
    rng = np.random.default_rng(seed)

    def odd(*arguments, **settings):
        choice = rng.integers(4)
        if choice == 0:
            raise ValueError("odd")
        if choice == 1:
            return form.reference(*arguments, **settings)
        results = [np.asarray(ODD[rng.integers(len(ODD))]) for _ in form.results]
        if seed == 3:
            results = [np.broadcast_to(r, np.shape(arguments[-1])) for r in results if r.ndim == 0]
        return (results[0], None) if task.asks in ("step", "path") else tuple(results)

    finding = diagnose(evidence_of(task, odd))
    assert finding is None or finding.misconception


MEAN = "def dense_backward(grad, x, weight, bias): return grad @ weight.T, x.T @ grad, grad.mean(0)"


def both(case_sets, source, share=0.0, filename="backprop.py"):
    tasks = tuple(
        dataclasses.replace(t, carried_forward=share) if t.function == "network_gradient" else t
        for t in BACKPROP.tasks
    )
    changed = dataclasses.replace(BACKPROP, tasks=tasks)
    submission = Submission("someone", filename, (RIGHT + "\n\n" + source).encode())
    report = grade(changed, case_sets, submission, only=("dense_backward", "network_gradient"))
    return {task.name: task for task in report.tasks}


@pytest.mark.parametrize("share", [0.0, 1.0])
def test_what_is_wrong_only_by_what_it_calls_is_said_to_be(case_sets, share):
    tasks = both(case_sets, MEAN, share)
    assert "it is right with" not in tasks["dense_backward"].message
    network = tasks["network_gradient"]
    assert network.verdict == "carried forward"
    assert network.message.endswith("it is right with a correct dense_backward")
    assert network.score == share * network.max_score


def test_what_is_wrong_by_itself_is_not_excused(case_sets):
    own = RIGHT[RIGHT.index("def network_gradient") :].replace("hidden * (1 - hidden)", "hidden")
    tasks = both(case_sets, MEAN + "\n\n" + own, 1.0)
    assert (tasks["network_gradient"].verdict, tasks["network_gradient"].score) == ("wrong", 1)
    assert "it is right with" not in tasks["network_gradient"].message


@pytest.mark.parametrize("task", BACKPROP.tasks, ids=lambda task: task.function)
def test_every_task_has_a_variant_that_can_stand_in(case_sets, task):
    submission = carried_forward.repair(Submission("ours", "ours.py", b""), b"", [task])
    (report,) = grade(BACKPROP, case_sets, submission, only=(task.function,)).tasks
    assert report.verdict == "right"


def test_what_always_raises_is_not_called_right_for_ordinary_inputs():
    def failing(x, weight, bias):
        raise ImportError("not here")

    finding = diagnose(evidence_of(task_of("dense", "forward"), failing))
    assert finding is None or finding.mistake != "extreme_inputs"
