"""Tensor arithmetic: shapes are aligned on the last axes, and axes of length one are repeated.

An operand that was repeated is used once for each copy, so its gradient is the sum over the axes
it was repeated along. The arithmetic takes any two shapes that align; its declarations name the
form of lecture 000, a row that meets every row of a tensor.
"""
