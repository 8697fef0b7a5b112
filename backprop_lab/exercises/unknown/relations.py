"""What is said of answers whose numbers are related to the right ones: all but their length, but for a term."""

from collections.abc import Callable, Sequence
from functools import partial
from itertools import product

import numpy as np

from backprop_lab.activations import Array
from backprop_lab.cases import Case
from backprop_lab.exercises.claims import Claim, everywhere, layer_of, old_value, same_numbers
from backprop_lab.exercises.exercise import STEPS, Exercise
from backprop_lab.exercises.factors import common_factor, formula_of
from backprop_lab.exercises.networks import Trial
from backprop_lab.exercises.parsing import Answer
from backprop_lab.exercises.unknown.curves import Curve, bent, written
from backprop_lab.exercises.verdict import Verdict, not_yet
from backprop_lab.exercises.words import are, listed

Pairs = Sequence[tuple[Trial, Answer, Answer]]  # network, given, right


def step_factor(exercise: Exercise, pairs: Pairs) -> Verdict | None:
    """Whether the step has the right direction, and the wrong length."""
    if exercise.name not in STEPS:
        return None
    factors = [common_factor(*steps_made(answer, wanted, trial.case)) for trial, answer, wanted in pairs]
    if not all(factors):
        return None
    right = sum(abs(factor - 1) < 1e-5 for factor in factors if factor)
    if right:
        return not_yet(
            f"In {right} of {len(pairs)} networks your step is right; in the others it has its direction, but another"
            f" length. Under which condition does your code change how long a step is?",
            "step-length-depends",
            (everywhere(_scaled),),
        )
    if found := formula_of([trial.case for trial, _, _ in pairs], factors):
        said = f"Your step is {found.words} times what it should be: where does the factor come from?"
    elif rate := _bent_rate(exercise, pairs):
        said = f"Where η belongs, your step has {written(rate, 'η')}. What else does your code do with η?"
        claims = (everywhere(_scaled), on_pairs(partial(_has_rate, exercise, rate)))
        return not_yet(said, "rate-changed", claims)
    else:
        said = (
            "Your step is right except for a factor, which differs from network to network: what is"
            " that factor made of in your code?"
        )
    return not_yet(said, "constant-factor", (everywhere(_scaled),))


def _rates(exercise: Exercise, pairs: Pairs) -> tuple[Array, Array]:
    """η, and what stands in its place."""
    factors = [common_factor(*steps_made(answer, wanted, trial.case)) or np.nan for trial, answer, wanted in pairs]
    rates = np.array([exercise.originals(trial)[-1] for trial, _, _ in pairs])
    return rates, rates * factors


def _bent_rate(exercise: Exercise, pairs: Pairs) -> Curve | None:
    return bent([_rates(exercise, pairs)])


def _has_rate(exercise: Exercise, curve: Curve, pairs: Pairs) -> bool:
    rates, made = _rates(exercise, pairs)
    return bool(np.allclose(made, curve.of(rates), rtol=1e-4))


def _scaled(answer: Answer, wanted: Answer, case: Case) -> bool:
    return common_factor(*steps_made(answer, wanted, case)) is not None


def length_of_each(exercise: Exercise, pairs: Pairs) -> Verdict | None:
    """Whether each array is right but for a factor of its own: of a step, how far it leads, or what is returned."""
    if exercise.name not in STEPS:
        return _length_of_each(exercise.symbol.removeprefix("the "), False, pairs)
    return _length_of_each("step", True, pairs) or _length_of_each("new w and b", False, pairs)


def _length_of_each(what: str, of_steps: bool, pairs: Pairs) -> Verdict | None:
    found = partial(_each_scaled, of_steps)
    if len(pairs[0][2]) < 2 or not all(found(answer, wanted, trial.case) for trial, answer, wanted in pairs):
        return None
    for words, of in _OF_LAYER:
        by = partial(_scaled_by, of, of_steps)
        if all(by(answer, wanted, trial.case) for trial, answer, wanted in pairs):
            said = f"Each array of your {what} is right, but {words}. Which line does that?"
            return not_yet(said, "wrong-length", (everywhere(by),))
    return not_yet(
        f"Each array of your {what} is right except for a factor of its own: which line makes it longer or shorter?",
        "wrong-length",
        (everywhere(found),),
    )


