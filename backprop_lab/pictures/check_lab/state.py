"""What lies on the bench: the network, the weight, the precision, the step h, and the errors measured over h."""

from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np

from backprop_lab import cases
from backprop_lab.activations import relu
from backprop_lab.cases import Case
from backprop_lab.drawing.picture import Event, Turn, refuse
from backprop_lab.finite_differences import kink_between
from backprop_lab.quantities import Quantity, parameters
from backprop_lab.quotients import Quotient, errors, exact_rate, quotient
from backprop_lab.validation import Array

POWERS = (-15.0, 0.0)  # of ten, the ends of h
STEPS = 10.0 ** np.linspace(*POWERS, 121)
KNOBS = 200  # parameters that have room in a menu
BIG = -0.5  # beyond this power of ten truncation has more terms than its first
NEAR = 0.001  # how far z is from the kink in the second network
GIVEN, KINKED = "as given", "relu, near its kink"


@dataclass(frozen=True)
class CheckLab:
    """A case, the weight whose rate is measured, the precision, the power of ten that h is, and the errors over h."""

    given: Case = field(compare=False)
    weight: Quantity
    power: float = -1.0
    precision: str = "float64"
    network: str = GIVEN
    errors: dict[str, Array] = field(compare=False, default_factory=dict)

    @cached_property
    def case(self) -> Case:
        """The network that is measured."""
        return networks(self.given)[self.network]

    @property
    def h(self) -> float:
        """The step."""
        return 10.0**self.power

    @cached_property
    def exact(self) -> float:
        """The rate to compare with."""
        return exact_rate(self.case, self.weight)

    @cached_property
    def found(self) -> Quotient:
        """What is measured with this h."""
        return quotient(self.case, self.weight, self.h, self.precision)

    @cached_property
    def kink(self) -> str:
        """Which z comes to the other side of a kink between θ−h and θ+h, in words; "" if none does."""
        j, k = (*self.weight.index, 0)[:2]
        return kink_between(self.case, (self.weight.layer, self.weight.letter, (j, k)), self.h)


def begin(case: Case = cases.running, weight: str = "w[1][2, 1]") -> CheckLab:
    """The error of a finite difference over its step h: one-sided, two-sided, in both precisions, and at a kink.

    Parameters
    ----------
    case : a network of at most 200 weights and biases
    weight : the weight or bias whose rate is measured, by its name

    Raises
    ------
    ValueError : the case has more weights and biases, none of this name, or numbers that are too large for float32.
    """
    offered = list(parameters(case))
    if len(offered) > KNOBS:
        raise ValueError(f"case must have at most {KNOBS} weights and biases, got {len(offered)}")
    of = Quantity.read(weight)
    if of not in offered:
        raise ValueError(f"weight must be the name of a weight or bias of the case, got {weight!r}")
    state = measured(CheckLab(case, of))
    single = (errors(each, of, STEPS[-1:], "float32") for each in networks(case).values())
    if not all(np.isfinite(error).all() for each in single for error in each.values()):
        raise ValueError(f"case must have numbers for which float32 has room, got inputs up to {abs(case.x).max():.0e}")
    return state


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


def measured(state: CheckLab) -> CheckLab:
    """The state with the errors of its weight, in its network and precision."""
    return replace(state, errors=errors(state.case, state.weight, STEPS, state.precision))


def networks(case: Case) -> dict[str, Case]:
    """The case as given; and with relu in the hidden layers, the last neuron of layer 1 close to its kink."""
    found = {GIVEN: case}
    if len(case.parameters.layers) > 1:
        bent, last = replace(case, hidden=relu), case.parameters.sizes[1] - 1
        away = bent.forward_pass.z[1][last, 0]
        found[KINKED] = bent.moved("b", 1, last, by=NEAR - float(away))
    return found


def slope(state: CheckLab, way: str, side: str) -> float | None:
    """The slope of log error over log h right or left of the valley; None where no straight line is to be measured."""
    if side == "right" and replace(state, power=BIG).kink:
        return None
    error, powers = state.errors[way], np.log10(STEPS)
    lowest = powers[smooth(error).argmin()]
    among = (powers >= lowest + 1) & (powers <= BIG) if side == "right" else (powers <= lowest - 1) & (powers >= -14)
    among &= (error > 0) & (error < 0.9)  # where nothing is left of a difference, its error is 1 whatever h is
    if among.sum() < 8 or np.ptp(powers[among]) < 0.9:
        return None
    return float(np.polyfit(powers[among], np.log10(error[among]), 1)[0])


def smooth(error: Array) -> Array:
    """The largest error around each h: single lucky hits between noise are no valley."""
    reach = 4
    padded = np.pad(error, reach, mode="edge")
    return np.max([padded[at : at + len(error)] for at in range(2 * reach + 1)], axis=0)
