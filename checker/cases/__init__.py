"""Test cases: their inputs, the expected results, and the comparison of replies with these.

In: a task.
Out: a `CaseSet`, from the cache or newly generated; judgements on replies; counterexamples.
May import: reference, numerics, sandbox, course, library.
"""
