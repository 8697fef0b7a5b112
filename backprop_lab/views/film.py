"""The film of a training: its epochs, computed beforehand, to be scrubbed forwards and backwards."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from itertools import cycle, islice

import numpy as np

from backprop_lab.activations import Array
from backprop_lab.cases import Case
from backprop_lab.drawing.markup import Markup, element, fragment, plain
from backprop_lab.drawing.plane import Plane, axes
from backprop_lab.training import Epoch, History, record
from backprop_lab.views import Picture
from backprop_lab.views.decision import decision, is_drawable, signals

WIDTH, MOST_POINTS, FEW = 300.0, 200, 12
STROKES = (("--bl-fg", None), ("--bl-focus", "7 4"), ("--bl-mute", "2 4"))  # told apart by dashes, not by colour alone


@dataclass(frozen=True)
class Film:
    """The epochs of a training, the number of the one shown, and the examples it was trained on where they are few.

    `loudest` is the largest |δ| of the whole film: the scale of the bars, which stays while the slider moves.
    """

    epochs: tuple[Epoch, ...] = field(compare=False)
    epoch: int
    case: Case | None = field(default=None, compare=False)
    loudest: float = 1.0

    @property
    def shown(self) -> Epoch:
        """The epoch on the screen."""
        return self.epochs[self.epoch - self.epochs[0].number]

    @property
    def now(self) -> Case | None:
        """The examples, and the network as it is in this epoch."""
        return self.case and replace(self.case, parameters=self.shown.parameters)


def begin(history: History, case: Case | None = None) -> Film:
    """The film of a training; with the case it began with, it opens before the first step, else after the last.

    Raises
    ------
    ValueError : the case cannot be drawn: it needs two inputs, one output and at most 12 examples.
    """
    if case is None:
        return Film(history.epochs, history.epochs[-1].number)
    if not is_drawable(case) or case.x.shape[1] > FEW:
        sizes, m = case.parameters.sizes, case.x.shape[1]
        raise ValueError(
            f"case must have two inputs, one output and at most {FEW} examples, got sizes {sizes}, {m} examples"
        )
    epochs = (record(0, case), *history.epochs)
    passes = (replace(case, parameters=each.parameters).backward_pass for each in epochs)
    loudest = max(float(np.abs(delta).max()) for found in passes for delta in found.delta.values())
    return Film(epochs, 0, case, loudest)


def film(state: Film) -> Picture:
    """What the network answers and what every δ is in this epoch, and how cost and error signals went until then."""
    if state.now:
        panels = [decision(state.now), signals(state.now, state.loudest), _curves(state)]
    else:
        panels = [_curves(state), _facts(state.shown)]
    class_ = "bl-row bl-film" if state.now else "bl-row bl-film bl-pair"
    return Picture(element("div", *(element("div", each) for each in panels), class_=class_), sentence(state))


def sentence(state: Film) -> str:
    """What is seen now, in words."""
    shown = state.shown
    layers = ", ".join(f"{plain(value, 4)} in layer {layer}" for layer, value in shown.delta_rms.items())
    when = f"After epoch {shown.number}" if shown.number else "Before the first step"
    return (
        f"{when} the cost is {plain(shown.cost, 4)}; {_right(state)}."
        f" The error signals have a root mean square of {layers}."
    )


def forward_by(epochs: int, state: Film) -> Film:
    """Some epochs on, or back where negative; it stops at the ends."""
    return replace(state, epoch=min(max(state.epochs[0].number, state.epoch + epochs), state.epochs[-1].number))


def _right(state: Film) -> str:
    shown = state.shown
    if state.case:
        m = state.case.x.shape[1]
        return f"{round(shown.accuracy * m)} of {m} examples are right"
    unseen = shown.validation_accuracy
    others = "" if unseen is None else f", {plain(100 * unseen, 1)} % of unseen ones"
    return f"{plain(100 * shown.accuracy, 1)} % of the examples{others} are right"


def _facts(shown: Epoch) -> Markup:
    rows = {"cost": plain(shown.cost, 4), "right": f"{plain(100 * shown.accuracy, 1)} %"}
    if shown.validation_accuracy is not None and shown.validation_cost is not None:
        rows |= {
            "cost, unseen": plain(shown.validation_cost, 4),
            "right, unseen": f"{plain(100 * shown.validation_accuracy, 1)} %",
        }
    cells = [element("tr", element("th", name, scope="row"), element("td", value)) for name, value in rows.items()]
    return element("table", element("caption", f"epoch {shown.number}"), *cells, class_="bl-table")


def _curves(state: Film) -> Markup:
    """Cost and error signals over all epochs: thin where they lie ahead, with a point where we are."""
    cost = {"": np.array([each.cost for each in state.epochs])}
    layers = state.shown.delta_rms
    rms = {f"layer {layer}": np.array([each.delta_rms[layer] for each in state.epochs]) for layer in layers}
    parts = [_chart("cost", cost, state, 0.0), _chart("error signals, root mean square", rms, state, 150.0)]
    words = f"Cost and error signals over the epochs, up to {state.epochs[-1].number}. {sentence(state)}"
    height = 326 + 18 * _more_rows(rms)
    return element("svg", *parts, viewBox=f"0 0 {WIDTH:g} {height}", role="img", aria_label=words)


def _chart(title: str, series: Mapping[str, Array], state: Film, top: float) -> Markup:
    first, last = state.epochs[0].number, state.epochs[-1].number
    high, at = max(float(values.max()) for values in series.values()), state.epoch - first
    plane = Plane(46.0, top + 46 + 18 * _more_rows(series), WIDTH - 62, 72.0, (first, last), (0.0, high))
    styles = [
        {"style": f"stroke: var({colour})", "stroke_dasharray": dashes}
        for colour, dashes in islice(cycle(STROKES), len(series))
    ]
    named = zip(series.items(), styles, strict=True)
    return fragment(
        element("text", title, x=4.0, y=top + 16, class_="bl-strong"),
        *(_legend(n, name, values[at], top + 36, style) for n, ((name, values), style) in enumerate(named)),
        axes(plane, "epoch" if top else "", "", most=(6, 3)),
        *(_line(values, first, at, plane, style) for values, style in zip(series.values(), styles, strict=True)),
    )


def _more_rows(series: Mapping[str, Array]) -> int:
    """Rows of the legend below its first: two names stand in each."""
    return (len(series) - 1) // 2


def _legend(n: int, name: str, value: float, y: float, style: Mapping[str, str | None]) -> Markup:
    x, y = 46.0 + 128 * (n % 2), y + 18 * (n // 2)
    sample = element("path", d=f"M{x:g} {y - 5:g}h18", class_="bl-sample", **style) if name else ""
    words = f"{name} {plain(value, 4)}".strip()
    return fragment(sample, element("text", words, x=x + (22 if name else 0), y=y, class_="bl-value bl-size"))


def _line(values: Array, first: int, at: int, plane: Plane, style: Mapping[str, str | None]) -> Markup:
    points = [(plane.across(first + n), plane.down(float(value))) for n, value in enumerate(values)]
    some = np.linspace(0, len(points) - 1, min(len(points), MOST_POINTS)).round().astype(int).tolist()
    until = [*(n for n in some if n < at), at]
    x, y = points[at]
    return fragment(
        _path([points[n] for n in some], "bl-ahead", style),
        _path([points[n] for n in until], "bl-run", style),
        element("circle", cx=x, cy=y, r=4.5, class_="bl-here"),
    )


def _path(points: list[tuple[float, float]], class_: str, style: Mapping[str, str | None]) -> Markup:
    return element("polyline", points=" ".join(f"{x:.1f},{y:.1f}" for x, y in points), class_=class_, **style)
