"""Right ways to write a step with Nesterov's momentum, in the form of the point ahead."""


def as_torch_does(grad, state, param, *, learning_rate=0.01, momentum=0.9):
    """The velocity points uphill and has no rate."""
    velocity = momentum * state.velocity + grad
    moved = param - learning_rate * (grad + momentum * velocity)
    return moved, state._replace(velocity=velocity)


def by_way_of_the_point_behind(grad, state, param, *, learning_rate=0.01, momentum=0.9):
    """Goes back to where plain momentum stands, steps, and looks ahead again."""
    behind = param - momentum * state.velocity
    velocity = momentum * state.velocity - learning_rate * grad
    return behind + velocity + momentum * velocity, state._replace(velocity=velocity)
