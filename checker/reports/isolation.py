"""What keeps a submission in its place, in words for whoever runs the grader."""

import click

# Each layer: what it does, and what to do where it is missing.
LAYERS = {
    "privileges": (
        "a worker started by root becomes an ordinary user",
        "run check as an ordinary user.",
    ),
    "limits": (
        "memory, processor time, files and processes are limited",
        "this system has no resource limits; grade on Linux, in a container or virtual machine.",
    ),
    "landlock": (
        "no file but Python's own and numpy's can be read, none written, and there is no TCP",
        "Linux 5.13 has it, unless it was left out of `lsm=`; without it, no file can be opened.",
    ),
    "seccomp": (
        "no process, thread or socket can be made, and no other process be reached",
        "Linux on x86-64 or 64-bit ARM has it; a container must not forbid prctl.",
    ),
}
LEVELS = {
    "full": "A submission reaches nothing but its own memory. Grade whom you like.",
    "limits only": "A submission cannot exhaust this machine, but it can read and write what you "
    "can. Grade files of people you trust, or grade in a container.",
    "none": "A submission can do here what you can. Grade your own files only.",
}


def explained(level: str, lacking: list[str]) -> str:
    """The level, the layers with what is lacking, and what that means."""
    missing = dict(map(_parted, lacking))
    width = max(map(len, LAYERS))
    lines = [f"isolation: {click.style(level, bold=True)}", ""]
    for name, (does, remedy) in LAYERS.items():
        if name in missing:
            lines.append(f"  {click.style('✗', fg='red')} {name:<{width}}  {missing[name]}")
            lines.append(f"    {'':<{width}}  {remedy}")
        else:
            lines.append(f"  {click.style('✓', fg='green')} {name:<{width}}  {does}")
    return "\n".join([*lines, "", LEVELS[level]])


def _parted(words: str) -> tuple[str, str]:
    layer, _, why = words.partition(": ")
    return layer, why
