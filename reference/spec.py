"""The kinds of operations: what each declares; every check, task and page is derived from it.

An operation takes all its words from here, those for its arguments too.
"""

import inspect
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import wraps
from typing import Any, ClassVar, NamedTuple

import numpy as np
from numpy.typing import NDArray

from reference import arguments as declared
from reference.arguments import (
    Argument,
    Below,
    Between,
    Convention,
    Each,
    Function,
    Given,
    Maybe,
    Named,
    Range,
    Simplex,
    Subgradient,
    Truth,
    Try,
)

__all__ = [
    "Argument",
    "Below",
    "Between",
    "Convention",
    "Each",
    "Example",
    "Experiment",
    "Function",
    "Given",
    "Gradients",
    "Index",
    "Initialiser",
    "KeptError",
    "Maybe",
    "Named",
    "Operation",
    "Optimiser",
    "Procedure",
    "Range",
    "Real",
    "Run",
    "Sampler",
    "Simplex",
    "Spec",
    "Statistic",
    "Subgradient",
    "Truth",
    "Try",
    "kept",
    "settings_of",
]

Real = NDArray[Any]
Index = NDArray[np.integer[Any]]
Gradients = tuple[Real, ...]


class KeptError(LookupError):
    """The code of an operation stays with the teacher who has published its declaration."""


def kept(*arguments: Any, **settings: Any) -> Any:
    """Stand for a function whose code is not published."""
    raise KeptError("the code of this operation stays with the teacher")


@dataclass(frozen=True)
class Example:
    """A worked example: the numbers a lecture or paper prints, to the digits it prints.

    None stands for what is not printed, and is worked out.
    """

    inputs: Mapping[str, Any]
    prints: Mapping[str, tuple[str | None, ...]]  # by form: "forward", "gradient"
    source: str


@dataclass(frozen=True, kw_only=True)
class Spec:
    """A function with a derivative: activation, layer, loss.

    `torch` computes the same with the torch module it is handed; a string says why it cannot.
    A property takes an implementation of `forward` and arguments, and returns two sides that agree.

    `by_convention` takes the arguments and returns, for each gradient, the entries that are not the
    derivative but a convention, True where they are. `inside` names a dtype that torch is known to
    compute in, whatever the dtype of its arguments. `terms` takes the arguments and
    returns the size of the terms, for an upstream gradient of 1, that cancel in a small gradient:
    where no short formula avoids this, a result is only as accurate as they are. `lost` takes the
    arguments and returns how many roundings of the largest result torch loses.
    """

    kind: ClassVar[str] = "function"

    forward: Function
    backward: Function
    torch: Any
    properties: tuple[Function, ...]
    examples: tuple[Example, ...] = ()
    possible: Function | None = None
    by_convention: Function | None = None
    inside: str = ""
    terms: Function | None = None
    lost: Function | None = None

    @property
    def name(self) -> str:
        return _module(self.forward)

    @property
    def source(self) -> str:
        return _source(self.forward)

    @property
    def arguments(self) -> tuple[Argument, ...]:
        return declared.arguments(self.forward)

    @property
    def outputs(self) -> tuple[Argument, ...]:
        """Name and axes of each result, in order."""
        return declared.outputs(self.forward)

    @property
    def kinks(self) -> tuple[dict[str, float], dict[str, float]] | None:
        """The two extreme settings of `backward`, where it has a choice at a kink."""
        choices = self._subgradients
        if not choices:
            return None
        return (
            {name: mark.low for name, mark in choices.items()},
            {name: mark.high for name, mark in choices.items()},
        )

    @property
    def kinks_are_shared(self) -> bool:
        return any(mark.shared for mark in self._subgradients.values())

    @property
    def gradients_are_conserved(self) -> bool:
        return any(mark.conserved for mark in self._subgradients.values())

    @property
    def _subgradients(self) -> dict[str, Subgradient]:
        return {
            argument.name: mark
            for argument in declared.arguments(self.backward)
            for mark in argument.marks
            if isinstance(mark, Subgradient)
        }


@dataclass(frozen=True, kw_only=True)
class Optimiser:
    """A pure pair: `init(param)` gives a state, `update(grad, state, param)` the next pair.

    `torch` builds the optimiser from the torch module, a list of parameters and the settings, or
    None for settings that torch does not have and properties alone prove.

    With a `closure`, `grad` is a function of the parameter that returns a loss and its gradient, so
    that one update may look at several places. `inside` and `terms` are those of `Spec`. `lost`
    takes the settings and returns how many roundings of each step torch loses, where it subtracts
    numbers that are nearly equal.
    """

    kind: ClassVar[str] = "optimiser"

    init: Function
    update: Function
    torch: Any
    properties: tuple[Function, ...]
    possible: Function | None = None
    closure: bool = False
    inside: str = ""
    terms: Function | None = None
    lost: Function | None = None

    @property
    def name(self) -> str:
        return _module(self.update)

    @property
    def source(self) -> str:
        return _source(self.update)

    @property
    def arguments(self) -> tuple[Argument, ...]:
        return declared.arguments(self.update)


