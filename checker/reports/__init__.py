"""Report formats, one file each. All of them show the same records.

In: a `Report`, or the rows of a class, or a `Proof`.
Out: text for a terminal, files for people, platforms and programs.
May import: sandbox, course, cases, handout, grading, audit, classroom.
"""
