"""The page about the experiments: each with its claim, what it measured in this build, a picture.

All experiments are run, which takes about a minute.
"""

import inspect

from gallery_pages import png
from markup import code, escaped, joined, prose

from reference import experiments

PAGE, FOLDER = "experiments.md", "generated/experiments"


def page(*, drawn: bool) -> dict[str, str | bytes]:
    """The page and, if they are drawn, its pictures, by their paths."""
    files: dict[str, str | bytes] = {}
    sections = []
    for name in experiments.names():
        sections.append(_section(name))
        if drawn:
            experiment, path = experiments.find(name), f"{FOLDER}/{name}.png"
            result = experiment.run()
            files[path] = png(experiment.picture(result))
            sections.append(_measured(name, experiment.sentence(result), path))
    files[PAGE] = joined(
        "# Experiments",
        f"The lectures claim more than formulas. Each of these {len(experiments.names())} "
        "experiments tests one claim by measuring it, in seconds. The sentences and pictures are "
        "those of the last build of these pages. All randomness comes from seeds, so only measured "
        "times differ on your computer.",
        "`check show NAME` runs one experiment, prints its sentence and draws its picture. In "
        "Python, `reference.experiments.find(NAME)` is the module, and `run()` returns the "
        "numbers.",
        *sections,
    )
    return files


def _section(name: str) -> str:
    subject, claim = experiments.heading(name)
    _, _, text = (inspect.getdoc(experiments.find(name)) or "").partition("\n")
    return joined(
        f"(experiment-{name})=\n## {subject}",
        f"**{escaped(claim)}** {code(f'check show {name}')}",
        prose(text.strip("\n")),
    ).rstrip()


def _measured(name: str, sentence: str, path: str) -> str:
    subject, _ = experiments.heading(name)
    return joined(
        f"> {escaped(sentence)}", f"![{escaped(subject)}: what the experiment measured]({path})"
    ).rstrip()
