"""A model as an estimator of scikit-learn, so that its searches can tune it.

    clf = KerasClassifier(make_model, epochs=10)
    grid = GridSearchCV(clf, param_grid={"units": [8, 16]}, cv=3)

Settings that `make_model` takes build the model; epochs, batch_size and verbose train it.

Source: Vanschoren (001), "Tuning multiple hyperparameters".
"""

import inspect
from collections.abc import Callable
from typing import Any, Self

import numpy as np

from reference.keras.models import Sequential
from reference.keras.utils import to_categorical
from reference.models._settings import refuse_unknown
from reference.spec import Real

TRAINING = {"batch_size": 32, "epochs": 1, "verbose": 0}


class KerasClassifier:
    """`build_fn` returns a compiled model; labels are encoded as its loss needs them."""

    _estimator_type = "classifier"

    def __init__(self, build_fn: Callable[..., Sequential], **settings: Any) -> None:
        refuse_unknown("KerasClassifier", settings, {*_names(build_fn), *TRAINING})
        self.build_fn, self.settings = build_fn, settings

    def get_params(self, deep: bool = True) -> dict[str, Any]:
        return {"build_fn": self.build_fn, **self._defaults(), **self.settings}

    def set_params(self, **settings: Any) -> Self:
        refuse_unknown("KerasClassifier", settings, {*_names(self.build_fn), *TRAINING})
        self.settings = {**self.settings, **settings}
        return self

    def fit(self, x: Real, y: Real) -> Self:
        """Build a new model and train it."""
        settings = {**TRAINING, **self._defaults(), **self.settings}
        self.classes_, labels = np.unique(np.asarray(y), return_inverse=True)
        self.model_ = self.build_fn(**{k: v for k, v in settings.items() if k not in TRAINING})
        one_hot = self.model_.loss.name == "categorical_crossentropy"
        targets = to_categorical(labels, len(self.classes_)) if one_hot else labels
        self.model_.fit(x, targets, **{k: settings[k] for k in TRAINING})
        return self

    def predict(self, x: Real) -> Any:
        shares = self.predict_proba(x)
        return self.classes_[shares.argmax(axis=1)]

    def predict_proba(self, x: Real) -> Real:
        outputs = self.model_.predict(x)
        return np.hstack([1 - outputs, outputs]) if outputs.shape[1] == 1 else outputs

    def score(self, x: Real, y: Real) -> float:
        """The share of labels that are predicted."""
        return float((self.predict(x) == np.asarray(y)).mean())

    def __sklearn_tags__(self) -> Any:
        from sklearn.utils import ClassifierTags, InputTags, Tags, TargetTags

        return Tags(
            estimator_type="classifier",
            target_tags=TargetTags(required=True),
            classifier_tags=ClassifierTags(),
            input_tags=InputTags(),
        )

    def _defaults(self) -> dict[str, Any]:
        parameters = inspect.signature(self.build_fn).parameters.values()
        return {p.name: p.default for p in parameters if p.default is not p.empty}


def _names(function: Callable[..., Any]) -> list[str]:
    return list(inspect.signature(function).parameters)
