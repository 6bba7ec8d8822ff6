"""Initialisers: weights as a function of given noise, so that results can be checked exactly.

`SPEC.sample(rng, shape)` samples the noise and returns the weights. A dense kernel is stored as
(inputs, outputs) and a convolution kernel as (height, width, inputs, outputs), as in Keras. PyTorch
stores (outputs, inputs, height, width); this is the layout "out_in", a setting of the initialisers
that depend on it.

Lecture 001 writes N(0, sigma) and lecture 004 N(0, sigma^2) for the same distribution. Here `std`
is always the standard deviation.
"""
