"""Attention: each query takes a weighted mean of values, with weights that its keys decide."""
