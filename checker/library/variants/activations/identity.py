"""Right ways to write the identity."""


def the_same_object(x):
    return x


def copy(x):
    return x.copy()


def passes_on(grad, x):
    return (grad,)


def copies(grad, x):
    return (grad.copy(),)
