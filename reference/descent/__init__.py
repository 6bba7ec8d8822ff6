"""Descent: how a loss is followed downhill, in what portions of the data, and when to stop."""
