"""Losses: a number to be lowered. The gradient is with respect to the first argument.

What a loss divides by is its convention, and each file states its own: `mse` by every entry,
cross-entropies by the examples, the sums by nothing. Where there is a choice, `reduction` makes
it, and with "none" the upstream gradient has one entry for each cost. log(p) is clamped at -100,
as torch does it, so that a confident wrong answer costs 100 and never infinity.
"""
