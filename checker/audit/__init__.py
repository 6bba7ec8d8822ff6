"""Testing the grader: proofs of assignments, and the table of mutants and their diagnoses.

In: an assignment, or every task that a course can have.
Out: `Proof` with survivors and confusions, the confusion table.
May import: reference, numerics, sandbox, course, library, cases, handout, diagnosis, grading.
"""
