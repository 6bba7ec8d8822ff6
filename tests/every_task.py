"""Every question that can be asked about every operation, with its case set made once.

The processes of one run share the case sets.
"""

from functools import cache, partial

from run_folder import made_once

from checker.audit import trial
from checker.audit.every_task import every_task
from checker.cases import generation
from checker.cases.case_set import freeze, thaw
from checker.cases.forms import task_form
from checker.cases.mutants import mutants
from checker.sandbox import wire

TASKS = list(every_task())
SAMPLE = TASKS[::8]  # of what is tried whole when a file changes (CONFUSION.md)
SAMPLE_IDS = [f"{task.operation}-{task.asks}" for task in SAMPLE]


def task_of(operation, asks):
    return next(task for task in TASKS if (task.operation, task.asks) == (operation, asks))


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
    name = f"{task.operation}-{task.asks}-{sort}"
    return wire.decode(made_once(name, lambda: wire.encode(make())))


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
