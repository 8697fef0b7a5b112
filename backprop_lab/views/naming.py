"""Questions about names and shapes, with the slips that lead from the right answer to a wrong one."""

from collections.abc import Mapping

import numpy as np

from backprop_lab.activations import Array
from backprop_lab.cases import Case
from backprop_lab.drawing.markup import signed
from backprop_lab.views.answers import Code
from backprop_lab.views.prediction_state import Naming

SAID = {
    "swapped-indices": "the indices swapped",
    "counted-from-one": "the neurons counted from one",
    "wrong-layer": "the wrong layer",
}


def mistakes(code: Code, step: int = 1) -> dict[str, list[Code]]:
    """The slips by their short names, each with what comes of it.

    Parameters
    ----------
    code : a weight `w[layer][j, k]`, or a bias `b[layer][j]`
    step : 1 for who writes a name, −1 for who looks for the neuron that a name means: it is one too low then
    """
    name, (layer, *index) = code
    raised = [number + step for number in index]
    found = {
        "swapped-indices": [(layer, *reversed(index)) if len(index) > 1 else (*index, layer)],
        "counted-from-one": [(layer, *raised), (layer + step, *raised)],
        "wrong-layer": [(layer - 1, *index), (layer + 1, *index)],
    }
    return {slip: [Code(name, each) for each in indices if each != code.indices] for slip, indices in found.items()}


def name_question(case: Case, value: float, question: str = "") -> Naming:
    """Ask for the name of the weight or bias that has this value.

    Raises
    ------
    ValueError : not exactly one weight or bias has it.
    """
    names = [code for code, each in _values(case) if each == value]
    if len(names) != 1:
        raise ValueError(f"value must be that of one weight or bias, got {value}, that of {len(names)}")
    slips = [(SAID[slip], code) for slip, codes in mistakes(names[0]).items() for code in codes]
    lower = [code for code in mistakes(names[0], -1)["counted-from-one"] if min(code.indices) >= 0]  # "b1 is the first"
    slips += [(SAID["counted-from-one"], code) for code in lower]
    asked = question or f"Find the number {signed(value)} in the picture. What is the name of this weight?"
    return Naming(question=asked, answer=names[0], slips=tuple(slips), reveal=f"Its value is {signed(value)}.")


def shape_question(question: str, arrays: Mapping[int, Array], layer: int, reveal: str = "") -> Naming:
    """Ask for the shape of one of several arrays by layer."""
    answer = arrays[layer].shape
    wrong = [("rows and columns swapped", answer[::-1])]
    wrong += [("the wrong layer", other.shape) for at, other in arrays.items() if at != layer]
    slips = tuple((name, Code("", shape)) for name, shape in wrong if shape != answer)
    return Naming(question=question, answer=Code("", answer), slips=slips, reveal=reveal)


def _values(case: Case) -> list[tuple[Code, float]]:
    p = case.parameters
    w = [(Code("w", (layer, *at)), value) for layer in p.w for at, value in np.ndenumerate(p.w[layer])]
    return w + [(Code("b", (layer, at[0])), value) for layer in p.b for at, value in np.ndenumerate(p.b[layer])]
