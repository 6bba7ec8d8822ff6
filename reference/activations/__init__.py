"""Activations: applied entry by entry, softmax along the last axis. `grad` is dL/dy."""
