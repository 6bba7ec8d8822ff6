"""The right answer to an invalid input is a ValueError, and nothing else."""

import numpy as np
import pytest

from checker.audit import trial
from checker.cases import generation, pool
from checker.cases.case_set import freeze, thaw
from checker.cases.forms import task_form
from checker.cases.mutants import mutants
from checker.course.assignment import find
from checker.diagnosis.stages import diagnose
from checker.grading import pipeline
from checker.grading.submission import Submission
from checker.sandbox import wire
from reference.catalogue import operations

TENSORS = find("tensors")
TASKS = {t.operation: t for t in TENSORS.tasks if task_form(t).rejects_invalid}
FUNCTION = TASKS["broadcast_shape"].function
SIZES = """
    axes = max(len(one), len(other))
    pairs = list(zip((1,) * (axes - len(one)) + one, (1,) * (axes - len(other)) + other))
    {check}
    return [b if a == 1 else a for a, b in pairs]
"""


def graded(check, before=""):
    code = f"{before}\n\ndef {FUNCTION}(one, other):\n{SIZES.format(check=check)}"
    case_sets = {FUNCTION: generation.generate(TASKS["broadcast_shape"])}
    submission = Submission("", "x.py", code.encode())
    (task,) = pipeline.grade(TENSORS, case_sets, submission, only=(FUNCTION,), shrink=True).tasks
    return task


INVALID = "the input is invalid, so it should raise a ValueError"
ANY = "if any(a != b and 1 not in (a, b) for a, b in pairs): "


def test_every_operation_that_rejects_invalid_inputs_is_asked_some():
    specs = operations().items()
    rejecting = {name for name, spec in specs if getattr(spec, "rejects_invalid", False)}
    assert rejecting == {*TASKS, "output_size"}  # which takes single numbers
    assert set(TASKS) == {"broadcast_shape", "matmul_shape"}
    for task in TASKS.values():
        for made in (generation.generate(task), generation.further(task, 7000)):
            cases = [case for case in made.cases if case.invalid]
            assert pool.INVALID < len(cases) <= 5 * pool.INVALID
            assert any(0 not in np.concatenate(case.arguments) for case in cases)
            for case in cases:
                with pytest.raises(ValueError, match=r"do not align|have no product"):
                    operations()[task.operation].run(*case.arguments)


def test_a_size_that_divides_the_other_is_not_the_same_size():
    no_multiple = "(0 in (a, b) or max(a, b) % min(a, b))"
    check = f"if any(1 not in (a, b) and a != b and {no_multiple} for a, b in pairs): "
    task = graded(f"{check}raise ValueError")
    assert (task.verdict, task.message) == ("wrong", INVALID)


MATMUL = TASKS["matmul_shape"].function
UNCHECKED = {
    "inner": "if one[-1] != other[-2] and 1 not in (one[-1], other[-2])",
    "front": "if one[-1] != other[-2]",
    "outermost": "if one[-1] != other[-2] or len({1, *one[-3:-2], *other[-3:-2]}) == 3",
}


@pytest.mark.parametrize("left_out", UNCHECKED)
def test_each_pair_of_sizes_that_must_agree_is_asked_about_by_itself(left_out):
    code = f"""
def {MATMUL}(one, other):
    {UNCHECKED[left_out]}:
        raise ValueError
    long, short = sorted((one[:-2], other[:-2]), key=len, reverse=True)
    short = (1,) * (len(long) - len(short)) + short
    front = [b if a == 1 else a for a, b in zip(long, short)]
    return (*front, one[-2], other[-1])
"""
    case_sets = {MATMUL: generation.generate(TASKS["matmul_shape"])}
    submission = Submission("", "x.py", code.encode())
    (task,) = pipeline.grade(TENSORS, case_sets, submission, only=(MATMUL,), shrink=True).tasks
    assert (task.verdict, task.message) == ("wrong", INVALID)


def test_a_kept_case_set_still_knows_what_is_invalid():
    made = {FUNCTION: generation.generate(TASKS["broadcast_shape"])}
    kept = thaw(wire.decode(wire.encode(freeze(made))))[FUNCTION]
    assert [c.invalid for c in kept.cases] == [c.invalid for c in made[FUNCTION].cases]


@pytest.mark.parametrize(
    ("raised", "before"),
    [
        ("raise ValueError('no')", ""),
        ("raise ValueError", ""),
        ("raise Apart(one, other)", "class Apart(ValueError): pass"),
        ("import numpy; numpy.zeros(one) + numpy.zeros(other)", ""),
    ],
)
def test_any_value_error_will_do(raised, before):
    assert graded(ANY + raised, before).verdict == "right"


def test_an_answer_to_an_invalid_input_is_wrong_and_named():
    task = graded("pass")
    assert (task.verdict, task.score) == ("wrong", 0)
    assert task.message == INVALID
    assert task.diagnosis["mistake"] == "not_refused"
    assert list(task.counterexample["expected"].values()) == ["a ValueError"]
    assert task.counterexample["failing"] > pool.INVALID


@pytest.mark.parametrize(
    ("raised", "message"),
    [
        (
            "assert False",
            f"{INVALID}; instead: AssertionError in line 7; "
            "an `assert` in your file found something else than it expects",
        ),
        (
            "raise KeyError('one')",
            f"{INVALID}; instead: KeyError in line 7: 'one'; "
            "the dictionary has no entry with this key",
        ),
        ("raise NotImplementedError", "it raises NotImplementedError in line 7"),
        ("return None", INVALID),
    ],
)
def test_another_exception_or_none_is_not_enough(raised, message):
    task = graded(ANY + raised)
    assert task.verdict == ("crashed" if "NotImpl" in raised else "wrong")  # it was started
    assert task.message == message
    assert task.score == 0


def test_a_value_error_for_a_valid_input_is_a_crash():
    task = graded("if 1 in one: raise ValueError('no')")
    assert task.verdict == "crashed"
    assert task.message == "ValueError in line 7: no; this input is valid, and has an answer"


@pytest.mark.parametrize("name", TASKS)
def test_a_mutant_is_named_whether_or_not_it_rejects_invalid_inputs(name):
    task, spec = TASKS[name], operations()[name]
    made, known = generation.generate(task), mutants(task)
    for mutant in known:
        if mutant.generic:  # a written one may explain it in more exact words
            continue

        def rejecting(arguments, wrong=mutant.call):
            spec.run(*arguments)
            return wrong(arguments)

        for call in (mutant.call, rejecting):
            finding = diagnose(trial.evidence(task, made, known, call))
            assert finding is not None
            assert finding.misconception == mutant.misconception
