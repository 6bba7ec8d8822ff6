"""Embeddings: tables that turn whole numbers, such as words or users, into vectors.

The gradient of a table is an array of the same shape, also where only few rows were looked up.
"""
