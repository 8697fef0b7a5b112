"""Names of weights, biases and neurons as learners type them: what they name, and by which slip they are wrong."""

import re

from backprop_lab.cases import Case
from backprop_lab.drawing.markup import counted
from backprop_lab.quantities import Quantity
from backprop_lab.questions.typed import cut
from backprop_lab.questions.typed_answers import Code, read_code

LIKE = {"w": "w[1][2, 0]", "b": "b[1][2]", "a": "a[1][2]", "z": "z[1][2]", "delta": "delta[1][2]", "x": "x[0]"}
_SLICE = re.compile(r"w\[(\d{1,4})\]\[(?:(\d{1,4}),:|:,(\d{1,4}))\]", re.ASCII)


def code_of(quantity: Quantity) -> Code:
    """The name of a quantity, to be compared with what is typed."""
    return Code(quantity.letter, (quantity.layer, *quantity.index))


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


def find(case: Case, text: str) -> Quantity | str:
    """What a typed name names in a network, or in a sentence why it names nothing.

    A row or a column of weights, `w[1][2, :]` or `w[2][:, 2]`, names the neuron they lead to or come from.
    """
    if found := _SLICE.fullmatch("".join(text.split())):
        layer, j, k = int(found[1]), int(found[2] or 0), int(found[3] or 0)
        return fault(case, Code("w", (layer, j, k))) or Quantity(
            "a", *((layer, (j,)) if found[2] else (layer - 1, (k,)))
        )
    code = read_code(text)
    if code is None:
        return f"“{cut(text)}” is not a name: write it like {LIKE['w']}."
    return fault(case, code) or Quantity.read(str(code))


def fault(case: Case, code: Code) -> str:
    """Why a name names nothing in this network, in a sentence; or nothing."""
    sizes, name, indices = case.parameters.sizes, code.name, code.indices
    wanted = {"w": 3, "b": 2, "a": 2, "z": 2, "delta": 2, "x": 1}.get(name)
    if wanted is None:
        return f"{cut(str(code))} names nothing here: the names are w, b, z, a, delta and x."
    if len(indices) != wanted:
        return f"{name} needs {counted(wanted, 'number')} in its brackets, as in {LIKE[name]}; you gave {len(indices)}."
    layer, j, *k = indices if name != "x" else (0, *indices)
    first = 0 if name in "ax" else 1
    if not first <= layer < len(sizes):
        last = len(sizes) - 1
        return (
            f"There is no {name}[{layer}]: {name} has {f'the layers {first} to {last}' if last > first else 'layer 1'}."
        )
    whole = f"w[{layer}] has" if k else f"Layer {layer} has"
    for index, at, what in zip((j, *k), (layer, layer - 1), ("row" if k else "neuron", "column"), strict=False):
        if index >= sizes[at]:
            return f"{whole} no {what} {index}: layer {at} has {counted(sizes[at], 'neuron')}, numbered from 0."
    return ""