_OF_LAYER: tuple[tuple[str, Callable[[Sequence[int], int], float]], ...] = (  # what was done, the factor in a layer
    ("divided by the number of its layer", lambda sizes, n: 1 / max(n, 1)),
    ("multiplied by the number of its layer", lambda sizes, n: n),
    ("divided by how many layers there are from its own to the last", lambda sizes, n: 1 / (len(sizes) - n)),
    ("multiplied by how many layers there are from its own to the last", lambda sizes, n: len(sizes) - n),
    ("divided by the number of neurons of its layer", lambda sizes, n: 1 / sizes[n]),
    ("multiplied by the number of neurons of its layer", lambda sizes, n: sizes[n]),
    ("divided by the number of neurons of the layer before", lambda sizes, n: 1 / sizes[n - 1]),
    ("divided by the square root of the number of neurons of the layer before", lambda sizes, n: sizes[n - 1] ** -0.5),
)


def _scaled_by(
    of: Callable[[Sequence[int], int], float], of_steps: bool, answer: Answer, wanted: Answer, case: Case
) -> bool:
    one, other = steps_made(answer, wanted, case) if of_steps else (answer, wanted)
    return all(
        np.allclose(
            one[name], of(case.parameters.sizes, layer_of(name)) * other[name], rtol=1e-5,
            atol=1e-9 * np.abs(other[name]).max(),
        )
        for name in wanted
    )  # fmt: skip


def _each_scaled(of_steps: bool, answer: Answer, wanted: Answer, case: Case) -> bool:
    one, other = steps_made(answer, wanted, case) if of_steps else (answer, wanted)
    factors = [common_factor({"": one[name]}, {"": other[name]}) for name in wanted]
    return all(factor and factor > 0 for factor in factors)


def with_a_term(exercise: Exercise, pairs: Pairs) -> Verdict | None:
    """Whether w, b or both come in as a term of their own, as in weight decay; or their signs, or one number."""
    if exercise.name not in (*STEPS, "backprop"):
        return None
    what = "step" if exercise.name in STEPS else "gradient"
    for (slip, says, of), (kinds, (own, self)) in product(_TERMS, _OWN.items()):
        found = partial(_plus, of, kinds)
        if all(found(answer, wanted, trial.case) for trial, answer, wanted in pairs):
            said = f"Your {what} contains {says.format(own=own, self=self)}. Which term of it does not come from C?"
            return not_yet(said, slip, (everywhere(found),))
    return _with_two_terms(what, pairs)


def _with_two_terms(what: str, pairs: Pairs) -> Verdict | None:
    """Whether w has a term of its own and b another."""
    found = {
        kind: next((each for each in _TERMS if all(_plus_in(each[2], kind, *_of_pair(pair)) for pair in pairs)), None)
        for kind in "wb"
    }
    if not all(found.values()):
        return None
    says = [each[1].format(own=kind, self="itself") for kind, each in found.items() if each]
    claims = [everywhere(partial(_plus_in, each[2], kind)) for kind, each in found.items() if each]
    said = f"Your {what} contains, in w, {says[0]}; and in b, {says[1]}. Which terms of it do not come from C?"
    return not_yet(said, "weight-decay", tuple(claims))


def _of_pair(pair: tuple[Trial, Answer, Answer]) -> tuple[Answer, Answer, Case]:
    trial, answer, wanted = pair
    return answer, wanted, trial.case


def _plus_in(of: Callable[[Array], Array], kind: str, answer: Answer, wanted: Answer, case: Case) -> bool:
    """Whether what is too much in w, or in b, is a multiple of this term; the other is not looked at."""
    one, other = ({n: v for n, v in each.items() if n.removeprefix("nabla_")[0] == kind} for each in (answer, wanted))
    return _plus(of, kind, one, other, case)


_OWN = {"w": ("w", "itself"), "b": ("b", "itself"), "wb": ("w and b", "themselves")}
_TERMS: tuple[tuple[str, str, Callable[[Array], Array]], ...] = (  # slip, what is said, the term
    ("weight-decay", "an extra multiple of {own} {self}", np.positive),
    ("weight-decay", "an extra term with only the sign of {own}", np.sign),
    ("weight-decay", "an extra multiple of the square of {own}", np.square),
    ("weight-decay", "an extra multiple of the size of {own}", np.abs),
    ("extra-number", "an extra number, the same one for every entry of {own}", np.ones_like),
)


