"""A proof as one HTML page without scripts and external files, in a dark or light style.

A bar shows a worst error on a logarithmic scale from a ten-thousandth of its bound (left) to the
bound (right).
"""

import html
import math

from checker.proof.oracles import deviations
from checker.proof.recordings import golden_file
from checker.proof.report import summary
from checker.proof.row import LOOSE_RATIO, ProofRow

SCALE_DECADES = 4  # the powers of ten that a bar spans

STYLE = """
:root { color-scheme: light dark; --ink: #1d2530; --soft: #66717f; --line: #e3e7ec; --back: #fff;
  --card: #f7f8fa; --good: #2f7d5b; --loose: #b98a1d; --exact: #9aa6b2; --bad: #c0392b; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6eaf0; --soft: #97a3b3; --line: #2b333f;
  --back: #12161c; --card: #1a2029; --good: #4fb286; --loose: #dcb04a; --exact: #5d6875;
  --bad: #ff7566; } }
body { margin: 0 auto; max-width: 76rem; padding: 2.5rem 1.5rem 4rem; background: var(--back);
  color: var(--ink); font: 15px/1.55 system-ui, sans-serif; }
h1 { font-size: 1.7rem; margin: 0; } h2 { font-size: 1.15rem; margin: 2.6rem 0 .8rem; }
p { max-width: 46rem; } .soft { color: var(--soft); }
.cards { display: flex; flex-wrap: wrap; gap: .8rem; margin: 1.4rem 0; padding: 0; }
.cards li { background: var(--card); border: 1px solid var(--line); border-radius: .6rem;
  list-style: none; padding: .7rem 1.1rem; } .cards b { display: block; font-size: 1.45rem; }
table { border-collapse: collapse; width: 100%; }
th { color: var(--soft); font-size: .8rem; font-weight: 500; text-align: left; }
td, th { padding: .22rem .6rem; vertical-align: middle; }
td.n { font-variant-numeric: tabular-nums; text-align: right; white-space: nowrap; }
tbody { border-top: 1px solid var(--line); } tbody th { color: var(--ink); font-size: 1rem;
  font-weight: 600; padding-top: .6rem; vertical-align: top; width: 12rem; }
.scale { background: var(--card); border-radius: 3px; height: .62rem; min-width: 9rem; }
.scale i { background: var(--good); border-radius: 3px; display: block; height: 100%; }
.loose i { background: var(--loose); } .exact { color: var(--soft); } .failed i, .failed td
{ background: var(--bad); } .failed td { color: #fff; } .failed .scale { background: none; }
.axis { color: var(--soft); display: flex; font-size: .75rem; justify-content: space-between; }
.mark { border: 1px solid currentColor; border-radius: 1em; font-size: .72rem; margin-left: .4em;
  padding: 0 .5em; } .mark.loose { color: var(--loose); } .mark.dev { color: var(--soft); }
dt { font-weight: 600; margin-top: .7rem; } dd { margin: 0; max-width: 46rem; }
pre { background: var(--card); border-left: 3px solid var(--bad); overflow-x: auto; padding: .8rem;
  white-space: pre-wrap; }
"""


def page(rows: list[ProofRow]) -> str:
    """The page for the rows of a proof."""
    names = list(dict.fromkeys(row.operation for row in rows))
    bodies = "".join(_body(name, [r for r in rows if r.operation == name]) for name in names)
    return f"""<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>What is proven</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><style>{STYLE}</style></head>
<body><h1>What is proven</h1>
<p class="soft">Each line compares one operation with one oracle. The bar is the worst error found,
as a fraction of a bound that is computed from rounding errors. The right end of the scale is the
bound, and each step to the left is ten times smaller. No bar means exact agreement.</p>
{_cards(rows)}{_failures(rows)}
<table><thead><tr><th>Operation<th>Oracle<th><div class="axis">{_axis()}</div>
<th>Worst / bound<th>Cases<th>Equations</tr></thead>{bodies}</table>
{_external(rows)}{_deviations(rows)}{_gpu()}</body></html>
"""


