"""The rectangle's picture: one for each output, σ and δ over z, sliders, and the equation in numbers."""

from collections.abc import Iterator
from math import ceil, inf, log10

import numpy as np

from backprop_lab.activations import sigmoid
from backprop_lab.costs import quadratic
from backprop_lab.drawing.controls import button, buttons, menu, row, rows
from backprop_lab.drawing.curve import UNIT, curve
from backprop_lab.drawing.html import code, legend, screen
from backprop_lab.drawing.markup import Markup, element, fragment, lowered, plain, sign_class, signed
from backprop_lab.drawing.mathml import bracket, equation, number
from backprop_lab.drawing.networks import COSTS
from backprop_lab.drawing.picture import Picture, beside
from backprop_lab.drawing.plane import Plane, axes, here, level
from backprop_lab.drawing.plane import curve as trace
from backprop_lab.drawing.svg import box, choice, drag, ground, line, sheet, text
from backprop_lab.pictures.bp1_area.state import Bp1Area, delta, deltas, largest, sides
from backprop_lab.quantities import Quantity

HIGHEST = 0.25  # σ′ of a sigmoid is never more
WIDEST = {"quadratic": 1.0, "cross-entropy": 10.0}  # the quadratic cost is never wider, the other has no end
SCALE = {"quadratic": 0.16, "cross-entropy": 1.08}  # |a − y|·σ′ is never more than 4/27, |a − y| never more than 1
Z_ENDS, Y_ENDS = (-10.0, 10.0), (0.0, 1.0)
THIN = 0.03
WIDTH, TOP = 640.0, 36.0
STEP, DRAGGED = 0.05, 0.1
GRID = np.linspace(*Z_ENDS, 101)


def view(state: Bp1Area) -> Picture:
    """A rectangle for each output neuron; σ and δ over z for the one we hold; sliders, and the equation in numbers."""
    drawing = element("div", _sheet(state), _legend(state), class_=f"bl-diagram{' bl-areas' * (len(state.z) > 1)}")
    label = f"The rectangle{'s' * (len(state.z) > 1)} of BP1"
    return Picture(screen(drawing, _controls(state)), sentence(state), label, beside(__file__))


def sentence(state: Bp1Area) -> str:
    """What is seen now, in words."""
    z, y = state.z[state.j], state.y[state.j]
    (width, height), a, area = sides(z, y, state.cost), float(sigmoid(z)), delta(z, y, state.cost)
    which = f"Output neuron {state.j}" if len(state.z) > 1 else "The output neuron"
    most = " Hardly any z makes it larger." if state.cost is quadratic and _is_largest(z, y) else ""
    why = _why(width, height, area) if state.cost is quadratic else _evened(height, area)
    return (
        f"{which} has z = {signed(z)}, so a = {plain(a, 4)}; its target is {plain(y)}. The rectangle is"
        f" {plain(abs(width), 6)} wide and {plain(height, _decimals(width))} high; δ is {signed(area, 6)}."
        f" {why}{most}"
    )


def _decimals(other: float) -> int:
    """Of a side, so many that its product with the other one is the area as it is written."""
    return 6 + max(0, ceil(log10(abs(other)))) if 0 < abs(other) < inf else 6


def _name(state: Bp1Area) -> str:
    """The cost, as the menu calls it."""
    return next(name for name, cost in COSTS.items() if cost is state.cost)


def _evened(height: float, area: float) -> str:
    """What is to be said of a cost whose rate makes up for the slope."""
    if height < THIN < abs(area):
        return "Thin, but all the wider: this cost gives back what the flat curve takes."
    return "The area is a − y, whatever the slope is."


def _why(width: float, height: float, area: float) -> str:
    if width == 0:
        return "There is no width: the output is its target."
    if height < THIN < abs(width):
        return "It is wide but thin: the output is wrong, yet the curve is flat here: little error is sent back."
    if abs(width) < THIN:
        return "It is narrow: the output is close to its target."
    return f"Neither side is short. {'Lowering' if area > 0 else 'Raising'} z would lower the cost."


