"""The numbers in the texts of assignments and in pages, as in numbers_in_docstrings.py.

Each entry is an assignment or a page, words with the numbers marked, and what computes them.
"""

import math
import signal

import numpy as np
from computations import (
    A1,
    A2,
    BIG,
    DOG,
    EXAMPLES,
    GLOROT,
    HE,
    LAYERS,
    LECTURE,
    POINTS,
    PRICES,
    RACED,
    RATE,
    TOLERANCES,
    TRAINED,
    WIDE,
    WIDTH,
    Z1,
    Z2,
    apart,
    clamped,
    if_so,
    overflows,
    plain_path,
    quickprop_steps,
    race,
    rprop_sizes,
    sizes,
)
from test_texts import LOSSES, NEARER, solution

from checker.cases import answering, generation
from checker.commands import signals
from checker.course import assignment
from checker.grading import choose_file
from checker.numerics import conditioning, derivative
from checker.proof import trial
from checker.proof.kinds import optimiser
from checker.reports import class_overview
from checker.sandbox import limits, syscalls
from reference.activations import sigmoid, softmax
from reference.autodiff import _numerical, tape_differences
from reference.data import digits
from reference.descent import convergence, toy_surface
from reference.fitting import kept_epoch, noisy_moons, out_of_fold, read_digits, three_arms
from reference.initialisers import fans
from reference.networks import two_neurons_loss
from reference.samplers import _properties
from reference.schedules import exponential

COINS = np.array([np.log(2), np.log1p(np.exp(2)) - 2])  # losses of the logits 0 and 2

