"""A declaration asks the same question as its operation, and answers nothing."""

import sys
from types import ModuleType

import pytest

from checker.cases import forms
from checker.course.assignment import Task
from checker.handout.declaration import declaration
from reference.spec import KeptError

FACTS = ("arguments", "results", "returns", "backward", "upstream", "rejects_invalid", "steps")


@pytest.mark.parametrize(
    ("name", "asks", "settings"),
    [
        ("dense", "backward", ()),
        ("adam", "path", ("learning_rate", "beta1")),
        ("sgd", "step", ("learning_rate",)),
        ("dropout_inverted", "forward", ("rate", "training")),
        ("he_normal", "sample", ()),
        ("stratified_k_fold", "run", ("folds",)),
        ("max_pooling", "backward", ("size", "stride")),
    ],
)
def test_it_has_the_form_of_the_operation_and_none_of_its_code(monkeypatch, name, asks, settings):
    spec = forms.operation(name)
    names = {argument.name for argument in spec.arguments}
    asks = asks if asks in forms.kind(spec).forms else next(iter(forms.kind(spec).forms))
    task = Task(name, name, asks, 1, tuple(names & set(settings)))
    real = forms.task_form(task)
    module = ModuleType(f"declared_{name}")
    monkeypatch.setitem(sys.modules, module.__name__, module)
    exec(declaration(name), vars(module))
    monkeypatch.setattr(forms, "operation", lambda _: module.SPEC)
    declared = forms.task_form(task)
    assert [getattr(declared, f) for f in FACTS] == [getattr(real, f) for f in FACTS]
    with pytest.raises(KeptError):
        declared.reference(**dict.fromkeys(forms.takes(declared.reference)))
