"""Schedules: the learning rate of the update that follows `step` completed updates.

Step 0 gives the rate of the first update. Lecture 001 writes the decayed rate as that of step
s + 1, which is the same count. Python numbers give a Python number, so that training in float32
stays in float32.
"""
