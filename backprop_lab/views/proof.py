"""A derivation, line by line: symbols, the same with numbers, the reason, and whether it equals the line above."""

import re

import numpy as np

from backprop_lab.derivations.lines import Keys, Step, Value, evaluate
from backprop_lab.drawing.latex import from_latex
from backprop_lab.drawing.markup import Markup, element, signed
from backprop_lab.views import Picture
from backprop_lab.views.diagram import DELTA, A, Row, Z, diagram
from backprop_lab.views.proof_state import ProofState
from backprop_lab.views.worked import numbers, written


def proof(state: ProofState) -> Picture:
    """The network with the parts that the selected line speaks of, and the lines below it."""
    steps = evaluate(state.proof, state.place)[: state.visible]
    network = diagram(
        state.place.case, example=state.place.example, lit=spoken_of(state), rows=_rows(state), selectable=False
    )
    return Picture(element("div", network, _of_many(state), lines(state, steps)), sentence(state, steps))


def _of_many(state: ProofState) -> Markup | str:
    """Which example the network shows, where the lines are about a whole batch."""
    m = state.place.case.x.shape[1]
    if m == 1 or "example" in state.proof.asks:
        return ""
    words = f"The network shows example {state.place.example}, the slider its target; the lines take in all {m}."
    return element("p", words, class_="bl-caption")


def _rows(state: ProofState) -> tuple[Row, ...]:
    """δ stands in the network of the proofs that speak of it: the first ones come before it is defined."""
    formulas = [state.proof.left, *(line.latex for line in state.proof.lines)]
    return (A, DELTA) if any(r"\delta" in formula for formula in formulas) else (Z, A)


def spoken_of(state: ProofState) -> Keys:
    """Keys of the parts of the diagram which the selected line speaks of."""
    return state.proof.lines[state.line - 1].speaks_of(state.place) if state.line else ()


def lines(state: ProofState, steps: tuple[Step, ...]) -> Markup:
    """The title, what the letters are here, and the lines."""
    title = element(
        "p", state.proof.title, element("span", f" · {_letters(state)}", class_="bl-caption"), class_="bl-title"
    )
    shown = [_line(state, number, step) for number, step in enumerate(steps, start=1)]
    return element("div", title, element("ol", *shown, class_="bl-proof"))


def _line(state: ProofState, number: int, step: Step) -> Markup:
    left = step.line.left or (state.proof.left if number == 1 else "")
    name = f"line {number} of {len(state.proof.lines)}: {step.line.reason}"
    sign = element("span", _sign(step), class_="bl-sign" if step.follows else "bl-sign bl-unequal")
    return element(
        "li",
        element("span", number, class_="bl-badge", data_select=f"line.{number}", aria_label=name),
        element("span", from_latex(left) if left else "", class_="bl-left"),
        element("span", sign, from_latex(step.line.latex)),
        element("span", written(step.value), class_=f"bl-value bl-result {_kind(step.value)}"),
        element("span", *numbers(step.value), class_="bl-numbers"),
        element("span", *_with_indices(step.line.reason), class_="bl-reason"),
        element("div", _verdict(state, number, step), class_="bl-verdict"),
        data_key=f"step.{number}",
        class_="bl-on" if number == state.line else None,
    )


def _with_indices(words: str) -> list[str]:
    """`z_j` in words, with a lowered j."""
    pieces = re.split(r"_(\w+)", words)
    return [element("sub", piece) if number % 2 else piece for number, piece in enumerate(pieces)]


def _sign(step: Step) -> str:
    return step.line.relation if step.follows else "≠"


def _kind(value: Value) -> str:
    """A number has the colour of its sign; a vector gets a line of its own where the page is narrow."""
    return "bl-vector" if np.ndim(value) else "bl-negative" if value < 0 else "bl-positive"


def _verdict(state: ProofState, number: int, step: Step) -> Markup | str:
    if step.line.relation == "≈":
        miss = signed(float(np.subtract(step.above, step.value)), 9)  # so that a small one is seen to shrink
        return f"measured {written(step.above)}: the line misses {miss}"
    if not step.follows:
        return element("p", "This is ", _broken(state, number, step), class_="bl-bad")
    return "" if step.holds else "equal to the line above, but no longer to what the nudge finds"


def _broken(state: ProofState, number: int, step: Step) -> str:
    """What a line that does not follow differs from, and why."""
    other = "what the nudge finds" if step.line.left or number == 1 else "the line above"
    case, why = state.place.case, "It builds on a line that is not equal"
    if step.line.assumes:
        here = f"the output is {case.output} and the cost {case.cost}".replace("_", " ")
        why = f"It assumes that {step.line.assumes}; here {here}"
    return f"not equal to {other}, {written(step.above)}. {why}."


def _all(lines: int) -> str:
    return "Both lines" if lines == 2 else f"All {lines} lines"


def sentence(state: ProofState, steps: tuple[Step, ...]) -> str:
    """What is seen now, in words."""
    proof, last = state.proof, steps[-1]
    count = f"{len(steps)} of {len(proof.lines)} lines" if len(steps) < len(proof.lines) else _all(len(steps))
    wrong = [number for number, step in enumerate(steps, start=1) if not step.follows]
    if wrong:
        seen = f"line {wrong[0]} is {_broken(state, wrong[0], steps[wrong[0] - 1])}"
    elif last.line.relation == "≈":
        seen = f"the last promises {written(last.value)}, measured is {written(last.above)}."
    elif last.line.left:
        seen = f"each equals what nudges find; the last gives {written(last.value)}."
    else:
        seen = f"each gives {written(last.value)}, as the nudge does."
    chosen = f" Line {state.line}: {proof.lines[state.line - 1].reason}." if state.line else ""
    return f"{proof.title}, {_letters(state)}. {count} shown: {seen}{chosen}"


def _letters(state: ProofState) -> str:
    """What the letters of the proof stand for at this place."""
    place, asks = state.place, state.proof.asks
    values = {"neuron": f"j = {place.neuron}", "source": f"k = {place.source}", "change": f"Δ = {place.change:.3g}"}
    layer = f"l = {place.layer}" if "layer" in asks else f"L = {place.last}"
    if place.case.x.shape[1] > 1 and "example" in asks:
        values["example"] = f"example {place.example}"
    return "here " + ", ".join([layer, *(values[name] for name in asks if name in values)])
