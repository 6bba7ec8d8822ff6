"""Penalties on weights, by Keras's names: the sum of l1 |w| and l2 w^2, not of their halves."""

from typing import Any

from reference.keras._names import absent, made, table
from reference.models import With
from reference.models._settings import Checked
from reference.spec import Real


class L1L2(Checked, With):
    """l1 sum |w| + l2 sum w^2."""

    def __init__(self, l1: float = 0.0, l2: float = 0.0) -> None:
        super().__init__("l1_l2", l1=l1 or 0.0, l2=l2 or 0.0)

    def __call__(self, weight: Real) -> Any:
        return self.forward(weight)


class L1(L1L2):
    """l1 sum |w|."""

    def __init__(self, l1: float = 0.01) -> None:
        super().__init__(l1=l1)


class L2(L1L2):
    """l2 sum w^2, twice what is often called weight decay of the strength l2."""

    def __init__(self, l2: float = 0.01) -> None:
        super().__init__(l2=l2)


NAMES = table(L1, L2, L1L2, l1_l2=L1L2)
l1, l2, l1_l2 = L1, L2, L1L2


def get(identifier: Any) -> With | None:
    """A name, a class, an object, or a function of the weight written with numpy."""
    if identifier is None or isinstance(identifier, With):
        return identifier
    return made("regularizer", identifier, NAMES, With, With)


__getattr__ = absent(__name__, "regularizer")
