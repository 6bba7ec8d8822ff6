"""Known-wrong ways to run an experiment."""
