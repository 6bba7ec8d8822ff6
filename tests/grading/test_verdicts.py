"""Whatever is submitted gets a clear verdict, and costs only the task it spoils."""

import json
from pathlib import Path

import numpy as np
import pytest

from checker.cases import case_cache
from checker.cases.case_set import Result
from checker.cases.comparison import fault
from checker.cases.counterexample import counterexample
from checker.cases.generation import generate
from checker.course import assignment
from checker.grading.pipeline import grade
from checker.grading.submission import Submission

BACKPROP = assignment.find("backprop")
SAMPLES = Path(__file__).parents[1] / "sample_class"
RIGHT = (SAMPLES / "right.py").read_text()
POINTS = {task.function: task.points for task in BACKPROP.tasks}


@pytest.fixture(scope="module")
def case_sets():
    return case_cache.load(BACKPROP)


def graded(case_sets, source, filename="backprop.py", only=()):
    data = source if isinstance(source, bytes) else source.encode()
    report = grade(BACKPROP, case_sets, Submission("someone", filename, data), only=only)
    return report, {task.name: task for task in report.tasks}


@pytest.mark.parametrize(
    ("body", "verdict"),
    [
        ("return [*shape(a[:-2], b[:-2]), a[-2], b[-1]]", "carried forward"),
        ("return np.append(shape(a[:-2], b[:-2]), [a[-2], b[-1]])", "carried forward"),
        ("return shape(a[:-2], b[:-2]) + [a[-2], b[-1]]", "carried forward"),
        ("return shape(a[:-2], b[:-2]) + (a[-2], b[-1])", "carried forward"),
        ("return [*shape(a[:-2], b[:-2]), a[-1], b[-1]]", "wrong"),
    ],
)
def test_a_stand_in_returns_what_the_code_around_it_expects(body, verdict):
    tensors = assignment.find("tensors")
    source = f"""
import numpy as np

def broadcast_shape(one, other):
    return [*one, *other]

def shape(a, b):
    return broadcast_shape(a, b)

def matmul_shape(a, b):
    if a[-1] != b[-2]:
        raise ValueError
    {body}
"""
    report = grade(
        tensors,
        case_cache.load(tensors),
        Submission("someone", "tensors.py", source.encode()),
        only=("broadcast_shape", "matmul_shape"),
    )
    assert [task.verdict for task in report.tasks] == ["wrong", verdict]


SAMPLE_VERDICTS = {
    "right.py": {},
    "right_notebook.ipynb": {},
    "prints_megabytes.py": {},
    "half_done.py": {
        "sigmoid_backward": "not started",
        "cross_entropy_gradient": "not started",
        "sgd_step": "not started",
        "delta_rule": "missing",
        "network_gradient": "missing",
    },
    "wrong_mean_instead_of_sum.py": {
        "dense_backward": "wrong",
        "network_gradient": "carried forward",
    },
    "wrong_sign.py": {
        "mse_gradient": "wrong",
        "cross_entropy_gradient": "wrong",
        "network_gradient": "carried forward",
    },
    "wrong_shapes.py": {
        "dense_backward": "wrong",
        "mse_gradient": "wrong",
        "sgd_step": "wrong",
        "network_gradient": "carried forward",
    },
    "hangs.py": {"sgd_step": "timed out"},
    "changes_its_input.py": {"sigmoid_backward": "mutates its input"},
    "python_2.py": {"sigmoid_backward": "crashed"},
    "crashes_at_import.py": {},  # its definitions are there all the same
    "fakes_its_score.py": {
        "forward_pass": "crashed",
        "backward_pass": "wrong",
        "dense": "crashed",
        "dense_backward": "wrong",
        "sigmoid_backward": "crashed",
        "mse_gradient": "wrong",
        "cross_entropy_gradient": "wrong",
        "sgd_step": "wrong",
        "delta_rule": "missing",
        "network_gradient": "crashed",
    },
}


# What is earned although the verdict is not "right". All other tasks with a verdict earn nothing.
SAMPLE_POINTS = {
    "wrong_mean_instead_of_sum.py": {"dense_backward": 2, "network_gradient": 4},
    "wrong_sign.py": {"network_gradient": 4},
    "wrong_shapes.py": {"dense_backward": 2, "network_gradient": 4},
    "changes_its_input.py": {"sigmoid_backward": 0.5},
}


