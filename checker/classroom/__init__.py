"""Grading a class: layouts of learning platforms, parallel grading, the store of reports.

In: an export of a platform, an assignment.
Out: one `ClassRow` for each submission.
May import: sandbox, course, cases, grading.
"""