def _plus(of: Callable[[Array], Array], kinds: str, answer: Answer, wanted: Answer, case: Case) -> bool:
    """Whether what is too much is the same multiple of this term in each of these parameters."""
    own = {name: old_value(case, name.removeprefix("nabla_")) for name in wanted}
    some = [name for name in wanted if name.removeprefix("nabla_")[0] in kinds]
    rest = [name for name in wanted if name not in some]
    return all(same_numbers(answer[name], wanted[name]) for name in rest) and bool(
        common_factor({name: answer[name] - wanted[name] for name in some}, {name: of(own[name]) for name in some})
    )


def of_one_length(exercise: Exercise, pairs: Pairs) -> Verdict | None:
    """Whether the gradient was divided by its own length, in each array or as a whole."""
    if exercise.name not in (*STEPS, "backprop"):
        return None
    for what, parts in (("Each array of your gradient has", True), ("Your whole gradient has", False)):
        claim = partial(_one_length, exercise, parts)
        if claim(pairs):
            return not_yet(
                f"{what} the same length, 1, in every network: only its direction is left. Should a step on a steep"
                f" slope be as short as one where the cost is nearly flat?",
                "gradient-normalized",
                (on_pairs(claim),),
            )
    return None


def _one_length(exercise: Exercise, parts: bool, pairs: Pairs) -> bool:
    for _, answer, wanted in as_gradients(exercise, pairs):
        norms = [float(np.linalg.norm(values)) for values in answer.values()]
        directions = (common_factor({"": answer[n]}, {"": wanted[n]}) for n in wanted)
        if not all(factor and factor > 0 for factor in directions):
            return False
        if not np.allclose(norms if parts else np.linalg.norm(norms), 1, rtol=1e-3):
            return False
    return True


def in_another_order(exercise: Exercise, pairs: Pairs) -> Verdict | None:
    """Whether all that is wrong are right rows, or right columns, in wrong places."""
    for what, turn in (("columns", np.transpose), ("rows", np.positive)):
        holds = partial(_placed, turn)
        if all(holds(answer, wanted, trial.case) for trial, answer, wanted in pairs):
            names = sorted({n.partition("[")[0] for _, answer, wanted in pairs for n in wanted
                            if not same_numbers(answer[n], wanted[n])})  # fmt: skip
            return not_yet(
                f"The {what} of your {listed(names)} hold the right numbers, but they are in another order. Which step"
                f" turns an array round, or counts from its end?",
                "other-order",
                (everywhere(holds),),
            )
    return None


def _placed(turn: Callable[[Array], Array], answer: Answer, wanted: Answer, _case: Case) -> bool:
    return all(
        same_numbers(*(each[np.lexsort(each.T[::-1].round(9))] for each in map(np.atleast_2d, pair)))
        for pair in ((turn(answer[n]), turn(wanted[n])) for n in wanted)
    )


def whole_numbers(exercise: Exercise, pairs: Pairs) -> Verdict | None:
    """Whether all that is wrong has been rounded to whole numbers."""
    del exercise
    rounded = next(filter(None, (_whole(answer, wanted) for _, answer, wanted in pairs)), [])
    if not rounded or not all(_right_or(_is_whole, *_of_pair(pair)) for pair in pairs) or _one_alone(pairs):
        return None
    return not_yet(
        f"{listed(rounded)} {'contains' if len(rounded) == 1 else 'contain'} only whole numbers, in every network."
        f" Which step rounds: //, round, or int?",
        "whole-numbers",
        (everywhere(partial(_right_or, _is_whole)),),
    )


def _one_alone(pairs: Pairs) -> bool:
    """Whether all that is wrong is one number, which no rounding made."""
    wrong = (answer[n] for _, answer, wanted in pairs for n in wanted if not same_numbers(answer[n], wanted[n]))
    return len(np.unique(np.concatenate([np.ravel(values) for values in wrong]))) == 1


def _whole(answer: Answer, wanted: Answer) -> list[str]:
    """The arrays which are whole numbers, not all of them 0, and should not be."""
    return [n for n in wanted if answer[n].any() and _is_whole(answer[n]) and not _is_whole(wanted[n])]


def _is_whole(values: Array) -> bool:
    return bool((values == np.round(values)).all())


def _right_or(is_so: Callable[[Array], bool], answer: Answer, wanted: Answer, _case: Case) -> bool:
    """Whether all arrays that are not right are of this kind."""
    return all(is_so(answer[n]) or same_numbers(answer[n], wanted[n]) for n in wanted)