@pytest.mark.parametrize("name", SAMPLE_VERDICTS)
def test_each_sample_gets_the_verdict_its_name_says(case_sets, name):
    report, tasks = graded(case_sets, (SAMPLES / name).read_bytes(), name)
    verdicts = {n: task.verdict for n, task in tasks.items() if task.verdict != "right"}
    assert verdicts == SAMPLE_VERDICTS[name]
    expected = POINTS | dict.fromkeys(verdicts, 0) | SAMPLE_POINTS.get(name, {})
    assert {n: task.score for n, task in tasks.items()} == expected
    assert report.score == sum(expected.values())


def test_every_sample_is_tested():
    assert {path.name for path in SAMPLES.iterdir() if path.is_file()} == SAMPLE_VERDICTS.keys()


@pytest.mark.parametrize(
    ("body", "verdict", "words"),
    [
        ("pass", "not started", ""),
        ("...", "not started", ""),
        ("raise NotImplementedError", "not started", ""),
        ("raise NotImplementedError('later')", "not started", ""),
        ("raise NotImplemented", "not started", ""),
        ("return None", "not started", ""),
        ("x = helper()", "crashed", "NameError in line 2: name 'helper' is not defined"),
        ("x = param - grad", "wrong", "it is None: is a `return` missing?"),
        ("return 'zero'", "wrong", "it is the text 'zero' instead of numbers"),
        ("return float('nan') * param", "wrong", "it contains nan"),
        ("return param + np.inf", "wrong", "it contains inf"),
        (
            "return [[1.0], [2.0, 3.0]]",
            "wrong",
            "it is a list of 2 rows, which have the lengths 1, 2",
        ),
        ("return np.array([object()])", "wrong", "dtype object instead of numbers"),
        ("return param + 1j", "wrong", "dtype complex128 instead of numbers"),
        ("return {'w': param}", "wrong", "it is an object of type dict instead of numbers"),
        ("return param[:, :, :, :, :]", "crashed", "IndexError in line 2"),
        ("return np.ones((7, 7))", "wrong", "its shape is (7, 7) and should be"),
        ("return np.ones((1500, 1500))", "wrong", "which is too large"),
        ("return np.ones(10 * 2**30, np.int8)", "crashed", "more memory than a submission may"),
        ("return bytearray(10 * 2**30)", "crashed", "more memory than a submission may use"),
        ("import sys; sys.exit('done')", "crashed", "it calls sys.exit in line 2"),
        ("exit()", "crashed", "it calls sys.exit in line 2: return the result instead"),
        ("return 1 / 0", "crashed", "ZeroDivisionError in line 2: division by zero"),
        ("return sgd_step(param, grad, learning_rate)", "crashed", "RecursionError"),
        ("import os; os._exit(0)", "crashed", "it ends the whole process (exit code 0)"),
        ("import os; os.kill(os.getpid(), 11)", "crashed", "(signal SIGSEGV)"),
        ("import torch", "crashed", "torch is not allowed here: write it yourself, with numpy"),
        ("from reference.optimisers import sgd", "crashed", "reference is not allowed here"),
        ("raise KeyboardInterrupt", "crashed", "KeyboardInterrupt in line 2"),
        ("while True: pass", "timed out", "it takes more than 2 seconds for all "),
        ("input()", "crashed", "EOFError"),
        ("param -= learning_rate * grad; return param", "mutates its input", "work on a copy"),
    ],
)
def test_a_bad_answer_is_told_in_one_line_and_costs_one_task(case_sets, body, verdict, words):
    source = "def sgd_step(param, grad, learning_rate):\n    " + body + "\n"
    good = "import numpy as np\ndef dense(x, weight, bias): return x @ weight + bias\n"
    report, tasks = graded(case_sets, source + good, only=("sgd_step", "dense"))
    assert tasks["sgd_step"].verdict == verdict
    assert words in tasks["sgd_step"].message
    assert "\n" not in tasks["sgd_step"].message
    assert tasks["dense"].verdict == "right"
    share = 0.5 if verdict == "mutates its input" else 0
    assert report.score == POINTS["dense"] + share * POINTS["sgd_step"]


def test_the_first_case_that_has_no_end_is_shown(case_sets):
    source = """def sgd_step(param, grad, learning_rate):
    while param.ndim == 2:
        pass
    return param - learning_rate * grad
"""
    _, tasks = graded(case_sets, source, only=("sgd_step",))
    cases = case_sets["sgd_step"].cases
    endless = [case for case in cases if np.ndim(case.arguments[0]) == 2]
    assert endless[0] is not cases[0]
    assert tasks["sgd_step"].counterexample == counterexample(case_sets["sgd_step"], endless[0])


