"""The film of a training: its epochs, computed beforehand, to be scrubbed forwards and backwards."""

from dataclasses import dataclass, replace

from backprop_lab.markup import Markup, element, plain
from backprop_lab.training import History
from backprop_lab.views import Picture
from backprop_lab.views.chart import Bar, bars, line


@dataclass(frozen=True)
class Film:
    """What is shown: a history and the number of one of its epochs, from 1."""

    history: History
    epoch: int = 1


def film(state: Film) -> Picture:
    """Cost and accuracy up to this epoch, and how loud the error signals of each layer are in it."""
    history, shown = state.history, state.history.epochs[state.epoch - 1]
    rms = [Bar(f"layer {layer}", value) for layer, value in shown.delta_rms.items()]
    loudest = max(float(column.max()) for column in history.delta_rms.values())
    left = element(
        "div", line("cost", history.cost[: state.epoch].tolist(), unit="epoch", high=float(history.cost.max()))
    )
    right = element("div", bars("error signals, root mean square by layer", rms, scale=loudest), _facts(state))
    return Picture(element("div", left, right, class_="bl-row bl-charts"), sentence(state))


def sentence(state: Film) -> str:
    """What is seen now, in words."""
    shown = state.history.epochs[state.epoch - 1]
    layers = ", ".join(f"{plain(value, 4)} in layer {layer}" for layer, value in shown.delta_rms.items())
    unseen = (
        "" if shown.validation_accuracy is None else f", {plain(100 * shown.validation_accuracy, 1)} % of unseen ones"
    )
    return (
        f"After epoch {shown.number} the cost is {plain(shown.cost, 4)}; {plain(100 * shown.accuracy, 1)} % of the"
        f" examples{unseen} are right. The error signals have a root mean square of {layers}."
    )


def forward_by(epochs: int, state: Film) -> Film:
    """Some epochs on, or back where negative; it stops at the ends."""
    return replace(state, epoch=min(max(1, state.epoch + epochs), len(state.history.epochs)))


def _facts(state: Film) -> Markup:
    shown = state.history.epochs[state.epoch - 1]
    rows = {"cost": plain(shown.cost, 4), "right": f"{plain(100 * shown.accuracy, 1)} %"}
    if shown.validation_accuracy is not None and shown.validation_cost is not None:
        rows |= {
            "cost, unseen": plain(shown.validation_cost, 4),
            "right, unseen": f"{plain(100 * shown.validation_accuracy, 1)} %",
        }
    cells = [element("tr", element("th", name, scope="row"), element("td", value)) for name, value in rows.items()]
    return element("table", element("caption", f"epoch {shown.number}"), *cells, class_="bl-table")
