"""Each experiment measures what its sentence says, for every seed, by a margin that was measured.

Each margin leaves about half of the measured difference: other processors round differently, and a
training multiplies such differences.
"""

import pickle
import re
import subprocess
import sys
from functools import cache
from itertools import pairwise

import numpy as np
import pytest
from click.testing import CliRunner
from run_folder import made_once

from checker.commands.program import course
from checker.course import assignment as assignments
from checker.handout.gallery import PICTURES
from reference import experiments

NAMES = experiments.names()
each_experiment = pytest.mark.parametrize("name", NAMES)


@cache
def result(name):
    """What was measured, once for all processes of a run."""
    run = experiments.find(name).run
    return pickle.loads(made_once(f"experiment-{name}", lambda: pickle.dumps(run())))


def measured(name):
    return experiments.find(name), result(name)


def each_lower(low, high, by=1.0):
    """Each number is lower than its counterpart, divided by a factor."""
    return len(low) == len(high) > 1 and all(a * by < b for a, b in zip(low, high, strict=True))


@each_experiment
def test_an_experiment_says_and_draws_what_it_measured(name, tmp_path):
    module, found = measured(name)
    sentence = module.sentence(found)
    assert re.search(r"\d", sentence)
    assert sentence[0].isupper() or sentence[0].isdigit()
    assert sentence.endswith(".")
    assert not re.search(r"nan|\binf\b|  ", sentence)
    figure = module.picture(found)
    figure.savefig(tmp_path / "it.png")
    (axes,) = figure.axes
    assert axes.get_title(loc="left")
    assert axes.get_xlabel()
    assert all(np.isfinite(line.get_ydata()).all() for line in axes.lines)
    assert (tmp_path / "it.png").stat().st_size > 5000


@each_experiment
def test_a_docstring_names_the_claim_and_its_lecture(name):
    subject, claim = experiments.heading(name)
    assert subject
    assert claim.endswith(".")
    source = experiments.find(name).__doc__.split("\n\n")[-1]
    assert source.startswith("Source: ")
    assert re.search(r"\(00[01345]\)|lecture 002", source)


def test_an_experiment_is_run_without_matplotlib():
    code = (
        "import sys\nfrom reference import experiments\n"
        "for name in experiments.names(): experiments.find(name)\n"
        "experiments.find('standardising').run()\nprint(*sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())
    assert "reference.experiments.standardising" in loaded
    assert not loaded & {"matplotlib", "checker", "click"}


def test_an_unknown_experiment_is_told_with_the_nearest():
    with pytest.raises(LookupError, match="Did you mean 'smooth_momentum'"):
        experiments.find("smoth_momentum")
    with pytest.raises(LookupError, match="no experiment '_digits'"):
        experiments.find("_digits")


def test_a_name_means_one_thing_alone():
    tasks = {t.function for name in assignments.names() for t in assignments.find(name).tasks}
    assert not set(NAMES) & (tasks | set(PICTURES))


def test_the_same_seeds_give_the_same_numbers():
    for name in ("initial_weights", "shuffling"):
        assert experiments.find(name).run() == result(name)


def check(*words):
    return CliRunner().invoke(course, list(map(str, words)))


def test_show_lists_the_experiments_with_their_claims():
    _, _, listed = check("show").output.partition("Experiments")
    assert re.findall(r"(?m)^  (\w+) ", listed) == NAMES
    assert experiments.heading("smooth_momentum")[1] in " ".join(listed.split())


def test_show_prints_the_sentence_and_draws_the_picture(tmp_path):
    path = tmp_path / "it.svg"
    done = check("show", "standardising", "-o", path)
    module, found = measured("standardising")
    said = " ".join(done.output.split())
    assert (done.exit_code, said) == (0, f"{module.sentence(found)} {path} written.")
    assert path.stat().st_size > 10_000


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["shufling"], "no task, picture or experiment 'shufling'. Did you mean 'shuffling'?"),
        (["xyzzy"], "`check show` lists the pictures and the experiments."),
        (["mine.py"], "name the task of mine.py that is to be drawn."),
    ],
)
def test_show_says_what_a_wrong_name_could_have_meant(words, message):
    done = check("show", *words)
    assert done.exit_code == 2
    assert message in " ".join(done.output.split())


