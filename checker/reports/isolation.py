"""The sandbox of this machine, layer by layer, in words for the person who runs the grader."""

import click

# For each layer: what it does, and what to do if it is missing.
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
        "use Linux 5.13 or newer, with landlock in `lsm=`; without it, no file can be opened.",
    ),
    "seccomp": (
        "no process, thread or socket can be made, and no other process be reached",
        "Linux on x86-64 or 64-bit ARM has it; a container must not forbid prctl.",
    ),
    "cgroup": (
        "all workers together may use three quarters of the memory",
        "isolation is full without it; try `systemd-run --user --scope check ...`.",
    ),
    "namespace": (
        "no file can be seen but those that can be read: neither its name nor its size",
        "isolation is full without it; user namespaces must be allowed, on Linux 5.12 or newer.",
    ),
}
OPTIONAL = ("cgroup", "namespace")
LEVEL_MEANINGS = {
    "full": "A submission can reach nothing but its own memory. It is safe to grade any file.",
    "limits only": "A submission cannot exhaust this machine, but it can read and write what you "
    "can. Grade only files of people you trust, or grade in a container.",
    "none": "A submission can do everything here that you can. Grade only your own files.",
}


def explained(level: str, lacking: list[str]) -> str:
    """The level, each layer with the reason if it is lacking, and what the level means."""
    missing = dict(map(_split_reason, lacking))
    width = max(map(len, LAYERS))
    lines = [f"isolation: {click.style(level, bold=True)}", ""]
    for name, (does, remedy) in LAYERS.items():
        if name in missing:
            mark = "-" if name in OPTIONAL else click.style("✗", fg="red")
            lines.append(f"  {mark} {name:<{width}}  {missing[name]}")
            lines.append(f"    {'':<{width}}  {remedy}")
        else:
            lines.append(f"  {click.style('✓', fg='green')} {name:<{width}}  {does}")
    return "\n".join([*lines, "", LEVEL_MEANINGS[level]])


def _split_reason(words: str) -> tuple[str, str]:
    layer, _, why = words.partition(": ")
    return layer, why
