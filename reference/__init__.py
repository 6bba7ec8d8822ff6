"""The specification: every building block of neural networks as numpy code, formula first."""