def test_small_batches_learn_more_in_an_epoch_that_takes_longer():
    module, found = measured("batch_sizes")
    for small, large in pairwise(module.SIZES):
        assert each_lower(found.last(small), found.last(large))
    assert each_lower(found.last(1), found.last(500), by=15)
    assert min(found.seconds[1]) > 10 * min(found.seconds[500])


def test_larger_batches_estimate_the_gradient_better_by_the_root_of_their_size():
    module, found = measured("batch_gradients")
    for small, large in pairwise(module.SIZES):
        for a, b in zip(found.errors[small], found.errors[large], strict=True):
            assert abs(a / b - 2) < 0.3


def test_small_batches_generalise_no_better_at_this_size():
    _, found = measured("generalisation")
    assert abs(np.mean(found.gain())) < 1.5
    assert min(found.gain()) < 0.5
    assert min(min(each) for each in found.accuracy.values()) > 0.85


def test_a_larger_batch_ends_where_a_lower_rate_ends():
    _, found = measured("batch_size_and_rate")
    lower, larger = found.last("lower rate"), found.last("larger batch")
    assert all(abs(np.log(a / b)) < 0.2 for a, b in zip(lower, larger, strict=True))
    assert each_lower(larger, found.last("nothing changed"), by=1.4)
    assert 2 * found.updates["larger batch"] < found.updates["lower rate"]


def test_without_shuffling_the_losses_repeat():
    module, found = measured("shuffling")
    assert min(found.correlations(module.ORDERS[0])) > 0.97
    assert max(map(abs, found.correlations(module.ORDERS[1]))) < 0.6
    assert each_lower(*(found.accuracy[order] for order in module.ORDERS), by=1.05)


def test_runs_converge_at_different_epochs():
    _, found = measured("runs")
    epochs = [each for each in found.converged() if each is not None]
    assert len(epochs) > 5
    assert max(epochs) > 1.3 * min(epochs)


def test_a_rate_is_too_small_or_too_large():
    module, found = measured("learning_rates")
    small, good, large = (found.ends(rate) for rate in module.RATES)
    assert each_lower(good, small, by=1.6)
    assert each_lower(good, large, by=1.25)
    early = [np.mean(found.after(rate, 6)) for rate in module.RATES]
    assert early[2] < early[1] < early[0]  # the larger, the faster at first


def test_standardising_improves_the_condition_and_the_descent():
    _, found = measured("standardising")
    assert each_lower(found.condition["standardised"], found.condition["raw"], by=200)
    ends = {name: [losses[-1] for losses in each] for name, each in found.losses.items()}
    assert min(ends["raw"]) > 0.01
    assert max(ends["standardised"]) < 1e-20


def test_more_data_needs_fewer_epochs():
    module, found = measured("data_and_epochs")
    for less, more in pairwise(module.EXAMPLES):
        assert each_lower(found.epochs[more], found.epochs[less])
    assert found.updates(1600) < 4 * found.updates(100)


def test_initial_weights_decide_the_size_of_the_activations():
    _, found = measured("initial_weights")
    assert max(found.change("small, tanh")) < 1e-15
    assert min(found.change("large, ReLU")) > 1e12
    assert 0.1 < min(found.change("Glorot, tanh")) < max(found.change("Glorot, tanh")) < 0.3
    assert 0.3 < min(found.change("He, ReLU")) < max(found.change("He, ReLU")) < 2
    # The same noise, with half of the variance in each of 20 layers.
    for he, glorot in zip(found.change("He, ReLU"), found.change("Glorot, ReLU"), strict=True):
        assert abs(glorot / he * 2**10 - 1) < 1e-9
    assert set(found.units) == {1}


