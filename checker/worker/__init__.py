"""The process that runs a submission, and the parent's end of the line to it."""
