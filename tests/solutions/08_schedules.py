import math

import numpy as np


def exponential(step, learning_rate, decay):
    return learning_rate * math.exp(-decay * step)


def exponential_decay(step, learning_rate, decay_rate, decay_steps, staircase):
    exponent = step // decay_steps if staircase else step / decay_steps
    return learning_rate * decay_rate**exponent


def inverse_time(step, learning_rate, decay):
    return learning_rate / (1 + decay * step)


def cyclical(step, low, high, step_size):
    place = step % (2 * step_size)
    if place > step_size:
        place = 2 * step_size - place
    return low + (high - low) * place / step_size


def warm_restarts(step, low, high, period, growth):
    since = step
    length = period
    while since >= length:
        since -= length
        length *= growth
    return low + (high - low) * (1 + math.cos(math.pi * since / length)) / 2


def rising_momentum(epoch, highest, period):
    return min(1 - 1 / (2 * (epoch // period + 1)), highest)


def fans(kernel):
    positions = int(np.prod(kernel.shape[:-2]))
    return kernel.shape[-2] * positions, kernel.shape[-1] * positions


def zeros(noise):
    return np.zeros(noise.shape)


def normal(noise, mean, std):
    return mean + std * noise


def uniform(noise, low, high):
    return low + (high - low) * noise


def glorot_normal(noise):
    return noise * np.sqrt(2 / sum(fans(noise)))


def glorot_uniform(noise):
    limit = np.sqrt(3 * 2 / sum(fans(noise)))
    return -limit + 2 * limit * noise


def he_normal(noise):
    return noise * np.sqrt(2 / fans(noise)[0])


def he_uniform(noise):
    limit = np.sqrt(3 * 2 / fans(noise)[0])
    return uniform(noise, -limit, limit)


def activate(z, activation):
    if activation == "sigmoid":
        return 1 / (1 + np.exp(-z))
    if activation == "tanh":
        return np.tanh(z)
    if activation == "relu":
        return np.maximum(z, 0)
    return z


def slope(h, activation):
    if activation == "sigmoid":
        return h * (1 - h)
    if activation == "tanh":
        return 1 - h**2
    if activation == "relu":
        return np.where(h > 0, 1.0, 0.0)
    return np.ones_like(h)


def draw_he(fan_in, fan_out, seed):
    return he_normal(np.random.default_rng(seed).standard_normal((fan_in, fan_out)))


def draw_glorot(fan_in, fan_out, seed):
    return glorot_uniform(np.random.default_rng(seed).random((fan_in, fan_out)))


def gradient_sizes(x, weights, biases, activation):
    inputs = []
    h = x
    for weight, bias in zip(weights, biases, strict=True):
        inputs.append(h)
        z = h @ weight + bias
        h = activate(z, activation)
    dz = np.ones(z.shape) / z.size
    sizes = []
    for weight, h in zip(weights[::-1], inputs[::-1], strict=True):
        sizes.append(np.abs(h.T @ dz).mean())
        dz = dz @ weight.T * slope(h, activation)
    return np.array(sizes[::-1])


def distance_of_units(x, target, w1, w2, learning_rate, steps):
    def distance():
        return (w1.max(axis=1) - w1.min(axis=1)).max()

    distances = [distance()]
    for _ in range(steps):
        hid = np.tanh(x @ w1)
        error = (hid @ w2 - target) / len(target)
        dw2 = hid.T @ error
        dw1 = x.T @ (np.outer(error, w2) * (1 - hid**2))
        w1 = w1 - learning_rate * dw1
        w2 = w2 - learning_rate * dw2
        distances.append(distance())
    return np.array(distances)
