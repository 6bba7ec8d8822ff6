"""Where there is no right answer a ValueError is the right answer, and nothing else."""

import numpy as np
import pytest

from checker import bank, grading, kinds, making, trial
from checker.assignment import find
from checker.diagnosis import diagnose
from checker.session import Submission
from checker.worker import wire
from reference.catalogue import operations

TENSORS = find("tensors")
TASKS = {t.operation: t for t in TENSORS.tasks if getattr(kinds.asked(t), "refuses", False)}
FUNCTION = TASKS["broadcast_shape"].function
SIZES = """
    axes = max(len(one), len(other))
    pairs = list(zip((1,) * (axes - len(one)) + one, (1,) * (axes - len(other)) + other))
    {check}
    return [b if a == 1 else a for a, b in pairs]
"""


def graded(check, before=""):
    code = f"{before}\n\ndef {FUNCTION}(one, other):\n{SIZES.format(check=check)}"
    banks = {FUNCTION: bank.make(TASKS["broadcast_shape"])}
    submission = Submission("", "x.py", code.encode())
    (task,) = grading.grade(TENSORS, banks, submission, only=(FUNCTION,), shrink=True).tasks
    return task


ANY = "if any(a != b and 1 not in (a, b) for a, b in pairs): "


def test_every_operation_that_refuses_is_asked_what_it_refuses():
    refusing = {name for name, spec in operations().items() if getattr(spec, "refuses", False)}
    assert refusing == set(TASKS) == {"broadcast_shape", "matmul_shape"}
    for task in TASKS.values():
        for made in (bank.make(task), making.hidden(task, 7)):
            cases = [case for case in made.cases if case.refused]
            assert len(cases) == making.REFUSED
            assert any(0 not in np.concatenate(case.arguments) for case in cases)
            for case in cases:
                with pytest.raises(ValueError, match=r"do not align|have no product"):
                    operations()[task.operation].run(*case.arguments)


def test_a_kept_bank_still_knows_what_is_refused():
    made = {FUNCTION: bank.make(TASKS["broadcast_shape"])}
    kept = bank.thawed(wire.decode(wire.encode(bank.frozen(made))))[FUNCTION]
    assert [c.refused for c in kept.cases] == [c.refused for c in made[FUNCTION].cases]


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


def test_an_answer_where_there_is_none_is_wrong_and_named():
    task = graded("pass")
    assert (task.verdict, task.score) == ("wrong", 0)
    assert task.message == "it should raise a ValueError"
    assert task.diagnosis["mistake"] == "not_refused"
    assert list(task.counterexample["expected"].values()) == ["a ValueError"]
    assert task.counterexample["failing"] == making.REFUSED


@pytest.mark.parametrize(
    ("raised", "message"),
    [
        ("assert False", "it should raise a ValueError; AssertionError in line 7"),
        ("raise KeyError('one')", "it should raise a ValueError; KeyError in line 7: 'one'"),
        ("raise NotImplementedError", "it raises NotImplementedError"),
        ("return None", "it should raise a ValueError"),
    ],
)
def test_another_exception_or_none_is_not_enough(raised, message):
    task = graded(ANY + raised)
    assert task.verdict == ("not started" if "NotImpl" in raised else "wrong")
    assert task.message == message
    assert task.score == 0


def test_a_value_error_where_there_is_an_answer_is_a_crash():
    task = graded("if 1 in one: raise ValueError('no')")
    assert task.verdict == "crashed"
    assert task.message == "ValueError in line 7: no"


@pytest.mark.parametrize("name", TASKS)
def test_a_known_mistake_is_named_whether_or_not_it_refuses(name):
    from checker.mistakes import library

    task, spec = TASKS[name], operations()[name]
    form = kinds.form(kinds.asked(task), task.asks)
    made = bank.make(task)
    for entry in library(task.operation, task.asks):

        def refusing(one, other, wrong=entry.function):
            spec.run(one, other)
            return wrong(one, other)

        for function in (entry.function, refusing):
            found = diagnose(trial.evidence(task, form, made, function))
            assert found is not None
            assert found.misconception == entry.misconception
