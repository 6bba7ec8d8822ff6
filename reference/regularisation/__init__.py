"""Regularisation: penalties on weights, noise on activations, and batch normalisation.

Randomness is an argument: the caller passes a mask of ones and zeros, so that every result can be
checked.
"""
