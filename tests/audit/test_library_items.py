"""Every public item of PyTorch and Keras is covered, missing or excluded, with all its settings."""

import importlib
import inspect
import json
import os
import re

import pytest
from click.testing import CliRunner

from checker.audit import library_items
from checker.commands.program import course
from reference import catalogue

TORCH = (
    "torch.nn",
    "torch.nn.functional",
    "torch.nn.init",
    "torch.nn.grad",
    "torch.nn.utils",
    "torch.nn.utils.parametrizations",
    "torch.optim",
    "torch.optim.lr_scheduler",
    "torch.optim.swa_utils",
)
KERAS = (
    "keras.activations",
    "keras.constraints",
    "keras.initializers",
    "keras.layers",
    "keras.losses",
    "keras.optimizers",
    "keras.optimizers.schedules",
    "keras.regularizers",
)
# Tools of torch and Keras that are public by accident, or that read and write settings.
TOOLS = {
    "torch.nn.functional.assert_int_or_pair",
    "torch.nn.functional.boolean_dispatch",
    "torch.nn.factory_kwargs",
    "torch.optim.swap_in_optimizer_params_and_state",
    "keras.activations.deserialize",
    "keras.activations.get",
    "keras.activations.serialize",
    "keras.optimizers.OptimizerMap",
}
ITEMS = library_items.items()
NAMES = {item.name for item in ITEMS}
# Items without an operation. Take a name from library_items.toml, and lower the number here.
STILL_MISSING = 149
STILL_IN_PART = 22


# Without a library, nothing compares its part of the table with it.
@pytest.fixture(scope="module")
def keras():
    os.environ["KERAS_BACKEND"] = "torch"
    return pytest.importorskip("keras", reason="Keras is not installed")


def plain(name):
    """The last part of a name, so that `hard_tanh`, `HardTanh` and `hardtanh` are the same."""
    return name.rpartition(".")[2].replace("_", "").lower()


def public(module):
    """What a module defines for its users, by name: the names that a class has there and itself."""
    package, found = module.partition(".")[0], {}
    for name, value in vars(importlib.import_module(module)).items():
        home = getattr(value, "__module__", None) or package
        ours = home.startswith((f"{package}.nn", f"{package}.optim", f"{package}.src"))
        if module == "torch.nn.functional":  # its builtin functions say that torch is their home
            wanted = not inspect.isclass(value) and (ours or home in ("torch", "torch._C._nn"))
        else:
            wanted = ours and (inspect.isclass(value) or module.endswith("activations"))
            wanted |= home == module
        if callable(value) and not name.startswith("_") and wanted:
            found[f"{module}.{name}"] = f"{module}.{getattr(value, '__name__', name)}"
    return found


def unknown(modules):
    """Public names that the table does not know, under whatever name of theirs."""
    also = library_items.further_names()
    written = {plain(name) for name in NAMES | set(also)}

    def is_known(name):
        return plain(name) in written or f"{plain(name)}loss" in written or name in TOOLS

    return {
        name
        for module in modules
        for name, itself in public(module).items()
        if not is_known(name)
        and not is_known(itself)
        and not name.endswith("_with_indices")  # the same function with both results
    }


def test_every_item_of_torch_is_in_the_table():
    pytest.importorskip("torch", reason="PyTorch is not installed")
    assert len(public("torch.nn")) > 150
    assert len(public("torch.nn.functional")) > 100
    assert "torch.nn.init.eye_" in public("torch.nn.init")
    assert not unknown(TORCH)


def test_every_item_of_keras_is_in_the_table(keras):
    assert len(public("keras.layers")) > 100
    assert "keras.losses.Dice" in public("keras.losses")
    assert not unknown(KERAS)


def parameters(name):
    """The arguments of an item and their defaults; some of torch's are only in its docstring."""
    module, _, last = name.rpartition(".")
    value = getattr(importlib.import_module(module), last)
    try:
        signature = inspect.signature(value)
        if set(signature.parameters) == {"args", "kwargs"}:  # those of what it is a kind of
            signature = inspect.signature(value.__mro__[1])
    except ValueError:
        text = re.search(rf"{last}\((.*?)\)\s*->", inspect.getdoc(value), re.DOTALL)[1]
        given = (part.strip().partition("=") for part in text.split(",") if part.strip() != "*")
        return {
            key: eval(default, {}) if default else inspect.Parameter.empty
            for key, _, default in given
        }
    return {key: p.default for key, p in signature.parameters.items()}


def same(theirs, argument):
    ours = argument.default
    return theirs == ours or (ours is inspect.Parameter.empty and not argument.tried)


