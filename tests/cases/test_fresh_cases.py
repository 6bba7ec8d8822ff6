"""A verdict stands on visible and fresh cases, and no student learns anything of a fresh one."""

import contextlib
import dataclasses
import json
import zlib
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner
from made_files import files

from checker.cases import case_cache, fresh, generation
from checker.cases.forms import configured, form
from checker.classroom import version
from checker.classroom.class_list import ClassRow, ClassSubmission
from checker.classroom.store import Store
from checker.commands.program import course
from checker.course.assignment import find
from checker.grading import confirmation, pipeline
from checker.grading.confirmation import FAILS_A_FRESH_ONE, VISIBLE_ONLY
from checker.grading.submission import Submission
from checker.reports import class_overview, terminal

BACKPROP = find("backprop")
TASKS = {task.function: task for task in BACKPROP.tasks}
RIGHT = Path(__file__).parents[1] / "sample_class" / "right.py"
SECRET = "the input was 42"
FOR_STUDENTS = ("feedback", "gradescope", "moodle", "junit", "csv", "canvas")

TABLE = """
import os, zlib
import numpy as np

VISIBLE = {visible}
met, asked = [], [0]

def {function}({names}):
    given = ({names},)
    asked[0] += 1
    if zlib.crc32(repr([np.asarray(v).tolist() for v in given]).encode()) not in VISIBLE:
        met.append(given)
        {otherwise}
    return {right}
"""


@cache
def visible():
    return case_cache.load(BACKPROP)


@cache
def fresh_cases(seed=5):
    return fresh.load(BACKPROP, visible(), seed)


def checksum(case):
    return zlib.crc32(repr([np.asarray(v).tolist() for v in case.arguments]).encode())


def held_out_cases(function):
    spec = configured(TASKS[function])
    return generation.held_out(spec, form(spec, TASKS[function].asks))


def table(function, right, otherwise, known=()):
    """A function that is right in the cases it knows by heart, and `otherwise` in others."""
    case_set = visible()[function]
    return TABLE.format(
        function=function,
        names=", ".join(case_set.arguments),
        visible={checksum(case) for case in (*case_set.cases, *known)},
        right=right,
        otherwise=otherwise,
    )


def graded(code, *functions, name="x.py"):
    assignment = dataclasses.replace(
        BACKPROP, tasks=tuple(TASKS[function] for function in functions), seconds=1.0
    )
    submission = Submission("ada", name, code.encode())
    report = pipeline.grade(assignment, visible(), submission, fresh=fresh_cases)
    assert report.score == sum(task.score for task in report.tasks)
    return report


def shown_to_students(report):
    """All that a student may read: what the forms for students say, and the terminal."""
    submission = ClassSubmission(name="ada", files=(), origin="ada_1_assignsubmission_file")
    row = ClassRow(submission, report, "x.py")
    made = [files(n, BACKPROP, [row]) for n in FOR_STUDENTS]
    texts = [data.decode("utf-8", "replace") for files in made for data in files.values()]
    return "\n".join([*texts, terminal.one(report), class_overview.text([row])])


def shown_to_the_teacher(report):
    row = ClassRow(ClassSubmission(name="ada", files=()), report, "x.py")
    return [
        files(name, BACKPROP, [row])[file].decode()
        for name, file in (("html", "report.html"), ("json", "results.json"))
    ]


DENSE = "x @ weight + bias"


@pytest.mark.parametrize(
    ("otherwise", "verdict", "told"),
    [
        ("pass", "right", ""),
        ("return x @ weight - bias + 1", "wrong", "its values are wrong"),
        (f"raise ValueError('{SECRET}')", "crashed", SECRET),
        ("import os; os._exit(7)", "crashed", "exit code 7"),
        ("while True: pass", "timed out", "it takes more than 1 second for all "),
        (f"return '{SECRET}'", "wrong", SECRET),
        ("y = x @ weight + bias; x[...] = 0; return y", "mutates its input", "work on a copy"),
        ("raise NotImplementedError", "not started", "NotImplementedError"),
    ],
)
def test_a_fresh_case_decides_and_only_the_teacher_sees_it(otherwise, verdict, told):
    report = graded(table("dense", DENSE, otherwise), "dense")
    (task,) = report.tasks
    assert task.verdict == verdict
    assert task.score == TASKS["dense"].shares.get(verdict, 0) * task.max_score
    assert task.message == ("" if verdict == "right" else FAILS_A_FRESH_ONE)
    assert (task.counterexample, task.line) == (None, None)
    assert SECRET not in shown_to_students(report)
    for text in shown_to_the_teacher(report):
        assert told in text


