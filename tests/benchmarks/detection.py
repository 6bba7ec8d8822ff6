"""How many faults in backwards are noticed: by the derivative check, and by torch's gradcheck.

python tests/benchmarks/detection.py    prints one line for each fault

Each fault of tests/faults.py goes into the backward of the same operations, and each check is
asked about the same cases, which it passes as long as the backward is right. gradcheck gets an
autograd function made of forward and backward, with its own tolerances, full and fast.
"""

import sys
import warnings
from pathlib import Path

import numpy as np
import torch
from torch.autograd.gradcheck import GradcheckError

sys.path.insert(0, str(Path(__file__).parents[1]))
sys.path.insert(0, str(Path(__file__).parents[1] / "proof"))
sys.path.insert(0, str(Path(__file__).parents[2]))

import faults
from test_fault_detection import FUNCTIONS, differs, gradients, noticed

from checker.numerics import derivative
from checker.numerics.equations import parts
from checker.numerics.gradients import wanted
from checker.numerics.inputs import series
from checker.proof.trial import Trial

NAMES = ("tanh", "softmax", "dense", "mse", "softmax_cross_entropy", "batch_norm_train")
CASES = 10


def main() -> None:
    checks = {"derivative": by_derivative, "gradcheck": full, "gradcheck fast": fast}
    derivative.MOST_COORDINATES = 0
    warnings.simplefilter("ignore")
    specs = {name: FUNCTIONS[name] for name in NAMES if name in FUNCTIONS}
    print(f"{'':36}{''.join(f'{title:>16}' for title in checks)}")
    for title, check in checks.items():
        alarms = [n for n, spec in specs.items() for case in cases(spec) if check(spec, case)]
        print(f"alarms when nothing is wrong, {title}: {len(alarms)} {sorted(set(alarms)) or ''}")
    totals = dict.fromkeys(checks, 0)
    count = 0
    for k, fault in enumerate(sorted(faults.FAULTS)):
        planted = [(spec, faults.injected(spec, fault, k)) for spec in specs.values()]
        found = [
            (wrong, case)
            for spec, wrong in planted
            for case in cases(spec)
            if changes(spec, wrong, case)
        ]
        hits = {title: sum(check(*pair) for pair in found) for title, check in checks.items()}
        count += len(found)
        totals = {title: totals[title] + hits[title] for title in checks}
        print(f"{fault:<36}{''.join(_share(hits[t], len(found)) for t in checks)}")
    print(f"{'all faults':<36}{''.join(_share(totals[t], count) for t in checks)}")


def cases(spec):
    """The larger half: gradcheck's coordinates are many, and small arrays hide nothing."""
    return list(series(spec.arguments, spec.possible, CASES))[CASES // 2 :]


def changes(spec, wrong, case):
    """Whether the fault changes a gradient of this case that is no convention."""
    trial = Trial(spec, case)
    smooth = derivative.smooth(spec, trial.inputs).values()
    return differs(gradients(spec, trial), gradients(wrong, trial), smooth)


def by_derivative(spec, case):
    return noticed(spec, Trial(spec, case).inputs)


def full(spec, case):
    return _gradcheck(spec, case, fast_mode=False)


def fast(spec, case):
    return _gradcheck(spec, case, fast_mode=True)


def _gradcheck(spec, case, **mode):
    names = wanted(spec, case)
    inputs = [torch.tensor(case[name], requires_grad=True) for name in names]
    try:
        return not torch.autograd.gradcheck(_function(spec, case, names), inputs, **mode)
    except (GradcheckError, RuntimeError, ValueError, IndexError):
        return True


def _function(spec, case, names):
    class Ours(torch.autograd.Function):
        @staticmethod
        def forward(ctx, *inputs):
            ctx.save_for_backward(*inputs)
            return _tensors(parts(spec.forward(**_with(inputs))))

        @staticmethod
        def backward(ctx, *grads):
            ours = tuple(g.numpy() for g in grads)
            known = _with(ctx.saved_tensors)
            return _tensors(spec.backward(ours if len(ours) > 1 else ours[0], **known), True)

    def _with(inputs):
        return {**case, **dict(zip(names, (i.detach().numpy() for i in inputs), strict=True))}

    def _tensors(arrays, always=False):
        found = tuple(torch.tensor(np.asarray(a, dtype=float)) for a in arrays)
        return found if always or len(found) > 1 else found[0]

    return Ours.apply


def _share(hits, count):
    return f"{f'{hits} of {count}':>16}"


if __name__ == "__main__":
    main()
