"""What has a name in a network: one record for a weight, bias, z, a, δ, input, target or the cost."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from backprop_lab.cases import Case
from backprop_lab.validation import is_entry

_CODE = re.compile(r"(delta|[wbzaxyC])(?:\[(\d+)\])?(?:\[(\d+)(?:, *(\d+))?\])?")
_KEY = re.compile(r"(delta|[wbzay])(\d+)\.(\d+)(?:\.(\d+))?")


@dataclass(frozen=True)
class Quantity:
    """`Quantity("w", 1, (2, 0))` is w[1][2, 0]: in code, as key of a picture, and in words.

    An input is `Quantity("a", 0, (k,))`, written x[k]; a target `Quantity("y", 0, (j,))`; the cost `Quantity("C")`.
    """

    letter: str
    layer: int = 0
    index: tuple[int, ...] = ()

    @classmethod
    def read(cls, text: str) -> "Quantity":
        """From a key, "w1.2.0", or from code, "w[1][2, 0]".

        Raises
        ------
        ValueError : it is neither.
        """
        found = _KEY.fullmatch(text) or _CODE.fullmatch(text)
        letter, layer, *index = found.groups() if found else (None,) * 4
        if found and found.re is _CODE and letter in ("x", "y"):  # x[1] is written without its layer
            layer, index = ("0", [layer, None]) if index == [None, None] else (None, index)
        given = [number is not None for number in (layer, *index)]
        if not letter or given != [letter != "C", letter != "C", letter == "w"]:
            raise ValueError(f"a quantity must be a key like w1.2.0 or code like w[1][2, 0], got {text!r}")
        return cls("a" if letter == "x" else letter, int(layer or 0), tuple(int(each) for each in index if each))

    @property
    def code(self) -> str:
        """As it is written in Python."""
        if not self.index:
            return self.letter
        index = f"[{', '.join(map(str, self.index))}]"
        if self.letter == "y":
            return f"y{index}"
        return f"x{index}" if (self.letter, self.layer) == ("a", 0) else f"{self.letter}[{self.layer}]{index}"

    @property
    def key(self) -> str:
        """Its key in pictures; z and δ belong to their neuron."""
        letter = self.letter if self.letter in "wbyC" else "a"
        return letter + ".".join(map(str, (self.layer, *self.index))) if self.index else letter

    @property
    def symbol(self) -> str:
        """As it is written in a formula, layer above and neurons below: w^1_2,0; an input is x_0, a target y_0."""
        if not self.index:
            return self.letter
        lower = ",".join(map(str, self.index))
        if self.letter == "y" or (self.letter, self.layer) == ("a", 0):
            return f"{self.letter if self.letter == 'y' else 'x'}_{lower}"
        return f"{'δ' if self.letter == 'delta' else self.letter}^{self.layer}_{lower}"

    @property
    def words(self) -> str:
        """What it is, in words."""
        match self.letter, self.index:
            case "w", (j, k):
                return (
                    f"weight {self.code}, from neuron {k} of layer {self.layer - 1} to neuron {j} of layer {self.layer}"
                )
            case "b", (j,):
                return f"bias {self.code} of neuron {j} of layer {self.layer}"
            case "y", _:
                return f"target {self.code}"
            case _, (j,) if self.layer:
                return f"neuron {j} of layer {self.layer}"
            case _, (_,):
                return f"input {self.code}"
        return "the cost"

    def belongs_to(self, case: Case) -> bool:
        """Whether the case has it."""
        sizes, layer = case.parameters.sizes, self.layer
        if self.letter == "C":
            return not self.index
        if self.letter == "y":
            return is_entry((layer, *self.index), (1, sizes[-1]))
        first = int(self.letter != "a")
        if self.letter not in ("a", "w", "b", "z", "delta") or not is_entry((layer,), (len(sizes),)) or layer < first:
            return False
        return is_entry(self.index, (sizes[layer], *(sizes[layer - 1 : layer] if self.letter == "w" else ())))

    def value(self, case: Case, example: int = 0) -> float:
        """Its number in one example of a case."""
        if self.letter == "C":
            return float(case.example_costs[example])
        if self.letter in ("w", "b"):
            values, at = getattr(case.parameters, self.letter)[self.layer], (*self.index, 0)[:2]
            return float(values[at])
        if self.letter == "y":
            return float(case.y[self.index[0], example])
        found = case.backward_pass.delta if self.letter == "delta" else getattr(case.forward_pass, self.letter)
        return float(found[self.layer][self.index[0], example])

    def rate(self, case: Case) -> float:
        """∂C/∂ of a weight or bias: its entry of the gradient."""
        backward = case.backward_pass
        values = {"w": backward.nabla_w, "b": backward.nabla_b}[self.letter][self.layer]
        return float(values[(*self.index, 0)[:2]])

    def turned(self, case: Case, value: float, example: int = 0) -> Case:
        """The case with this number set to a value: a weight, bias, input or target.

        Raises
        ------
        ValueError : it is none of these, so it cannot be set.
        """
        kind, layer = self.letter, self.layer
        if kind == "y":
            layer = case.parameters.layers[-1]
        if (kind, layer) == ("a", 0):
            kind = "x"
        index = self.index if kind in ("w", "b") else (*self.index, example)
        return case.moved(kind, layer, index, to=value)


COST = Quantity("C")


def selectable(selected: str, case: Case) -> str:
    """Return a key of a number of the case, or "" for nothing; ValueError if it is neither."""
    try:
        known = not selected or Quantity.read(selected).belongs_to(case)
    except ValueError:
        known = False
    if not known:
        raise ValueError(f"selected must be the key of a number of the case, like w1.0.0, got {selected!r}")
    return selected


def parameters(case: Case) -> Iterator[Quantity]:
    """Every weight and bias, neuron by neuron: the weights that lead to it, then its bias."""
    for layer, w in case.parameters.w.items():
        for j in range(len(w)):
            yield from (Quantity("w", layer, (j, k)) for k in range(w.shape[1]))
            yield Quantity("b", layer, (j,))


def inputs(case: Case) -> list[Quantity]:
    """Every input."""
    return [Quantity("a", 0, (k,)) for k in range(case.parameters.sizes[0])]


def targets(case: Case) -> list[Quantity]:
    """Every target that can be moved by itself: none where they have to add up to 1."""
    alone = case.cost.output != "softmax"
    return [Quantity("y", 0, (j,)) for j in range(case.parameters.sizes[-1])] if alone else []
