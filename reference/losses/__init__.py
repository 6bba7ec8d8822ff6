"""Loss functions, which training minimises. The gradient is with respect to the first argument.

What a loss is divided by is a convention, and each file states its own: `mse` and the binary
cross-entropies divide by the number of entries, the categorical cross-entropies by the number of
examples, and the sums by nothing. Where there is a choice, the setting `reduction` makes it; with
"none" the upstream gradient has one entry for each cost. The cross-entropies of probabilities clamp
log(p) at -100, as `binary_cross_entropy` of PyTorch does, so that a confident wrong answer costs
100 and not infinity.
"""
