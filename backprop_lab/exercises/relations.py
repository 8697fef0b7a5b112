"""What is said of answers whose numbers are related to the right ones: all but their length, but for a term, a step."""

from collections.abc import Sequence
from functools import partial

from backprop_lab.activations import sigmoid
from backprop_lab.cases import Case
from backprop_lab.exercises.claims import everywhere, old_value, same_numbers
from backprop_lab.exercises.exercise import STEPS, Exercise
from backprop_lab.exercises.factors import common_factor, formula_of
from backprop_lab.exercises.networks import Trial
from backprop_lab.exercises.parsing import Answer
from backprop_lab.exercises.verdict import Verdict, not_yet

Pairs = Sequence[tuple[Trial, Answer, Answer]]  # network, given, right


def step_factor(exercise: Exercise, pairs: Pairs) -> Verdict | None:
    """Whether the step has the right direction, and the wrong length."""
    if exercise.name not in STEPS:
        return None
    factors = [common_factor(*steps_made(answer, wanted, trial.case)) for trial, answer, wanted in pairs]
    if not all(factors):
        return None
    if found := formula_of([trial.case for trial, _, _ in pairs], factors):
        said = f"Your step is {found.words} times what it should be: where does the factor come from?"
    else:
        said = (
            "Your step is right except for a factor, which differs from network to network: which number in your code"
            " depends on the network's size or on the number of examples?"
        )
    return not_yet(said, "constant-factor", (everywhere(_scaled),))


def _scaled(answer: Answer, wanted: Answer, case: Case) -> bool:
    return common_factor(*steps_made(answer, wanted, case)) is not None


def length_of_each(exercise: Exercise, pairs: Pairs) -> Verdict | None:
    """Whether each array is right but for a factor of its own."""
    found = partial(_each_scaled, exercise.name in STEPS)
    if len(pairs[0][2]) < 2 or not all(found(answer, wanted, trial.case) for trial, answer, wanted in pairs):
        return None
    what = "step" if exercise.name in STEPS else exercise.symbol.removeprefix("the ")
    return not_yet(
        f"Each array of your {what} is right except for a factor of its own: which line makes it longer or shorter?",
        "wrong-length",
        (everywhere(found),),
    )


def _each_scaled(of_steps: bool, answer: Answer, wanted: Answer, case: Case) -> bool:
    one, other = steps_made(answer, wanted, case) if of_steps else (answer, wanted)
    factors = [common_factor({"": one[name]}, {"": other[name]}) for name in wanted]
    return all(factor and factor > 0 for factor in factors)


def with_parameters(exercise: Exercise, pairs: Pairs) -> Verdict | None:
    """Whether w, or w and b, come in as a term of their own, as in weight decay."""
    if exercise.name not in (*STEPS, "backprop"):
        return None
    for kinds in ("w", "wb"):
        found = partial(_plus_parameters, kinds)
        if all(found(answer, wanted, trial.case) for trial, answer, wanted in pairs):
            what = "step" if exercise.name in STEPS else "gradient"
            own = "w itself" if kinds == "w" else "w and b themselves"
            return not_yet(
                f"Your {what} contains an extra multiple of {own}. Which term of it does not come from C?",
                "weight-decay",
                (everywhere(found),),
            )
    return None


def _plus_parameters(kinds: str, answer: Answer, wanted: Answer, case: Case) -> bool:
    """Whether what is too much is the same multiple of each of these parameters."""
    extra = {name: answer[name] - wanted[name] for name in wanted}
    own = {name: old_value(case, name.removeprefix("nabla_")) for name in wanted}
    some = [name for name in wanted if name.removeprefix("nabla_")[0] in kinds]
    rest = [name for name in wanted if name not in some]
    return all(same_numbers(answer[name], wanted[name]) for name in rest) and bool(
        common_factor({name: extra[name] for name in some}, {name: own[name] for name in some})
    )


def step_of_pass(exercise: Exercise, pairs: Pairs) -> Verdict | None:
    """Which of the two steps of the forward pass is wrong, since both of its results are there."""
    if exercise.name != "forward":
        return None
    for asks, slip, wrong, others in (
        ("{where} your a is not σ of your z: how do you get from one to the other?", "activation-step", "a", "xz"),
        (
            "{where} your z does not come from w, b and your a of the previous layer: what goes into the sum?",
            "weighted-input-step",
            "z",
            "xa",
        ),
        ("Your a of layer 0 is not x: what happens to the input before it is used?", "input-changed", "x", "za"),
    ):
        for where, first in (("In the output layer", -1), ("In some layers", 0)):
            holds = partial(_only, wrong, others, first)
            if all(holds(answer, wanted, trial.case) for trial, answer, wanted in pairs):
                return not_yet(asks.format(where=where), slip, (everywhere(holds),))
    return None


def _only(wrong: str, others: str, first: int, answer: Answer, _wanted: Answer, case: Case) -> bool:
    """Whether no step is wrong but this one, and this one in no layer before a first."""
    earlier = {*case.parameters.layers} - {*case.parameters.layers[first:]}
    return not any(_off(other, answer, case) for other in others) and not earlier & {*_off(wrong, answer, case)}


def _off(step: str, answer: Answer, case: Case) -> list[int]:
    """The layers in which a step of the pass does not give what it should from what the answer itself holds."""
    w, b = case.parameters.w, case.parameters.b
    if step == "x":
        return [] if same_numbers(answer["a[0]"], case.x) else [0]
    made = {
        "z": lambda n: w[n] @ answer[f"a[{n - 1}]"] + b[n],
        "a": lambda n: sigmoid(answer[f"z[{n}]"]),
    }[step]
    return [n for n in case.parameters.layers if not same_numbers(answer[f"{step}[{n}]"], made(n))]


def steps_made(answer: Answer, wanted: Answer, case: Case) -> tuple[Answer, Answer]:
    """How far the parameters have moved, and how far they should."""
    one, other = ({n: each[n] - old_value(case, n) for n in wanted} for each in (answer, wanted))
    return one, other