def test_uniform_weights_do_no_better_than_normal_ones():
    _, found = measured("uniform_or_normal")
    uniform, normal = (np.sort(found.kept(name)) for name in ("uniform", "normal"))
    assert max(uniform[0], normal[0]) < min(uniform[-1], normal[-1])  # the ranges overlap
    assert np.abs(np.log([*uniform, *normal])).max() < np.log(6)  # neither vanishes nor explodes
    right = [np.mean(found.accuracy[name]) for name in ("uniform", "normal")]
    assert abs(right[0] - right[1]) < 0.06
    assert min(right) > 0.8


def test_batch_normalisation_lets_deeper_networks_learn():
    _, found = measured("batch_normalisation")
    assert min(found.plain[1]) > 0.88
    assert max(found.plain[8]) < 0.4
    assert min(found.normalised[8]) > 0.75
    assert each_lower(found.plain[4], found.normalised[4], by=1.05)


def test_dead_units_recover_only_with_a_leak():
    _, found = measured("dead_units")
    assert found.alive["ReLU"] == [(0, 0)] * 3
    assert all(before == 0 and after > 6 for before, after in found.alive["leaky ReLU"])
    assert max(found.accuracy("ReLU")) < 0.25
    assert min(found.accuracy("leaky ReLU")) > 0.95


def test_activations_around_0_are_better():
    _, found = measured("centred_activations")
    assert each_lower(found.best("around 0"), found.best("around 1"), by=1.5)


def test_momentum_turns_less_averages_noise_and_allows_higher_rates():
    _, found = measured("smooth_momentum")
    assert found.turns("plain") == 99
    assert found.turns("momentum") < 20
    for plain, averaged in zip(*found.variance.values(), strict=True):
        assert abs(plain / averaged / 19 - 1) < 0.1  # (1 + 0.9) / (1 - 0.9)
    assert abs(found.highest["plain"] - 2) < 0.02
    assert abs(found.highest["momentum"] - 38) < 0.05  # 2 (1 + 0.9) / (1 - 0.9)


def test_the_steps_of_adagrad_dwindle():
    module, found = measured("adagrad_dwindles")
    expected = np.sqrt(module.EARLY / module.LATE)
    assert all(abs(share / expected - 1) < 0.15 for share in found.share("Adagrad"))
    assert all(abs(share - 1) < 0.15 for share in found.share("RMSprop"))


def test_nesterov_responds_faster():
    module, found = measured("looking_ahead")
    plain, ahead = module.beyond(found.momentum), module.beyond(found.nesterov)
    assert all(a <= p + 1e-12 for a, p in zip(ahead, plain, strict=True))
    assert np.mean(ahead) < 0.75 * np.mean(plain)


def test_too_few_weights_underfit_and_too_many_overfit():
    module, found = measured("capacity")
    few, many = module.UNITS[0], module.UNITS[-1]
    assert each_lower(found.training[many], found.training[few], by=5)
    losses = module.means(found.validation)
    assert min(losses) * 1.4 < min(losses[0], losses[-1])


def test_a_bottleneck_limits_the_network_and_overfits_all_the_same():
    _, found = measured("bottleneck")
    for value, by in (("loss", 30), ("val_loss", 1.8)):
        assert each_lower(found.last("wide", value), found.last("bottleneck", value), by=by)
    narrow = (found.last("bottleneck", value) for value in ("loss", "val_loss"))
    assert each_lower(*narrow, by=1.15)


def test_few_examples_and_many_weights_overfit():
    module, found = measured("few_examples")
    few, many = module.UNITS
    assert found.mean(many, 10) > 0.1 > 0.04 > abs(found.mean(many, 640))
    assert found.mean(few, 10) > 0.07 > 0.04 > abs(found.mean(few, 640))
    assert found.mean(many, 40) > found.mean(few, 40) + 0.015


