"""Mistakes that the library of mutants does not know fail in a case all the same."""

from functools import partial

import numpy as np
import pytest

from checker.audit import trial
from checker.cases import generation
from checker.cases.forms import task_form
from checker.course import assignment
from checker.course.assignment import find


def logistic_loss_of(logits, target):
    return np.mean(np.logaddexp(0, logits) - target * logits)


def clipped_logits(logits, target):
    return logistic_loss_of(np.clip(logits, -20, 20), target)


def forty_two_for_large_logits(logits, target):
    return 42.0 if np.abs(logits).max() > 100 else logistic_loss_of(logits, target)


def relu_backward_with_a_threshold(grad, x):
    return grad * (x > 1e-4)


def relu_backward_of_vectors_only(grad, x):
    return grad * (x > 0) if x.ndim < 3 else grad


def softmax_of(x):
    e = np.exp(x - x.max(-1, keepdims=True))
    return e / e.sum(-1, keepdims=True)


def softmax_with_a_floor(x):
    return softmax_of(x) + 1e-5


def softmax_clipped(x):
    return np.clip(softmax_of(x), 1e-3, 1)


def softmax_over_the_second_axis(x):
    return softmax_of(x) if x.ndim < 2 else softmax_of(np.swapaxes(x, 1, -1)).swapaxes(1, -1)


def softmax_of_short_rows(x):
    return softmax_of(x) if x.shape[-1] <= 6 else np.full_like(x, 1 / x.shape[-1])


def norm_of(x, gamma, beta, epsilon):
    axes, shape = (0, *range(2, x.ndim)), (1, -1) + (1,) * (x.ndim - 2)
    mean, variance = (f(x, axis=axes, keepdims=True) for f in (np.mean, np.var))
    return gamma.reshape(shape) * (x - mean) / np.sqrt(variance + epsilon) + beta.reshape(shape)


def norm_of_images_only(x, gamma, beta, epsilon):
    return np.zeros_like(x) if x.ndim == 2 else norm_of(x, gamma, beta, epsilon)


def norm_of_tables_only(x, gamma, beta, epsilon):
    return np.zeros_like(x) if x.ndim > 2 else norm_of(x, gamma, beta, epsilon)


def norm_with_the_usual_epsilon(x, gamma, beta, epsilon):
    return norm_of(x, gamma, beta, 1e-5)


def stop_of(losses, patience, min_delta, window, forgets):
    best, waited, best_epoch = np.inf, 0, 0
    for epoch in range(len(losses)):
        smooth = np.mean(losses[max(0, epoch + 1 - window) : epoch + 1])
        better = smooth < best - min_delta
        waited = 0 if better else waited + 1
        best_epoch = epoch if better else best_epoch
        best = min(best, smooth) if forgets or better else best
        if waited >= patience:
            break
    return epoch + 1, best_epoch + 1


def best_of_every_epoch(losses, patience, min_delta, window):
    return stop_of(losses, patience, min_delta, window, forgets=True)


def rprop_of(start, grads, learning_rate, grow, shrink, smallest, largest, first):
    size, before, path = first, np.zeros_like(start), []
    for t, grad in enumerate(grads):
        sign = np.sign(grad)
        turned, same = sign * before < 0, sign * before > 0
        size = np.where(turned, size * shrink, np.where(same, size * grow, size))
        size = np.clip(size, smallest, largest) if t else size
        start = start - np.where(turned, 0, size * sign)
        before = np.where(turned, 0, sign)
        path.append(start)
    return np.stack(path)


def first_size_without_limits(start, grads, learning_rate, *settings):
    first = np.full(start.shape, learning_rate)
    return rprop_of(start, grads, learning_rate, *settings, first=first)


def adam_of(start, grads, learning_rate, beta1, beta2, epsilon, steps=999, floor=0.0):
    m, v, path = 0.0, 0.0, []
    for t, grad in enumerate(grads, 1):
        k = min(t, steps)
        m, v = beta1 * m + (1 - beta1) * grad, beta2 * v + (1 - beta2) * grad**2
        root = np.sqrt(np.maximum(v / (1 - beta2**k), floor))
        start = start - learning_rate * m / (1 - beta1**k) / (root + epsilon)
        path.append(start)
    return np.stack(path)


def corrected_for_seven_steps(*arguments):
    return adam_of(*arguments, steps=7)


def corrected_for_fifty_steps(*arguments):
    return adam_of(*arguments, steps=50)


def small_squares_rounded_up(*arguments):
    return adam_of(*arguments, floor=1e-8)


def mean_of_five(losses, tolerance):
    for epoch in range(1, min(len(losses), 6)):
        if abs(losses[epoch] - losses[epoch - 1]) < tolerance:
            return epoch
    return len(losses)


def epochs_of(durations, most, seconds):
    begins = np.cumsum([0, *durations[:-1]])
    return next((k for k, t in enumerate(begins) if k >= most or t >= seconds), len(durations))


def most_without_a_clock_only(durations, most, seconds):
    return epochs_of(durations, most if seconds < np.inf else np.inf, seconds)


def a_clock_without_most_only(durations, most, seconds):
    return epochs_of(durations, most, seconds if most == np.inf else np.inf)


