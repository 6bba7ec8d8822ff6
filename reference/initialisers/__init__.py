"""Initialisers: weights as a function of noise, so that they can be checked exactly.

`SPEC.sample(rng, shape)` draws the noise. A dense kernel is stored (inputs, outputs) and that of a
convolution (height, width, inputs, outputs), as in Keras; torch's (outputs, inputs, height, width)
is the layout "out_in", for initialisers to which it matters.

Lecture 001 writes N(0, sigma) and lecture 004 N(0, sigma^2) for the same thing; here spread is
always the standard deviation.
"""
