"""Known-wrong versions of the two neurons of lecture 004."""

from reference.activations.sigmoid import forward as sigmoid


def activation_skipped_between(x, w1, b1, w2, b2):
    """The second neuron gets z1: the activation between the two is skipped.

    Which number leaves the first neuron?
    """
    z1 = w1 * x + b1
    z2 = w2 * z1 + b2
    return z1, sigmoid(z1), z2, sigmoid(z2)


def output_not_activated(x, w1, b1, w2, b2):
    """The last activation is missing: a2 is z2.

    In this example both neurons are sigmoid neurons.
    """
    a1 = sigmoid(w1 * x + b1)
    z2 = w2 * a1 + b2
    return w1 * x + b1, a1, z2, z2


MISTAKES = (activation_skipped_between, output_not_activated)
