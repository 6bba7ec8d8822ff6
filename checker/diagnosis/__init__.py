"""Diagnosis: find the misconception that explains wrong answers.

In: the judged answers to a case set, and a function that calls the submission again (`Evidence`).
Out: a `Finding` with its certainty, or None.
May import: reference, numerics, sandbox, course, library, cases.

The stages, in the order in which they run:

    repeatability      the same call gives two different answers
    invalid_inputs     an invalid input gets an answer instead of a ValueError
    mutants            the answers are exactly those of a mutant
    extremes           only extreme inputs fail
    nonfinite          nan or inf is all that is wrong
    shapes             the values are right in another shape
    rows               rows are missing, one is too many, or the last one stands for all
    own_forward        the backward is the derivative of the student's own forward
    factors            a multiple of the right answer, or of a mutant's answer
    changed_results    the right answer after a simple step, such as its square
    changed_arguments  the right answer to other arguments, such as two exchanged ones
    terms              a sum of known terms, some of which do not belong
    nearest_formula    the answer of the reference with a change in one place
    sometimes          the answers of a mutant in some cases, right ones in the others
    unused             an argument makes no difference
    nearly_right       the right answer, rounded or off by a small share
    location           all errors are in one place
    properties         a property of the operation does not hold

Each wrong result is explained on its own: a function can have two mistakes. A finding is certain
only if it reproduces every answer, no rival does too, and enough answers are wrong. What is found
without a mutant says what the answers are equal to, and is likely. A stage reports a pattern that
it cannot prove to be the cause as an observation. If no stage finds anything, the report has only
the counterexample.
"""
