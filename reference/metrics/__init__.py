"""Metrics: what is read off a trained network. They decide, so they have no derivative."""
