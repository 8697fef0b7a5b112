"""What a network with two inputs answers everywhere: their plane in two colours, with the examples as points."""

from collections import defaultdict
from itertools import groupby

import numpy as np

from backprop_lab.activations import Array
from backprop_lab.cases import Case
from backprop_lab.drawing.markup import Markup, element
from backprop_lab.drawing.plane import Plane, axes
from backprop_lab.drawing.svg import box, sheet, text
from backprop_lab.regions import answers, border
from backprop_lab.training import middle, right

WIDTH, HEIGHT, CELLS = 300.0, 324.0, 24
SHADES = (0.12, 0.26, 0.4, 0.54)  # of how far a is from ½, in four steps
LABELLED = 12  # examples; more are points without a number


def is_plane(case: Case) -> bool:
    """Whether the inputs are a plane and the answer is one number."""
    return case.parameters.sizes[0] == 2 and case.parameters.sizes[-1] == 1


def decision_plane(case: Case) -> Markup:
    """Blue where a is above the middle between the targets, vermillion below, a line between, and the examples.

    Raises
    ------
    ValueError : the network has not two inputs and one output.
    """
    if not is_plane(case):
        raise ValueError(f"case must have two inputs and one output, got sizes {case.parameters.sizes}")
    plane, few, half = _plane(case.x), case.x.shape[1] <= LABELLED, middle(case)
    above = answers(case, plane.x, plane.y, CELLS) - half
    says = f"The plane of the inputs. {score(case)}. {_in_words(case) if few else ''}".strip()
    parts = [
        text(4, 16, score(case), look="strong"),
        *_shades(plane, above / (abs(float(case.y.max()) - half) or 0.5)),
        element("path", d=_border(plane, above), class_="bl-ring", stroke_linecap="round"),
        axes(plane, "x₀", "x₁", most=(5, 5)),
        *(_point(plane, case, example, ok, few, half) for example, ok in enumerate(right(case))),
        *_key(case, few),
    ]
    return sheet(WIDTH, HEIGHT, *parts, says=says)


def middle_in_words(case: Case) -> str:
    """Where the answer changes: ½, for targets 0 and 1."""
    return "½" if middle(case) == 0.5 else _short(middle(case))


def score(case: Case) -> str:
    """How many examples are right."""
    found = right(case)
    return f"{found.sum()} of {len(found)} right"


def _plane(x: Array) -> Plane:
    ends = float(np.floor(x.min() - 0.25)), float(np.ceil(x.max() + 0.25))
    return Plane(34.0, 44.0, WIDTH - 54, 202.0, ends, ends)


def _shades(plane: Plane, above: Array) -> list[Markup]:
    """One path for each shade of each colour, made of strips as long as a row keeps its shade."""
    wide, high = plane.width / CELLS, plane.height / CELLS
    inside = (above[1:, 1:] + above[1:, :-1] + above[:-1, 1:] + above[:-1, :-1]) / 4
    level = np.minimum((np.abs(inside) * len(SHADES)).astype(int), len(SHADES) - 1)
    strips: dict[tuple[bool, int], list[str]] = defaultdict(list)
    for j, kinds in enumerate(zip(row, levels, strict=True) for row, levels in zip(inside >= 0, level, strict=True)):
        y, k = plane.top + j * high, 0
        for (yes, at), run in groupby(kinds):
            x, k = plane.left + k * wide, k + len([*run])
            end = plane.left + k * wide
            strips[bool(yes), int(at)].append(f"M{x:.1f} {y:.1f}H{end:.1f}V{y + high:.1f}H{x:.1f}z")
    crisp = {"shape_rendering": "crispEdges"}  # no gap between neighbours
    return [
        element("path", d="".join(strips[yes, at]), class_=_side(yes), fill_opacity=SHADES[at], **crisp)
        for yes, at in sorted(strips)
    ]


def _border(plane: Plane, above: Array) -> str:
    """The line where the answer changes."""
    x, y = np.linspace(plane.left, plane.right, CELLS + 1), np.linspace(plane.top, plane.bottom, CELLS + 1)
    return "".join("M{:.1f} {:.1f}L{:.1f} {:.1f}".format(*start, *end) for start, end in border(x, y, above))


def _side(yes: bool) -> str:
    return "bl-positive" if yes else "bl-negative"


def _point(plane: Plane, case: Case, example: int, ok: bool, few: bool, half: float) -> Markup:
    x, y = plane.across(case.x[0, example]), plane.down(case.x[1, example])
    dot = _dot(x, y, bool(case.y[0, example] > half), 6.0 if few else 3.0)
    name = str(example) if ok else f"{example} ✗"
    return element("g", dot, text(x + 10, y + 5, name, look="strong") if few else "")


def _dot(x: float, y: float, yes: bool, size: float = 6.0) -> Markup:
    return element("circle", cx=x, cy=y, r=size, class_="bl-yes" if yes else "bl-no", stroke_width=size / 3)


def _key(case: Case, few: bool) -> list[Markup]:
    """What the two kinds of points and the two colours are."""
    y, half, targets = HEIGHT - 22, middle_in_words(case), np.unique(case.y)
    low, high = [f"y = {_short(each)}" for each in targets] if len(targets) == 2 else (f"y < {half}", f"y > {half}")
    points = [(14, True, high), (84, False, low)]
    sides = [(152, True, f"a > {half}"), (226, False, f"a < {half}")]
    return [
        *(_dot(x, y - 5, yes) for x, yes, _ in points),
        *(box(x, y - 12, 14, 14, _side(yes).removeprefix("bl-"), fill_opacity=SHADES[-1]) for x, yes, _ in sides),
        *(text(x + 11, y, words, look="caption") for x, _, words in points),
        *(text(x + 18, y, words, look="caption") for x, _, words in sides),
        text(8, y + 18, f"line: a = {half}" + "; ✗: a wrong answer" * few, look="caption"),
    ]


def _short(value: float) -> str:
    return f"{value:g}".replace("-", "−")


def _in_words(case: Case) -> str:
    answers = (f"{x}: a = {a:.2f}, y = {case.y[0, x]:g}" for x, a in enumerate(case.forward_pass.prediction[0]))
    return f"Examples: {'; '.join(answers)}."
