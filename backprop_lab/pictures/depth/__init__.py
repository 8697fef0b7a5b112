"""How loud δ is in each layer of a deep network, and by what factor a layer changes it: it vanishes, or explodes."""

from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from backprop_lab.cases import Case
from backprop_lab.costs import binary_cross_entropy
from backprop_lab.drawing.controls import button, buttons, menu, row, rows
from backprop_lab.drawing.html import legend, screen, table
from backprop_lab.drawing.markup import Markup, element, fragment, plain, power_of_ten, with_power
from backprop_lab.drawing.networks import SIGMAS
from backprop_lab.drawing.picture import Event, Picture, Press, Turn, beside, refuse
from backprop_lab.drawing.plane import Plane, curve, here, level, ruled
from backprop_lab.drawing.svg import line, sheet, text
from backprop_lab.parameters import Parameters, initialize
from backprop_lab.training import rms
from backprop_lab.validation import Array

WIDTH, HEIGHT, NEURONS, EXAMPLES = 640.0, 430.0, 10, 50
LAYERS, SCALES, SEEDS = (2, 10), (0.25, 4.0), 12
DECADES = (-12.0, 6.0)  # of the axis: whatever is chosen stays inside
FAINT = 1e-3  # below this share of the output's δ it has vanished, above one over it it has exploded


@dataclass(frozen=True)
class Depth:
    """A network of so many layers, its σ, and its start: `initialize` with a seed, all weights times `scale`."""

    layers: int
    sigma: str
    scale: float
    seed: int


START = Depth(10, "sigmoid", 1.0, 0)


def begin(layers: int = 10, *, sigma: str = "sigmoid", scale: float = 1.0, seed: int = 0) -> Depth:
    """How loud δ is in every layer of a network as deep as you like, with ten neurons in each layer.

    Parameters
    ----------
    layers : of neurons, the output among them
    sigma : of the hidden layers: "sigmoid", "tanh" or "relu"
    scale : what all start weights are multiplied by
    seed : of the start

    Raises
    ------
    ValueError : one of them is out of reach.
    """
    if sigma not in SIGMAS:
        raise ValueError(f"sigma must be one of {', '.join(SIGMAS)}, got {sigma!r}")
    for name, value, (low, high) in (
        ("layers", layers, LAYERS),
        ("scale", scale, SCALES),
        ("seed", seed, (0, SEEDS - 1)),
    ):
        if not low <= value <= high or (name != "scale" and value != int(value)):
            raise ValueError(f"{name} must lie between {low:g} and {high:g}, got {value!r}")
    return Depth(int(layers), sigma, float(scale), int(seed))


@lru_cache(64)
def measured(state: Depth) -> tuple[Array, Array]:
    """The rms of δ in layers 1 … L, and that of σ′ in the hidden layers 1 … L − 1, over all neurons and examples."""
    rng, start = np.random.default_rng(0), initialize((NEURONS,) * (state.layers + 1), seed=state.seed)
    x, y = rng.uniform(-1, 1, (NEURONS, EXAMPLES)), rng.integers(0, 2, (NEURONS, EXAMPLES)).astype(float)
    larger = Parameters({layer: state.scale * w for layer, w in start.w.items()}, start.b)
    case = Case(larger, x, y, hidden=SIGMAS[state.sigma], cost=binary_cross_entropy)
    delta, z = case.backward_pass.delta, case.forward_pass.z
    steep = [rms(case.hidden.prime(z[at])) for at in start.layers[:-1]]
    return np.array([rms(delta[at]) for at in start.layers]), np.array(steep)


def shares(state: Depth) -> Array:
    """The rms of δ in layers 1 … L as a share of the output's."""
    loud, _ = measured(state)
    return loud / loud[-1]


def update(state: Depth, event: Event) -> Depth:
    """Another depth, σ or start."""
    match event:
        case Turn("layers" | "seed"):
            return _within(state, **{event.key: round(event.number)})
        case Turn("scale"):
            return _within(state, scale=event.number)
        case Turn("sigma", str(name)) if name in SIGMAS:
            return replace(state, sigma=name)
        case Press("reset"):
            return START
    return refuse(event)


def _within(state: Depth, **changes: float) -> Depth:
    ends = {"layers": LAYERS, "scale": SCALES, "seed": (0, SEEDS - 1)}
    return replace(state, **{key: min(max(ends[key][0], value), ends[key][1]) for key, value in changes.items()})


def view(state: Depth) -> Picture:
    """The rms of δ over the layers, on a log axis; beside it what is chosen, and the factor of each layer."""
    drawing = element("div", _drawing(state), _legend(), class_="bl-diagram")
    controls = fragment(_controls(state), _factors(state))
    return Picture(screen(drawing, controls, look="bl-depth"), sentence(state), "δ in a deep network", beside(__file__))


def sentence(state: Depth) -> str:
    """What is seen now, in words."""
    found = shares(state)
    mean = found[0] ** (1 / (state.layers - 1))
    chosen = f"{state.layers} layers, {state.sigma}, weights times {plain(state.scale)}"
    heard = f"layer 1 hears {short(found[0])} times what the output hears, {plain(mean)} times a layer on average"
    return f"{chosen}: {heard}. {_verdict(found)}"