def _is_largest(z: float, y: float) -> bool:
    """Whether the area is the largest there is, as nearly as the slider's steps come to it."""
    return round(abs(delta(z, y)), 5) == round(abs(delta(largest(y), y)), 5)


def _controls(state: Bp1Area) -> Markup:
    several = len(state.z) > 1
    turned = [
        row(
            each.code,
            f"{each.letter}[{j}]" if several else each.letter,
            value,
            ends,
            step=STEP,
            on=several and j == state.j,
        )
        for j, pair in enumerate(zip(state.z, state.y, strict=True))
        for each, value, ends in zip((_z(j), Quantity("y", 0, (j,))), pair, (Z_ENDS, Y_ENDS), strict=True)
    ]
    here_already = state.z[state.j] == largest(state.y[state.j])
    go = button("largest", "go to the largest area", on=state.cost is quadratic and not here_already)
    costs = menu("cost", "cost", list(COSTS), _name(state))
    return element("div", rows(*turned), buttons(costs, go), element("div", *_equations(state), class_="bl-equations"))


def _equations(state: Bp1Area) -> Iterator[Markup]:
    """BP1 in letters and in numbers."""
    z, y, j = state.z[state.j], state.y[state.j], f"_{state.j}" if len(state.z) > 1 else ""
    (width, height), area, even = sides(z, y, state.cost), delta(z, y, state.cost), state.cost is not quadratic
    yield equation(f"δ^L{j} = ∂C/∂a^L{j} σ′(z^L{j})")
    over = f" / σ′(z^L{j}) ·" if even else ""
    yield equation(f"= (a^L{j} − y{j}){over} σ′(z^L{j}){f' = a^L{j} − y{j}' if even else ''}")
    sigma_prime = element("mn", plain(height, _decimals(width)))
    yield equation("=", bracket(number(width, 6)), "×", sigma_prime, "=", number(area, 6, result=True))
    yield code("delta[L] = a[L] - y" if even else "delta[L] = (a[L] - y) * sigmoid.prime(z[L])")


def _legend(state: Bp1Area) -> Markup:
    frame = f"The frame is {WIDEST[_name(state)]:g} wide and {HIGHEST:g} high"
    longer = ": no sides are longer." if state.cost is quadratic else "; what is wider is cut off, with a break."
    wide = "the width of the rectangle" if state.cost is quadratic else "which this cost divides by σ′(z)"
    return legend(
        f"{frame}{longer} On its thin line the corner moves with z; drag the corner, or a point on a curve.",
        f"On σ the thick line across is the difference a − y, {wide}; the gray line along the curve has the slope"
        " σ′(z), the height of the rectangle.",
    )


def _z(j: int) -> Quantity:
    return Quantity("z", 1, (j,))


def _hold(state: Bp1Area, j: int, along: float = 1.0) -> dict[str, object]:
    """z of a neuron, dragged where it is seen; `along` is −1 where it grows to the left."""
    return drag(_z(j).code, state.z[j], *Z_ENDS, along * DRAGGED)


def _sheet(state: Bp1Area) -> Markup:
    """Of one neuron the rectangle at the right of σ and δ; of several all rectangles above them."""
    count = len(state.z)
    if count == 1:
        charts, frames = ((44.0, TOP), (44.0, TOP + 186)), [(380.0, TOP, 250.0, 314.0)]
    else:
        share, below = WIDTH / count, TOP + 210
        charts, frames = (
            ((44.0, below), (372.0, below)),
            [(share * j + 34, TOP, share - 42, 126.0) for j in range(count)],
        )
    scale, widest = SCALE[_name(state)], WIDEST[_name(state)]
    planes = [
        Plane(*place, 258, 128, Z_ENDS, ends) for place, ends in zip(charts, (UNIT, (-scale, scale)), strict=True)
    ]
    drawn = [_frame(state, j, Plane(*each, (0, widest), (0, HIGHEST))) for j, each in enumerate(frames)]
    height = max(planes[1].bottom, frames[0][1] + frames[0][3]) + 46
    return sheet(WIDTH, height, *drawn, _over_z(state, planes[0]), _delta_over_z(state, planes[1]))


