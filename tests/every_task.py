"""Every question that can be asked about every operation, with its bank made once."""

from functools import cache

from checker import bank, kinds
from checker.questions import questions

TASKS = list(questions())
IDS = [f"{task.operation}-{task.asks}" for task in TASKS]


@cache
def bank_of(task):
    return bank.make(task)


def form_of(task):
    return kinds.form(kinds.asked(task), task.asks)
