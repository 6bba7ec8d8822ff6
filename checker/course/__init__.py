"""Assignments: their folders, manifests and tasks, and what the lectures teach.

In: assignment.toml and task.md.
Out: `Assignment` and `Task`, or all problems of a manifest with their lines.
May import: nothing of ours.
"""
