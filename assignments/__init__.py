"""The course: one folder per assignment, with its manifest and its text."""
