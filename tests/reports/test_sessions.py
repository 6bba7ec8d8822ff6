"""The session that a report offers to paste reproduces the failure that the report shows."""

import ast
import sys
import textwrap
import types
from functools import partial

import numpy as np
import pytest

from checker.audit import trial
from checker.cases import case_cache
from checker.cases.answer_key import Result
from checker.cases.case_set import Case, CaseSet
from checker.cases.checksum import checksum
from checker.cases.counterexample import counterexample, most_telling
from checker.cases.forms import task_form
from checker.cases.judge import Judgement, judge
from checker.cases.literals import literal
from checker.cases.mutants import mutants
from checker.course import assignment
from checker.grading.shrinking import shrink
from checker.reports.counterexample import snippet
from checker.sandbox.messages import Returned
from checker.sandbox.results import results

MUTANTS_OF_A_TASK = 3
LARGEST = 2**20


def pasted(lines, function, call):
    """What the last line of a session shows, or raises, and the names that the session defines.

    `mine.py` is a file with this function.
    """
    sys.modules["mine"] = types.ModuleType("mine")
    setattr(sys.modules["mine"], function, call)
    *before, last = ast.parse(textwrap.dedent("\n".join(lines[3:]))).body
    names = {}
    try:
        with np.errstate(all="ignore"):
            exec(compile(ast.Module(before, []), "session", "exec"), names)
            return eval(compile(ast.Expression(last.value), "session", "eval"), names), names
    except Exception as error:
        return error, names
    finally:
        del sys.modules["mine"]


def students(mutant, form):
    """A mutant as the function of a student."""

    def function(*arguments):
        values = mutant.call(list(arguments))
        return values if len(form.results) > 1 else values[0]

    return function


def replies(mutant, function, parts, calls):
    return [trial.reply(mutant.call, arguments) for arguments in calls]


def reported(task, case_set, mutant, shrinks):
    """The case that a report shows, and how it is judged."""
    judged = trial.judged(case_set, mutant.call)
    if all(each.verdict == "right" for each in judged):
        return None
    first, failing = most_telling(case_set, judged)
    case, judgement = case_set.cases[first], judged[first]
    if shrinks:
        case, judgement = shrink(task, case, judgement, partial(replies, mutant))
    return case, judgement, counterexample(case_set, case, judgement, failing)


def reproduces(case_set, found, value, names):
    """Whether a session shows what the report of a case shows."""
    case, judgement, shown = found
    if judgement.verdict == "crashed":
        return type(value).__name__ in judgement.words
    if judgement.verdict == "mutates its input":
        return checksum([names[argument] for argument in case_set.arguments]) != case.checksum
    reply = Returned(results(value, len(case_set.results), LARGEST), False)
    again = counterexample(case_set, case, judge(case, reply))
    return str(again["got"]) == str(shown["got"])


