"""The table of slips: all of them can be told apart, and each has something to say."""

import re

import numpy as np
import pytest

import backprop_lab
from backprop_lab import sigmoid
from backprop_lab.exercises.composition import singles
from backprop_lab.exercises.exercise import EXERCISES
from backprop_lab.exercises.feedback import named, sentence, symbol
from backprop_lab.exercises.networks import trials
from backprop_lab.exercises.recognition import SINGLE, agrees, alone, right_answer, wrong_answer
from backprop_lab.exercises.slips import TABLE

PROMISED = {  # by exercise; what every teacher meets
    "weighted_input": "missing-bias missing-transpose elementwise-not-matrix activated",
    "forward": "previous-bias no-activation linear-output activated-twice z-instead-of-a swapped-outputs stops-early",
    "quadratic": "forgot-half sum-not-mean mean-over-neurons difference-not-square per-example per-neuron",
    "bp1": "forgot-sigma-prime sign-flipped sigma-prime-of-a z-times-one-minus-z doubled cost-not-gradient",
    "bp2": "missing-transpose forgot-sigma-prime sigma-prime-too-early last-path-only squared-weights",
    "bp3": "bias-not-summed sum-not-mean wrong-axis one-number lost-column",
    "bp4": "sum-not-mean transposed-gradient tensor-not-summed means-multiplied divided-twice",
    "backprop": "this-activation output-layer-missing wrong-layer-sigma-prime used-updated-weights this-layer-weights",
    "training_step": "used-updated-weights ascent forgot-learning-rate sum-not-mean step-per-example",
    "update": "ascent forgot-learning-rate step-only weights-only sign-only relative-step",
}


WRITTEN = [  # as learners write them
    ("weighted_input", lambda w, b, a: w @ sigmoid(a) + b, "input-activated"),
    ("weighted_input", lambda w, b, a: w[:, :-1] @ a[:-1] + b, "one-input-missing"),
    ("weighted_input", lambda w, b, a: (w[:, :, None] * a + b[:, None]).sum(axis=1), "bias-in-the-sum"),
    ("quadratic", lambda a, y: np.linalg.norm(a - y) / 2, "norm-not-squared"),
    ("quadratic", lambda a, y: (a - y).T @ (a - y) / 2, "examples-mixed"),
    ("quadratic", lambda a, y: -(y * np.log(a) + (1 - y) * np.log(1 - a)).sum() / a.shape[1], "other-cost"),
    ("bp1", lambda a, y, z: a - y * sigmoid.prime(z), "missing-brackets"),
    ("bp1", lambda a, y, z: (a - y) * (1 - a), "half-of-sigma-prime"),
    ("bp1", lambda a, y, z: (a - y) / (a * (1 - a)), "divided-by-sigma-prime"),
    ("bp2", lambda w, delta, z: (w.T @ delta) * (1 - np.tanh(z) ** 2), "other-derivative"),
    ("bp2", lambda w, delta, z: (np.linalg.pinv(w) @ delta) * sigmoid.prime(z), "inverse-not-transpose"),
    ("bp4", np.outer, "all-pairs"),
    ("bp4", lambda delta, a: (delta @ a.T).mean(axis=1, keepdims=True), "mean-over-weights"),
]


def own(name):
    return singles() if name == "backprop" else alone(name)


def known(name):
    within = singles() if name in ("backprop", "training_step") else ()
    return {named(each.found[0]) for each in (*alone(name), *within)} | {slip.name for slip in TABLE if slip.fitted}


def answers(name, suspect):
    return [wrong_answer(name, suspect, trial) for trial in trials()]


def right_answers(name):
    return [right_answer(name, trial) for trial in trials()]


def apart(one, other):
    """How far two answers are apart, as a share of the largest entry."""
    if one is None or other is None or one.keys() != other.keys():
        return np.inf if one is not other else 0.0
    if any(one[at].shape != other[at].shape for at in one):
        return np.inf
    return max(apart_by(one[at], other[at]) for at in one)


def apart_by(one, other):
    finite = np.isfinite(one) & np.isfinite(other)
    if not np.array_equal(one[~finite], other[~finite], equal_nan=True):
        return np.inf
    one, other = one[finite], other[finite]
    return float(np.abs(one - other).max(initial=0) / (1e-9 + np.abs(other).max(initial=0)))


def test_there_are_slips_enough():
    assert len(TABLE) >= 40
    for name, promised in PROMISED.items():
        assert set(promised.split()) <= known(name)


@pytest.mark.parametrize("name", EXERCISES)
def test_a_name_stands_for_one_slip_in_an_exercise(name):
    names = [slip.name for slip in TABLE if name in slip.exercises.split()]
    assert len(names) == len(set(names))
    assert {word for slip in TABLE for word in slip.exercises.split()} <= EXERCISES.keys()


@pytest.mark.parametrize(("name", "f", "slip"), WRITTEN, ids=lambda value: value if isinstance(value, str) else "")
def test_a_slip_is_known_however_it_is_written(name, f, slip):
    assert getattr(backprop_lab, f"check_{name}")(f).slip == slip


@pytest.mark.parametrize("name", EXERCISES)
def test_the_recipe_without_a_slip_is_right(name):
    exercise = EXERCISES[name]
    for trial in trials():
        assert agrees(exercise.read(exercise.reference(*exercise.inputs(trial))), right_answer(name, trial))


@pytest.mark.parametrize("name", EXERCISES)
def test_every_slip_differs_visibly_from_the_right_answer(name):
    """By far more than the precision that is asked of float32."""
    for suspect in alone(name):
        pairs = zip(answers(name, suspect), right_answers(name), strict=True)
        furthest = max(apart(wrong, right) for wrong, right in pairs if wrong is not None)
        assert furthest > 100 * SINGLE, f"{suspect.found[0].slip.name} gives the right numbers on these networks"


@pytest.mark.parametrize("name", EXERCISES)
def test_no_two_slips_give_the_same_numbers(name):
    """Two that do are one."""
    found = [(suspect.found[0].slip, answers(name, suspect)) for suspect in alone(name)]
    for at, (one, ones) in enumerate(found):
        for other, others in found[:at]:
            if one is other:
                continue  # two ways to write one slip
            furthest = max(apart(a, b) for a, b in zip(ones, others, strict=True))
            assert furthest > 100 * SINGLE, f"{one.name} is {other.name}: keep one, the other is a variant of it"


@pytest.mark.parametrize("name", EXERCISES)
def test_every_message_names_a_symbol_asks_a_question_and_blames_nobody(name):
    for suspect in own(name):
        (found,), about = suspect.found, symbol(EXERCISES[name], suspect.found[0])
        message = f"{sentence(about, found.slip.says)} {sentence(about, found.slip.asks)}"
        assert message.endswith("?")
        assert message.startswith(
            ("Your ", "The ", "Only ", "Each ", "Every ", "On ", "In ", "You ", "All ", "Where ", "What ")
        )
        assert "{" not in message
        assert not re.search(r"\b(obviously|simply|just|clearly|easy|stupid|silly)\b", message, re.IGNORECASE)
        assert len(message) < 260
