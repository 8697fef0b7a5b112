"""What a network with two inputs answers everywhere, with its examples; and every error signal they send back."""

from collections import defaultdict
from itertools import groupby

import numpy as np

from backprop_lab.activations import Array
from backprop_lab.cases import Case
from backprop_lab.drawing.markup import Markup, element, fragment, lowered, raised, sign_class, signed
from backprop_lab.drawing.plane import Plane, axes
from backprop_lab.network import forward
from backprop_lab.views import Picture

WIDTH, HEIGHT, CELLS = 300.0, 326.0, 24
SHADES = (0.12, 0.26, 0.4, 0.54)  # of how far a is from ½, in four steps
LABELLED = 12  # examples; more are points without a number


def is_drawable(case: Case) -> bool:
    """Whether the inputs are a plane and the answer is one number."""
    return case.parameters.sizes[0] == 2 and case.parameters.sizes[-1] == 1


def decision_picture(case: Case) -> Picture:
    """The plane of the inputs as a picture of its own.

    Raises
    ------
    ValueError : the network has not two inputs and one output.
    """
    if not is_drawable(case):
        raise ValueError(f"case must have two inputs and one output, got sizes {case.parameters.sizes}")
    wrong = _wrong(case)
    words = f"The plane of the inputs, cut in two where the output is ½: {_score(wrong)}."
    return Picture(element("div", element("div", decision(case)), class_="bl-row bl-alone"), words)


def decision(case: Case) -> Markup:
    """The plane of the inputs: blue where a > ½, vermillion where a < ½, and a line between the two."""
    plane = _plane(case.x)
    answers = _answers(case, plane)
    wrong = _wrong(case)
    title = _score(wrong)
    points = [_point(plane, case, x, wrong[x]) for x in range(len(wrong))]
    return element(
        "svg",
        element("text", title, x=4.0, y=16.0, class_="bl-strong"),
        *_shades(plane, answers),
        element("path", d=_border(plane, answers), class_="bl-ring"),
        axes(plane, "x₀", "x₁", most=(5, 5)),
        *points,
        *_key(few=len(wrong) <= LABELLED),
        viewBox=f"0 0 {WIDTH:g} {HEIGHT:g}",
        role="img",
        aria_label=f"The plane of the inputs. {title}. {_in_words(case)}",
    )


def signals(case: Case, scale: float) -> Markup:
    """δ of every neuron, in every example: a bar from the middle of its cell, as long as `scale` allows."""
    back, m = case.backward_pass, case.x.shape[1]
    left, wide = 34.0, (WIDTH - 38) / m
    rows = [(layer, j) for layer in sorted(back.delta, reverse=True) for j in range(len(back.delta[layer]))]
    high = min(52.0, (HEIGHT - 90) / len(rows))
    heads = [
        element("text", name, x=left + wide * (x + 0.5), y=y, text_anchor="middle", class_="bl-caption bl-size")
        for x in range(m)
        for name, y in ((str(x), 40.0), (f"y = {case.y[0, x]:g}", 58.0))
    ]
    cells = [_row(back.delta[layer], layer, j, 70 + high * at, left, wide, scale) for at, (layer, j) in enumerate(rows)]
    scaled = element(
        "text", f"half a cell: {scale:.2f}", x=WIDTH - 4, y=HEIGHT - 8, text_anchor="end", class_="bl-caption bl-size"
    )
    words = "; ".join(
        f"δ[{layer}][{j}]: {', '.join(signed(float(value), 4) for value in back.delta[layer][j])}" for layer, j in rows
    )
    return element(
        "svg",
        element("text", "every δ, example by example", x=4.0, y=16.0, class_="bl-strong"),
        *heads,
        *cells,
        scaled,
        viewBox=f"0 0 {WIDTH:g} {HEIGHT:g}",
        role="img",
        aria_label=f"Every error signal, example by example. {words}.",
    )


def _plane(x: Array) -> Plane:
    low, high = float(np.floor(x.min() - 0.25)), float(np.ceil(x.max() + 0.25))
    return Plane(34.0, 44.0, WIDTH - 54, 210.0, (low, high), (low, high))


def _answers(case: Case, plane: Plane) -> Array:
    """a of the output in the middle of every cell, row by row from the top."""
    middles = (np.arange(CELLS) + 0.5) / CELLS
    low, high = plane.x
    across, down = np.meshgrid(low + (high - low) * middles, high - (high - low) * middles)
    grid = np.vstack([across.ravel(), down.ravel()])
    found = forward(case.parameters, grid, hidden=case.hidden, output=case.output)
    return found.prediction.reshape(CELLS, CELLS)


