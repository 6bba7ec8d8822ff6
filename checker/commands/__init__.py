"""The command line: one module for each command. A command has no logic of its own.

In: the words of a command line.
Out: text and an exit code.
May import: reference, sandbox, course, library, cases, handout, grading, audit, proof, classroom,
reports, student. Heavy modules are imported inside the functions, so that `check --help` is fast.
"""
