"""What Keras lets one write as a string, a class, an object or a function.

The string is the name of the class, or the same in small letters and underscores: "RMSprop" and
"rmsprop", "GlorotUniform" and "glorot_uniform".
"""

import difflib
import re
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

Made = TypeVar("Made")


# What students know from Keras and may look for, in small letters.
WORDS = """
adafactor alpha_dropout auc backup_and_restore bidirectional
binary_focal_crossentropy binary_iou categorical_focal_crossentropy categorical_hinge celu
concatenate cosine_similarity ctc dice elu embedding exponential f1_score
false_negatives false_positives fbeta_score ftrl gaussian_dropout gaussian_noise gelu
glu gru hard_sigmoid hard_silu hinge huber identity kl_divergence
kullback_leibler_divergence lamb lambda layer_normalization lecun_normal lecun_uniform lion log_cosh
log_sigmoid logcosh lstm mae mape mean_absolute_error mean_absolute_percentage_error
mean_io_u mean_squared_logarithmic_error mish msle muon multi_head_attention nadam normalization
orthogonal orthogonal_regularizer permute poisson precision r2_score recall relu6 repeat_vector
rescaling rnn root_mean_squared_error selu separable_conv2d simple_rnn softplus softsign
squared_hinge tensor_board tensorboard top_k_categorical_accuracy true_negatives true_positives
tversky variance_scaling
"""
ABSENT = frozenset(WORDS.split())


def snake(name: str) -> str:
    """The name of a class in small letters, as Keras writes it: LeakyReLU is leaky_re_lu."""
    words = re.sub(r"(.)([A-Z][a-z0-9]+)", r"\1_\2", name)
    return re.sub(r"([a-z])([A-Z])", r"\1_\2", words).lower()


def table(*classes: type, **more: type) -> dict[str, type]:
    """Every name by which Keras knows these classes; `more` are names of its own choice."""
    known = dict(more)
    for cls in classes:
        known |= {cls.__name__: cls, cls.__name__.lower(): cls, snake(cls.__name__): cls}
    return known


def found(kind: str, name: str, known: Mapping[str, Any]) -> Any:
    """Raise ValueError with the nearest name where there is none."""
    for spelling in (name, name.lower()):
        if spelling in known:
            return known[spelling]
    classes = {getattr(each, "shown", getattr(each, "__name__", k)) for k, each in known.items()}
    there = ", ".join(sorted(classes))
    if is_absent(name):
        raise ValueError(
            f"the {kind} {name!r} is in Keras, but not in this package. There are: {there}."
        )
    near = difflib.get_close_matches(name, known, n=1)
    hint = f"Did you mean {near[0]!r}?" if near else f"There are: {there}."
    raise ValueError(f"there is no {kind} {name!r} here. {hint}")


def is_absent(name: str) -> bool:
    """Whether a name is one of Keras that is not here."""
    return snake(name) in ABSENT or name.lower() in ABSENT


def absent(module: str, kind: str) -> Callable[[str], Any]:
    """A module's __getattr__, which says that a name of Keras is not here."""

    def missing(name: str) -> Any:
        if is_absent(name):
            raise AttributeError(f"{name} is in Keras, but this package has no such {kind}")
        raise AttributeError(f"module {module!r} has no attribute {name!r}")

    return missing


def made(
    kind: str,
    identifier: Any,
    known: Mapping[str, type],
    base: type[Made],
    from_function: Callable[[Any], Made] | None = None,
) -> Made:
    """The object that a name, a class, an object or a function means."""
    if isinstance(identifier, str):
        identifier = found(kind, identifier, known)
    if isinstance(identifier, type) and issubclass(identifier, base):
        return identifier()
    if isinstance(identifier, base):
        return identifier
    if from_function is not None and callable(identifier):
        return from_function(identifier)
    raise TypeError(f"this {kind} is no name, no object and no function: {identifier!r}")


def unavailable(owner: str, **settings: Any) -> None:
    """Refuse settings of Keras that this package does not compute, unless they change nothing."""
    for name, value in settings.items():
        if value is not None and value is not False:
            raise NotImplementedError(f"{owner} of this package does not compute {name}={value!r}")
