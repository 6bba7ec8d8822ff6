"""Initialisers: weights (inputs, outputs) as a function of noise, so they can be checked exactly.

`SPEC.sample(rng, shape)` draws the noise. Lecture 001 writes N(0, sigma) and lecture 004
N(0, sigma^2) for the same thing; here spread is always the standard deviation.
"""