TEXTS = [
    ("01_tensors", "wants rows, (n, «784»)", lambda: 28 * 28),
    (
        "03_losses",
        "what happened «1» «0.9» «0.5» «0.1» «0.01» the price",
        lambda: np.exp(-PRICES),
    ),
    ("03_losses", "some tiny number like «1e-12», say", lambda: clamped()[1]),
    ("03_losses", "Do not clip at «0.01»", lambda: math.exp(-PRICES[-1])),
    ("03_losses", "says p = («0.1», «0.7», «0.2»)", lambda: DOG),
    ("03_losses", "How the other «0.3» are shared", lambda: 1 - DOG[1]),
    ("03_losses", "«0.7» is not equal to 1", lambda: DOG[1]),
    (
        "04_backprop",
        "For x = «0.05», w1 = «0.1», b1 = «-0.1», w2 = «0.3» and b2 = «0.3» the lecture finds "
        "z1 = «-0.095», a1 = «0.476», z2 = «0.443» and a2 = «0.609».",
        lambda: [*LECTURE, Z1, A1, Z2, A2],
    ),
    (
        "04_backprop",
        "multiplies «0.599», «0.238» and «0.476», and gets dL/dw2 = «0.0679».",
        lambda: [A2 - 0.01, A2 * (1 - A2), A1, two_neurons_loss.backward(1.0, *LECTURE, 0.01)[2]],
    ),
    ("04_backprop", "e^«1000» is infinite", lambda: if_so(BIG[0], overflows(BIG[0]))),
    (
        "04_backprop",
        "the softmax of («1000», «1000») is simply («1/2», «1/2»)",
        lambda: [*BIG, *softmax.forward(BIG)],
    ),
    (
        "05_autodiff",
        "such as «0.5», where",
        lambda: tape_differences.run.__annotations__["h"].__metadata__[0].values[0],
    ),
    (
        "05_autodiff",
        "h is chosen near «1e-5»:",
        lambda: 10.0 ** round(math.log10(_numerical.METHODS["central"].step)),
    ),
    ("06_descent", "At «0.25» the steep direction arrives at once", lambda: 1 / 4),
    (
        "06_descent",
        "At «0.6» the gentle one is faster, and the steep one has left",
        lambda: if_so(0.6, abs(1 - 0.6) < abs(1 - 0.25) and abs(1 - 4 * 0.6) > 1),
    ),
    (
        "06_descent",
        "tolerance «1» «0.5» «0.05» «0» epochs «3» «4» «5» «6»",
        lambda: [*TOLERANCES, *(convergence.run(LOSSES, tolerance=t) for t in TOLERANCES)],
    ),
    ("07_optimisers", "rate «0.1» would give «0.8», «0.6», «0.7».", lambda: [0.1, *plain_path()]),
    ("07_optimisers", "start of the lecture, («0.8», «1.6»),", lambda: toy_surface.START),
    ("07_optimisers", "minimum, f(«3», «0.5») = 0", lambda: toy_surface.MINIMUM),
    (
        "07_optimisers",
        "it is «42.2» high",
        lambda: toy_surface.forward(*np.array(toy_surface.START)),
    ),
    ("07_optimisers", "from («0.8», «1.6»), learning_rate", lambda: toy_surface.START),
    ("07_optimisers", "size «0.1» «0.12» «0.06» «0.06» «0.072»", rprop_sizes),
    ("07_optimisers", "d «-0.4» «-0.233333» «0.077778» «-0.038889»", quickprop_steps),
    ("07_optimisers", "gradients «4», «1», «-0.5», «0.5», learning_rate", lambda: NEARER),
    ("07_optimisers", "one, «100» steps and «1000» steps", lambda: RACED),
    ("07_optimisers", "height after «100» after «1000» SGD", lambda: RACED),
    ("07_optimisers", "SGD «0.01» «0.098» «5e-5»", lambda: race("sgd", 0.01)),
    ("07_optimisers", "momentum «0.005» «0.0085» «2e-16»", lambda: race("momentum", 0.005)),
    ("07_optimisers", "Nesterov «0.005» «0.0042» «1e-16»", lambda: race("nesterov", 0.005)),
    ("07_optimisers", "Adagrad «0.4» «0.22» «5e-4»", lambda: race("adagrad", 0.4)),
    ("07_optimisers", "RMSProp «0.1» «0.0015» «0.075»", lambda: race("rmsprop", 0.1)),
    ("07_optimisers", "Adadelta «1» «20» «0.02»", lambda: race("adadelta", 1.0)),
    ("07_optimisers", "Adam «0.2» «0.0081» «8e-31»", lambda: race("adam", 0.2)),
    ("07_optimisers", "Adamax «0.5» «0.057» «2e-7»", lambda: race("adamax", 0.5)),
    ("07_optimisers", "Rprop «0.01» «1e-6» «1e-11»", lambda: race("rprop", 0.01)),
    (
        "07_optimisers",
        "RMSProp worse after «1000» steps than after «100»?",
        lambda: if_so((1000, 100), race("rmsprop", 0.1)[2] > race("rmsprop", 0.1)[1]),
    ),
    ("08_schedules", "the exponential «3e-23»", lambda: exponential.run(99, 0.1, 0.5)),
    ("08_schedules", "(«784», «512») «784» «512»", lambda: WIDE[:2] + fans.run(np.zeros(WIDE[:2]))),
    (
        "08_schedules",
        "std 0.01 relu «5e-15» «1e-14» «2e-14»",
        lambda: sizes(0.01, "relu"),
    ),
    (
        "08_schedules",
        "Glorot («0.125») sigmoid «1e-9» «3e-6» «1e-3»",
        lambda: [GLOROT, *sizes(GLOROT, "sigmoid")],
    ),
    ("08_schedules", "Glorot tanh «2e-4» «1e-4» «1e-4»", lambda: sizes(GLOROT, "tanh")),
    ("08_schedules", "Glorot relu «4e-5» «1e-4» «1e-4»", lambda: sizes(GLOROT, "relu")),
    ("08_schedules", "He («0.177») relu «9e-4» «2e-3» «3e-3»", lambda: [HE, *sizes(HE, "relu")]),
    ("08_schedules", "std 0.5 tanh «4e-2» «6e-3» «8e-4»", lambda: sizes(0.5, "tanh")),
    ("08_schedules", "std 0.5 relu «1e+1» «3e+1» «3e+1»", lambda: sizes(0.5, "relu")),
    (
        "08_schedules",
        "experiment: «200» examples, «10» layers of width «64», no biases",
        lambda: (EXAMPLES, LAYERS, WIDTH),
    ),
    (
        "08_schedules",
        "nowhere steeper than «1/4»",
        lambda: sigmoid.backward(1.0, np.arange(-6.0, 7.0))[0].max(),
    ),
    (
        "08_schedules",
        "training of «1000» steps at rate «0.1», with 4 units, on «100» examples",
        lambda: (TRAINED[-1], RATE, POINTS),
    ),
    ("08_schedules", "step «0» «10» «100» «1000» all", lambda: TRAINED),
    ("08_schedules", "all «0» «0» «0» «0» «0»", lambda: [0, *apart(0, 0)]),
    ("08_schedules", "all «0.5» «0» «0» «0» «0»", lambda: [0.5, *apart(0.5, 0)]),
    (
        "08_schedules",
        "«0.5», and noise of std 0.001 «0.0023» «0.0033» «0.0127» «1.89»",
        lambda: [0.5, *apart(0.5, 0.001)],
    ),
    (
        "08_schedules",
        "noise of std 0.5 «1.17» «1.36» «2.10» «2.42»",
        lambda: apart(0, 0.5),
    ),
    ("10_training", "gives you «1797» images", lambda: len(digits()[0])),
    (
        "11_selection",
        "between «0.0001» and 1",
        lambda: solution("11_selection").random_rates(np.zeros(1), 0.0001, 1),
    ),
    ("11_selection", "«2», «8», «32» and «128» hidden units", lambda: [2 * 4**k for k in range(4)]),
    ("10_training", "At least «0.85» of them should be right", lambda: three_arms.LEAST),
    ("11_selection", "until it is at least «1.15» times", lambda: kept_epoch.TURNED),
    (
        "11_selection",
        "it is «0.41», the mean of «0.69» and «0.13»",
        lambda: [COINS.mean(), *COINS],
    ),
    ("11_selection", "at most «0.6» of their variance", lambda: out_of_fold.LARGEST_SHARE),
    ("11_selection", "you keep it should be at most «0.6»;", lambda: kept_epoch.WORST),
    ("11_selection", "has log 2, which is «0.69».", lambda: math.log(2)),
    ("12_project", "At least «0.92» of them should be right", lambda: noisy_moons.LEAST),
    ("12_project", "At least «0.75» of them should be right", lambda: read_digits.LEAST),
    ("13_convolution", "learns from «200» handwritten digits", lambda: read_digits.EXAMPLES),
    ("13_convolution", "read «0.75» of the new digits", lambda: read_digits.LEAST),
    (
        "13_convolution",
        "16 maps of this size has «66560»",
        lambda: solution("10_training").summary((64, 16 * 64), True),
    ),
    *(
        (name, "once in 10^«9» times", lambda: -math.log10(_properties.CHANCE))
        for name in ("06_descent", "08_schedules", "09_regularisation")
    ),
]
PAGES = [
    *(
        (name, "once in 10^«9»", lambda: -math.log10(_properties.CHANCE))
        for name in ("glossary", "verification")
    ),
    ("glossary", "about «40», the smallest first", lambda: generation.SIZE),
    (
        "authors",
        "from 0 to 1 | «0.5» | share of the points",
        lambda: assignment.Task("", "", "", 1).unstable,
    ),
    ("instructors/index", "After «40» submissions", lambda: class_overview.LISTED_SUBMISSIONS),
    (
        "instructors/index",
        "may have «2» MiB and a notebook «20» MiB",
        lambda: [size / 2**20 for size in choose_file.LARGEST_FILES.values()],
    ),
    (
        "instructors/index",
        "| «129», «130», «143» | stopped by SIGHUP, Ctrl-C or SIGTERM",
        lambda: [signals.SHELL_OFFSET + s for s in (signal.SIGHUP, signal.SIGINT, signal.SIGTERM)],
    ),
    (
        "security",
        "«1536» MiB of address space, «8» MiB of stack, «64» open files",
        lambda: [limits.MEMORY_LIMIT / 2**20, limits.STACK_LIMIT / 2**20, limits.OPEN_FILES_LIMIT],
    ),
    ("verification", "a step of 10^«-27», which", lambda: math.log10(derivative.STEP)),
    ("verification", "the same conditioning: «64» times", lambda: answering.OTHER_ALGORITHMS),
    ("verification", "«32» (u / 2^-24 move", lambda: conditioning.HEADROOM),
    ("verification", "also lose «32» roundings", lambda: trial.THEIR_HEADROOM),
    ("verification", "and paths of «300» steps", lambda: optimiser.LONG),
    (
        "verification",
        "698 such changes of the first 141 operations, the checks notice 683. The other «15» were",
        lambda: 698 - 683,
    ),
    ("security", "About «60» harmless", lambda: round(len(syscalls.UNRESTRICTED), -1)),
    ("benchmarks", "| gradescope-utils 0.5.0 | 3.34 | «1.5» |", lambda: 3.34 / 2.2),
    ("benchmarks", "| pytest, one process each | 12.5 | «5.7» |", lambda: 12.5 / 2.2),
    ("benchmarks", "| nbgrader 0.9.6 | 48.2 | «22» |", lambda: 48.2 / 2.2),
    ("benchmarks", "| otter-grader 7.0.0 | 230 | «105» |", lambda: 230 / 2.2),
]
