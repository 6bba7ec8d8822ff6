"""Oracles: independent sources of right answers, and their known deviations."""