@dataclass(frozen=True, kw_only=True)
class Initialiser:
    """Weights as a function of noise: `noise` names numpy's generator method that draws it.

    `torch` fills the weight it is handed, stored (outputs, inputs, ...), from the given generator.
    """

    kind: ClassVar[str] = "initialiser"

    forward: Function
    noise: str
    torch: Any
    properties: tuple[Function, ...]

    @property
    def name(self) -> str:
        return _module(self.forward)

    @property
    def source(self) -> str:
        return _source(self.forward)

    @property
    def arguments(self) -> tuple[Argument, ...]:
        return declared.arguments(self.forward)

    def sample(self, rng: np.random.Generator, shape: tuple[int, ...], **settings: float) -> Real:
        return self.forward(getattr(rng, self.noise)(size=shape), **settings)


class Run:
    """What is known of an operation by the signature of its `run`."""

    run: Function

    @property
    def name(self) -> str:
        return _module(self.run)

    @property
    def source(self) -> str:
        return _source(self.run)

    @property
    def arguments(self) -> tuple[Argument, ...]:
        return declared.arguments(self.run)

    @property
    def outputs(self) -> tuple[Argument, ...]:
        """Name and axes of each result, in order; a list of any length is one result."""
        return declared.outputs(self.run)


@dataclass(frozen=True, kw_only=True)
class Procedure(Run):
    """What has no derivative to speak of: a decision, a split, a schedule, a whole descent.

    `torch` computes the same with the torch module it is handed; a string says why it cannot.
    A property takes an implementation of `run` and arguments, and returns two sides that agree.
    Plain arrays agree exactly, unless a third item bounds their difference in units of roundoff.
    A procedure that `rejects_invalid` inputs raises ValueError for all that is not `possible`, and
    so must every implementation of it. `terms` is that of `Spec`.
    """

    kind: ClassVar[str] = "procedure"

    run: Function
    torch: Any
    properties: tuple[Function, ...]
    examples: tuple[Example, ...] = ()
    possible: Function | None = None
    rejects_invalid: bool = False
    terms: Function | None = None


class Statistic(NamedTuple):
    """What a statistical test measures: a right sample leaves low to high once in 10^9 times."""

    value: Any
    low: Any
    high: Any


@dataclass(frozen=True, kw_only=True)
class Sampler(Run):
    """A random operation: weights, masks, orders. No result is the right one; tests judge it.

    `run(..., seed)` samples, with any generator. A property is a statistical test: it takes the
    sample and the settings and returns a Statistic. `torch` samples the same distribution with the
    torch module it is handed. It `shuffles` if each row of a sample always has the same entries, in
    another order.
    """

    kind: ClassVar[str] = "sampler"

    run: Function
    torch: Any
    properties: tuple[Function, ...]
    shuffles: bool = False


@dataclass(frozen=True, kw_only=True)
class Experiment(Run):
    """A training that everybody may design in their own way: what it shows is judged.

    `data(seed)` returns what `run` takes before its settings, and after this what it never sees,
    such as the labels of new examples. A property takes the results, and all data by name, and
    returns a Statistic whose bounds follow from the data alone. Its docstring has three paragraphs:
    what is asked; what was measured, with {got}, {low}, {high} and the names of other measurements
    in braces; what is wrong, in one sentence, and a hint. `curves` takes the same and returns the
    curves to draw, by name, `along` what is counted from 0. Without it, the picture is the border
    of class 0 in the plane, if `new` has points of it. What is in `by_luck` must hold in most runs,
    all other properties in every run. `torch` says why there is no comparison.
    """

    kind: ClassVar[str] = "experiment"

    run: Function
    data: Function
    torch: str
    by_luck: tuple[Function, ...] = ()
    curves: Function | None = None
    along: str = ""
    properties: tuple[Function, ...]

    @property
    def arguments(self) -> tuple[Argument, ...]:
        """The settings: the data are made, not drawn."""
        return tuple(a for a in declared.arguments(self.run) if a.tried)

    @property
    def given(self) -> tuple[Argument, ...]:
        """The data that `run` takes."""
        return tuple(a for a in declared.arguments(self.run) if not a.tried)

    @property
    def made(self) -> tuple[str, ...]:
        """The names of all data: those given come first."""
        return tuple(output.name for output in declared.outputs(self.data))


Operation = Spec | Optimiser | Initialiser | Procedure | Sampler | Experiment


def settings_of(forward: Function) -> Callable[[Function], Function]:
    """Give a backward the settings of its forward, with their defaults: they are written once."""
    parameters = inspect.signature(forward).parameters.values()
    settings = [p for p in parameters if p.kind is p.KEYWORD_ONLY]
    defaults = {p.name: p.default for p in settings if p.default is not p.empty}

    def complete(backward: Function) -> Function:
        @wraps(backward)
        def with_defaults(*arguments: Any, **given: Any) -> Any:
            return backward(*arguments, **{**defaults, **given})

        own = inspect.signature(backward).parameters.values()
        kept = [p for p in own if p.name not in defaults and p.kind is not p.VAR_KEYWORD]
        known = {p.name for p in kept}
        kept += [p for p in settings if p.name not in known]
        vars(with_defaults)["__signature__"] = inspect.Signature(kept)
        return with_defaults

    return complete


def _module(function: Function) -> str:
    return function.__module__.rpartition(".")[2]


def _source(function: Function) -> str:
    """The last paragraph of the module's docstring, on one line."""
    text = inspect.getdoc(sys.modules[function.__module__]) or ""
    return " ".join(text.partition("\nSource:")[2].split())
