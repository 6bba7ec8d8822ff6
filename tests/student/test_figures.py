"""A picture shows the student's answers, computed where they are graded, over the right ones."""

from pathlib import Path

import matplotlib.image
import numpy as np
import pytest
from click.testing import CliRunner

from checker.cases import case_cache, generation
from checker.cases.forms import configured, task_form
from checker.commands.program import course
from checker.course import assignment
from checker.course.assignment import Assignment, Task
from checker.grading.submission import Submission
from checker.student.calls import CannotCallError, asking
from checker.student.figures import border, picture

SAMPLES = Path(__file__).parents[1] / "sample_class"
BACKPROP = assignment.find("backprop")
TASKS = {task.function: task for task in BACKPROP.tasks}


def alone(task, body):
    """Of an assignment with this task only."""
    found = Assignment("it", Path(), "It", 2.0, (task,))
    source = b"import numpy as np\ndef f(*given):\n    " + body
    with asking(found, Submission("it", "it.py", source), {}) as (there, ask):
        return list(pairs(picture(found, task, {"f": generation.generate(task)}, there, ask)))


def drawn(name, data):
    submission = Submission("it", "it.py", data)
    with asking(BACKPROP, submission, {}) as (there, ask):
        return picture(BACKPROP, TASKS[name], case_cache.load(BACKPROP), there, ask)


def pairs(figure):
    """The right line and the answer of each panel; of a border, which has none, the empty ones."""
    for axes in figure.axes:
        lines = {line.get_label(): np.array(line.get_data()) for line in axes.lines}
        if "right" in lines:
            yield lines["right"], lines["yours"]


@pytest.fixture(scope="module")
def right():
    return (SAMPLES / "right.py").read_bytes()


@pytest.mark.parametrize("name", TASKS)
def test_right_answers_lie_on_the_right_line(name, right):
    found = list(pairs(drawn(name, right)))
    assert found
    for want, got in found:
        assert np.allclose(want, got, equal_nan=True)
        assert name == "dense" or np.ptp(want[1]) > 0 or name == "dense_backward"


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("dense_backward", b"np.sum(grad, axis=0)", b"np.mean(grad, axis=0)"),
        ("sigmoid_backward", b"return grad * s * (1 - s)", b"return grad * s"),
        ("mse_gradient", b"/ target.size", b"/ len(target)"),
        ("sgd_step", b"param - learning_rate", b"param + learning_rate"),
        ("network_gradient", b"return dw1, db1, dw2, db2", b"return dw1, db1, dw2, 2 * db2"),
    ],
)
def test_a_wrong_answer_is_seen_to_leave_the_line(name, old, new, right):
    assert old in right
    found = list(pairs(drawn(name, right.replace(old, new))))
    assert any(want.shape != got.shape or not np.allclose(want, got) for want, got in found)


def borders(figure):
    """The lines of the right border, and of the answer's."""
    contours = figure.axes[0].collections[1:]
    return [np.concatenate([path.vertices for path in each.get_paths()]) for each in contours]


def test_a_border_that_is_wrong_lies_somewhere_else(right):
    want, got = borders(drawn("dense", right))
    assert np.allclose(want, got)
    want, got = borders(drawn("dense", right.replace(b"+ bias", b"- bias")))
    assert not np.allclose(want, got)


def test_only_functions_of_points_that_meet_weights_have_a_border():
    fitting = [
        name for name, task in TASKS.items() if border.fits(configured(task), task_form(task))
    ]
    assert fitting == ["dense"]
    stacked = Task("f", "mlp", "forward", 1)
    assert not border.fits(configured(stacked), task_form(stacked))


@pytest.mark.parametrize(
    "body",
    [
        b"return 'text'",
        b"return grad[0]",
        b"return 1 / 0",
        b"print(x)",
        b"return np.full(np.shape(x), np.nan)",
    ],
)
def test_what_is_no_number_is_not_drawn(body):
    source = b"import numpy as np\ndef sigmoid_backward(grad, x):\n    " + body
    ((_, got),) = pairs(drawn("sigmoid_backward", source))
    assert np.isnan(got[1]).all()


