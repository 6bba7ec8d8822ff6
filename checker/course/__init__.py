"""The course in use, its assignments and its own code, and what the lectures teach.

In: course.toml, assignment.toml and task.md.
Out: `Course`, `Assignment` and `Task`, or all problems of a manifest with their lines.
May import: reference.
"""
