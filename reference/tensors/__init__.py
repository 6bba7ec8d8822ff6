"""Tensor arithmetic with broadcasting.

Shapes are aligned on the last axes, and axes of length one are repeated. If an operand is repeated
along an axis, its gradient is the sum over this axis. The functions take any two shapes that can be
broadcast. Their annotations declare the case of lecture 000: one row is combined with every row of
a tensor.
"""