def test_early_stopping_saves_epochs_and_loss():
    module, found = measured("stopping_early")
    assert max(found.epochs) < 0.5 * module.EPOCHS
    assert each_lower(found.stopped, found.full, by=1.3)


def test_l1_makes_weights_nearly_zero_and_l2_makes_them_small():
    _, found = measured("sparsity")
    assert min(found.share("L1")) > 0.4
    assert max(found.share("L2") + found.share("none")) < 0.05
    assert [found.zeros(name) for name in found.weights] == [0, 0, 0]
    middle = {name: list(map(np.median, sizes)) for name, sizes in found.weights.items()}
    assert each_lower(middle["L2"], middle["none"], by=2)
    assert min(min(each) for each in found.accuracy.values()) > 0.88


def test_dropout_raises_the_training_loss_and_lowers_the_loss_on_new_data():
    _, found = measured("dropout_effect")
    assert 1.2 * np.mean(found.training["no dropout"]) < np.mean(found.training["dropout"])
    assert np.mean(found.new["dropout"]) < 0.9 * np.mean(found.new["no dropout"])
    assert np.less(found.new["dropout"], found.new["no dropout"]).sum() > 3


def test_smoothed_labels_make_wrong_answers_less_confident():
    _, found = measured("smoothed_labels")
    one_hot, smoothed = (list(map(np.mean, found.wrong[each])) for each in (0.0, 0.1))
    assert min(one_hot) > 0.6
    assert each_lower(smoothed, one_hot, by=1.3)
    assert found.accuracy(0.1) > found.accuracy(0.0) - 0.01


def test_weights_of_a_similar_task_help_and_those_of_another_hurt():
    _, found = measured("transfer")
    gains = {
        task: np.subtract(found.accuracy(task, "frozen"), found.accuracy(task, "from scratch"))
        for task in ("similar", "different")
    }
    assert min(gains["similar"]) > 0.03
    assert np.mean(gains["similar"]) > 0.07
    assert max(gains["different"]) < -0.05
    assert each_lower(*(found.accuracy("different", way) for way in ("frozen", "fine-tuned")))


def test_descents_end_in_three_minima():
    _, found = measured("several_minima")
    levels = [0, 1 / 8, 1 / 6]
    counts = [sum(abs(end - level) < 1e-3 for end in found.ends()) for level in levels]
    assert sum(counts) == len(found.ends())
    assert min(counts) > 1


def test_symbolic_derivatives_swell_and_cannot_pass_a_branch():
    module, found = measured("symbolic_swell")
    assert found.graph == [1 + 3 * depth for depth in module.DEPTHS]
    assert all(more > 2 * less for less, more in pairwise(found.derivative))
    assert "not supported" in found.refused
    assert abs(found.branch - 8 * module.START**7) < 1e-15  # x^8 is the first below 1/1000


def test_finite_differences_need_two_runs_for_each_weight_and_lose_digits():
    module, found = measured("numerical_cost")
    for cases in found.cases.values():
        assert all(case.runs == 2 * case.weights for case in cases)
        assert all(1e-13 < case.error < 1e-8 for case in cases)
    numerical, automatic = found.fastest(module.UNITS[-1])
    assert numerical > 20 * automatic


def test_shared_weights_read_digits_better_than_as_many_dense_ones():
    module, found = measured("shared_weights")
    weights = {name: found.trained[name][0].weights for name in module.NETWORKS}
    assert abs(weights["convolutional"] / weights["dense"] - 1) < 0.02
    assert min(found.accuracy("convolutional")) >= 0.98
    assert each_lower(found.accuracy("dense"), found.accuracy("convolutional"), by=1.005)
    assert each_lower(found.moved("dense"), found.moved("convolutional"), by=1.2)