def _shades(plane: Plane, answers: Array) -> list[Markup]:
    """One path for each shade of each colour, made of strips as long as a row keeps its shade."""
    wide, high = plane.width / CELLS, plane.height / CELLS
    level = np.minimum((np.abs(answers - 0.5) * 2 * len(SHADES)).astype(int), len(SHADES) - 1)
    strips: dict[tuple[bool, int], list[str]] = defaultdict(list)
    for j in range(CELLS):
        for shade, run in groupby(range(CELLS), key=lambda k: (bool(answers[j, k] >= 0.5), int(level[j, k]))):
            cells = list(run)
            x, end = plane.left + cells[0] * wide, plane.left + (cells[-1] + 1) * wide
            y, low = plane.top + j * high, plane.top + (j + 1) * high
            strips[shade].append(f"M{x:.1f} {y:.1f}H{end:.1f}V{low:.1f}H{x:.1f}z")  # no gap between neighbours
    return [
        element(
            "path",
            d="".join(strips[yes, at]),
            class_="bl-positive" if yes else "bl-negative",
            fill_opacity=SHADES[at],
            shape_rendering="crispEdges",
        )
        for yes, at in sorted(strips)
    ]


def _border(plane: Plane, answers: Array) -> str:
    """The edges between cells on different sides of ½."""
    yes, wide, high = answers >= 0.5, plane.width / CELLS, plane.height / CELLS
    upright = [
        f"M{plane.left + (k + 1) * wide:.1f} {plane.top + j * high:.1f}v{high:.2f}"
        for j, k in np.argwhere(yes[:, 1:] != yes[:, :-1])
    ]
    level = [
        f"M{plane.left + k * wide:.1f} {plane.top + (j + 1) * high:.1f}h{wide:.2f}"
        for j, k in np.argwhere(yes[1:] != yes[:-1])
    ]
    return "".join([*upright, *level])


def _wrong(case: Case) -> list[bool]:
    return [bool(each) for each in (case.forward_pass.prediction[0] > 0.5) != (case.y[0] > 0.5)]


def _score(wrong: list[bool]) -> str:
    return f"{len(wrong) - sum(wrong)} of {len(wrong)} right"


def _point(plane: Plane, case: Case, example: int, wrong: bool) -> Markup:
    x, y = plane.across(case.x[0, example]), plane.down(case.x[1, example])
    few = case.x.shape[1] <= LABELLED
    kind = ("bl-yes" if case.y[0, example] > 0.5 else "bl-no") + ("" if few else " bl-many")
    dot = element("circle", cx=x, cy=y, r=6.0 if few else 3.0, class_=kind)
    name = f"{example} ✗" if wrong else str(example)
    label = element("text", name, x=x + 10, y=y + 5, class_="bl-strong") if few else ""
    return element("g", dot, label)


def _key(*, few: bool) -> list[Markup]:
    """What the two kinds of points and the two colours are."""
    y, line = HEIGHT - 22, "a line where a = ½" + ", ✗ at a wrong answer" * few
    return [
        element("circle", cx=14.0, cy=y - 5, r=6.0, class_="bl-yes"),
        element("text", "y = 1", x=25.0, y=y, class_="bl-caption bl-size"),
        element("circle", cx=76.0, cy=y - 5, r=6.0, class_="bl-no"),
        element("text", "y = 0", x=87.0, y=y, class_="bl-caption bl-size"),
        element("rect", x=132.0, y=y - 12, width=14, height=14, class_="bl-positive", fill_opacity=SHADES[-1]),
        element("text", "a > ½", x=150.0, y=y, class_="bl-caption bl-size"),
        element("rect", x=200.0, y=y - 12, width=14, height=14, class_="bl-negative", fill_opacity=SHADES[-1]),
        element("text", "a < ½", x=218.0, y=y, class_="bl-caption bl-size"),
        element("text", line, x=8.0, y=y + 18, class_="bl-caption bl-size"),
    ]


def _in_words(case: Case) -> str:
    if case.x.shape[1] > LABELLED:
        return ""
    answers = (f"{x}: a = {a:.2f}, y = {case.y[0, x]:g}" for x, a in enumerate(case.forward_pass.prediction[0]))
    return f"Examples: {'; '.join(answers)}."


def _row(delta: Array, layer: int, j: int, y: float, left: float, wide: float, scale: float) -> Markup:
    name = element("text", f"δ{raised(layer)}{lowered(j)}", x=4.0, y=y + 18)
    return fragment(name, *(_cell(float(value), left + wide * x, y, wide, scale) for x, value in enumerate(delta[j])))


def _cell(value: float, x: float, y: float, wide: float, scale: float) -> Markup:
    middle, length = x + wide / 2, max(1.0, abs(value) / scale * (wide / 2 - 2))
    bar = element(
        "rect", x=middle if value >= 0 else middle - length, y=y + 22, width=length, height=9, class_=sign_class(value)
    )
    zero = element("path", d=f"M{middle:.1f} {y + 19:.1f}v15", class_="bl-zero")
    number = element("text", signed(value, 4), x=middle, y=y + 14, text_anchor="middle", class_="bl-value bl-size")
    return fragment(number, bar, zero)
