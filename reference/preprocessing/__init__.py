"""Preprocessing: what is done to data before a network sees it.

Everything that is estimated from data, such as a mean or a list of classes, is estimated from the
training data only: `fit(train)` returns the estimates as a tuple, and `apply(fitted, x)` applies
them to any data. Splits are arrays of example numbers, so that inputs and labels are split in the
same way.
"""
