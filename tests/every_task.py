"""Every question that can be asked about every operation, with its case set made once."""

from functools import cache, partial

from checker.audit import trial
from checker.audit.every_task import every_task
from checker.cases import generation
from checker.cases.forms import task_form
from checker.cases.mutants import mutants

TASKS = list(every_task())
IDS = [f"{task.operation}-{task.asks}" for task in TASKS]


def task_of(operation, asks):
    return next(task for task in TASKS if (task.operation, task.asks) == (operation, asks))


@cache
def case_set_of(task):
    return generation.generate(task)


@cache
def mutants_of(task):
    """Those that answer anything: the operator of a generic one may not fit the shapes."""
    return tuple(m for m in mutants(task) if any(_answers(m, c) for c in case_set_of(task).cases))


def _answers(mutant, case):
    return not mutant.generic or isinstance(
        trial.reply(mutant.call, case.arguments), trial.Returned
    )


def call_of(task, function):
    """A function with the signature of the reference, called like a student's."""
    return partial(task_form(task).call, function)


def evidence_of(task, function, case_set=None):
    """What is known of a student whose function is this one."""
    case_set = case_set or case_set_of(task)
    return trial.evidence(task, case_set, mutants_of(task), call_of(task, function))
