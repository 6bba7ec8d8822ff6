"""Parameters in another order than asked are told, since each gets the value of another one."""

import pytest

from checker.cases import case_cache
from checker.course.assignment import find
from checker.diagnosis import parameters
from checker.diagnosis.finding import Finding
from checker.grading import pipeline
from checker.grading.submission import Submission

BACKPROP = find("backprop")
ASKED = ["x", "weights", "bias"]
SIGN = Finding("sign", "certain", "The sign is wrong.", also=("And more.",))


@pytest.mark.parametrize(
    "given", [ASKED, [*ASKED, "more"], ["a", "b", "c"], ["weights", "x"], [], ["weights", "x", "c"]]
)
def test_nothing_is_said_of_the_right_order_or_of_other_names(given):
    assert parameters.in_front(SIGN, "dense", ASKED, given) is SIGN


def test_another_order_comes_first_and_what_the_answers_say_behind_it():
    told = parameters.in_front(SIGN, "dense", ASKED, ["bias", "weights", "x"])
    assert told.mistake == "parameters_exchanged"
    assert "(bias, weights, x), where (x, weights, bias) is asked" in told.misconception
    assert told.also == ("The sign is wrong.", "And more.")
    assert parameters.in_front(None, "dense", ASKED, ["bias", "weights", "x"]).also == ()


@pytest.mark.parametrize("right", [False, True])
def test_only_a_wrong_function_is_told(right):
    asked = case_cache.load(BACKPROP)["sgd_step"].arguments
    first, second, rate = asked
    names = (second, first) if right else (first, second)
    source = (
        f"def sgd_step({second}, {first}, {rate}):\n    return {names[0]} - {rate} * {names[1]}\n"
    )
    data = source.encode()
    report = pipeline.grade(
        BACKPROP, case_cache.load(BACKPROP), Submission("ada", "a.py", data), only=("sgd_step",)
    )
    (task,) = report.tasks
    assert (task.verdict == "right") == right
    if not right:
        assert task.diagnosis["mistake"] == "parameters_exchanged"
