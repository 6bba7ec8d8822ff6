"""Arrays with error bounds, equations between them, and inputs made from declarations.

In: the declaration of an operation, sizes, a seed.
Out: error-bounded arrays, equations with a ratio of error to bound, inputs.
May import: reference.
"""
