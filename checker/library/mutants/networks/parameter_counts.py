"""Mutants of counting parameters."""

import numpy as np


def biases_not_counted(widths, *, bias=True):
    """The biases are not counted.

    What has each neuron, beside its weights?
    """
    inputs, outputs = _pairs(widths)
    return inputs * outputs


def one_bias_for_each_input(widths, *, bias=True):
    """There is one bias for each input of a layer; each neuron of the layer should have one.

    In X W + b, how long is b?
    """
    inputs, outputs = _pairs(widths)
    return inputs * outputs + inputs * bias


def one_bias_for_each_layer(widths, *, bias=True):
    """There is one bias for the whole layer; each neuron should have its own.

    In X W + b, how long is b?
    """
    inputs, outputs = _pairs(widths)
    return inputs * outputs + bias


def neurons_counted(widths, *, bias=True):
    """The neurons are counted, not their parameters.

    How many numbers has one neuron with d inputs?
    """
    return _pairs(widths)[1]


def total_only(widths, *, bias=True):
    """This is the number for the whole network; asked is one for each layer.

    How many layers with weights are there?
    """
    return np.array([_counts(widths, bias).sum()])


def inputs_counted_as_a_layer(widths, *, bias=True):
    """The inputs are counted as a layer with 0 parameters.

    How many layers with weights are there between l widths?
    """
    return np.array([0, *_counts(widths, bias)])


def added_not_multiplied(widths, *, bias=True):
    """Inputs and outputs are added, where every input meets every output.

    How many connections are there between two layers of ten?
    """
    inputs, outputs = _pairs(widths)
    return inputs + outputs + outputs * bias


def layer_with_itself(widths, *, bias=True):
    """Each layer is taken to have as many inputs as it has neurons.

    From where does a layer get its inputs?
    """
    outputs = _pairs(widths)[1]
    return (outputs + bias) * outputs


def last_layer_missing(widths, *, bias=True):
    """The last layer is missing.

    How many layers with weights are there between l widths?
    """
    return _counts(widths, bias)[:-1]


def _pairs(widths):
    return np.array(widths[:-1]), np.array(widths[1:])


def _counts(widths, bias):
    inputs, outputs = _pairs(widths)
    return (inputs + bias) * outputs