def _cards(rows: list[ProofRow]) -> str:
    numbers = {
        "operations": len({row.operation for row in rows}),
        "checks": len(rows),
        "equations": sum(row.equations for row in rows),
        "failed": sum(not row.passed for row in rows),
        "loose bounds": sum(row.loose for row in rows),
        "deviations": len({d for row in rows for d in row.deviations}),
    }
    cards = "".join(f"<li><b>{count:,}</b>{what}</li>" for what, count in numbers.items())
    return f'<ul class="cards">{cards}</ul>'


def _axis() -> str:
    return "".join(f"<span>{10.0**-d:g}</span>" for d in range(SCALE_DECADES, -1, -1))


def _body(name: str, rows: list[ProofRow]) -> str:
    head = f'<th rowspan="{len(rows)}">{html.escape(name)}</th>'
    lines = [_line(head if i == 0 else "", row) for i, row in enumerate(rows)]
    return f"<tbody>{''.join(lines)}</tbody>"


def _line(head: str, row: ProofRow) -> str:
    kind = "failed" if not row.passed else "loose" if row.loose else ""
    marks = '<span class="mark loose">loose</span>' if row.loose else ""
    marks += '<span class="mark dev">deviates</span>' if row.deviations else ""
    number = "failed" if not row.passed else f"{row.worst:.2g}" if row.worst else "exact"
    shade = "n exact" if row.passed and not row.worst else "n"
    return (
        f'<tr class="{kind}">{head}<td>{html.escape(row.oracle.replace("_", " "))}{marks}</td>'
        f'<td><div class="scale">{_bar(row)}</div></td><td class="{shade}">{number}</td>'
        f'<td class="n">{row.cases:,}</td><td class="n">{row.equations:,}</td></tr>'
    )


def _bar(row: ProofRow) -> str:
    if row.passed and row.worst == 0:
        return ""
    decades = math.log10(min(row.worst, 1.0)) if row.passed else 0.0
    return f'<i style="width: {max(1.0, 100 * (1 + decades / SCALE_DECADES)):.1f}%"></i>'


def _failures(rows: list[ProofRow]) -> str:
    texts = [f"{r.operation}, {r.oracle}: {r.failure}" for r in rows if not r.passed]
    if not texts:
        return ""
    return f"<h2>Failures</h2><pre>{html.escape(chr(10).join(texts))}</pre>"


def _external(rows: list[ProofRow]) -> str:
    """The external test suites, with all reasons; the terminal shows the most frequent ones."""
    suites = [row for row in rows if row.left_out and row.is_total]
    if not suites:
        return ""
    items = "".join(
        f"<dt>{html.escape(row.operation)}: {row.cases:,} compared"
        f"<dd>{html.escape(summary.reasons(row.left_out, len(row.left_out)))}"
        for row in suites
    )
    return f"<h2>External test suites</h2><dl>{items}</dl>"


def _deviations(rows: list[ProofRow]) -> str:
    seen = {deviation for row in rows for deviation in row.deviations}
    known = [d for d in deviations.listed() if str(d) in seen]
    if not known:
        return ""
    items = "".join(f"<dt>{html.escape(str(d))}<dd>{html.escape(d.reason)}" for d in known)
    return f"<h2>Deviations from torch</h2><dl>{items}</dl>"


def _gpu() -> str:
    """The limit for loose bounds, the recordings, and whether a GPU was compared."""
    names = [path.stem for path in golden_file.recorded()]
    recordings = f"Recorded results: {', '.join(names)}. " if names else ""
    notes = " ".join(summary.no_gpu())
    loose = f"Loose: the worst error is below {LOOSE_RATIO:.1%} of the bound."
    return f'<p class="soft">{loose} {recordings}{notes}</p>'