def one_number(exercise: Exercise, pairs: Pairs) -> Verdict | None:
    """Whether each kind of array that is not right is a number of its own: 0 where nothing was ever stored."""
    _, first, wanted = pairs[0]
    kinds = dict.fromkeys(map(_kind, wanted))
    wrong = [kind for kind in kinds if not all(_is_right(kind, *pair[1:]) for pair in pairs)]
    some = {_kind(name): values for name, values in first.items() if _kind(name) in wrong and values.size}
    numbers = {kind: float(values.flat[0]) for kind, values in some.items()}
    claim = partial(_are_numbers, numbers)
    if not wrong or not all(claim(*_of_pair(pair)) for pair in pairs):
        return None
    integers = any(values.ndim and values.dtype.kind in "iu" for values in some.values())
    slip = "hard-coded" if any(numbers.values()) else "whole-numbers" if integers else "zeros"
    entries = " in every entry," * any(values.ndim for values in some.values())
    rest = "; all the rest is right" * bool(kinds.keys() - {*wrong, "a[0]"})
    said = f"Your {_numbers_in_words(numbers, exercise.name in STEPS)}{entries} in every network{rest}. {_ASKS[slip]}"
    return not_yet(said, slip, (everywhere(claim),))


_ASKS = {
    "hard-coded": "Where do the numbers that your function is given come in?",
    "whole-numbers": "Is what your function computes stored in what it returns, and what happens to decimals in an"
    " array of integers?",
    "zeros": "Is what your function computes stored in what it returns, and not rounded away?",
}


def _numbers_in_words(numbers: dict[str, float], new: bool) -> str:
    """Such as: ∇_w is 0 and ∇_b is 1."""
    says = []
    for number in dict.fromkeys(numbers.values()):
        kinds = [kind.replace("nabla", "∇") for kind in numbers if numbers[kind] == number]
        names = [kind for kind in kinds if kind != "a[0]" or "a" not in kinds]
        says.append(f"{'new ' * new}{listed(names)} {are(names)} {number:.6g}".replace("-", "−"))
    return listed(says)


def _kind(name: str) -> str:
    """Such as w for w[2]; the input, which a forward pass gives back, is one of its own."""
    return name if name == "a[0]" else name.partition("[")[0]


def _is_right(kind: str, answer: Answer, wanted: Answer) -> bool:
    """Whether all arrays of a kind are right."""
    return all(name in answer and same_numbers(answer[name], wanted[name]) for name in wanted if _kind(name) == kind)


def _are_numbers(numbers: dict[str, float], answer: Answer, wanted: Answer, _case: Case) -> bool:
    """Whether these kinds of arrays are each one number, and all others right."""
    return answer.keys() == wanted.keys() and all(
        bool((answer[name] == numbers[_kind(name)]).all())
        if _kind(name) in numbers
        else same_numbers(answer[name], wanted[name])
        for name in wanted
    )


def zero_arrays(exercise: Exercise, pairs: Pairs) -> Verdict | None:
    """Whether all that is wrong is zero."""
    del exercise
    blank = [n for _, answer, wanted in pairs[:1] for n in wanted if not answer[n].any() and wanted[n].any()]
    if not blank or not all(_right_or(_is_zero, answer, wanted, trial.case) for trial, answer, wanted in pairs):
        return None
    layers = len(pairs[0][0].case.parameters.layers)
    return not_yet(
        f"In a network with {layers} layers, {listed(blank)} {are(blank)} zero in every entry; all the rest is right."
        f" Which of your lines should write to {'it' if len(blank) == 1 else 'them'}?",
        "zeros",
        (everywhere(partial(_right_or, _is_zero)),),
    )


_FEW = 3


def of_few_factors(exercise: Exercise, pairs: Pairs) -> Verdict | None:
    """Whether each entry is the right one times one of two or three numbers, the same in all networks."""
    del exercise
    given = np.concatenate([np.ravel(answer[n]) for _, answer, wanted in pairs for n in wanted])
    right = np.concatenate([np.ravel(wanted[n]) for _, _, wanted in pairs for n in wanted])
    with np.errstate(all="ignore"):
        factors = np.unique(np.round((given / right)[right != 0], 6))
    if not 1 < len(factors) <= _FEW or 1 not in factors or not np.isfinite(factors).all():
        return None
    other = " or ".join(
        f"{each:g} times what they should be".replace("-", "−") if each else "0" for each in factors if each != 1
    )
    claim = everywhere(partial(_made_of, factors))
    return not_yet(
        f"Some entries of {listed(sorted({n.partition('[')[0] for n in pairs[0][2]}))} are right, all others are"
        f" {other}. Under which condition, or in which part of a loop, does your code treat an entry otherwise?",
        "entries-differ",
        (claim,),
    )


