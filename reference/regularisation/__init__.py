"""Regularisation: penalties on weights, noise on activations, normalisation of a batch.

Randomness is an input: a mask of ones and zeros is handed in, so that every result can be checked.
"""
