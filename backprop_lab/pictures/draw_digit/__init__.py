"""A digit of one's own on 8 × 8 pixels: what a trained network says of it, and which pixels would change its mind."""

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from backprop_lab.cases import Case
from backprop_lab.drawing.chart import Bar, bars
from backprop_lab.drawing.controls import button, buttons, menu
from backprop_lab.drawing.html import legend, screen
from backprop_lab.drawing.markup import Markup, element, fragment, plain, sign_class
from backprop_lab.drawing.picture import Event, Picture, Press, Select, Turn, beside, refuse
from backprop_lab.drawing.svg import box, choice, sheet
from backprop_lab.parameters import Parameters
from backprop_lab.validation import Array, columns

SIDE, CELL, DIGITS = 8, 44.0, 10
NEXT = {0.0: 1.0, 1.0: 0.5}  # what a press makes of a pixel; any other becomes empty
NOTHING = "nothing"


@dataclass(frozen=True)
class Drawing:
    """The ink of every pixel, row by row, from 0 to 1; the digit one wishes the network to see, if any."""

    parameters: Parameters = field(compare=False)
    start: tuple[float, ...]
    pixels: tuple[float, ...]
    wish: str = NOTHING

    @cached_property
    def case(self) -> Case:
        """The network with the drawing; its target is the wish."""
        y = np.zeros(DIGITS) if self.wish == NOTHING else np.eye(DIGITS)[int(self.wish)]
        return Case(self.parameters, np.array(self.pixels), y)

    @cached_property
    def says(self) -> Array:
        """The ten outputs."""
        return self.case.forward_pass.prediction[:, 0]

    @cached_property
    def rates(self) -> Array:
        """How fast the cost of the wish moves with each pixel: δ of layer 1, carried back through the weights."""
        if self.wish == NOTHING:
            return np.zeros(SIDE * SIDE)
        return (self.parameters.w[1].T @ self.case.backward_pass.delta[1])[:, 0]


def begin(parameters: Parameters, picture: ArrayLike | None = None) -> Drawing:
    """Draw a digit, or change one, and watch what the network says.

    Parameters
    ----------
    parameters : of a trained network with 64 inputs and 10 outputs
    picture : 64 pixels from 0 to 1 to begin with; an empty sheet if it is left out

    Raises
    ------
    ValueError : the network or the picture is of another size, or a pixel is not in [0, 1].
    """
    sizes: Any = getattr(parameters, "sizes", None)
    if not sizes or (sizes[0], sizes[-1]) != (SIDE * SIDE, DIGITS):
        raise ValueError(f"parameters must be of a network with 64 inputs and 10 outputs, got sizes {sizes}")
    ink = np.zeros(SIDE * SIDE) if picture is None else columns("picture", picture, rows=SIDE * SIDE, examples=1)[:, 0]
    if not ((ink >= 0) & (ink <= 1)).all():
        raise ValueError(f"picture must have pixels from 0 to 1, got {ink.min():g} to {ink.max():g}")
    start = tuple(map(float, ink))
    return Drawing(parameters, start, start)


def update(state: Drawing, event: Event) -> Drawing:
    """A pixel pressed or drawn over, a wish, an empty sheet, or the picture as it was."""
    match event:
        case Select(""):
            return state
        case Select(key) if key in KEYS:
            return _inked(state, key, NEXT.get(state.pixels[KEYS.index(key)], 0.0))
        case Turn(key) if key in KEYS:
            return _inked(state, key, min(max(0.0, event.number), 1.0))
        case Press("clear"):
            return replace(state, pixels=(0.0,) * len(KEYS))
        case Press("anew"):
            return replace(state, pixels=state.start)
        case Turn("wish", str(wish)) if wish in (NOTHING, *map(str, range(DIGITS))):
            return replace(state, wish=wish)
    return refuse(event)


def _inked(state: Drawing, key: str, ink: float) -> Drawing:
    at = KEYS.index(key)
    return replace(state, pixels=(*state.pixels[:at], ink, *state.pixels[at + 1 :]))


KEYS = [f"p{at // SIDE}.{at % SIDE}" for at in range(SIDE * SIDE)]


def view(state: Drawing) -> Picture:
    """The pixels; beside them the ten outputs."""
    says = state.says
    answers = bars("output", [Bar(str(digit), float(a), str(digit)) for digit, a in enumerate(says)], scale=1.0,
                   decimals=2, lit=str(says.argmax()), low=0)  # fmt: skip
    drawing = element("div", _pixels(state), _legend(), class_="bl-diagram bl-paper")
    picture = screen(drawing, fragment(_controls(state), answers), look="bl-draw")
    return Picture(picture, sentence(state), "A digit of your own", beside(__file__))


def sentence(state: Drawing) -> str:
    """What the network says, in words."""
    first, second = (int(digit) for digit in np.argsort(-state.says, kind="stable")[:2])
    a, b = (plain(float(state.says[digit])) for digit in (first, second))
    said = f"The network says {first}, with an output of {a}; next is {second}, with {b}."
    if state.wish == NOTHING:
        return said
    ink = np.array(state.pixels)
    can = np.where(state.rates > 0, ink > 0, ink < 1) * np.abs(state.rates)  # no ink can be taken from an empty pixel
    if not can.any():
        return f"{said} For a {state.wish} no pixel lowers the cost by a little ink."
    at = int(can.argmax())
    way = "less" if state.rates[at] > 0 else "more"
    where = f"row {at // SIDE}, column {at % SIDE}"
    return f"{said} For a {state.wish} the cost falls fastest with {way} ink in {where}."


def _controls(state: Drawing) -> Markup:
    wishes = menu("wish", "it should see", [NOTHING, *range(DIGITS)], state.wish)
    clear = button("clear", "empty sheet", on=any(state.pixels))
    return buttons(wishes, clear, button("anew", "as it was", on=state.pixels != state.start))


def _legend() -> Markup:
    return legend(
        "Draw with the button held, or press a pixel: full, half, empty. With the keyboard: arrow keys, and Enter.",
        "With a digit in the menu, a disc shows what a pixel does to its cost: blue, ink raises it; vermillion, dashed,"
        " ink lowers it. The larger the disc, the faster.",
    )


def _pixels(state: Drawing) -> Markup:
    most = float(np.abs(state.rates).max()) or 1.0
    cells = [
        _cell(at, ink, float(rate) / most) for at, (ink, rate) in enumerate(zip(state.pixels, state.rates, strict=True))
    ]
    return sheet(SIDE * CELL + 8, SIDE * CELL + 8, *cells)


def _cell(at: int, ink: float, share: float) -> Markup:
    x, y = 4 + CELL * (at % SIDE), 4 + CELL * (at // SIDE)
    paper, shade = box(x, y, CELL, CELL, "node"), box(x, y, CELL, CELL, "ink", fill_opacity=f"{ink:.3g}")
    disc = element(
        "circle",
        cx=x + CELL / 2,
        cy=y + CELL / 2,
        r=0.4 * CELL * abs(share) ** 0.5,
        class_=f"bl-rate {sign_class(share)}",
    )
    says = f"row {at // SIDE}, column {at % SIDE}: ink {plain(ink)}"
    return element("g", paper, shade, disc if share else "", data_paint="1", **choice(KEYS[at], says))
