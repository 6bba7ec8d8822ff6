"""The course as a table: what the lectures teach, and which assignments grade it."""

from checker.course import assignment

# Topic, the lectures that teach it, and the operations that implement it.
BLOCKS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    (
        "tensor arithmetic, broadcasting",
        "000 001",
        ("add", "multiply", "divide", "broadcast_shape"),
    ),
    ("matrix products", "000 001", ("matmul", "batched_matmul", "matmul_shape")),
    ("neuron, perceptron", "000 003 004", ("neuron", "perceptron", "perceptron_rule")),
    ("linear regression", "003 004", ("linear_regression",)),
    ("multi-layer perceptron", "000 001 003", ("mlp", "parameter_counts")),
    ("activations", "000-004", ("step", "identity", "sigmoid", "tanh", "relu", "leaky_relu")),
    ("more activations", "000-004", ("prelu", "swish", "softmax", "softmax_jacobian")),
    ("vanishing gradients", "001", ("gradient_sizes",)),
    ("squared losses", "000-004", ("sse", "half_rss", "mse")),
    (
        "cross-entropies",
        "000-004",
        ("binary_cross_entropy", "cross_entropy", "sparse_cross_entropy"),
    ),
    ("cross-entropy from logits", "001 002", ("softmax_cross_entropy", "label_smoothing")),
    (
        "decisions and accuracy",
        "001 003",
        ("threshold_decision", "argmax_decision", "sparse_accuracy"),
    ),
    ("dense layer and its gradients", "000-004", ("dense",)),
    ("the delta rule", "000", ("delta_rule",)),
    ("the two-neuron example", "004", ("two_neurons", "two_neurons_loss")),
    ("computation graphs", "000 002", ("tape_values", "tape_slopes", "tape_gradient")),
    ("symbolic and numerical derivatives", "000", ("polynomial_derivative", "tape_differences")),
    ("gradient descent, hill climbing", "003 004", ("gradient_descent", "hill_climbing")),
    (
        "batch, mini-batch, stochastic",
        "000 002 003",
        ("minibatches", "minibatch_descent", "random_orders"),
    ),
    ("SGD, momentum, Nesterov", "000 001 002", ("sgd", "momentum", "nesterov", "momentum_forms")),
    ("adaptive optimisers", "001 002", ("adagrad", "adadelta", "rmsprop", "adam", "adamax")),
    ("older optimisers", "002", ("rprop", "quickprop", "levenberg_marquardt")),
    ("learning-rate schedules", "001", ("exponential", "inverse_time", "exponential_decay")),
    ("cycles and restarts", "001", ("cyclical", "warm_restarts", "rising_momentum")),
    ("the toy surface", "001", ("toy_surface", "toy_path")),
    ("initial weights", "000 001 004", ("zeros", "normal", "uniform", "fans", "symmetry_breaking")),
    ("Glorot and He", "001", ("glorot_normal", "glorot_uniform", "he_normal", "he_uniform")),
    ("sampled weights", "001", ("he_normal_weights", "glorot_uniform_weights")),
    ("preprocessing", "000 001 003", ("standardise", "min_max", "reshape", "one_hot")),
    ("label encoding", "000 003", ("label_encoding",)),
    (
        "splits and cross-validation",
        "001 004",
        ("split", "stratified_split", "k_fold", "stratified_k_fold"),
    ),
    ("weight penalties", "001 002", ("l1", "l2", "l1_l2")),
    ("dropout", "001 002", ("dropout_standard", "dropout_inverted", "dropout_mask")),
    (
        "batch normalisation",
        "001",
        ("batch_norm_train", "batch_norm_inference", "batch_norm_running"),
    ),
    ("stopping criteria", "001 002", ("early_stopping", "convergence", "time_limit")),
    ("Sequential and fit", "000 001", ("sequential_training", "two_layer", "history")),
    ("transfer learning", "001", ("frozen_training",)),
    ("grid and random search", "001", ("settings_grid", "best_setting", "log_uniform_draws")),
    ("capacity and overfitting", "001", ("generalisation_gap",)),
    ("decision boundaries", "000 001", ("decision_grid",)),
    ("two-class data sets", "000 001", ("two_moons",)),
)


def graded() -> dict[str, list[str]]:
    """For each operation the assignments that have a task on it, in course order."""
    by_operation: dict[str, list[str]] = {}
    for name in assignment.names():
        for task in assignment.find(name).tasks:
            assignments = by_operation.setdefault(task.operation, [])
            if name not in assignments:
                assignments.append(name)
    return by_operation


def table() -> str:
    """The course as a Markdown table."""
    by_operation = graded()
    lines = [
        "| topic | lectures | operations | assignments |",
        "|---|---|---|---|",
    ]
    for topic, lectures, operations in BLOCKS:
        assignments = dict.fromkeys(a for name in operations for a in by_operation.get(name, ()))
        listed = ", ".join(operations)
        lines.append(f"| {topic} | {lectures} | {listed} | {', '.join(assignments)} |")
    return "\n".join(lines)
