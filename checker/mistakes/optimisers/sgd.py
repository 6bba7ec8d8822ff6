"""Known-wrong versions of a step of gradient descent."""


def climbs(grad, state, param, *, learning_rate=0.01):
    """The step goes uphill: the gradient is added.

    In which direction does the gradient point, and where do you want to go?
    """
    return param + learning_rate * grad, state


def rate_forgotten(grad, state, param, *, learning_rate=0.01):
    """The learning rate is not used.

    What should happen to the step when the rate is halved?
    """
    return param - grad, state


def divided_by_the_rate(grad, state, param, *, learning_rate=0.01):
    """The gradient is divided by the learning rate.

    Does a smaller rate make your steps smaller?
    """
    return param - grad / learning_rate, state


def only_the_step(grad, state, param, *, learning_rate=0.01):
    """This is the step, not the parameter after it.

    Where does the parameter start from?
    """
    return -learning_rate * grad, state


MISTAKES = (climbs, rate_forgotten, divided_by_the_rate, only_the_step)
