"""Which step of the way back is wrong: read off the gradient of one example.

For gradients that no slip gives. A step is judged by what it makes of what it was given: by the slips of its equation,
in all layers or in some; by a function that was put over it. BP1 and BP2, once found, are judged as if they were the
whole exercise too: their arguments are made by moving the biases and the targets.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache, partial
from itertools import product
from typing import NamedTuple

import numpy as np

from backprop_lab.activations import Array, sigmoid
from backprop_lab.cases import Case
from backprop_lab.exercises.claims import Evidence
from backprop_lab.exercises.exercise import EXERCISES, STEPS, Exercise
from backprop_lab.exercises.feedback import sentence
from backprop_lab.exercises.networks import Trial
from backprop_lab.exercises.parsing import Answer
from backprop_lab.exercises.recognition import Suspect, attempt
from backprop_lab.exercises.recognition import alone as alone_slips
from backprop_lab.exercises.unknown.curves import Curve, Pairs, bent, written
from backprop_lab.exercises.unknown.one_example import Step, made_by, near, of_one_example, restricted, wrong_steps
from backprop_lab.exercises.unknown.other_functions import other_functions
from backprop_lab.exercises.unknown.parts import part_that_is_wrong
from backprop_lab.exercises.verdict import Verdict, not_yet
from backprop_lab.parameters import Parameters

_SAID = {  # the step that is wrong: its slip, what is said of it, what is asked
    "x": (
        "input-changed",
        "your gradient is that of another input than x",
        "What happens to x before it is used?",
    ),
    "a": (
        "activation-step",
        "the activations that your ∇_w multiplies δ by do not come from σ(w a + b)",
        "How do you get from one layer to the next?",
    ),
    "bp4": (
        "wrong-weight-gradient",
        "your ∇_w is not the product of δ and the activations of the previous layer",
        "Which two numbers meet in one of its entries?",
    ),
    "bp1": ("wrong-output-delta", "your δᴸ is wrong", "What are its two factors?"),
    "bp2": (
        "wrong-hidden-delta",
        "your δ of a hidden layer does not follow from that of the next layer",
        "What comes back through which weights, and what is it multiplied by?",
    ),
}
_OF_A_STEP = {  # the same where only the new w and b are seen
    "bp4": (
        "wrong-weight-gradient",
        "what your w moves by is not η times the product of δ and the activations of the previous layer",
        "What else goes into the new w?",
    ),
}
OF = {"a": "weighted_input", "bp1": "bp1", "bp2": "bp2"}  # what each step is an exercise of
_LAYERS: tuple[tuple[str, Callable[[int, int], bool]], ...] = (  # where, and whether a layer of so many is there
    ("in the output layer", lambda n, last: n == last),
    ("in the hidden layers", lambda n, last: n < last),
    ("in layer 1", lambda n, last: n == 1),
    ("in the last hidden layer", lambda n, last: n == last - 1),
    ("in the layers after the first", lambda n, last: n > 1),
    ("in the hidden layers after the first", lambda n, last: 1 < n < last),
)


def step_that_is_wrong(exercise: Exercise, evidence: Evidence) -> Verdict | None:
    """Say which step of the way back is wrong, and which of its factors, if that can be told."""
    if exercise.name not in ("backprop", "training_step"):
        return None
    alone = of_one_example(exercise, evidence)
    for seen in ("right", "used", "activated"):
        steps = wrong_steps(seen, alone)
        if len(steps) == 1:
            looks = (look(steps[0], seen, exercise, alone) for look in (_slip_of_step, _bent_in_step))
            if found := next(filter(None, looks), None):
                return found
            slip, says, asks = (_SAID | (_OF_A_STEP if exercise.name in STEPS else {}))[steps[0]]
            some = any(not wrong_steps(seen, replace(alone, trials=[each])) for each in alone.trials)
            where = "In some networks, already" if some else "Already"
            said = f"{where} with one example, {says}; every other step does what it should with what it gets. {asks}"
            claim = restricted(exercise, partial(_is_so, seen, steps, some))
            return _part(steps[0], exercise, evidence) or not_yet(said, slip, (claim,))
    return other_functions(exercise, alone)


def _slip_of_step(step: str, seen: str, exercise: Exercise, alone: Evidence) -> Verdict | None:
    """Which slip of its equation explains a step, in the layers in which it is wrong."""
    if (name := OF.get(step)) is None:
        return None
    made = made_by(step, seen, alone)
    fitting = [each for each in _LAYERS if all(one.right != each[1](one.layer, one.last) for one in made)]
    for suspect, (where, there) in product(alone_slips(name), fitting):
        if _explains(name, suspect, there, made):
            slip = suspect.found[0].slip
            says, asks = (sentence(EXERCISES[name].symbol, words) for words in (slip.says, slip.asks))
            return not_yet(
                f"Already with one example, something is wrong {where}; every other step does what it should with what"
                f" it gets. There: {says} {asks}",
                slip.name,
                (restricted(exercise, partial(_is_explained, step, seen, suspect, there)),),
            )
    return None


class _Drawn(NamedTuple):
    """What is looked at as a function of something, how that is called, and what is said of it."""

    pairs: Callable[[str, Sequence[Step]], Pairs]
    of: str
    says: str


def _results(step: str, made: Sequence[Step]) -> Pairs:
    """What a step should make, and what it made."""
    return [(EXERCISES[step].right(*each.given), each.made) for each in made]


def _targets(_step: str, made: Sequence[Step]) -> Pairs:
    """The targets, and what stands in their place if all else is right."""
    return [(y, a - each.made / sigmoid.prime(z)) for each in made for a, y, z in [each.given]]


_DRAWN = {
    "bp1": (
        _Drawn(_results, "δ", "your δᴸ is {words}, where δ is the right one"),
        _Drawn(_targets, "y", "where y belongs, your δᴸ has {words}"),
    ),
    "bp2": (_Drawn(_results, "δ", "your δ of the hidden layers is {words}, where δ is the right one"),),
}


def _bent_in_step(step: str, seen: str, exercise: Exercise, alone: Evidence) -> Verdict | None:
    """Which function was put over a step's result, or over the targets."""
    for drawn in _DRAWN.get(step, ()):
        curve = bent(drawn.pairs(step, made_by(step, seen, alone)))
        if curve and (words := written(curve, drawn.of)) != drawn.of:
            return not_yet(
                f"Already with one example, {drawn.says.format(words=words)}; every other step does what it should with"
                f" what it gets. Which line changes it?",
                "targets-changed" if drawn.of == "y" else curve.slip,
                (restricted(exercise, partial(_is_bent, step, seen, drawn, curve)),),
            )
    return None


