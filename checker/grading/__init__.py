"""Grading one submission: find its file, run it in a worker, judge, diagnose, shrink, record.

In: an assignment, its case sets, one submission.
Out: a `Report`, the record that every report format shows.
May import: reference, sandbox, course, library, cases, handout, diagnosis.
"""