def faults(item):
    """Arguments of an item that are no setting, or have another default."""
    specs = [catalogue.operation(name) for name in item.operations]
    known = {a.name: a for spec in reversed(specs) for a in spec.arguments}
    skipped = {*library_items.implementation(), *item.given, *item.lacks}
    theirs = parameters(item.name)
    mentioned = {*item.given, *item.lacks, *item.names, *item.defaults}
    same_group = [i for i in ITEMS if (i.operations, i.names) == (item.operations, item.names)]
    everywhere = set().union(*(parameters(i.name) for i in same_group))
    found = [f"there is no argument {name}" for name in mentioned - everywhere]
    for name, default in theirs.items():
        if name in skipped:
            continue
        ours = item.names.get(name, (name,))
        if missing := [each for each in ours if each not in known]:
            found.append(f"{name} is no setting: {missing}")
            continue
        if default is inspect.Parameter.empty or name in item.defaults or name in item.settings:
            continue
        expected = default if len(ours) > 1 else (default,)
        if not all(same(a, known[b]) for a, b in zip(expected, ours, strict=True)):
            found.append(f"{name} is {default}, and {[known[b].default for b in ours]} here")
    found += [f"{name} is no setting" for name in item.settings if name not in known]
    return found


@pytest.mark.parametrize("library", ["torch", "keras"])
def test_every_argument_of_a_covered_item_is_a_setting_with_the_same_default(library, request):
    if library == "keras":
        request.getfixturevalue("keras")
    pytest.importorskip("torch", reason="PyTorch is not installed")
    covered = [i for i in ITEMS if i.operations and i.name.startswith(f"{library}.")]
    assert len(covered) > 10
    assert not {i.name: found for i in covered if (found := faults(i))}


def test_no_item_is_listed_twice():
    assert len(ITEMS) == len(NAMES)
    also = library_items.further_names()
    assert set(also.values()) <= NAMES
    assert not NAMES & set(also)


def test_what_is_missing_can_only_become_less():
    missing = sum(item.reason == library_items.NOT_YET for item in ITEMS)
    assert (missing, sum(bool(item.lacks) for item in ITEMS)) == (STILL_MISSING, STILL_IN_PART)


def test_an_item_that_is_named_like_an_operation_is_not_said_to_be_missing():
    operations = {plain(name) for name in catalogue.names()}
    missing = {i.name for i in ITEMS if i.reason == library_items.NOT_YET}
    missing = {name for name in missing if name.startswith("torch.nn.")}
    assert not {name for name in missing if plain(name) in operations}


def test_the_command_prints_every_item_and_how_many_are_covered():
    done = CliRunner().invoke(course, ["coverage"])
    assert done.exit_code == 0
    lines = done.output.splitlines()
    assert len(lines) == len(ITEMS) + 3
    (conv,) = (line.split() for line in lines if line.startswith("torch.nn.Conv2d "))
    assert conv[:5] == ["torch.nn.Conv2d", "convolution", "yes", "yes", "PyTorch,"]
    assert lines[-1].startswith(f"{sum(bool(i.operations and not i.lacks) for i in ITEMS)} of ")


def test_as_data_each_item_has_an_operation_or_a_reason():
    found = json.loads(CliRunner().invoke(course, ["coverage", "--json"]).output)["items"]
    assert {item["name"] for item in found} == NAMES
    assert all(item["operation"] or item["reason"] for item in found)
    assert all(item["forward"] == bool(item["operation"]) for item in found)
    assert {
        "name": "torch.nn.Conv2d",
        "operation": "convolution",
        "forward": True,
        "backward": True,
        "reason": None,
    } in found
    assert {i["name"] for i in found if i["operation"] and i["reason"]} == {
        i.name for i in ITEMS if i.lacks
    }


def test_the_errors_are_those_of_the_proof(monkeypatch):
    pytest.importorskip("torch", reason="PyTorch is not installed")
    few = [item for item in ITEMS if item.name in ("torch.nn.Tanh", "torch.nn.Mish")]
    monkeypatch.setattr(library_items, "items", lambda: few)
    head, tanh, mish, *_ = CliRunner().invoke(course, ["coverage", "--verify"]).stdout.splitlines()
    assert head.endswith("error / bound")
    cases, error = tanh.split()[-2:]
    assert int(cases) > 100
    assert 0 < float(error) < 1
    assert mish.split()[1:] == ["-"] * 6 + library_items.NOT_YET.split()


def test_errors_are_for_people():
    done = CliRunner().invoke(course, ["coverage", "--verify", "--json"])
    assert done.exit_code == 2
    assert "check verify --json" in done.output
