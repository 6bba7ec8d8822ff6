"""Help for a student at work: watching a file, notebook magics, progress, hints, figures.

In: a file or notebook in a folder.
Out: reports after each save, hints, pictures, the progress of the folder.
May import: reference, numerics, sandbox, course, cases, handout, grading, reports.
"""
