"""The sizes of a network whose hidden layers are alike, and what has been timed so far."""

from dataclasses import dataclass, field, replace

from backprop_lab.drawing.markup import hyphened
from backprop_lab.drawing.picture import Event, Press, Turn, refuse
from backprop_lab.work import Measured, Sizes, measure, parameter_count

COUNTS = (1, 2, 3, 5, 10, 20, 30, 50, 64, 100, 200, 300, 500, 784, 1000)
MOST = {"inputs": 1000, "width": 500, "depth": 5, "outputs": 100}  # a press of the button takes about a second still
PARTS = {"inputs": "inputs", "width": "hidden neurons", "depth": "hidden layers", "outputs": "outputs"}
KNOWN: dict[Sizes, str] = {(2, 3, 1): "the running network", (64, 30, 10): "the digits", (784, 30, 10): "larger images"}


@dataclass(frozen=True)
class CostMeter:
    """The sizes now and at the beginning, and the seconds that were measured, by sizes."""

    sizes: Sizes
    given: Sizes
    taken: dict[Sizes, Measured] = field(compare=False, default_factory=dict)

    @property
    def inputs(self) -> int:
        """How many inputs."""
        return self.sizes[0]

    @property
    def outputs(self) -> int:
        """How many outputs."""
        return self.sizes[-1]

    @property
    def width(self) -> int:
        """How many neurons in each hidden layer."""
        return self.sizes[1]

    @property
    def depth(self) -> int:
        """How many hidden layers."""
        return len(self.sizes) - 2

    @property
    def parameters(self) -> int:
        """How many weights and biases."""
        return parameter_count(self.sizes)

    def resized(self, part: str, value: int) -> "CostMeter":
        """The state with one of its `PARTS` changed."""
        now = {each: getattr(self, each) for each in PARTS} | {part: value}
        return replace(self, sizes=(now["inputs"], *[now["width"]] * now["depth"], now["outputs"]))


def begin(sizes: Sizes = (64, 30, 10)) -> CostMeter:
    """What all rates of a network take, by one backward pass and by moving every parameter: counted, and timed here.

    Parameters
    ----------
    sizes : neurons in each layer, the input first: 1 to 5 hidden layers of one size; at most 1000 inputs, 500 neurons
        in a hidden layer, 100 outputs

    Raises
    ------
    ValueError : the sizes are not of that kind.
    """
    parameter_count(sizes)
    if len(sizes) < 3 or len(set(sizes[1:-1])) != 1:
        raise ValueError(f"sizes must have hidden layers, all of one size, got {tuple(sizes)}")
    state = CostMeter(tuple(sizes), tuple(sizes))
    for part, most in MOST.items():
        if getattr(state, part) > most:
            raise ValueError(f"sizes must have at most {most} {PARTS[part]}, got {getattr(state, part)}")
    return state


def update(state: CostMeter, event: Event) -> CostMeter:
    """Other sizes; or both ways timed on this machine, which takes about a second at most."""
    match event:
        case Turn("network", str(name)) if name in presets(state):
            return replace(state, sizes=presets(state)[name])
        case Turn(part) if part in PARTS:
            return state.resized(part, offered(state, part)[round(event.number)])
        case Press("measure"):
            return replace(state, taken={**state.taken, state.sizes: measure(state.sizes)})
    return refuse(event)


def offered(state: CostMeter, part: str) -> list[int]:
    """What a slider goes through."""
    values = [*range(1, MOST[part] + 1)] if part == "depth" else sorted({*COUNTS, getattr(state, part)})
    return [value for value in values if value <= MOST[part]]


def presets(state: CostMeter) -> dict[str, Sizes]:
    """The networks of the menu, by the name of their sizes: those that are known, the one given, and the one now."""
    return {hyphened(sizes): sizes for sizes in (*KNOWN, state.given, state.sizes)}
