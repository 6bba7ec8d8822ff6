"""The graph of an operation's forward, run backwards, gives what its backward was written for."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.numerics.derivative import agreement, lifted, smooth
from checker.numerics.equations import parts
from checker.numerics.exact import exact
from checker.numerics.gradients import backward, differentiable, split, wanted, with_upstream
from checker.proof.strategy import cases
from reference.autodiff import Variable, gradients
from reference.autodiff._reverse import from_the_top
from reference.catalogue import operations

FUNCTIONS = {name: spec for name, spec in operations().items() if spec.kind == "function"}
RECORDED = (  # all functions they call are primitives of the graph
    *("add", "subtract", "multiply", "divide", "matmul", "batched_matmul", "dense"),
    *("identity", "sigmoid", "tanh", "swish", "l1", "l2", "l1_l2", "mse", "sse", "half_rss"),
    *("weighted_mse", "weighted_mean", "binary_cross_entropy", "cross_entropy"),
    *("sparse_cross_entropy", "label_smoothing", "batch_norm_train", "batch_norm_inference"),
    *("dropout_inverted", "dropout_standard", "two_neurons", "two_neurons_loss", "toy_surface"),
)


def graph_of(spec, inputs):
    """A number whose gradients are those of the operation for the upstream, and where to."""
    grads, case = split(lifted(inputs))
    variables = {name: Variable(case[name]) for name in wanted(spec, case)}
    outputs = differentiable(spec, parts(spec.forward(**case | variables)))
    total = sum((g * y).sum() for g, y in zip(grads, outputs, strict=True))
    # A result that depends on nothing has an empty graph, and its gradient is zero.
    return total if isinstance(total, Variable) else Variable(total), variables


def on_a_kink(total):
    """Whether the graph differentiates |x| at 0, where its slope of 0 is as good as any."""
    nodes = [node for node in from_the_top(total) if node.name == "absolute"]
    return any(np.any(parent.value == 0) for node in nodes for parent, _ in node.parents)


@pytest.mark.parametrize("name", FUNCTIONS)
@pytest.mark.filterwarnings("ignore")
@settings(deadline=None, max_examples=10)
@given(data=st.data())
def test_every_backward_is_what_the_graph_of_its_forward_gives(name, data):
    """To the last digits. What cannot be recorded is refused, and gives no wrong gradient."""
    spec = FUNCTIONS[name]
    inputs = with_upstream(spec, data.draw(cases(spec.arguments, spec.possible)))
    try:
        total, variables = graph_of(spec, inputs)
    except (TypeError, AttributeError, ValueError):  # a function that is no primitive
        assert name not in RECORDED
        return
    if on_a_kink(total):
        return
    grads, case = split(lifted(inputs))
    automatic = gradients(total, list(variables.values()), exact(1.0))
    written = backward(spec, grads, case)
    masks = smooth(spec, inputs).values()
    for a, b, mask in zip(automatic, written, masks, strict=True):
        assert a.shape == b.shape
        equation = agreement(f"gradient of {name}", a * exact(mask), b * exact(mask), 1.0)
        assert equation.ratio <= 1, str(equation)
