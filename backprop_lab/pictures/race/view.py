"""The race on the screen: both answers, how far off they are, both δ, and what can be changed of the start."""

from collections.abc import Callable
from functools import partial

import numpy as np

from backprop_lab.activations import sigmoid
from backprop_lab.cases import Case
from backprop_lab.drawing.controls import button, buttons, menu, row, rows
from backprop_lab.drawing.curve import REACH, UNIT, curve
from backprop_lab.drawing.decision import decision_plane, score
from backprop_lab.drawing.html import screen, table, title
from backprop_lab.drawing.markup import Markup, counted, element, fragment, plain, signed
from backprop_lab.drawing.networks import COSTS
from backprop_lab.drawing.over_epochs import LOG, SHARE, chart
from backprop_lab.drawing.picture import Picture, beside
from backprop_lab.drawing.plane import Plane, touching
from backprop_lab.drawing.svg import box, line, sheet, text
from backprop_lab.pictures.race.state import ENDS, MOST, Lap, Race, is_neuron
from backprop_lab.quantities import Quantity

WIDTH, HEIGHT = 614.0, 350.0
TOLD = {"quadratic": "quadratic cost", "cross-entropy": "cross-entropy"}
WORDS = {"neuron": "one neuron", "four": "four points", "yours": "yours"}


def view(state: Race) -> Picture:
    """What both answer, and three charts; beside them the controls, and both in numbers."""
    answers = _neurons(state) if is_neuron(state.case) else _planes(state)
    return Picture(
        screen(answers, fragment(_controls(state), _numbers(state)), _charts(state), look="bl-race"),
        sentence(state),
        "One start, two costs",
        beside(__file__),
        ticking=state.playing,
    )


def sentence(state: Race) -> str:
    """What is seen now, in words."""
    when = f"After {counted(state.at, 'step')}" if state.at else "Before the first step"
    each = " ".join(
        f"{name.capitalize()}: {_answer(state.now(name))}, {_signal(state, name)}, {_when(state, name)}."
        for name in COSTS
    )
    return f"{when}, η = {plain(state.learning_rate)}. {each} {_verdict(state)}".strip()


def _answer(now: Case) -> str:
    if is_neuron(now):
        return f"a = {plain(float(now.forward_pass.prediction[0, 0]), 3)}"
    return score(now)


def _signal(state: Race, name: str) -> str:
    delta = state.now(name).backward_pass.delta[state.last]
    if is_neuron(state.case):
        return f"δ = {signed(float(delta[0, 0]), 4)}"
    return f"rms of δ {plain(state.shown.records[name].delta_rms[state.last], 4)}"


def _when(state: Race, name: str) -> str:
    """Whether it has been right, and since which step."""
    first, whole = state.first_right(name), "right" if is_neuron(state.case) else "all right"
    if first == 0:
        return f"{whole} at the start"
    return f"not {whole} yet" if first is None else f"first {whole} after {counted(first, 'step')}"


def _verdict(state: Race) -> str:
    """Which of them was right first, once both have been."""
    if state.stopped and state.over:
        return state.stopped
    firsts = {name: state.first_right(name) for name in COSTS}
    found = {name: first for name, first in firsts.items() if first is not None}
    if len(found) < len(COSTS):
        return f"Here the race ends, after {MOST:,} steps." if state.at == MOST else ""
    if len({*found.values()}) == 1:
        return ""
    fast, slow = sorted(found, key=lambda name: found[name])
    many = found[slow] / found[fast]
    return f"Under the {TOLD[slow]} it took {plain(many, 1 if many >= 1.1 else 3)} times as many steps."


def _neurons(state: Race) -> Markup:
    """Both on the curve of σ: the neurons' answers over their weighted inputs, each with its tangent."""
    plane, cases = Plane(40.0, 20.0, WIDTH - 60, HEIGHT - 60, (-8.0, 8.0), UNIT), [state.now(name) for name in COSTS]
    points = [(float(each.forward_pass.z[1][0, 0]), float(each.forward_pass.prediction[0, 0])) for each in cases]
    slopes, y = [float(sigmoid.prime(np.array(z))) for z, _ in points], float(state.case.y[0, 0])
    z, a = points[1]
    parts = [
        line(plane.left, plane.down(y), plane.right, plane.down(y), "target"),
        text(plane.right, plane.down(y) + (18 if y < 0.5 else -8), f"target {plain(y)}", look="caption", to="end"),
        touching(plane, z, a, slopes[1], REACH),
        curve(plane, "z", sigmoid, points[0][0], slope=slopes[0]),
        _square(plane.across(z), plane.down(a)),
        element("circle", cx=58.0, cy=15.0, r=6.5, class_="bl-here"),  # above 1, where no target lies
        _square(58.0, 39.0),
        *(
            text(72, 20 + 24 * at, f"{name}: a = {plain(a, 3)}", look="value")
            for at, (name, (_, a)) in enumerate(zip(COSTS, points, strict=True))
        ),
    ]
    return element("div", sheet(WIDTH, HEIGHT, *parts, says="Both answers on the curve of σ."), class_="bl-wide")


def _square(x: float, y: float) -> Markup:
    return box(x - 6, y - 6, 12, 12, "second")


def _planes(state: Race) -> Markup:
    pairs = (element("div", title(name), decision_plane(state.now(name))) for name in COSTS)
    return element("div", *pairs, class_="bl-pair")


def _charts(state: Race) -> Markup:
    """How far off both are, how loud their δ, and how steep σ is where they are."""
    drawn: dict[str, Callable[[str, Lap], float]] = {
        "a − y, rms, in %": lambda name, lap: lap.off[name],
        "δ of the output, rms": lambda name, lap: lap.records[name].delta_rms[state.last],
        "σ′ of the output, rms": lambda name, lap: lap.steep[name],
    }
    over_steps = partial(chart, moments=state.laps, at=state.at, unit="step")
    shown = [
        over_steps(what, {name: partial(read, name) for name in COSTS}, axis=SHARE if "%" in what else LOG)
        for what, read in drawn.items()
    ]
    return element("div", *shown, class_="bl-charts")


def _controls(state: Race) -> Markup:
    run = buttons(
        button("play", "pause" if state.playing else "play", on=not state.over, pressed=state.playing),
        button("step", "step", on=not state.over),
        button("back", "back", on=state.at > 0),
        button("anew", "start again", on=len(state.laps) > 1),
    )
    codes = {"w": Quantity("w", state.last, (0, 0)).code, "b": Quantity("b", state.last, (0,)).code, "y": "y[0]"}
    sliders = [
        row("at", "step", state.at, (0, max(1, len(state.laps) - 1)), step=1, shown=str(state.at)),
        row("learning_rate", "η", state.learning_rate, ENDS["learning_rate"], step=0.05, label="learning rate η"),
        *(row(key, codes[key], value, ENDS[key], step=0.05) for key, value in state.turned.items()),
    ]  # fmt: skip
    choice = menu("network", "network", {key: WORDS[key] for key in state.offered}, state.network)
    return fragment(run, rows(*sliders), buttons(choice))


def _numbers(state: Race) -> Markup:
    """When each was right for the first time, and its own cost: the two costs are not to be compared."""
    firsts = [state.first_right(name) for name in COSTS]
    costs = [plain(state.shown.records[name].cost, 4) for name in COSTS]
    return table(
        ("", *COSTS),
        ("its own cost", *costs),
        ("right after", *("not yet" if first is None else counted(first, "step") for first in firsts)),
    )
