"""Every question that can be asked about every operation, with its case set made once.

The processes of one run share the case sets in a temporary folder.
"""

import os
import tempfile
from functools import cache, partial
from pathlib import Path

from checker.audit import trial
from checker.audit.every_task import every_task
from checker.cases import generation
from checker.cases.case_set import freeze, thaw
from checker.cases.forms import task_form
from checker.cases.mutants import mutants
from checker.sandbox import wire

TASKS = list(every_task())
SAMPLE = TASKS[::3]  # of what is tried whole when a file changes (CONFUSION.md)
SAMPLE_IDS = [f"{task.operation}-{task.asks}" for task in SAMPLE]


def task_of(operation, asks):
    return next(task for task in TASKS if (task.operation, task.asks) == (operation, asks))


RUN = os.environ.get("PYTEST_XDIST_TESTRUNUID", "")
SHARED = Path(tempfile.gettempdir()) / f"gradproof-{RUN}"


@cache
def case_set_of(task):
    made = _shared(task, "cases", lambda: freeze({task.function: generation.generate(task)}))
    return thaw(made)[task.function]


@cache
def mutants_of(task):
    """Those that answer anything: the operator of a generic one may not fit the shapes."""
    known = mutants(task)
    names = _shared(task, "mutants", lambda: [m.name for m in known if _answers(task, m)])
    return tuple(mutant for mutant in known if mutant.name in names)


def _shared(task, sort, make):
    """What one process makes of a task, for all processes of this run."""
    if not RUN:
        return wire.decode(wire.encode(make()))
    path = SHARED / f"{task.operation}-{task.asks}-{sort}"
    if not path.exists():
        SHARED.mkdir(exist_ok=True)
        unfinished = path.with_suffix(f".{os.getpid()}")
        unfinished.write_bytes(wire.encode(make()))
        unfinished.replace(path)
    return wire.decode(path.read_bytes())


def _answers(task, mutant):
    replies = (trial.reply(mutant.call, case.arguments) for case in case_set_of(task).cases)
    return not mutant.generic or any(isinstance(reply, trial.Returned) for reply in replies)


def call_of(task, function):
    """A function with the signature of the reference, called like a student's."""
    return partial(task_form(task).call, function)


def evidence_of(task, function, case_set=None):
    """What is known of a student whose function is this one."""
    case_set = case_set or case_set_of(task)
    return trial.evidence(task, case_set, mutants_of(task), call_of(task, function))
