"""Activation functions: elementwise ones, and softmax along the last axis. `grad` is dL/dy."""
