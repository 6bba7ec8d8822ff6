"""The proof: the reference checked against PyTorch, derivatives, properties and external suites.

In: operations.
Out: one row for each operation and oracle: cases, the worst error as a fraction of its bound.
May import: reference, numerics, course. Only this package runs torch.
"""
