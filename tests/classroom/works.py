"""Submissions made by a seeded script from the variants and the mutants of the library."""

import contextlib

from checker.cases import forms
from checker.handout import solution
from checker.handout.statements import NotAloneError
from checker.library.mutants import written
from checker.library.variants import variants


def works(assignment, count, chance):
    """Different files, the first one right. Of the others a fifth of the tasks is wrong."""
    right = {task: list(_codes(task, mistakes=False)) for task in assignment.tasks}
    wrong = {task: list(_codes(task, mistakes=True)) for task in assignment.tasks}
    found = {}
    while len(found) < count:
        parts = []
        for task in assignment.tasks:
            kind = chance.choices((right, wrong, {}), (7, 2, 1) if found else (1, 0, 0))[0]
            parts += chance.choice(kind.get(task) or [[]])
        found[solution._file(parts)] = None
    return list(found)


def _codes(task, mistakes):
    """Ways to write a task that can stand alone."""
    form = forms.task_form(task)
    ways = variants(task.operation, form.backward)
    if mistakes:
        ways = [each.function for each in written(task.operation) if each.backward == form.backward]
    write = solution._optimiser if form.steps else solution._function
    for way in ways:
        with contextlib.suppress(NotAloneError):
            yield write(task, form, way)
