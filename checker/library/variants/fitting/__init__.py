"""Right ways to run an experiment."""