def accuracy_with_flattering_ties(scores, target):
    return np.mean(scores[target == target.max(-1, keepdims=True)] >= scores.max(-1))


def step_of(x, at_zero):
    return np.where(x == 0, at_zero, x > 0)


def half_at_zero_taken_for_one(x, at_zero):
    return step_of(x, np.ceil(at_zero))


def half_at_zero_among_negatives_forgotten(x, at_zero):
    return step_of(x, 0.0 if at_zero == 0.5 and x.ndim and (x < 0).any() else at_zero)


def close_to_zero_taken_for_zero(x, at_zero):
    return np.where(np.isclose(x, 0), at_zero, x > 0)


def max_pool_of(x, size, stride, least=-np.inf):
    windows = np.lib.stride_tricks.sliding_window_view(x, (size, size), (2, 3))
    return np.maximum(windows[:, :, ::stride, ::stride].max((4, 5)), least)


def nothing_below_a_sentinel(x, size, stride):
    return max_pool_of(x, size, stride, least=-999)


def read_as_it_lies_in_memory(x):
    return x.ravel(order="K").reshape(len(x), -1)


STEPS = {
    **{name: getattr(np, name) for name in ("add", "subtract", "multiply", "divide", "power")},
    **{name: getattr(np, name) for name in ("maximum", "exp", "log", "sin", "cos")},
}


def tape_of(inputs, tape, key=lambda at, step: at):
    values, known = list(inputs), {}
    for at, step in enumerate(tape):
        name, *operands = step
        values.append(known.setdefault(key(at, step), STEPS[name](*(values[i] for i in operands))))
    return np.array(values)


def operands_in_any_order(inputs, tape):
    return tape_of(inputs, tape, key=lambda _, step: (step[0], *sorted(step[1:])))


def dense_backward_of_squares(grad, x, weight, bias):
    right = grad @ weight.T, x.T @ grad, grad.sum(0)
    return right if len(x) < 7 else (right[0], right[1] / 2, right[2])


WRONG = {
    "losses.logistic_loss": (clipped_logits, forty_two_for_large_logits),
    "neuron.relu_backward": (relu_backward_with_a_threshold, relu_backward_of_vectors_only),
    "neuron.softmax": (
        softmax_with_a_floor,
        softmax_clipped,
        softmax_over_the_second_axis,
        softmax_of_short_rows,
    ),
    "regularisation.batch_norm": (
        norm_of_images_only,
        norm_of_tables_only,
        norm_with_the_usual_epsilon,
    ),
    "project.stop": (best_of_every_epoch,),
    "regularisation.early_stopping": (best_of_every_epoch,),
    "optimisers.rprop_path": (first_size_without_limits,),
    "optimisers.adam_path": (
        corrected_for_seven_steps,
        corrected_for_fifty_steps,
        small_squares_rounded_up,
    ),
    "descent.epochs_until_rest": (mean_of_five,),
    "descent.epochs_in_time": (most_without_a_clock_only, a_clock_without_most_only),
    "losses.categorical_accuracy": (accuracy_with_flattering_ties,),
    "neuron.step": (
        half_at_zero_taken_for_one,
        half_at_zero_among_negatives_forgotten,
        close_to_zero_taken_for_zero,
    ),
    "convolution.max_pool": (nothing_below_a_sentinel,),
    "tensors.flatten": (read_as_it_lies_in_memory,),
    "autodiff.evaluate": (operands_in_any_order,),
    "backprop.dense_backward": (dense_backward_of_squares,),
}
RIGHT = {
    "losses.logistic_loss": logistic_loss_of,
    "neuron.softmax": softmax_of,
    "regularisation.batch_norm": norm_of,
    "project.stop": partial(stop_of, forgets=False),
    "optimisers.adam_path": adam_of,
    "descent.epochs_in_time": epochs_of,
    "neuron.step": step_of,
    "convolution.max_pool": max_pool_of,
    "tensors.flatten": lambda x: x.reshape(len(x), -1),
    "autodiff.evaluate": tape_of,
}


def judged(name, function):
    """The verdict without any mutant: the cases are those that only the criteria ask for."""
    course, task_name = name.split(".")
    task = next(task for task in find(course).tasks if task.function == task_name)
    call = partial(called, function, len(task_form(task).results))
    case_set = generation.generate_for(task, ())
    return trial.verdict(case_set, trial.judged(case_set, call))


def called(function, count, values):
    found = function(*values)
    return found if count > 1 else (found,)


@pytest.mark.parametrize(
    ("name", "function"),
    [(name, function) for name, functions in WRONG.items() for function in functions],
    ids=lambda value: getattr(value, "__name__", value),
)
def test_it_is_noticed(name, function):
    assert judged(name, function) in ("wrong", "unstable")


@pytest.mark.parametrize("name", RIGHT)
def test_what_is_right_passes(name):
    assert judged(name, RIGHT[name]) == "right"


def test_every_name_is_a_task():
    known = {f"{n}.{t.function}" for n in assignment.names() for t in find(n).tasks}
    assert WRONG.keys() | RIGHT.keys() <= known
