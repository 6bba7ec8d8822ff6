"""Lines that cannot do what their author means are found, and no others."""

import ast

import pytest

from checker.sandbox import slips


def found(body):
    lines = "\n    ".join(body.split("\n"))
    (function,) = ast.parse(f"def step(param, grad, kept=None):\n    {lines}\n").body
    return [(line - 1, kind) for line, kind in slips.slips(function)]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("for k in grad:\n  k\n  return k", [(1, slips.ENDS_AT_ONCE), (2, slips.KEPT_NOWHERE)]),
        (
            "while True:\n  if param:\n    return 1\n  else:\n    break",
            [(1, slips.ENDS_AT_ONCE)],
        ),
        ("for k in grad:\n  if k:\n    return k", []),
        ("for k in grad:\n  if k:\n    continue\n  return k", []),
        ("for k in grad:\n  for j in k:\n    break", [(2, slips.ENDS_AT_ONCE)]),
        ("return grad\nparam = 1", [(2, slips.UNREACHED), (2, slips.OVERWRITTEN)]),
        ("return grad\nraise NotImplementedError", []),
        ("np.clip(param, 0, 1)", [(1, slips.KEPT_NOWHERE)]),
        ("np.add(param, grad, param)", []),
        ("np.clip(param, 0, 1, out=param)", []),
        ("param.reshape(-1)", [(1, slips.KEPT_NOWHERE)]),
        ("param - grad", [(1, slips.KEPT_NOWHERE)]),
        ("try:\n  param + grad\nexcept ValueError:\n  pass", []),
        ("'words'\n...", []),
        ("param == param + 1", [(1, slips.COMPARED)]),
        ("return param.append(grad)", [(1, slips.GIVES_NONE)]),
        ("rows = list(grad).sort()\nreturn rows", [(1, slips.GIVES_NONE)]),
        ("rows = sorted(grad)\nreturn rows", []),
        ("kept = param.sort()", [(1, slips.GIVES_NONE)]),
        ("kept = module.sort(param)", []),
        ("param.append(rng.shuffle(grad))", [(1, slips.GIVES_NONE)]),
        ("param.append(grad)", []),
        ("np.append(param, grad)", [(1, slips.KEPT_NOWHERE)]),
        ("return np.append(param, grad)", []),
        ("[param.append(g) for g in grad]", []),
        ("if kept == 'a' or 'b':\n  return 1", [(1, slips.ALWAYS_TRUE)]),
        ("if kept == 'a' or kept == 'b':\n  return 1", []),
        ("kept = kept or 1", []),
        ("param =+ 1", [(1, slips.SIGN_APART)]),
        ("param =- grad", [(1, slips.SIGN_APART)]),
        ("kept = -grad\nkept=-grad\nkept += -grad", []),
        ("param = 0.1\nreturn param", [(1, slips.OVERWRITTEN)]),
        ("param = param + 1\nparam = 0", []),
        ("y = np.zeros(3, dtype=int)\ny[0] = 0.5", [(1, slips.WHOLE_NUMBERS)]),
        ("y = np.array([0, 0])\ny[0] += 0.5", [(1, slips.WHOLE_NUMBERS)]),
        ("y = np.array([0.0, 0])\ny[0] += 0.5", []),
        ("y = np.zeros(3, dtype=int)\nreturn y", []),
    ],
)
def test_a_slip_is_found_in_its_line(body, expected):
    assert found(body) == expected


def test_a_default_that_keeps_values_is_found():
    (function,) = ast.parse("def step(param, kept=[], *, more={}, rate=0.1): ...").body
    assert list(slips.slips(function)) == [(1, slips.KEPT_DEFAULT)] * 2
