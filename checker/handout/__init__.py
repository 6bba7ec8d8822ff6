"""What students and authors are given: starter, notebook, operation page, pictures, courses.

In: an assignment, or the name of an operation.
Out: texts, notebooks, pictures and archives, the same bytes every time.
May import: reference, sandbox, course, library, cases.
"""
