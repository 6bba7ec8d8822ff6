"""Schedules: the learning rate of the update that follows `step` completed ones.

Step 0 gives the rate the first update uses. Lecture 001 writes the decayed rate as that of step
s + 1, which is the same count. Python numbers
give a Python number, so that training in float32 stays there.
"""
