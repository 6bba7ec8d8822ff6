"""Descent: how to minimise a loss step by step, how to form batches, and when to stop."""