@pytest.mark.parametrize("name", assignment.names())
def test_every_session_reproduces_what_its_report_shows(name):
    chosen = assignment.find(name)
    case_sets = case_cache.load(chosen)
    sessions = 0
    for task in chosen.tasks:
        form, case_set = task_form(task), case_sets[task.function]
        known = mutants(task, chosen.folder)
        some = known[:: max(1, len(known) // MUTANTS_OF_A_TASK)][:MUTANTS_OF_A_TASK]
        for number, mutant in enumerate(some):
            found = reported(task, case_set, mutant, shrinks=number == 0)
            if found is None:  # a generic mutant may be right here
                continue
            case, judgement, shown = found
            lines = snippet(task.function, shown, "mine.py", judgement.verdict)
            if not lines:
                assert case_set.measured or any(np.size(value) > 64 for value in case.arguments)
                continue
            sessions += 1
            value, names = pasted(lines, task.function, students(mutant, form))
            assert reproduces(case_set, found, value, names), (mutant.name, lines, value)
    assert sessions > len(chosen.tasks)


@pytest.mark.parametrize(
    ("argument", "code"),
    [
        (np.array([[1.0, -2.5]]), "np.array([[1.0, -2.5]])"),
        (np.array(3.0), "np.array(3.0)"),
        (np.float64(3.0), "3.0"),
        (np.float32(0.1), "np.array(0.1, dtype=np.float32)"),
        (np.array([0.1], dtype=np.float32), "np.array([0.1], dtype=np.float32)"),
        (np.array([[1, 2], [3, 4]], order="F"), 'np.array([[1, 2], [3, 4]], order="F")'),
        (np.array([0, 2]), "np.array([0, 2])"),
        (np.array([0, 2], dtype=np.int32), "np.array([0, 2], dtype=np.int32)"),
        (np.array([True, False]), "np.array([True, False])"),
        (np.zeros((0, 3)), "np.zeros((0, 3), dtype=np.float64)"),
        (np.array([np.inf, -np.inf, np.nan, -0.0]), "np.array([np.inf, -np.inf, np.nan, -0.0])"),
        (-np.inf, "-np.inf"),
        ([2, 3], "(2, 3)"),
        ((2,), "(2,)"),
        ([["add", 0, 1], ["exp", 2]], "(['add', 0, 1], ['exp', 2])"),
        (None, "None"),
        (True, "True"),
        (2, "2"),
        ("relu", "'relu'"),
    ],
)
def test_an_argument_is_written_as_a_submission_receives_it(argument, code):
    assert literal(argument) == code
    again = eval(code, {"np": np})
    received = np.asarray(argument) if isinstance(argument, np.float32) else argument
    assert type(again) in (type(received), tuple, float)
    if isinstance(again, np.ndarray):
        assert (again.dtype, again.shape) == (received.dtype, received.shape)
        assert again.tobytes() == received.tobytes()


@pytest.mark.parametrize(
    ("name", "imported"),
    [
        ("mine.py", "from mine import f"),
        ("my work.py", "f = runpy.run_path('my work.py')['f']"),
        ("B.PY", "f = runpy.run_path('B.PY')['f']"),
        ("3b.py", "f = runpy.run_path('3b.py')['f']"),
        ("class.py", "f = runpy.run_path('class.py')['f']"),
        ("random.py", "f = runpy.run_path('random.py')['f']"),
        ("numpy.py", "f = runpy.run_path('numpy.py')['f']"),
        ("it's.py", "f = runpy.run_path(\"it's.py\")['f']"),
    ],
)
def test_the_function_is_imported_whatever_its_file_is_called(
    name, imported, tmp_path, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(tmp_path)
    (tmp_path / name).write_text("def f(x): return 7\n")
    lines = snippet("f", {"inputs": {"x": 1}, "code": {"x": "1"}}, name)
    assert f"      {imported}" in lines
    names = {}
    exec(textwrap.dedent("\n".join(lines[3:])), names)
    assert names["f"](1) == 7
    sys.modules.pop("mine", None)


def test_in_a_notebook_nothing_is_imported():
    lines = snippet("f", {"inputs": {"x": 1}, "code": {"x": "1"}}, "mine.ipynb")
    assert lines[3:] == ["      import numpy as np", "      x = 1", "      f(x)"]


def test_a_failure_of_the_second_call_only_is_shown_by_two_calls():
    result = Result(np.array(1.0), np.array(1.0), np.array(0.1))
    first, second = Case([2.0], [result]), Case([2.0], [result])
    case_set = CaseSet(["x"], ["the result"], [first, second])
    judgement = Judgement("wrong", "", (np.array(2.0),), (False,))
    assert snippet("f", counterexample(case_set, first, judgement), "")[-2:] == [
        "      x = 2.0",
        "      f(x)",
    ]
    assert snippet("f", counterexample(case_set, second, judgement), "")[-2:] == ["      f(x)"] * 2


def test_what_is_too_large_to_paste_has_no_session():
    case = Case([np.zeros(65)], [])
    assert snippet("f", counterexample(CaseSet(["x"], [], [case]), case), "mine.py") == []
