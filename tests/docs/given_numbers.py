"""The numbers that are given rather than found, as patterns, each with the reason."""

import re

NAMES_ITS_SOURCE = re.compile(
    r"[Ll]ectures? 00[0-4]|\(00[0-4]\)|[Tt]he lecture|Keras|PyTorch|[Tt]he paper"
)  # or what is given elsewhere
GIVEN = {
    "the name of a lecture": r"\b(00[0-4])\b",
    "the year of a publication": r"(?:\(|of |[A-Z]\w+ )((?:18|19|20)\d\d)\b",
    "the widths of a network whose parameters are counted": r"\((784), (512), (512), 10\)",
    "the constants of a formula": r"= (\d\S*) - x .* = (\d\S*) - x .* = (\d\S*) - x ",
    "what a picture shows": r"(!\[[^]]*\])",
    "what a reader is asked to try": r"\n## (?:And now for real|Put it together)\n((?s:.)*)",
    "the axes of the map, which a test draws": r"\n {4,5}(-?\d\.\d)   \S \S ",
    "the size of a data set that is not here": r"Fashion-MNIST: (70,000)",
    "a zero with a sign": r"(-0\.0) pass",
    "the least size of what is given": r"no other one is smaller than (\S+) in size",
    "the constant of a bound": r"\(1 \+ (1\.1) / length\)",
    "the constants of an approximation": r"\(x - (3\.75)\) / \(x \+ (3\.75)\)",
    "where a number underflows": r"0 below (-8\.4) in float64, and below (-5\.5) in",
    "the steps of a table": r"Numbers (0\.001) apart, .* off by (3e-8)",
    "the coefficients of a polynomial": r"With \((\d\S*), (-\d\S*), (\d\S*)\) they",
}
