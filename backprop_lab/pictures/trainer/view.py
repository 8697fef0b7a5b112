"""The trainer on the screen: what the network answers, the network, three charts, and all that can be changed."""

from functools import partial

import numpy as np

from backprop_lab.cases import Case
from backprop_lab.drawing.controls import button, buttons, menu, row, rows
from backprop_lab.drawing.decision import decision_plane, is_plane
from backprop_lab.drawing.html import screen, table, title
from backprop_lab.drawing.markup import Markup, compact, counted, element, fragment, listed, percent, plain
from backprop_lab.drawing.networks import SIGMAS
from backprop_lab.drawing.over_epochs import LOG, SHARE, Read, chart
from backprop_lab.drawing.picture import Picture, beside
from backprop_lab.drawing.plane import Plane, axes, curve, round_scale
from backprop_lab.drawing.svg import discs, sheet
from backprop_lab.network import forward
from backprop_lab.pictures.trainer.challenges import CHALLENGES
from backprop_lab.pictures.trainer.network import loudness, network, patterns, squares
from backprop_lab.pictures.trainer.sets import Settings
from backprop_lab.pictures.trainer.state import SPEEDS, Moment, Trainer, batch_sizes, rates, weights

POINTS = 97  # of a curve
FEW = 12  # examples that have a number
REACH = 8.0  # of a weight that is turned
NAMES = {
    "learning_rate": "η",
    "batch_size": "batch",
    "hidden": "hidden",
    "start": "start",
    "sigma": "σ",
    "cost": "cost",
}
whole = partial(row, step=1)  # a slider over whole numbers


def view(state: Trainer) -> Picture:
    """The network at the moment that is shown."""
    now = state.now
    pictures = element("div", _answers(state, now), _network(state, now), class_="bl-two")
    return Picture(
        screen(pictures, _controls(state), _charts(state), look="bl-trainer"),
        sentence(state),
        "A network that learns",
        beside(__file__),
        ticking=state.playing,
    )


def sentence(state: Trainer) -> str:
    """What is seen now, in words."""
    shown, record, settings = state.shown, state.shown.record, state.settings
    layers = ", ".join(f"{plain(value, 4)} in layer {layer}" for layer, value in record.delta_rms.items())
    when = f"{_when(shown)}, η = {compact(settings.learning_rate)}, mini-batches of {settings.batch_size}"
    good = _missed(state) if state.data.fits else f"{_right(state)} right"
    return (
        f"{when}: the cost is {plain(record.cost, 4)}, {good}. The error signals have a root mean square"
        f" of {layers}.{' Run A is kept.' * bool(state.kept)} {_why(state)}"
    ).strip()


def _when(shown: Moment) -> str:
    if not shown.steps:
        return "Before the first step"
    epochs = _epochs(shown)
    return f"After {counted(shown.steps, 'step')}, {epochs} epoch{'s' * (epochs != '1')}"


def _epochs(shown: Moment) -> str:
    """1, 1.05, 0.007."""
    return f"{round(shown.epochs, 3):g}"


def _right(state: Trainer) -> str:
    record, m = state.shown.record, state.shown.examples
    if m <= FEW:
        return f"{round(record.accuracy * m)} of {m}"
    unseen = "" if record.validation_accuracy is None else f" and {percent(record.validation_accuracy)} of unseen ones"
    return f"{percent(record.accuracy)} of the examples{unseen}"


def _missed(state: Trainer) -> str:
    """How far off the answers are: the quadratic cost is made of that."""
    return f"an answer is {plain((2 * state.shown.record.cost / state.data.sizes[-1]) ** 0.5, 3)} off (rms)"


def _why(state: Trainer) -> str:
    if state.stopped and state.over:
        return state.stopped
    if state.over:
        return f"Here the film is full: it keeps {state.most:,} moments."
    return "It runs." if state.playing else ""


def _answers(state: Trainer, now: Case) -> Markup:
    if is_plane(now) and not state.data.fits:
        return decision_plane(now, state.kept and state.kept.now)
    if now.parameters.sizes[0] == now.parameters.sizes[-1] == 1:
        return _curve(state, now)
    return patterns(now) if squares(now.parameters.sizes) else _outputs(now)


def _curve(state: Trainer, now: Case) -> Markup:
    """What it answers to every number, the examples, and how far each lies from the answer."""
    found, end = now.forward_pass.prediction[0], float(np.abs(now.x).max()) * 1.05
    y_ends = float(np.floor(now.y.min() - 0.25)), float(np.ceil(now.y.max() + 0.25))
    plane = Plane(34.0, 36.0, 272.0, 262.0, (-end, end), y_ends)
    x = np.linspace(-end, end, POINTS)
    runs = [("bl-ring bl-ghost", state.kept.now)] if state.kept else []
    lines = [curve(plane, x, _answered(case, x), look) for look, case in (*runs, ("bl-ring", now))]
    places = [
        (plane.across(a), plane.down(b), plane.down(c)) for a, b, c in zip(now.x[0], now.y[0], found, strict=True)
    ]
    gaps = element("path", d="".join(f"M{a:.1f} {b:.1f}V{c:.1f}" for a, b, c in places), class_="bl-zero")
    dots = discs(((a, b) for a, b, _ in places), 2.6, "yes")
    says = f"The answer over x, and {counted(len(places), 'example')}."
    return sheet(316.0, 346.0, axes(plane, "x", "a and y", most=(5, 5)), gaps, dots, *lines, says=says)


def _answered(case: Case, x: np.ndarray) -> np.ndarray:
    return forward(case.parameters, x[np.newaxis], hidden=case.hidden, output=case.output).prediction[0]


