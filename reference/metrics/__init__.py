"""Metrics and decisions, which evaluate a trained network. They have no useful derivative."""
