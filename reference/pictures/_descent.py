"""The path of an optimiser on a surface, whose gradient is computed by automatic differentiation.

Source: Vanschoren (001), "Optimizers".
"""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from reference.autodiff import Variable, gradients
from reference.models import With
from reference.optimisers import nesterov
from reference.spec import Real

Surface = Callable[[Any, Any], Any]
Point = tuple[float, float]


def slope(surface: Surface, point: Real) -> Real:
    """The gradient of a surface at a point (x, y)."""
    here = Variable(point)
    return gradients(surface(here[0], here[1]), [here])[0]


def descent(optimiser: With, surface: Surface, start: Point, steps: int) -> Real:
    """The point before the first step and after each step, as long as they are finite."""
    point = np.array(start, dtype=float)
    state, path = optimiser.operation.init(point), [point]
    with np.errstate(over="ignore", invalid="ignore"):
        for step in range(steps):
            settings = optimiser.at(step)
            grad = slope(surface, _ahead(state, point, settings))
            point, state = optimiser.operation.update(grad, state, point, **settings)
            if not np.isfinite(point).all():
                break
            path.append(point)
    return np.array(path)


def _ahead(state: Any, point: Real, settings: Mapping[str, Any]) -> Real:
    """Where to take the gradient: at the point itself, but for the lookahead form of Nesterov."""
    own = {name: settings[name] for name in ("momentum", "form") if name in settings}
    return nesterov.ahead(state, point, **own) if own.get("form") == "lookahead" else point
