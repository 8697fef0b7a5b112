"""The film of a training: its epochs, computed beforehand, to be scrubbed forwards and backwards."""

from dataclasses import dataclass, field, replace
from functools import partial
from operator import attrgetter

import numpy as np

from backprop_lab.cases import Case
from backprop_lab.drawing.controls import button, buttons, row
from backprop_lab.drawing.decision import decision_plane, is_plane
from backprop_lab.drawing.html import screen, spark, table, title
from backprop_lab.drawing.markup import Markup, counted, element, fragment, lowered, percent, plain, raised, signed
from backprop_lab.drawing.over_epochs import LINEAR, chart
from backprop_lab.drawing.picture import Event, Picture, Press, Turn, beside, refuse
from backprop_lab.training import Epoch, History, right, rms
from backprop_lab.validation import Array, of_type

NUMBER = attrgetter("number")  # of an epoch
EXAMPLES, NEURONS, FEW = 5, 9, 2  # whose δ have room, and outputs whose targets have


@dataclass(frozen=True)
class Film:
    """The epochs of a training, the number of the one shown, and where it is known the case it began with.

    `loudest` is the largest δ of the whole film that is shown: the scale of the bars, which stays while it runs.
    """

    epochs: tuple[Epoch, ...] = field(compare=False)
    epoch: int
    case: Case | None = field(default=None, compare=False)
    loudest: float = 1.0

    @property
    def ends(self) -> tuple[int, int]:
        """The numbers of the first epoch and of the last."""
        return self.epochs[0].number, self.epochs[-1].number

    @property
    def shown(self) -> Epoch:
        """The epoch on the screen."""
        return self.epochs[self.epoch - self.ends[0]]


def begin(history: History, case: Case | None = None) -> Film:
    """Scrub through the epochs of a training that has been run.

    Parameters
    ----------
    history : the training
    case : the network before its first step, with the examples. The film then begins there and shows the error signal
        of every neuron; with two inputs and one output also what the network answers everywhere. Without it the film
        begins at its end, with curves alone

    Raises
    ------
    ValueError : the case is of other sizes than the training.
    TypeError : `history` is no History.
    """
    of_type("history", history, History, "what learn returns")
    if case is None:
        return Film(history.epochs, history.epochs[-1].number)
    if case.parameters.sizes != history.parameters.sizes:
        raise ValueError(
            f"case must have the sizes of the training, {history.parameters.sizes}, got {case.parameters.sizes}"
        )
    found = (_heard(replace(case, parameters=each.parameters)) for each in history.epochs)
    loudest = max(float(np.abs(values).max()) for each in found for values in each.values())
    return Film(history.epochs, history.epochs[0].number, case, loudest or 1.0)


def view(state: Film) -> Picture:
    """What the network answers and what every δ is in this epoch; how cost and error signals went until then."""
    until = _curves(state)
    picture, beneath = (_answers(state.case, state), until) if state.case else (until, _facts(state.shown))
    controls = element("div", _scrub(state), beneath)
    return Picture(screen(picture, controls, look="bl-film"), sentence(state), "Film of a training", beside(__file__))


def update(state: Film, event: Event) -> Film:
    """Another epoch; it stops at the ends."""
    match event:
        case Turn("epoch"):
            epoch = round(event.number)
        case Press("back"):
            epoch = state.epoch - 1
        case Press("on"):
            epoch = state.epoch + 1
        case _:
            return refuse(event)
    first, last = state.ends
    return replace(state, epoch=min(max(first, epoch), last))


def sentence(state: Film) -> str:
    """What is seen now, in words."""
    shown = state.shown
    layers = ", ".join(f"{plain(value, 4)} in layer {layer}" for layer, value in shown.delta_rms.items())
    when = f"After epoch {shown.number}" if shown.number else "Before the first step"
    return (
        f"{when} the cost is {plain(shown.cost, 4)}; {_right(state)}."
        f" The error signals have a root mean square of {layers}."
    )