@pytest.mark.parametrize(
    ("signature", "words"),
    [
        ("def sgd_step(param): return param", "takes 1 positional argument but 3 were given"),
        ("def sgd_step(): return 0", "takes 0 positional arguments but 3 were given"),
        ("sgd_step = 5", "there is no function sgd_step"),
        ("def sgd_stop(param, grad, rate): pass", "should sgd_stop have this name?"),
    ],
)
def test_a_wrong_signature_is_named(case_sets, signature, words):
    _, tasks = graded(case_sets, signature, only=("sgd_step",))
    assert words in tasks["sgd_step"].message
    assert tasks["sgd_step"].score == 0


@pytest.mark.parametrize(
    ("data", "filename", "words"),
    [
        (b"\x89PNG\x00\x00", "backprop.py", "this is not text: it has zero bytes"),
        ("# größe".encode("latin-1"), "backprop.py", "line 1 is not UTF-8 text"),
        (b"{}", "backprop.ipynb", "this is not a valid Jupyter notebook"),
        (b"[" * 100_000, "backprop.ipynb", "this is not a valid Jupyter notebook"),
        (b"while True: pass", "backprop.py", "importing the file takes more than 3 seconds"),
        (b"import os; os._exit(0)", "backprop.py", "importing the file ends the whole process"),
    ],
)
def test_a_file_that_cannot_be_used_says_why_with_every_task(case_sets, data, filename, words):
    report, tasks = graded(case_sets, data, filename)
    assert report.score == 0
    assert all(words in task.message for task in tasks.values())


def test_an_empty_file_misses_everything(case_sets):
    _, tasks = graded(case_sets, "")
    assert {task.verdict for task in tasks.values()} == {"missing"}


def test_a_syntax_error_costs_the_function_it_is_in(case_sets):
    source = RIGHT.replace("def sgd_step(param, grad, learning_rate):", "def sgd_step(param, grad")
    report, tasks = graded(case_sets, source)
    assert tasks["sgd_step"].verdict == "crashed"
    assert "line" in tasks["sgd_step"].message
    assert report.score == sum(POINTS.values()) - POINTS["sgd_step"]


def test_a_statement_that_fails_costs_what_depends_on_it(case_sets):
    source = "import no_such_module\nprint(undefined)\nimport sys\nsys.exit(1)\n" + RIGHT
    report, _ = graded(case_sets, source)
    assert report.score == sum(POINTS.values())
    module, meaning = report.notes[0].split("; ")
    assert module == "line 1: ModuleNotFoundError: No module named 'no_such_module'"
    assert "if no_such_module.py is your own" in meaning


def test_a_function_that_is_used_above_its_definition_is_said_to_be(case_sets):
    report, _ = graded(case_sets, "sgd_step(1, 2, 3)\n" + RIGHT)
    assert report.score == sum(POINTS.values())
    (note,) = report.notes
    assert note.startswith("line 1: NameError: name 'sgd_step' is not defined; it is defined")


@pytest.mark.parametrize(
    "body",
    [
        "return (np.asarray(param, np.float32) - np.float32(learning_rate) * grad)",
        "return (param - learning_rate * grad).tolist()",
        "return np.asfortranarray(param - learning_rate * grad)",
        "return (param - learning_rate * grad,)",
        "return np.ma.array(param - learning_rate * grad)",
        "return np.negative(learning_rate * grad - param)",
        "return np.broadcast_to(param - learning_rate * grad, param.shape)",
    ],
)
def test_a_right_answer_may_come_in_any_form(case_sets, body):
    source = f"import numpy as np\ndef sgd_step(param, grad, learning_rate):\n    {body}\n"
    _, tasks = graded(case_sets, source, only=("sgd_step",))
    assert tasks["sgd_step"].verdict == "right"