def _verdict(found: Array) -> str:
    faint, loud = ((found >= FAINT).argmax(), (found <= 1 / FAINT).argmax())  # so many layers from layer 1 on
    if faint:
        return f"Going back, δ has vanished by layer {faint}: it is below a thousandth of the output’s."
    if loud:
        return f"Going back, δ has exploded by layer {loud}: it is more than a thousand times the output’s."
    return "It stays between a thousandth and a thousand times the output’s: it neither vanishes nor explodes."


def short(value: float) -> str:
    """Two digits of a number, by its power of ten where it is small or large."""
    power = int(f"{value:.1e}".partition("e")[2])
    return plain(value, max(0, 1 - power)) if -3 <= power <= 2 else with_power(value)


def _controls(state: Depth) -> Markup:
    sliders = [
        row("layers", "layers", state.layers, LAYERS, step=1, shown=str(state.layers)),
        row("scale", "weights ×", state.scale, SCALES, step=0.05),
        row("seed", "seed", state.seed, (0, SEEDS - 1), step=1, shown=str(state.seed)),
    ]
    chosen = menu("sigma", "σ", list(SIGMAS), state.sigma), button("reset", "reset", on=state != START)
    return fragment(rows(*sliders), buttons(*chosen))


def _factors(state: Depth) -> Markup:
    """From each layer back to the one before: what δ is multiplied by, and how steep σ is there."""
    found, (_, slopes) = shares(state), measured(state)
    steps = [
        (f"{at + 1} → {at}", f"× {_factor(found[at - 1] / found[at])}", plain(slopes[at - 1], 3))
        for at in range(state.layers - 1, 0, -1)
    ]
    blank = [(element("span", " ", aria_hidden="true"), "", "")] * (LAYERS[1] - state.layers)
    return table(("layers", "δ, rms", "σ′, rms"), *steps, *blank)


def _factor(value: float) -> str:
    """In as many decimals as σ′ beside it, so that the points stand below one another; a tiny one by its power."""
    return plain(value, 3) if value >= 0.001 else short(value)


def _legend() -> Markup:
    return legend(
        "The rms of δ in each layer, divided by that of the output. From one line of the axis to the next it is a"
        " hundred times as loud.",
        "The thick line is the σ that is chosen, the thin ones are the others, from the same start.",
    )


def _drawing(state: Depth) -> Markup:
    plane = Plane(62.0, 34.0, WIDTH - 92, HEIGHT - 100, (-LAYERS[1] - 0.6, 0.0), DECADES)
    others = [replace(state, sigma=name) for name in SIGMAS if name != state.sigma]
    x, y = _places(state)
    points = [here(plane, float(a), float(b)) for a, b in zip(x, y, strict=True)]
    says = "; ".join(f"layer {at + 1}: {short(each)}" for at, each in enumerate(shares(state)))
    return sheet(
        WIDTH, HEIGHT, *(_run(plane, each, "bl-before") for each in others), _frame(plane, state.layers),
        _run(plane, state, "bl-graph"), *points, *_names(plane, state),
        says=f"The rms of δ in each layer, as a share of the output’s. {says}.",
    )  # fmt: skip


def _places(state: Depth) -> tuple[Array, Array]:
    """The output at the right, each layer before it one step farther left; heights as powers of ten."""
    return np.arange(1.0 - state.layers, 1.0), np.log10(shares(state))


def _run(plane: Plane, state: Depth, look: str) -> Markup:
    return curve(plane, *_places(state), look, stroke_dasharray=DASHES[state.sigma] if look == "bl-before" else None)


DASHES = {"sigmoid": "2 3", "tanh": "7 3", "relu": "9 3 2 3"}


def _names(plane: Plane, state: Depth) -> list[Markup]:
    """Each σ beside the left end of its line; names that would lie on each other are pushed apart."""
    ends = sorted((plane.down(float(_places(replace(state, sigma=name))[1][0])), name) for name in SIGMAS)
    at, placed = plane.top, list[tuple[float, str]]()
    for y, name in ends:
        at = max(y + 5, at)
        placed.append((at, name))
        at += 17
    x = plane.across(1.0 - state.layers) - 12
    return [text(x, y, name, look="strong" if name == state.sigma else "caption", to="end") for y, name in placed]


def _frame(plane: Plane, layers: int) -> Markup:
    """Every second power of ten as a line, the thousandth and the thousand dashed; the layers below."""
    powers = {power_of_ten(n): float(n) for n in range(int(DECADES[0]), int(DECADES[1]) + 1, 2)}
    below = {str(layers + n): float(n) for n in range(1 - layers, 1)}
    bounds = [np.log10(FAINT), -np.log10(FAINT)]
    return fragment(
        ruled(plane, below, powers, "layer; the output at the right", lines=True),
        *(line(plane.left, plane.down(n), plane.right, plane.down(n), "bound", stroke_dasharray="4 4") for n in bounds),
        level(plane, 0.0),
        text(plane.right, plane.down(bounds[0]) + 16, "vanished: below a thousandth", look="caption bl-over", to="end"),
        text(plane.right, plane.down(bounds[1]) - 6, "exploded: above a thousand", look="caption bl-over", to="end"),
        text(plane.left - 54, 16, "δ, rms of a layer: times the output’s", look="strong"),
    )  # fmt: skip