def _right(state: Film) -> str:
    shown, unseen = state.shown, state.shown.validation_accuracy
    if state.case and unseen is None:
        now = replace(state.case, parameters=shown.parameters)
        found = right(now)
        return f"{found.sum()} of {counted(len(found), 'example')} {'is' if len(found) == 1 else 'are'} right"
    others = "" if unseen is None else f", {percent(unseen)} of unseen ones"
    return f"{percent(shown.accuracy)} of the examples{others} are right"


def _scrub(state: Film) -> Markup:
    first, last = state.ends
    slider = row("epoch", "epoch", state.epoch, (first, last), step=1, shown=str(state.epoch))
    back = button("back", "one epoch back", on=state.epoch > first)
    return buttons(slider, back, button("on", "one epoch forward", on=state.epoch < last))


def _answers(case: Case, state: Film) -> Markup:
    now = replace(case, parameters=state.shown.parameters)
    plane = element("div", decision_plane(now), class_="bl-plane") if is_plane(now) else ""
    return element("div", plane, element("div", _signals(now, state.loudest)), class_="bl-row")


def _curves(state: Film) -> Markup:
    """Cost and error signals over the epochs, thin where they lie ahead."""
    layers = state.shown.delta_rms
    signals = {f"layer {layer}": (lambda each, layer=layer: each.delta_rms[layer]) for layer in layers}
    over = partial(chart, moments=state.epochs, at=state.epoch - state.ends[0], axis=LINEAR, count=NUMBER, least=1.0)
    drawn = over("cost", {"": lambda each: each.cost}), over("δ, rms of a layer", signals)
    return element("div", *drawn, class_="bl-charts")


def _facts(shown: Epoch) -> Markup:
    facts = [("cost", plain(shown.cost, 4)), ("right", percent(shown.accuracy))]
    if shown.validation_accuracy is not None and shown.validation_cost is not None:
        facts += [
            ("cost, unseen", plain(shown.validation_cost, 4)),
            ("right, unseen", percent(shown.validation_accuracy)),
        ]
    return table(("epoch", shown.number), *facts)


def _heard(case: Case) -> dict[tuple[int, int], Array]:
    """By layer and neuron, from the output on, what there is room for: δ of each example, or of many their rms."""
    found, few = case.backward_pass.delta, case.x.shape[1] <= EXAMPLES
    every = {
        (layer, j): delta if few else np.array([rms(delta)])
        for layer in sorted(found, reverse=True)
        for j, delta in enumerate(found[layer])
    }
    return dict([*every.items()][:NEURONS])


def _signals(now: Case, loudest: float) -> Markup:
    """δ of every neuron that has room, with a bar as long as the loudest of the film allows."""
    shown, m, n = _heard(now), now.x.shape[1], sum(now.parameters.sizes[1:])
    few, left_out = m <= EXAMPLES, f", {len(shown)} of {n} neurons" if len(shown) < n else ""
    full = f"a full bar: {plain(loudest, 3)}"
    which = "every δ" if few else f"every δ, rms of {m} examples"
    head = [_example(x, now.y[:, x]) for x in range(m)] if few else [full]
    lines = (
        (f"δ{raised(layer)}{lowered(j)}", *(_bar(value, loudest) for value in values.tolist()))
        for (layer, j), values in shown.items()
    )
    look = "bl-signals" if few else "bl-signals bl-one"
    return fragment(title(f"{which}{left_out}", full if few else ""), table(("", *head), *lines, look=look))


def _example(x: int, y: Array) -> Markup:
    target = f"y = {', '.join(f'{value:g}' for value in y)}" if len(y) <= FEW else ""
    return fragment(element("div", x), element("div", target))


def _bar(value: float, loudest: float) -> Markup:
    return element("div", element("span", signed(value, 4)), spark(value, loudest))