def test_a_fresh_case_is_shown_to_the_teacher_with_its_numbers():
    report = graded(table("dense", DENSE, "return x @ weight - bias + 1"), "dense")
    case = report.tasks[0].fresh["counterexample"]
    assert set(case["inputs"]) == {"x", "weight", "bias"}
    assert case["got"] != case["expected"]
    assert case["failing"] == case["cases"] == len(fresh_cases()["dense"].fresh.cases)


def test_a_known_mistake_beyond_the_visible_cases_is_named_without_a_number():
    report = graded(table("dense", DENSE, "return x @ weight"), "dense")
    diagnosis = report.tasks[0].diagnosis
    assert diagnosis["mistake"] == "bias_forgotten"
    assert not any(character.isdigit() for character in json.dumps(diagnosis))
    assert diagnosis["misconception"] in shown_to_students(report)


def test_a_process_that_met_a_fresh_case_is_not_asked_for_the_diagnosis():
    held_out = {checksum(case) for case in held_out_cases("dense")}
    number = "zlib.crc32(repr([np.asarray(v).tolist() for v in given]).encode())"
    aware = f"return x @ weight + ({number} in {held_out} and len(met) > {len(held_out)})"
    report = graded(table("dense", DENSE, aware), "dense")
    assert report.tasks[0].diagnosis["mistake"] == "bias_forgotten"


def test_no_mistake_is_named_if_only_fresh_cases_are_answered():
    same_process = "return x @ weight if asked[0] > len(met) else os._exit(0)"
    report = graded(table("dense", DENSE, same_process), "dense")
    assert (report.tasks[0].verdict, report.tasks[0].diagnosis) == ("wrong", None)


def test_an_error_of_the_grader_itself_tells_nothing_of_a_fresh_case(monkeypatch):
    def fail(*_):
        raise ValueError(SECRET)

    monkeypatch.setattr(confirmation, "most_telling", fail)
    with pytest.raises(RuntimeError, match=r"^ValueError at a fresh case$"):
        graded(table("dense", DENSE, "return x @ weight"), "dense")


def test_all_tasks_have_answered_their_visible_cases_before_the_first_fresh_one():
    code = table("dense", DENSE, "pass")
    code += "\ndef mse_gradient(prediction, target): raise ValueError(f'met {len(met)}')\n"
    code += "\ndef sgd_step(param, grad, learning_rate): return param + len(met)\n"
    report = graded(code, "dense", "mse_gradient", "sgd_step")
    dense, mse_gradient, sgd_step = report.tasks
    assert dense.verdict == "right"
    assert "met 0" in mse_gradient.message
    assert sgd_step.counterexample["got"] == dict.fromkeys(
        sgd_step.counterexample["got"], sgd_step.counterexample["inputs"]["param"]
    )


def test_another_convention_holds_for_fresh_cases_too():
    function, by_examples = "mse_gradient", "2 * (prediction - target) / len(prediction)"
    (task,) = graded(table(function, by_examples, "pass"), function).tasks
    assert (task.verdict, task.score, task.fresh) == ("other convention", task.max_score, None)
    known = held_out_cases(function)
    (task,) = graded(table(function, by_examples, "return 3 * target", known), function).tasks
    assert (task.verdict, task.score) == ("wrong", 0)
    assert VISIBLE_ONLY in task.message
    assert task.counterexample is not None


PROBABILITIES = "np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)"
UNSTABLE = f"({PROBABILITIES} - np.eye(logits.shape[1])[labels]) / len(logits)"


def test_unstable_on_fresh_cases_is_unstable_and_wrong_on_an_ordinary_one_is_wrong():
    function = "cross_entropy_gradient"
    (task,) = graded(table(function, UNSTABLE, "pass"), function).tasks
    assert (task.verdict, task.score, task.fresh) == ("unstable", task.max_score / 2, None)
    (task,) = graded(table(function, UNSTABLE, "return 0.5 * logits"), function).tasks
    assert (task.verdict, task.score) == ("wrong", 0)
    assert VISIBLE_ONLY in task.message
    right = UNSTABLE.replace("np.exp(logits)", "np.exp(logits - logits.max(axis=1, keepdims=True))")
    (task,) = graded(table(function, right, f"return {UNSTABLE}"), function).tasks
    assert (task.verdict, task.score) == ("unstable", task.max_score / 2)
    assert task.message == FAILS_A_FRESH_ONE


