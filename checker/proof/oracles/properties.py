"""The declared properties of an operation, each as an equation of error-bounded arrays."""

from collections.abc import Callable
from functools import partial

from checker.numerics.equations import Equation, bounded, sides
from checker.numerics.inputs import NamedInputs
from reference.spec import Function

Oracle = Callable[[NamedInputs], list[Equation]]


def properties(function: Function, claims: tuple[Function, ...]) -> dict[str, Oracle]:
    """The oracles of these properties. They run on error-bounded arrays, which give the bounds."""

    def holds(case: NamedInputs, prop: Function) -> list[Equation]:
        return sides(prop.__name__, *prop(function, **bounded(case)))

    return {f"property {prop.__name__}": partial(holds, prop=prop) for prop in claims}