def _frame(state: Bp1Area, j: int, plane: Plane) -> Markup:
    """One rectangle, in the lower left corner of the largest there can be, with the way of its corner."""
    (width, height), several = sides(state.z[j], state.y[j], state.cost), len(state.z) > 1
    area = delta(state.z[j], state.y[j], state.cost)
    x, y = plane.across(abs(width)), plane.down(height)
    beside = f"translate({plane.left - 13:g} {plane.bottom:g}) rotate(-90)"
    parts = [
        ground(plane.left - 30, 2, plane.width + 36, plane.bottom + 32, several and j == state.j),
        box(plane.left, plane.top, plane.width, plane.height, "node"),
        box(plane.left, y, max(2.5, x - plane.left), max(2.5, plane.bottom - y), sign_class(area).removeprefix("bl-")),
        _break(plane, y) if abs(width) > plane.x[1] else "",
        _way(plane, state, j),
        here(plane, abs(width), height, **_hold(state, j, 1.0 if width >= 0 else -1.0)),
        text(
            plane.left,
            22,
            f"δ{lowered(j)} = {signed(area, 4)}" if several else f"area: δ = {signed(area, 6)}",
            look="strong",
        ),
        text(plane.left, plane.bottom + 22, f"|∂C/∂a| = {plain(abs(width), 4)}"),
        element("text", f"σ′(z) = {plain(height, 4)}", transform=beside),
    ]
    key = Quantity("a", 1, (j,)).key
    held = choice(key, f"output neuron {j}, δ {signed(area, 6)}", j == state.j) if several else {"data_key": key}
    return element("g", *parts, **held)


def _way(plane: Plane, state: Bp1Area, j: int) -> Markup:
    """Where the corner comes as z moves, as far as the frame is wide."""
    z = np.linspace(*Z_ENDS, 4 * len(GRID) - 3)
    widths = np.abs(state.cost.gradient([sigmoid(z)], np.full((1, len(z)), state.y[j]))[0])
    inside = widths <= plane.x[1]
    return trace(plane, widths[inside], sigmoid.prime(z)[inside], "bl-before")


def _break(plane: Plane, y: float) -> Markup:
    """Two slanted cuts near the frame's edge: the rectangle is wider than can be drawn."""
    y = min(y, plane.bottom - 8)
    ends = ((plane.right - away, plane.right - away + 8) for away in (26, 20))
    cuts = "".join(f"M{low:.1f} {plane.bottom + 5:.1f}L{high:.1f} {y - 5:.1f}" for low, high in ends)
    return element("path", d=cuts, class_="bl-cut")


def _over_z(state: Bp1Area, plane: Plane) -> Markup:
    """σ of the neuron we hold: its difference from the target, and the tangent."""
    z, y = state.z[state.j], state.y[state.j]
    width, height = sides(z, y)
    at, whose = plane.across(z), f"neuron {state.j}: " if len(state.z) > 1 else ""
    return fragment(
        text(plane.left - 36, plane.top - 14, f"{whose}σ over z, target {plain(y)}", look="strong"),
        line(plane.left, plane.down(y), plane.right, plane.down(y), stroke_dasharray="7 4"),
        line(at, plane.down(y + width), at, plane.down(y), f"edge {sign_class(width)}", stroke_width=5),
        curve(plane, "z", sigmoid, z, slope=height, point=_hold(state, state.j)),
    )


def _delta_over_z(state: Bp1Area, plane: Plane) -> Markup:
    """δ for the target of the neuron we hold; beside another cost's that of the quadratic one, thin."""
    z, y, thin = state.z[state.j], state.y[state.j], "" if state.cost is quadratic else "; thin: quadratic"
    return fragment(
        text(plane.left - 36, plane.top - 14, f"δ over z{thin}", look="strong"),
        axes(plane, "z", "", most=(4, 4)),
        level(plane, 0.0),
        trace(plane, GRID, deltas(GRID, y), "bl-before") if state.cost is not quadratic else "",
        trace(plane, GRID, deltas(GRID, y, state.cost), "bl-graph"),
        here(plane, z, delta(z, y, state.cost), **_hold(state, state.j)),
    )
