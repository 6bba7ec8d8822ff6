"""Exact arithmetic, the conditioning of results, equations, and inputs made from declarations.

In: the declaration of an operation, sizes, a seed.
Out: exact numbers, derivatives, moves, equations with a ratio of error to bound, inputs.
May import: reference.
"""
