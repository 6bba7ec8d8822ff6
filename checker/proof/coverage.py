"""What is specified and how it is proven, as the table in the README.

python -m checker.proof.coverage    prints it
"""

from checker.proof.verify import oracles
from reference.catalogue import names, operation


def table() -> str:
    """One row for each family: its operations, and how many of them each oracle checks."""
    families: dict[str, list[str]] = {}
    for name, module in names().items():
        families.setdefault(module.split(".")[1], []).append(name)
    lines = ["| family | operations | torch | derivative | laws |", "|---|---|--:|--:|--:|"]
    total = [0, 0, 0, 0]
    for family, members in families.items():
        found = [oracles(operation(name)) for name in members]
        counts = [
            sum("torch float64" in each for each in found),
            sum(bool({"complex step", "differences"} & each.keys()) for each in found),
            sum(title.startswith("law ") for each in found for title in each),
        ]
        total = [a + b for a, b in zip(total, [len(members), *counts], strict=True)]
        lines.append(f"| {family} | {', '.join(members)} | {' | '.join(map(str, counts))} |")
    lines.append(f"| **all** | {total[0]} operations | {' | '.join(map(str, total[1:]))} |")
    return "\n".join(lines)


if __name__ == "__main__":
    print(table())
