"""Mutants of the toy surface and its gradient."""


def squared_sum(x, y):
    """The sum is squared; it is the squares that are summed.

    Can the three terms cancel each other?
    """
    return sum(_terms(x, y)) ** 2


def not_squared(x, y):
    """The three terms are added without their squares.

    Can this surface be lower than 0?
    """
    return sum(_terms(x, y))


def averaged(x, y):
    """The three squares are averaged, not added.

    Is there a division in the formula?
    """
    return sum(term**2 for term in _terms(x, y)) / 3


def halved(x, y):
    """The surface is half as high as it should be.

    Is there a 1/2 in the formula?
    """
    return sum(term**2 for term in _terms(x, y)) / 2


def no_powers(x, y):
    """The second and the third term have a plain y, without its power.

    In what do the three terms differ, beside their constant?
    """
    return sum((k - x + x * y) ** 2 for k in CONSTANTS)


def product_to_the_power(x, y):
    """The power is taken of x y; it belongs to y alone.

    Where is the bracket in x y^2?
    """
    return sum((k - x + (x * y) ** n) ** 2 for n, k in enumerate(CONSTANTS, 1))


def factor_for_power(x, y):
    """y is multiplied by 2 and 3; it is to be raised to these powers.

    Is it `*` or `**`?
    """
    return sum((k - x + x * y * n) ** 2 for n, k in enumerate(CONSTANTS, 1))


def x_added(x, y):
    """x alone is added; it has a minus.

    How high is the surface at (3, 0.5)? How high should it be?
    """
    return sum((k + x + x * y**n) ** 2 for n, k in enumerate(CONSTANTS, 1))


def exchanged(x, y):
    """x and y are exchanged.

    Which of the two has the powers?
    """
    return sum(term**2 for term in _terms(y, x))


def last_constant_a_power(x, y):
    """The last constant is 3.375, the third power of 1.5; it is 2.625.

    How high is the surface at (3, 0.5)? How high should it be?
    """
    constants = (1.5, 2.25, 3.375)
    return sum((k - x + x * y**n) ** 2 for n, k in enumerate(constants, 1))


def inner_derivatives_missing(grad, x, y):
    """The derivatives of the three terms themselves are missing.

    What does the chain rule multiply 2 a with?
    """
    slope = 2 * sum(_terms(x, y))
    return grad * slope, grad * slope


def twos_missing(grad, x, y):
    """The factor 2 of the squares is missing.

    What is the derivative of a^2?
    """
    dx, dy = _slopes(x, y)
    return grad * dx / 2, grad * dy / 2


def minus_x_forgotten(grad, x, y):
    """In d/dx the -x of each term is forgotten: each inner derivative lacks a -1.

    In how many places does x stand in 1.5 - x + x y?
    """
    dx = 2 * sum(term * y**n for n, term in enumerate(_terms(x, y), 1))
    return grad * dx, grad * _slopes(x, y)[1]


def inner_sign_turned(grad, x, y):
    """In d/dx the signs of the inner derivatives are turned round.

    What is the derivative of 1.5 - x + x y by x, in full?
    """
    dx, dy = _slopes(x, y)
    return -grad * dx, grad * dy


def exponents_forgotten(grad, x, y):
    """In d/dy the exponents do not come down as factors.

    What is the derivative of y^3?
    """
    terms = enumerate(_terms(x, y), 1)
    return grad * _slopes(x, y)[0], grad * 2 * sum(t * x * y ** (n - 1) for n, t in terms)


def powers_not_lowered(grad, x, y):
    """In d/dy the powers of y are not lowered by one.

    What is the derivative of y^3?
    """
    terms = enumerate(_terms(x, y), 1)
    return grad * _slopes(x, y)[0], grad * 2 * sum(n * t * x * y**n for n, t in terms)


def x_forgotten_beside_y(grad, x, y):
    """In d/dy the factor x is missing.

    What does y^2 stand beside?
    """
    terms = enumerate(_terms(x, y), 1)
    return grad * _slopes(x, y)[0], grad * 2 * sum(n * t * y ** (n - 1) for n, t in terms)


def constants_in_the_slope(grad, x, y):
    """In d/dx the constants 1.5, 2.25 and 2.625 are still there.

    What is the derivative of a constant?
    """
    pairs = enumerate(zip(_terms(x, y), CONSTANTS, strict=True), 1)
    dx = 2 * sum(t * (k - 1 + y**n) for n, (t, k) in pairs)
    return grad * dx, grad * _slopes(x, y)[1]


def slopes_exchanged(grad, x, y):
    """The two derivatives are in the wrong order: d/dx comes first.

    In which order do x and y stand in the signature?
    """
    dx, dy = _slopes(x, y)
    return grad * dy, grad * dx


def downhill(grad, x, y):
    """This is the way down, minus the gradient.

    Who takes the minus: the gradient, or the step that uses it?
    """
    dx, dy = _slopes(x, y)
    return -grad * dx, -grad * dy


CONSTANTS = (1.5, 2.25, 2.625)


def _terms(x, y):
    return tuple(k - x + x * y**n for n, k in enumerate(CONSTANTS, 1))


def _slopes(x, y):
    terms = list(enumerate(_terms(x, y), 1))
    dx = 2 * sum(t * (y**n - 1) for n, t in terms)
    return dx, 2 * sum(n * t * x * y ** (n - 1) for n, t in terms)
