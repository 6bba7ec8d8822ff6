"""A table of the operations of each family and the oracles that check them."""

from checker.proof.verify import oracles
from reference.catalogue import names, operation


def table() -> str:
    """A Markdown table with one row for each family.

    It has the operations, how many are compared with torch, how many have a derivative oracle, and
    the number of properties.
    """
    families: dict[str, list[str]] = {}
    for name, module in names().items():
        families.setdefault(module.split(".")[1], []).append(name)
    lines = ["| family | operations | torch | derivative | properties |", "|---|---|--:|--:|--:|"]
    total = [0, 0, 0, 0]
    for family, members in families.items():
        by_member = [oracles(operation(name)) for name in members]
        counts = [
            sum("torch float64" in titles for titles in by_member),
            sum("derivative" in titles for titles in by_member),
            sum(title.startswith("property ") for titles in by_member for title in titles),
        ]
        total = [a + b for a, b in zip(total, [len(members), *counts], strict=True)]
        lines.append(f"| {family} | {', '.join(members)} | {' | '.join(map(str, counts))} |")
    lines.append(f"| **all** | {total[0]} operations | {' | '.join(map(str, total[1:]))} |")
    return "\n".join(lines)
