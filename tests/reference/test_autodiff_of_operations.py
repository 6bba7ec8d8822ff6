"""The graph of an operation's forward, run backwards, gives what its backward was written for."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.numerics.equations import as_bounded, bound, bounded, parts
from checker.numerics.error_bounds import ErrorBounded
from checker.proof.oracles.derivative import smooth
from checker.proof.oracles.upstream import backward, upstream
from checker.proof.strategy import cases
from reference.autodiff import Variable, gradients
from reference.catalogue import operations

FUNCTIONS = {name: spec for name, spec in operations().items() if spec.kind == "function"}


def graph_of(spec, case):
    """A number whose gradients are those of the operation for a fixed upstream, and where to."""
    wanted = [a.name for a in spec.arguments if a.differentiable]
    values = bounded(case)
    values |= {name: Variable(values[name]) for name in wanted}
    outputs = parts(spec.forward(**values))
    grads = upstream(parts(spec.forward(**case)))
    total = sum((ErrorBounded(g) * y).sum() for g, y in zip(grads, outputs, strict=True))
    # A step depends on nothing: its graph is empty, and its gradient zero.
    total = total if isinstance(total, Variable) else Variable(total)
    return total, values, wanted, grads


@pytest.mark.parametrize("name", FUNCTIONS)
@settings(deadline=None, max_examples=40)
@given(data=st.data())
def test_every_backward_is_what_the_graph_of_its_forward_gives(name, data):
    spec = FUNCTIONS[name]
    case = data.draw(cases(spec.arguments, spec.possible))
    with np.errstate(all="ignore"):
        total, values, wanted, grads = graph_of(spec, case)
        automatic = gradients(total, [values[each] for each in wanted], ErrorBounded(1.0))
        written = backward(spec, tuple(map(ErrorBounded, grads)), bounded(case))
        pairs = zip(map(as_bounded, automatic), map(as_bounded, written), strict=True)
        for k, (a, b) in enumerate(pairs):
            assert a.shape == b.shape
            gap = np.abs(a.value - b.value) * smooth(spec, grads, case, k)
            assert np.all(gap <= bound(a) + bound(b))
