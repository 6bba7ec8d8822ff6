"""Right ways to differentiate a tape."""

import numpy as np

from checker.library.variants.autodiff.tape_slopes import case_by_case


def walked_back(inputs, *, tape):
    grads = np.zeros(len(inputs) + len(tape))
    grads[-1] = 1
    slopes = case_by_case(inputs, tape=tape)
    for k in range(len(tape) - 1, -1, -1):
        for operand, slope in zip(tape[k][1:], slopes[k], strict=False):
            grads[operand] += slope * grads[len(inputs) + k]
    return grads[: len(inputs)]


def by_forward_mode(inputs, *, tape):
    moves = list(np.eye(len(inputs)))
    for (_, *operands), row in zip(tape, case_by_case(inputs, tape=tape), strict=True):
        moves.append(sum(slope * moves[k] for slope, k in zip(row, operands, strict=False)))
    return moves[-1]


def by_recursion(inputs, *, tape):
    slopes = case_by_case(inputs, tape=tape)

    def by(node, leaf):
        if node < len(inputs):
            return float(node == leaf)
        k = node - len(inputs)
        return sum(s * by(i, leaf) for s, i in zip(slopes[k], tape[k][1:], strict=False))

    last = len(inputs) + len(tape) - 1
    return [by(last, leaf) for leaf in range(len(inputs))]
