"""A finite difference on the bench: how its error falls and rises with h, and which digits are left."""

from dataclasses import replace

from backprop_lab.drawing.picture import Event, Turn, refuse
from backprop_lab.pictures.check_lab.state import CheckLab, begin, measured, networks
from backprop_lab.pictures.check_lab.view import view
from backprop_lab.quantities import Quantity

__all__ = ["CheckLab", "begin", "update", "view"]


def update(state: CheckLab, event: Event) -> CheckLab:
    """Another step h, or another weight, precision or network, for which all errors are measured anew."""
    match event:
        case Turn("power"):
            return replace(state, power=event.number)
        case Turn("weight", str(code)):
            return measured(replace(state, weight=Quantity.read(code)))
        case Turn("precision", str(precision)):
            return measured(replace(state, precision=precision))
        case Turn("network", str(network)) if network in networks(state.given):
            return measured(replace(state, network=network))
    return refuse(event)