def _outputs(now: Case) -> Markup:
    """Where the inputs are no plane and no picture: the answers to the first examples beside their targets."""
    a, y = now.forward_pass.prediction, now.y
    shown = [(n, listed(a[:4, n]), listed(y[:4, n])) for n in range(min(8, y.shape[1]))]
    return table(("example", "a", "y"), *shown)


def _network(state: Trainer, now: Case) -> Markup:
    loud = loudness(now)
    scale = round_scale(max(value for each in state.moments for value in each.record.delta_rms.values()))
    drawn = network(now, loud, scale, weights(state.start), state.selected)
    return element("div", title("how loud is each δ", f"rms; a full bar: {scale:g}"), drawn)


def _charts(state: Trainer) -> Markup:
    moments, kept = state.moments, state.kept.moments if state.kept else ()
    layers = state.shown.record.delta_rms
    signals = {f"layer {layer}": (lambda each, layer=layer: each.record.delta_rms.get(layer)) for layer in layers}
    known: dict[str, Read] = {"trained": lambda each: each.record.accuracy}
    if state.data.unseen:
        known["unseen"] = lambda each: each.record.validation_accuracy
    drawn = [
        chart("cost", {"": lambda each: each.record.cost}, moments, state.at, kept, axis=LOG),
        chart("δ, rms of a layer", signals, moments, state.at, kept, axis=LOG),
        "" if state.data.fits else chart("right, in %", known, moments, state.at, kept, axis=SHARE),
    ]
    return element("div", *drawn, class_="bl-charts")


def _controls(state: Trainer) -> Markup:
    shown, last = state.shown, len(state.moments) - 1
    play = button("play", "pause" if state.playing else "play", on=not state.over, pressed=state.playing)
    run = buttons(
        play,
        button("step", "step", on=not state.over),
        button("back", "back", on=state.at > 0),
        button("anew", "start again", on=last > 0),
    )
    scrub = whole("at", "epoch", state.at, (0, max(last, 1)), shown=_epochs(shown))
    return element(
        "div", run, element("div", scrub, class_="bl-scrub"), _settings(state), _compare(state), _challenges(state)
    )


def _settings(state: Trainer) -> Markup:
    settings, data, case = state.settings, state.data, state.start
    some, sizes, known = rates(state), batch_sizes(state), weights(case)
    at, size = some.index(settings.learning_rate), sizes.index(settings.batch_size)
    sliders = [
        whole(
            "learning_rate", "η", at, (0, len(some) - 1), shown=compact(settings.learning_rate), label="learning rate η"
        ),
        whole("batch_size", "batch size", size, (0, len(sizes) - 1), shown=str(settings.batch_size)),
    ]
    ends, shown = (1, data.most_hidden), str(settings.hidden)
    hidden = whole("hidden", "hidden", settings.hidden, ends, shown=shown, label="hidden neurons")
    sliders.append(hidden if data.hidden else _absent("There is no hidden layer."))
    quantity = known.get(state.selected)
    value = row("value", quantity.code, round(quantity.value(state.now), 4), (-REACH, REACH)) if quantity else ""
    sliders.append(value or _absent("The weights are too many to be turned one by one."))
    menus = [
        menu("data", "data", {key: each.name for key, each in state.offered.items()}, settings.data),
        menu("start", "start", data.starts(settings.hidden), settings.start),
    ]
    if state.own.backprop:
        menus.append(element("span", "σ and cost: as your backprop knows them", class_="bl-caption"))
    else:
        menus += [menu("sigma", "σ", list(SIGMAS), settings.sigma), menu("cost", "cost", data.costs, settings.cost)]
    if known:
        menus.append(menu("weight", "weight", {key: each.code for key, each in known.items()}, state.selected))
    menus.append(menu("speed", "speed", list(SPEEDS), state.speed))
    return fragment(rows(*sliders), buttons(*menus), _whose(state))


def _absent(words: str) -> Markup:
    """In the place of a slider, as high as one."""
    return element("div", element("span", words, class_="bl-caption"), class_="bl-turn bl-absent")


def _whose(state: Trainer) -> Markup:
    own = [f"your {name}" for name in ("backprop", "update") if getattr(state.own, name)]
    words = f"It runs on {' and '.join(own)}." if own else "It runs on the package’s backprop and update."
    return element("p", words, class_="bl-caption bl-whose")


def _compare(state: Trainer) -> Markup:
    """This run beside the one that was kept."""
    kept = state.kept
    keep = buttons(
        button("keep", "keep as A"), button("forget", "forget A", on=kept is not None),
        element("span", _difference(state) if kept else "Dotted lines will be run A.", class_="bl-caption"),
    )  # fmt: skip
    return element("div", keep, class_="bl-compare")


def _difference(state: Trainer) -> str:
    assert state.kept
    one, other = state.kept.settings, state.settings
    found = [f"{words} {_value(one, key)}" for key, words in NAMES.items() if getattr(one, key) != getattr(other, key)]
    cost = plain(state.kept.moments[-1].record.cost, 4)
    return f"A: cost {cost}{''.join(f', {each}' for each in found)}"


def _value(settings: Settings, key: str) -> str:
    value = getattr(settings, key)
    return compact(value) if isinstance(value, float) else str(value)


def _challenges(state: Trainer) -> Markup:
    """What there is to try; the four points are no matter of somebody who brought examples."""
    offered = {key: words for key, words in CHALLENGES.items() if key != "quick" or state.case is None}
    items = [
        element("li", element("span", "✓" if key in state.done else "○", aria_hidden="true"), f" {words}",
                element("span", " Solved." if key in state.done else "", class_="bl-caption"))
        for key, words in offered.items()
    ]  # fmt: skip
    return element("div", title("Challenges"), element("ul", *items, class_="bl-challenges"))
