"""Diagnosis: find the misconception that explains wrong answers.

In: the judged answers to a case set, and a function that calls the submission again (`Evidence`).
Out: a `Finding` with its certainty, or None.
May import: numerics, sandbox, course, library, cases.

The stages, in the order in which they run:

    repeatability   the same call gives two different answers
    invalid_inputs  an invalid input gets an answer instead of a ValueError
    mutants         the answers are exactly those of a mutant
    extremes        only extreme inputs fail
    shapes          the values are right in another shape
    own_forward     the backward is the derivative of the student's own forward
    factors         a multiple of the right answer, or of a mutant's answer
    terms           a sum of known terms, some of which do not belong
    location        all errors are in one place
    properties      a property of the operation does not hold

A finding is certain only if it reproduces every answer. A stage reports a pattern that it cannot
prove to be the cause as an observation. If no stage finds anything, the report has only the
counterexample.
"""