def _is_bent(step: str, seen: str, drawn: _Drawn, curve: Curve, evidence: Evidence) -> bool:
    pairs = drawn.pairs(step, made_by(step, seen, evidence))
    return bool(pairs) and all(
        np.allclose(out, curve.of(into), rtol=1e-4, atol=1e-6 * np.abs(out).max()) for into, out in pairs
    )


def _explains(name: str, suspect: Suspect, there: Callable[[int, int], bool], made: Sequence[Step]) -> bool:
    """Whether the wrong equation made it, in these layers, and the right one elsewhere."""
    wrong = partial(EXERCISES[name].reference, **suspect.changes)
    return bool(made) and all(
        each.right != there(each.layer, each.last)
        and (each.right or _same_as(attempt(partial(wrong, *each.given)), each.made))
        for each in made
    )


def _is_explained(
    step: str, seen: str, suspect: Suspect, there: Callable[[int, int], bool], evidence: Evidence
) -> bool:
    return _explains(OF[step], suspect, there, made_by(step, seen, evidence))


def _same_as(made: Array | None, value: Array) -> bool:
    return made is not None and np.shape(made) == value.shape and near(value, made)


def _part(step: str, exercise: Exercise, evidence: Evidence) -> Verdict | None:
    """Which factor of BP1 or BP2 is wrong."""
    if step not in ("bp1", "bp2"):
        return None
    found = part_that_is_wrong(EXERCISES[step], as_equation(step, exercise, evidence))
    if found is None:
        return None
    claims = tuple(lambda evidence, claim=claim: claim(as_equation(step, exercise, evidence)) for claim in found.claims)
    return replace(found, claims=claims)


def as_equation(step: str, exercise: Exercise, evidence: Evidence) -> Evidence:
    """What the learner's BP1, or BP2 of the last hidden layer, gives on any arguments."""
    alone = of_one_example(exercise, evidence)

    def given(trial: Trial) -> Answer | None:
        answer = alone.given(_realised(step, trial))
        return answer and {"δ": answer[f"nabla_b[{trial.case.parameters.layers[-1] - (step == 'bp2')}]"]}

    return Evidence(alone.trials, given, alone.right)


def _is_so(seen: str, steps: tuple[str, ...], some: bool, evidence: Evidence) -> bool:
    """Whether these steps are wrong everywhere, or no others anywhere."""
    each = [wrong_steps(seen, replace(evidence, trials=[trial])) for trial in evidence.trials]
    return all(one == steps or (some and not one) for one in each)


@cache
def _realised(step: str, trial: Trial) -> Trial:
    """A network in which z, and for BP2 δᴸ, are those that an equation is given: moved there by b and y."""
    case, w = trial.case, trial.case.parameters.w
    z = case.forward_pass.z
    a = {0: case.x, **{n: sigmoid(values) for n, values in z.items()}}
    b = {n: z[n] - w[n] @ a[n - 1] for n in w}
    last = max(w)
    y = case.y if step == "bp1" else a[last] - case.backward_pass.delta[last] / sigmoid.prime(z[last])
    return Trial(Case(Parameters(dict(w), b), case.x, y), trial.rate)