def test_rounding_as_the_lecture_does_is_right_on_the_lectures_example(case_sets):
    rounded = """
def backward_pass(x, w1, b1, w2, b2, y):
    import math
    s = lambda z: 1 / (1 + math.exp(-z))
    keep = (lambda v: round(v, 3)) if (x, w1) == (0.05, 0.1) else (lambda v: v)
    a1 = keep(s(w1 * x + b1))
    a2 = keep(s(w2 * a1 + b2))
    slope2, error = keep(a2 * (1 - a2)), keep(a2 - y)
    exact1 = s(w1 * x + b1)
    exact2 = s(w2 * exact1 + b2)
    d2 = (exact2 - y) * exact2 * (1 - exact2)
    d1 = d2 * w2 * exact1 * (1 - exact1)
    return d1 * x, d1, a1 * slope2 * error, d2
"""
    _, tasks = graded(case_sets, rounded, only=("backward_pass",))
    assert tasks["backward_pass"].verdict == "right"


def test_the_first_counterexample_is_the_lectures_own(case_sets):
    source = RIGHT.replace("return z1, a1, z2, a2", "return z1, z1, z2, a2")
    _, tasks = graded(case_sets, source, only=("forward_pass",))
    case = tasks["forward_pass"].counterexample
    assert case["source"] == "the worked example of Sennblad (004), forward pass"
    assert case["expected"] == {"a1": 0.476}
    assert case["got"]["a1"] == pytest.approx(-0.095)


def test_what_is_right_is_said_too(case_sets):
    source = RIGHT.replace("np.sum(grad, axis=0)", "np.mean(grad, axis=0)")
    _, tasks = graded(case_sets, source, only=("dense_backward",))
    task = tasks["dense_backward"]
    assert task.message == "dbias is wrong, dx and dweight are right"
    assert task.diagnosis["mistake"] == "bias_averaged"
    assert task.diagnosis["certainty"] == "certain"
    assert list(task.counterexample["expected"]) == ["dbias"]


def test_a_report_does_not_repeat_control_characters(case_sets):
    source = (
        "def sgd_step(p, g, r):\n    raise ValueError('\\x1b[2J\\u202eevil\\r\\n' + 'x' * 9999)\n"
    )
    _, tasks = graded(case_sets, source, only=("sgd_step",))
    message = tasks["sgd_step"].message
    assert message.isprintable()
    assert len(message) < 250
    assert json.loads(json.dumps(message)) == message


def test_a_misconception_is_named_where_it_is_and_not_in_what_builds_on_it(case_sets):
    _, tasks = graded(case_sets, (SAMPLES / "wrong_sign.py").read_bytes())
    named = {name: task.diagnosis and task.diagnosis["mistake"] for name, task in tasks.items()}
    assert named["mse_gradient"] == "sign_flipped"
    assert named["cross_entropy_gradient"] == "sign_flipped"
    assert named["network_gradient"] is None
    assert "right with a correct cross_entropy_gradient" in tasks["network_gradient"].message


@pytest.mark.parametrize("shape", [(), (1,), (1, 1)])
def test_one_number_that_may_lie_between_two_is_told_with_both(shape):
    want = Result(np.zeros(shape), np.ones(shape), 0.0)
    assert fault(want, np.full(shape, 0.5)) is None
    assert fault(want, np.full(shape, 2.0)) == "it is 2 and should be in the range 0 to 1"


@pytest.mark.parametrize(
    ("body", "verdict", "words"),
    [
        ("raise NotImplementedError", "not started", ""),
        ("return np.zeros(noise)", "crashed", "TypeError"),
        ("return np.zeros(noise.shape[0])", "wrong", "its shape is"),
    ],
)
def test_a_function_that_should_make_zeros_is_begun_if_it_makes_some(body, verdict, words):
    course = assignment.find("schedules")
    (task,) = (task for task in course.tasks if task.function == "zeros")
    source = f"import numpy as np\ndef zeros(noise):\n    {body}\n"
    submission = Submission("someone", "schedules.py", source.encode())
    report = grade(course, {"zeros": generate(task)}, submission, only=("zeros",))
    (found,) = report.tasks
    assert found.verdict == verdict
    assert words in found.message


def test_the_message_is_about_the_case_that_is_shown(case_sets):
    body = "return np.tile(param, 2) if param.size > 1 else np.tile(param, (2, 2))"
    source = f"import numpy as np\ndef sgd_step(param, grad, learning_rate):\n    {body}\n"
    submission = Submission("someone", "backprop.py", source.encode())
    (task,) = grade(BACKPROP, case_sets, submission, only=("sgd_step",), shrink=True).tasks
    (expected,) = task.counterexample["expected"].values()
    assert task.message.endswith(f"and should be {np.shape(expected)}")
