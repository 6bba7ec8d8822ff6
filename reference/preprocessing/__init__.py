"""Preprocessing: what happens to data before a network sees it.

Whatever is learned from data, a mean or a list of classes, is learned from the training part
alone: `fit(train)` returns it as a tuple of numbers, `apply(fitted, x)` uses it on any part.
Splits are lists of example numbers, so that inputs and labels are split alike.
"""