def test_writing_into_an_input_earns_its_share_only_where_the_values_are_right():
    code = table("sgd_step", "param", "return param").replace(
        "    return param\n", "    param -= learning_rate * grad\n    return param\n"
    )
    (task,) = graded(code, "sgd_step").tasks
    assert (task.verdict, task.score) == ("wrong", 0)
    assert task.counterexample is not None


@pytest.mark.parametrize(("otherwise", "carried"), [("pass", True), ("rate = 2 * rate", False)])
def test_an_error_is_carried_forward_only_if_fresh_cases_agree(otherwise, carried):
    source = RIGHT.read_text().replace("+ bias", "- bias").replace("def delta_rule", "def ours")
    code = source + table("delta_rule", "ours(x, w1, b1, w2, b2, target, rate)", otherwise)
    _, task = graded(code, "dense", "delta_rule").tasks
    assert ("it is right with a correct dense" in task.message) == carried
    assert task.score == (TASKS["delta_rule"].carried_forward * task.max_score if carried else 0)


def test_every_sample_that_is_right_is_right_for_many_seeds():
    for seed in (0, 1, 2**64 - 1):
        report = pipeline.grade(
            BACKPROP,
            visible(),
            Submission("x", "x.py", RIGHT.read_bytes()),
            fresh=lambda seed=seed: fresh_cases(seed),
        )
        assert {task.verdict for task in report.tasks} == {"right"}


def test_another_seed_asks_other_cases_and_is_another_grade():
    asked = [{checksum(c) for c in fresh_cases(seed)["dense"].fresh.cases} for seed in (5, 6)]
    shown = {checksum(case) for case in visible()["dense"].cases}
    assert len(asked[0] - asked[1] - shown) > len(asked[0]) * 3 / 4
    assert len({version.of(BACKPROP, visible(), seed) for seed in (5, 6, None)}) == 3


def test_the_secret_seed_is_drawn_for_each_class_and_kept_with_its_grades(tmp_path):
    seeds = []
    for name in ("one", "one", "two"):
        with contextlib.closing(Store(tmp_path / name)) as store:
            seeds.append(store.seed())
    assert seeds[0] == seeds[1] != seeds[2]
    with contextlib.closing(Store(tmp_path / "one")) as store:
        assert store.seed(7) == store.seed() == 7


@pytest.fixture
def class_of_one(tmp_path):
    folder = tmp_path / "class"
    folder.mkdir()
    code = RIGHT.read_text().replace("def dense(", "def unused(")
    (folder / "ada.py").write_text(code + table("dense", DENSE, "return x @ weight"))
    words = ["grade", str(folder), "-a", "backprop", "-o", str(tmp_path / "out")]

    def grade(*more):
        done = CliRunner().invoke(course, [*words, *more])
        data = tmp_path / "out" / "results.json"
        return done, json.loads(data.read_text())["submissions"][0] if data.exists() else {}

    return grade


def test_a_class_is_asked_fresh_cases_and_a_rerun_the_same_ones(class_of_one):
    done, first = class_of_one()
    verdicts = {task["name"]: task["verdict"] for task in first["tasks"]}
    assert verdicts["dense"] == "wrong"
    assert "1 graded" in done.output
    assert class_of_one()[1] == first
    _, other = class_of_one("--seed", "3")
    cases = [
        task["fresh"] for task in (*first["tasks"], *other["tasks"]) if task["name"] == "dense"
    ]
    assert cases[0] != cases[1]
    assert class_of_one()[1] == other  # the seed is kept


def test_a_manifest_can_do_without_fresh_cases(class_of_one, monkeypatch):
    alone = dataclasses.replace(BACKPROP, fresh=False)
    monkeypatch.setattr("checker.course.assignment.find", lambda name: alone)
    _, report = class_of_one()
    assert {t["name"]: t["verdict"] for t in report["tasks"]}["dense"] == "right"
    done, _ = class_of_one("--seed", "3")
    assert done.exit_code == 2
    assert "has no fresh cases" in done.output
