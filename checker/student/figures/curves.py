"""Each result of a function as a curve, while one number of a small input varies.

If the number is a probability, the others of its row share the rest equally. The input is one on
which the student's function is wrong, if there is one. Of each result the entry with the largest
error is drawn or, if no error is visible, the entry that varies most.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from checker.cases import forms
from checker.cases.case_set import Case, CaseSet
from checker.cases.comparison import fault
from checker.cases.forms import Form
from checker.course.assignment import Task
from checker.student.calls import Call, number
from reference.spec import Between, Simplex

if TYPE_CHECKING:
    from matplotlib.figure import Figure

CURVE_POINTS = 161
CURVE_LIMIT = 4.0
SCHEDULE_STEPS = 60
MARGIN = 0.02  # the part of an interval that is left out at each end
VISIBLE_ERROR = 1e-4  # smaller errors, relative to the right values, cannot be seen
Curve = tuple[Any, Any]


def draw(title: str, tasks: list[Task], case_sets: dict[str, CaseSet], ask: Call) -> "Figure":
    from reference.pictures import answered_curves

    results = [_curves(task, case_sets[task.function], ask) for task in tasks]
    x, along, _ = results[0]
    panels = {name: pair for _, _, curves in results for name, pair in curves.items()}
    return answered_curves(x, panels, along, title if len(panels) > 1 else "")


@dataclass(frozen=True)
class _Variation:
    """The first entry of an argument and the values it takes; whole numbers if `counted`."""

    place: int
    marks: tuple[Any, ...]
    counted: bool = False

    @property
    def is_probability(self) -> bool:
        return any(isinstance(mark, Simplex) for mark in self.marks)

    @property
    def values(self) -> Any:
        if self.counted:
            return np.arange(SCHEDULE_STEPS + 1)
        free = (0.0, 1.0) if self.is_probability else (-CURVE_LIMIT, CURVE_LIMIT)
        ends = [(mark.low, mark.high) for mark in self.marks if isinstance(mark, Between)]
        low, high = next(iter(ends), free)
        edge = MARGIN * (high - low)
        return np.linspace(low + edge, high - edge, CURVE_POINTS)

    def can_vary(self, case: Case) -> bool:
        start = case.arguments[self.place]
        fits = np.shape(start)[-1] > 1 if self.is_probability else np.size(start) > 0
        return bool(fits) and not case.extreme

    def at(self, arguments: list[Any], value: float) -> list[Any]:
        varied, start = list(arguments), arguments[self.place]
        if self.counted:
            varied[self.place] = int(value)
            return varied
        array = np.array(start, dtype=float)
        array.flat[0] = value
        if self.is_probability:
            others = array.reshape(-1, array.shape[-1])[0, 1:]
            others[:] = (1 - value) / others.size
        varied[self.place] = array if np.ndim(start) else float(value)
        return varied


def _curves(task: Task, case_set: CaseSet, ask: Call) -> tuple[Any, str, dict[str, Curve]]:
    """The values that vary, their name, and for each result the right and the actual values."""
    spec = forms.configured(task)
    form = forms.form(spec, task.asks)
    upstream = form.upstream
    variation = _variation(task, spec, upstream)
    arguments = _case(task, case_set, form, variation, ask).arguments
    ones = [np.ones_like(a) if np.ndim(a) else 1.0 for a in arguments[:upstream]]
    calls = [variation.at([*ones, *arguments[upstream:]], value) for value in variation.values]
    right = [[answer.low for answer in form.answers(call)] for call in calls]
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
        index, pair = _entry_to_draw(values, answers)
        panels[(task.function if parts == 1 else part.name) + index] = pair
    place = variation.place
    along = form.arguments[place].name + _index((0,) * np.ndim(arguments[place]))
    return variation.values, along, panels


def _variation(task: Task, spec: Any, upstream: int) -> _Variation:
    """The steps of a schedule, or else the first argument of real numbers.

    Raises LookupError if there is neither.
    """
    for place, argument in enumerate(spec.arguments, upstream):
        if argument.name == "step":
            return _Variation(place, (), counted=True)
    for place, argument in enumerate(spec.arguments, upstream):
        if argument.differentiable:
            return _Variation(place, argument.marks)
    raise LookupError(f"there is no picture of {task.function}: none of its arguments can vary.")


def _case(task: Task, case_set: CaseSet, form: Form, variation: _Variation, ask: Call) -> Case:
    """The case to draw: of the wrong ones, or else of all, the first in which most results vary.

    Raises LookupError if the entry cannot vary in any case.
    """
    cases = [case for case in case_set.cases if variation.can_vary(case)]
    if not cases:
        raise LookupError(f"there is no picture of {task.function}: none of its cases can vary.")
    replies = ask(task.function, len(form.results), [case.arguments for case in cases])
    wrong = [
        case
        for case, reply in zip(cases, replies, strict=True)
        if reply is None or any(map(_is_wrong, case.results, reply))
    ]
    return max(wrong or cases, key=lambda case: _varying_results(form, case, variation))


def _is_wrong(want: Any, got: Any) -> bool:
    return fault(want, got) is not None


def _varying_results(form: Form, case: Case, variation: _Variation) -> int:
    ends = [form.answers(variation.at(case.arguments, variation.values[end])) for end in (0, -1)]
    return sum(bool(np.any(a.low != b.low)) for a, b in zip(*ends, strict=True))


def _entry_to_draw(right: Any, answers: Any) -> tuple[str, Curve]:
    """The entry to draw: its index as text, and the curves of right and actual values."""
    shape = right.shape[1:]
    right, answers = right.reshape(len(right), -1), answers.reshape(len(right), -1)
    off = np.nan_to_num(np.abs(answers - right), nan=np.inf).max(axis=0)
    span = right.max(axis=0) - right.min(axis=0)
    visible = off.max() > VISIBLE_ERROR * np.abs(right).max(initial=1e-9)
    entry = int(np.argmax(off if visible else span))
    index = np.unravel_index(entry, shape) if shape else ()
    return _index(index), (right[:, entry], answers[:, entry])


def _index(places: tuple[Any, ...]) -> str:
    return f"[{', '.join(map(str, places))}]" if places else ""
