"""Trainings that everybody may design: they are judged by what they show."""
