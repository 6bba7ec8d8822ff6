"""Experiments: each measures a claim of the lectures, and tells and draws what it measured."""

import textwrap
from typing import TYPE_CHECKING

from reference import experiments

if TYPE_CHECKING:
    from matplotlib.figure import Figure

WIDTH = 100  # characters


def claims() -> dict[str, str]:
    """The claim that each experiment tests, by the name of the experiment."""
    return {name: experiments.heading(name)[1] for name in experiments.names()}


def run(name: str) -> "tuple[str, Figure]":
    """Run an experiment. Return its sentence, broken into lines, and its picture."""
    experiment = experiments.find(name)
    result = experiment.run()
    return textwrap.fill(experiment.sentence(result), WIDTH), experiment.picture(result)
