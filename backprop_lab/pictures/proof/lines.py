"""The lines of a proof: one open, with its reason and its numbers worked out; of the others formula and value."""

import re
from math import ceil

import numpy as np

from backprop_lab.derivations.lines import Line, Step, evaluate, layers, proof_on
from backprop_lab.derivations.place import Place
from backprop_lab.derivations.rates import HOLDS
from backprop_lab.drawing.latex import from_latex
from backprop_lab.drawing.markup import ROUNDING, Markup, element, signed, with_power
from backprop_lab.drawing.prose import spoken
from backprop_lab.pictures.proof.state import Proving
from backprop_lab.pictures.proof.worked import count, numbers, result, written

TALL, FLAT = 60, 42  # height of a line with a fraction or a sum, and of another
MISS, ENTRY = 54, 20  # of a line that says by how much it misses, and of each entry of a vector
ROW, EDGE = 20, 16  # height of a row of words or numbers in the open line, and what lies around them
DIGITS = 1e-7  # of 1 − a: where less is left, it is not known to a billionth
WORDS, NUMBERS = 50, 4  # how many letters, or numbers, surely fit in such a row


def lines(state: Proving, steps: tuple[Step, ...]) -> Markup:
    """Every line that is shown, and room for the others and for whichever is open."""
    shown = [_line(state, number, step) for number, step in enumerate(steps[: state.visible], start=1)]
    to_come = [_to_come(number, step) for number, step in enumerate(steps, start=1) if number > state.visible]
    return element("ol", *shown, *to_come, class_="bl-proof", style=f"min-height: {state.room}px")


def room(state: Proving) -> int:
    """The height in px that the lines need, whichever is open, on each of its networks, and whatever the values."""
    proofs = [(proof_on(state.of, case), case) for case in state.networks.values()]
    places = [(proof, Place(case, layer)) for proof, case in proofs for layer in layers(proof, case)]
    return max(_needed(evaluate(proof, place), bool(state.outputs)) for proof, place in places)


def _needed(steps: tuple[Step, ...], breakable: bool) -> int:
    return sum(map(_height, steps)) + max(ROW * _rows(step, breakable) + EDGE for step in steps)


def verdict(state: Proving, number: int, step: Step) -> str:
    """What there is to say of a line that is not simply equal to the one above."""
    if step.line.relation == "≈":
        return f"measured: {written(step.above)}"
    if not step.follows:
        return f"This is {broken(state, number, step)}"
    return "" if step.holds else "equal to the line above, but no longer to what the nudge finds"


def broken(state: Proving, number: int, step: Step) -> str:
    """What a line that does not follow differs from, and why."""
    other = "what the nudge finds" if step.line.left or number == 1 else "the line above"
    case, why = state.place.case, "It builds on a line that is not equal"
    left = 1 - case.forward_pass.prediction[:, state.place.example].max()
    if left < DIGITS and case.cost.output == "sigmoid":
        why = f"a is 1 but for {with_power(left, 0)}: too few digits of 1 − a are left"
        why = why if left else "a is 1 to its last digit: none of 1 − a is left"
    if step.line.assumes and not HOLDS[step.line.assumes](case):
        here = f"the output is {case.output}, the cost {case.cost}".replace("binary_cross_entropy", "cross-entropy")
        why = f"It assumes that {step.line.assumes}; here {here}"
    return f"not equal to {other}, {written(step.above)}. {why}."


def _line(state: Proving, number: int, step: Step) -> Markup:
    line, on = step.line, number == state.line
    left = line.left or (state.proof.left if number == 1 else "")
    marks = {"data_select": f"line.{number}", "data_on": "" if on else None}
    name = f"line {number} of {len(state.proof.lines)}: {said(line.reason)}"
    return element(
        "li",
        _numbered(number, aria_label=name, **marks),
        element("span", from_latex(left) if left else "", class_="bl-left"),
        element("span", from_latex(line.latex, line.relation if step.follows else "≠")),
        element("span", result(step.value), _miss(step), class_="bl-worth"),
        _opened(state, number, step) if on else "",
        data_key=f"step.{number}",
        class_=" ".join(["bl-line", *(["bl-on"] if on else []), *([] if step.follows else ["bl-broken"])]),
        style=_room(step),
    )


def _miss(step: Step) -> Markup | str:
    """By how much a line that is only nearly equal misses, in so many decimals that a small miss is seen to shrink."""
    if step.line.relation != "≈":
        return ""
    miss = float(np.subtract(step.above, step.value))
    return element("span", f"misses {signed(miss, 9) if abs(miss) > ROUNDING else 'nothing'}", class_="bl-miss")


def _opened(state: Proving, number: int, step: Step) -> Markup:
    said = verdict(state, number, step)
    worked = f"min-height: {ROW * _rows_of_numbers(step)}px"
    return element(
        "div",
        element("p", numbers(step.value), class_="bl-numbers", style=worked) if numbers(step.value) else "",
        element("p", *_with_indices(step.line.reason), class_="bl-reason"),
        element("p", said, class_=None if step.follows else "bl-bad") if said else "",
        class_="bl-opened",
    )


def _to_come(number: int, step: Step) -> Markup:
    look = {"class_": "bl-line bl-to-come", "style": _room(step), "aria_hidden": "true"}
    return element("li", _numbered(number), data_key=f"step.{number}", **look)


def _numbered(number: int, **marks: object) -> Markup:
    return element("span", element("span", number, class_="bl-badge", **marks), class_="bl-number")


def said(reason: str) -> str:
    """A reason in a sentence, where an index can only be a lowered letter."""
    return spoken(re.sub(r"\w+_\w+", r"$\g<0>$", reason))


def _with_indices(words: str) -> list[Markup | str]:
    """`z_j` in words, with a lowered j."""
    pieces = re.split(r"_(\w+)", words)
    return [element("sub", piece) if number % 2 else piece for number, piece in enumerate(pieces)]


def _room(step: Step) -> str:
    return f"--high: {_height(step)}px"


def _height(step: Step) -> int:
    """Of a line that is not open."""
    formula = TALL if _is_tall(step.line) else MISS if step.line.relation == "≈" else FLAT
    return max(formula, ENTRY * np.size(step.value) + EDGE) if np.ndim(step.value) else formula


def _is_tall(line: Line) -> bool:
    return any(sign in line.left + line.latex for sign in (r"\frac", r"\sum"))


def _rows(step: Step, breakable: bool) -> int:
    """Rows that the open line may need, whatever the values become and the learner breaks."""
    said = 1 if step.line.relation == "≈" else 0
    if breakable or not step.holds:
        said = 5 if step.line.assumes else 2
    return _rows_of_numbers(step) + ceil(len(step.line.reason) / WORDS) + said


def _rows_of_numbers(step: Step) -> int:
    return ceil(count(step.value) / NUMBERS)
