"""Each result of a function along one number of a small input, all others left alone.

Where the number is a probability, the others of its row make room for it. The input is one that the
student has wrong, where there is one; of each result the entry is drawn that is most off, or else
moves most.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from checker import kinds
from checker.asking import Ask, number
from checker.assignment import Task
from checker.bank import Case, TaskBank
from checker.comparison import fault
from checker.kinds import Form
from reference.spec import Between, Simplex

if TYPE_CHECKING:
    from matplotlib.figure import Figure

PLACES = 161
REACH = 4.0
STEPS = 60
EDGE = 0.02  # of the width of an interval, that a curve keeps away from its ends
VISIBLE = 1e-4  # of the size of the right values
Curve = tuple[Any, Any]


def draw(title: str, tasks: list[Task], banks: dict[str, TaskBank], ask: Ask) -> "Figure":
    from reference.pictures import answered_curves

    drawn = [_curves(task, banks[task.function], ask) for task in tasks]
    x, along, _ = drawn[0]
    panels = {name: pair for _, _, found in drawn for name, pair in found.items()}
    return answered_curves(x, panels, along, title if len(panels) > 1 else "")


@dataclass(frozen=True)
class _Line:
    """The first entry of one argument, and the numbers it may be. Of steps these are counted."""

    place: int
    marks: tuple[Any, ...]
    counted: bool = False

    @property
    def is_share(self) -> bool:
        return any(isinstance(mark, Simplex) for mark in self.marks)

    @property
    def values(self) -> Any:
        if self.counted:
            return np.arange(STEPS + 1)
        free = (0.0, 1.0) if self.is_share else (-REACH, REACH)
        ends = [(mark.low, mark.high) for mark in self.marks if isinstance(mark, Between)]
        low, high = next(iter(ends), free)
        edge = EDGE * (high - low)
        return np.linspace(low + edge, high - edge, PLACES)

    def can_move(self, case: Case) -> bool:
        start = case.arguments[self.place]
        fits = np.shape(start)[-1] > 1 if self.is_share else np.size(start) > 0
        return bool(fits) and not case.extreme

    def at(self, arguments: list[Any], value: float) -> list[Any]:
        given, start = list(arguments), arguments[self.place]
        if self.counted:
            given[self.place] = int(value)
            return given
        moved = np.array(start, dtype=float)
        moved.flat[0] = value
        if self.is_share:
            others = moved.reshape(-1, moved.shape[-1])[0, 1:]
            others[:] = (1 - value) / others.size
        given[self.place] = moved if np.ndim(start) else float(value)
        return given


def _curves(task: Task, bank: TaskBank, ask: Ask) -> tuple[Any, str, dict[str, Curve]]:
    """The number that changes, its name, and for each result what is right and what came."""
    spec = kinds.asked(task)
    form = kinds.form(spec, task.asks)
    upstream = len(form.arguments) - len(spec.arguments)
    line = _line(task, spec, upstream)
    arguments = _case(task, bank, form, line, ask).arguments
    ones = [np.ones_like(a) if np.ndim(a) else 1.0 for a in arguments[:upstream]]
    calls = [line.at([*ones, *arguments[upstream:]], value) for value in line.values]
    right = [[answer.low.value for answer in form.answers(call)] for call in calls]
    parts = len(form.results)
    replies = ask(task.function, parts, calls)
    panels = {}
    for k, part in enumerate(form.results):
        values = np.stack([np.asarray(answers[k], dtype=float) for answers in right])
        answers = np.full(values.shape, np.nan)
        for n, reply in enumerate(replies):
            got = number(reply[k] if reply else None)
            if got.shape == values.shape[1:]:
                answers[n] = got
        index, pair = _telling(values, answers)
        panels[(task.function if parts == 1 else part.name) + index] = pair
    along = form.arguments[line.place].name + _index((0,) * np.ndim(arguments[line.place]))
    return line.values, along, panels


def _line(task: Task, spec: Any, upstream: int) -> _Line:
    """Along the steps of a schedule, or else the first argument of real numbers."""
    for place, argument in enumerate(spec.arguments, upstream):
        if argument.name == "step":
            return _Line(place, (), counted=True)
    for place, argument in enumerate(spec.arguments, upstream):
        if argument.differentiable:
            return _Line(place, argument.marks)
    raise LookupError(f"there is no picture of {task.function}: it has no number to move along.")


def _case(task: Task, bank: TaskBank, form: Form, line: _Line, ask: Ask) -> Case:
    """Of the cases that are wrong, or else of all, the first in which most results move."""
    cases = [case for case in bank.cases if line.can_move(case)]
    if not cases:
        raise LookupError(f"there is no picture of {task.function}: nothing in it can move.")
    replies = ask(task.function, len(form.results), [case.arguments for case in cases])
    wrong = [
        case
        for case, reply in zip(cases, replies, strict=True)
        if reply is None or any(map(_is_wrong, case.results, reply))
    ]
    return max(wrong or cases, key=lambda case: _moving(form, case, line))


def _is_wrong(want: Any, got: Any) -> bool:
    return fault(want, got) is not None


def _moving(form: Form, case: Case, line: _Line) -> int:
    ends = [form.answers(line.at(case.arguments, line.values[end])) for end in (0, -1)]
    return sum(bool(np.any(a.low.value != b.low.value)) for a, b in zip(*ends, strict=True))


def _telling(right: Any, answers: Any) -> tuple[str, Curve]:
    """The entry to draw: its index in words, and both curves."""
    shape = right.shape[1:]
    right, answers = right.reshape(len(right), -1), answers.reshape(len(right), -1)
    off = np.nan_to_num(np.abs(answers - right), nan=np.inf).max(axis=0)
    moved = right.max(axis=0) - right.min(axis=0)
    visible = off.max() > VISIBLE * np.abs(right).max(initial=1e-9)
    entry = int(np.argmax(off if visible else moved))
    index = np.unravel_index(entry, shape) if shape else ()
    return _index(index), (right[:, entry], answers[:, entry])


def _index(places: tuple[Any, ...]) -> str:
    return f"[{', '.join(map(str, places))}]" if places else ""