def _made_of(factors: Array, answer: Answer, wanted: Answer, _case: Case) -> bool:
    return all(
        bool(np.isclose(answer[n][..., None], wanted[n][..., None] * factors, rtol=1e-5).any(axis=-1).all())
        for n in wanted
    )


def _is_zero(values: Array) -> bool:
    return not values.any()


def as_gradients(exercise: Exercise, pairs: Pairs) -> Pairs:
    """The gradients that steps were made with; of other exercises what was given."""
    if exercise.name not in STEPS:
        return pairs
    found = []
    for trial, answer, wanted in pairs:
        rate = exercise.originals(trial)[-1]
        given, right = ({n: -v / rate for n, v in each.items()} for each in steps_made(answer, wanted, trial.case))
        found.append((trial, given, right))
    return found


def on_pairs(holds: Callable[[Pairs], bool]) -> Claim:
    """A property of all answers together."""
    return lambda evidence: holds(
        [(each, answer, evidence.right(each)) for each in evidence.trials if (answer := evidence.given(each))]
    )


def bent_numbers(exercise: Exercise, pairs: Pairs) -> Verdict | None:
    """Whether each wrong number is a function of the right one: of the gradient, of the new w and b, of the answer."""
    if exercise.name in ("forward", "quadratic"):
        return None  # these have a step, or a power, that says more
    kinds = [*dict.fromkeys(name.partition("[")[0] for name in pairs[0][2])]
    for seen, some in product((as_gradients, as_they_are) if exercise.name in STEPS else (as_they_are,), _some(kinds)):
        numbers = [(wanted[n], answer[n]) for _, answer, wanted in seen(exercise, pairs) for n in wanted
                   if n.partition("[")[0] in some]  # fmt: skip
        curve = bent(numbers)
        if curve is None or curve.slip in ("scaled", "shifted"):
            continue
        if (claim := partial(_bent_by, exercise, seen, curve, some))(pairs):
            return not_yet(_bent_words(exercise, seen, curve, kinds, some), curve.slip, (on_pairs(claim),))
    return None


def _some(kinds: Sequence[str]) -> list[tuple[str, ...]]:
    return [tuple(kinds), *((kind,) for kind in kinds)] if len(kinds) > 1 else [tuple(kinds)]


def as_they_are(_exercise: Exercise, pairs: Pairs) -> Pairs:
    """What was given, also of exercises that make a step."""
    return pairs


def _bent_words(
    exercise: Exercise, seen: Callable[..., Pairs], curve: Curve, kinds: Sequence[str], some: Sequence[str]
) -> str:
    if seen is as_gradients:
        where = f" in {some[0]}" * (len(some) < len(kinds))
        several = curve.words.count("{of}") > 1
        words = curve.words.format(of="g" if several else "the gradient").rstrip(",")
        which = ", where g is the gradient" * several
        return f"Your step{where} is made with {words}{which}. What does a step need of the gradient, besides η?"
    of = {"nabla_w": "∇_w", "nabla_b": "∇_b"}
    names = [of.get(kind, kind) for kind in some]
    what = listed([f"new {name}" for name in names]) if exercise.name in STEPS else listed(names)
    words = curve.words.format(of="v").rstrip(",")
    return f"Each number v that your {what} should have has become {words}. Which line does that?"


def _bent_by(exercise: Exercise, seen: Callable[..., Pairs], curve: Curve, some: Sequence[str], pairs: Pairs) -> bool:
    return all(
        np.allclose(
            answer[n], curve.of(wanted[n]) if n.partition("[")[0] in some else wanted[n], rtol=1e-4,
            atol=1e-7 if seen is as_gradients else 1e-6 * np.abs(wanted[n]).max(),
        )
        for _, answer, wanted in seen(exercise, pairs)
        for n in wanted
    )  # fmt: skip


def steps_made(answer: Answer, wanted: Answer, case: Case) -> tuple[Answer, Answer]:
    """How far the parameters have moved, and how far they should."""
    one, other = ({n: each[n] - old_value(case, n) for n in wanted} for each in (answer, wanted))
    return one, other