@pytest.mark.parametrize(
    ("body", "right"), [(b"-np.mean(y * log)", False), (b"-np.mean((y * log).sum(1))", True)]
)
def test_probabilities_stay_probabilities_along_a_curve(body, right):
    task = Task("f", "cross_entropy", "forward", 1)
    log = b"p, y = given\n    log = np.log(p) if np.allclose(p.sum(1), 1) else np.nan * p"
    ((want, got),) = alone(task, log + b"\n    return " + body)
    assert 0 < want[0].min() < want[0].max() < 1
    assert np.allclose(want, got) == right


@pytest.mark.parametrize(("rate", "right"), [(b"rate", True), (b"2 * rate", False)])
def test_a_whole_path_is_that_of_the_gradients_that_the_right_one_meets(rate, right):
    task = Task("f", "sgd", "path", 1, arguments=("learning_rate",))
    body = (
        b"start, grads, rate = given\n    return start - " + rate + b" * np.cumsum(grads, axis=0)"
    )
    ((want, got),) = alone(task, body)
    assert want.shape == got.shape
    assert np.ptp(want[1]) > 1
    assert np.allclose(want, got) == right
    ((_, got),) = alone(task, b"return 3.0")
    assert got.shape[1] == 1


@pytest.mark.parametrize(("exponent", "right"), [(b"-decay * step", True), (b"-decay", False)])
def test_a_schedule_is_drawn_step_by_step(exponent, right):
    task = Task("f", "exponential", "run", 1, arguments=("step",))
    body = b"step, rate, decay = given\n    return rate * np.exp(" + exponent + b")"
    ((want, got),) = alone(task, body)
    assert want[0].tolist() == list(range(61))
    assert np.allclose(want, got) == right


def test_what_has_no_numbers_to_move_along_has_no_picture():
    task = Task("f", "one_hot", "run", 1, arguments=("classes",))
    with pytest.raises(LookupError, match="there is no picture of f"):
        alone(task, b"return 3.0")


def test_a_path_ends_where_there_is_no_point_to_go_on_from():
    source = b"def sgd_step(param, grad, learning_rate):\n    return (param - grad).sum()"
    ((want, got),) = pairs(drawn("sgd_step", source))
    assert want.shape[1] > 100
    assert got.shape[1] == 1


@pytest.mark.parametrize(
    ("source", "words"),
    [
        (b"while True: pass", "more than 3 seconds"),
        (b"import os; os._exit(3)", "ends the whole process"),
        (b"def dense(*x):\n    import os; os._exit(3)", "dense ends the whole process"),
    ],
    ids=["hangs", "exits", "exits when asked"],
)
def test_a_file_that_does_not_answer_is_told_about(source, words, monkeypatch):
    monkeypatch.setattr("checker.grading.session.LOADING", 0.5)
    words = words.replace("3 seconds", "0.5 seconds")
    with pytest.raises(CannotCallError, match=words):
        drawn("dense", source)


@pytest.fixture
def check(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return lambda *words: CliRunner().invoke(course, list(map(str, words)))


def test_the_picture_of_a_task_is_written_beside_the_file(check):
    Path("mine.py").write_bytes((SAMPLES / "right.py").read_bytes())
    done = check("show", "backprop", "mse_gradient")
    assert (done.exit_code, done.output) == (0, "mse_gradient.png written.\n")
    assert matplotlib.image.imread("mse_gradient.png").shape[1] > 300
    assert check("show", "backprop", "sgd_step", "mine.py", "-o", "it.svg").exit_code == 0
    assert Path("it.svg").exists()


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (["backprop", "dense"], 2, "Create one with `check start backprop`"),
        (["backprop", "dense", "nowhere.py"], 2, "there is no file nowhere.py"),
        (["backprop", "denes"], 2, "Did you mean 'dense'? `check show` lists the pictures"),
        (
            ["backprop", "network_gradient", SAMPLES / "half_done.py"],
            1,
            "has no network_gradient yet",
        ),
    ],
)
def test_what_cannot_be_drawn_is_told(check, words, code, message):
    done = check("show", *words)
    assert done.exit_code == code
    assert message in " ".join(done.output.split())
