"""Mutants of swish."""

import numpy as np

from reference.activations import sigmoid
from reference.activations.swish import forward


def gate_alone(x, *, beta=1.0):
    """The factor x is missing: this is the sigmoid alone.

    How large does the output get for x = 100?
    """
    return sigmoid.forward(beta * x)


def tanh_for_sigmoid(x, *, beta=1.0):
    """The gate is a tanh, where it should be a sigmoid.

    Is your output ever negative? It should be, a little, to the left of 0.
    """
    return x * np.tanh(beta * x)


def hard_gate(x, *, beta=1.0):
    """The gate is open or shut: this is the ReLU.

    What should come out for x = -1: nothing, or a little?
    """
    return np.maximum(x, 0)


def gate_added(x, *, beta=1.0):
    """Input and gate are added, where they should be multiplied.

    What should come out at 0?
    """
    return x + sigmoid.forward(beta * x)


def square_in_the_gate(x, *, beta=1.0):
    """The sigmoid is taken of x times x: the factor x belongs outside.

    Which brackets close before the second x?
    """
    return sigmoid.forward(beta * x * x)


def gate_of_minus_x(x, *, beta=1.0):
    """The gate opens on the wrong side: the sign in the exponent is lost.

    For large x the output should be nearly x. Is yours?
    """
    return x * sigmoid.forward(-beta * x)


def gate_differentiated_alone(grad, x, *, beta=1.0):
    """This is only the second half of the product rule: the slope of the gate times x.

    (u v)' has two terms. Which one is missing? What is the slope at 0?
    """
    s = sigmoid.forward(beta * x)
    return (grad * beta * x * s * (1 - s),)


def gate_held_fixed(grad, x, *, beta=1.0):
    """This is only the first half of the product rule: the gate is treated as a constant.

    (u v)' has two terms. Does the gate not depend on x too?
    """
    return (grad * sigmoid.forward(beta * x),)


def second_term_without_the_input(grad, x, *, beta=1.0):
    """In the second term the factor x is missing.

    In (u v)' = u' v + u v', what is u in the second term?
    """
    s = sigmoid.forward(beta * x)
    return (grad * (s + beta * s * (1 - s)),)


def sign_in_the_second_term(grad, x, *, beta=1.0):
    """In the second term stands 1 + s, where it should be 1 - s.

    What is the derivative of the sigmoid, written with its own value?
    """
    s = sigmoid.forward(beta * x)
    return (grad * (s + beta * x * s * (1 + s)),)


def output_for_gate(grad, x, *, beta=1.0):
    """The slope of the gate is worked out from the output x s instead of from s.

    In s (1 - s), is s the gate, or the gate times x?
    """
    y, s = forward(x, beta=beta), sigmoid.forward(beta * x)
    return (grad * (s + beta * x * y * (1 - y)),)


def slopes_multiplied(grad, x, *, beta=1.0):
    """The slopes of x and of the gate are multiplied: this is not the product rule.

    (u v)' is not u' v'. Which two terms does it have?
    """
    s = sigmoid.forward(beta * x)
    return (grad * beta * s * (1 - s),)
