"""Which functions a learner has in the places of σ and σ′, where all else is right, by the gradient of one example."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import NamedTuple

import numpy as np

from backprop_lab.activations import Array, sigmoid
from backprop_lab.exercises.claims import Evidence
from backprop_lab.exercises.exercise import Exercise
from backprop_lab.exercises.parsing import finite
from backprop_lab.exercises.unknown.curves import Curve, Pairs, activation, curve_of_z, written
from backprop_lab.exercises.unknown.one_example import Function, near, restricted, used, wrong_in
from backprop_lab.exercises.verdict import Verdict, not_yet


class _Functions(NamedTuple):
    """What a learner has in the places of σ and σ′, each written of z; None where it is right."""

    a: Curve | None  # in the hidden layers
    output: Curve | None
    bp1: Curve | None
    bp2: Curve | None

    def says(self) -> Iterator[str]:
        """What is not right."""
        if self.a:
            where = "layers" if self.output else "hidden layers"
            yield f"where σ(z) belongs, the a of your {where} is {written(self.a)}"
        if self.bp1 and self.bp2 and self.bp1.words == self.bp2.words:
            yield f"where σ′(z) belongs, your δ are multiplied by {written(self.bp1)}"
        else:
            for curve, name in ((self.bp1, "δᴸ is"), (self.bp2, "δ of the hidden layers are")):
                if curve:
                    yield f"where σ′(z) belongs, your {name} multiplied by {written(curve)}"


def other_functions(exercise: Exercise, alone: Evidence) -> Verdict | None:
    """Say which other functions stand in the places of σ and σ′, if all else is as it should be."""
    pairs = _read_off(alone, sigmoid)
    if pairs is None:
        return None
    a, a_is_wrong = _not_right(activation, sigmoid, pairs["a"])
    if a_is_wrong and a is None:
        return None
    for output in dict.fromkeys((None, a)):
        pairs = _read_off(alone, output.of if output else sigmoid)
        slopes = _slopes(pairs) if pairs else []
        functions = _Functions(a, output, *slopes) if slopes else None
        if functions and any(functions):
            return not_yet(
                f"Already with one example: {'; '.join(functions.says())}. Every other step does what it should with"
                f" what it gets. Which function turns z into a, and what is its slope?",
                "other-activation" if a else "other-derivative",
                (restricted(exercise, partial(_are, functions)),),
            )
    return None


def _slopes(pairs: dict[str, list[tuple[Array, Array]]]) -> list[Curve | None]:
    """What stands in the place of σ′ in BP1 and in BP2; nothing where one of them cannot be told."""
    found: list[Curve | None] = []
    for step in ("bp1", "bp2"):
        curve, is_wrong = _not_right(curve_of_z, sigmoid.prime, pairs[step])
        if is_wrong and curve is None:
            return []
        found.append(curve)
    return found


def _not_right(look: Callable[[Pairs], Curve | None], right: Function, pairs: Pairs) -> tuple[Curve | None, bool]:
    """What stands in the place of a function, if it can be told, and whether another does."""
    if all(near(out, right(into)) for into, out in pairs):
        return None, False
    if (found := look(pairs)) or not any((out == 0).any() for _, out in pairs):
        return found, True
    found = look([(into[out != 0], out[out != 0]) for into, out in pairs])  # as dropout does
    return found and found._replace(slip="zeros", words=f"0 for some neurons and {found.words} for all others"), True


def _are(functions: _Functions, evidence: Evidence) -> bool:
    pairs = _read_off(evidence, functions.output.of if functions.output else sigmoid)
    wanted = ((functions.a, sigmoid), (functions.bp1, sigmoid.prime), (functions.bp2, sigmoid.prime))
    return pairs is not None and all(
        _is_curve(curve, right, into, out)
        for (curve, right), some in zip(wanted, (pairs["a"], pairs["bp1"], pairs["bp2"]), strict=True)
        for into, out in some
    )


def _is_curve(curve: Curve | None, right: Function, into: Array, out: Array) -> bool:
    wanted = (curve.of if curve else right)(into)
    fits = np.isclose(out, wanted, rtol=1e-4, atol=1e-6 * max(1.0, float(np.abs(out).max(initial=0))))
    return bool((fits | (out == 0)).all() if curve and curve.slip == "zeros" else fits.all())


def _read_off(alone: Evidence, output: Function) -> dict[str, list[tuple[Array, Array]]] | None:
    """z with a of the hidden layers, and with what δᴸ and the δ of the hidden layers are multiplied by.

    None where x or ∇_w is wrong as well, or where these cannot be read off.
    """
    found: dict[str, list[tuple[Array, Array]]] = {"a": [], "bp1": [], "bp2": []}
    for trial in alone.trials:
        answer, w, last = alone.given(trial), trial.case.parameters.w, max(trial.case.parameters.layers)
        if answer is None or not finite(answer):
            return None
        if not all(values.any() for values in answer.values()):
            continue  # behind a layer whose a or δ is 0 nothing is to be seen
        delta = {n: answer[f"nabla_b[{n}]"] for n in w}
        with np.errstate(all="ignore"):
            z, a = used(answer, trial.case, output)
            if any(wrong_in("used", answer, trial.case, output, of=("x", "bp4"))):
                return None
            found["a"] += [(z[n], a[n]) for n in w if n < last]
            found["bp1"].append((z[last], delta[last] / (a[last] - trial.case.y)))
            found["bp2"] += [(z[n], delta[n] / (w[n + 1].T @ delta[n + 1])) for n in w if n < last]
    return found if found["bp1"] else None
