"""What a network with two inputs answers everywhere: their plane in two colors, with the examples as points."""

import numpy as np

from backprop_lab.activations import Array
from backprop_lab.cases import Case
from backprop_lab.drawing.field import DEEPEST, field, zero_line
from backprop_lab.drawing.markup import Markup, element
from backprop_lab.drawing.plane import Plane, axes
from backprop_lab.drawing.svg import box, sheet, text
from backprop_lab.regions import answers
from backprop_lab.training import middle, right

WIDTH, HEIGHT, CELLS = 300.0, 324.0, 32
LABELED = 12  # examples; more are points without a number


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
    plane, few, half = _plane(case.x), case.x.shape[1] <= LABELED, middle(case)
    above = answers(case, plane.x, plane.y, CELLS) - half
    says = f"The plane of the inputs. {score(case)}. {_in_words(case) if few else ''}".strip()
    parts = [
        text(4, 16, score(case), look="strong"),
        field(plane, above / (abs(float(case.y.max()) - half) or 0.5)),
        zero_line(plane, above, class_="bl-ring", stroke_linecap="round"),
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


def _point(plane: Plane, case: Case, example: int, ok: bool, few: bool, half: float) -> Markup:
    x, y = plane.across(case.x[0, example]), plane.down(case.x[1, example])
    dot = _dot(x, y, bool(case.y[0, example] > half), 6.0 if few else 3.0)
    name = str(example) if ok else f"{example} ✗"
    return element("g", dot, text(x + 10, y + 5, name, look="strong bl-over") if few else "")


def _dot(x: float, y: float, yes: bool, size: float = 6.0) -> Markup:
    return element("circle", cx=x, cy=y, r=size, class_="bl-yes" if yes else "bl-no", stroke_width=size / 3)


def _key(case: Case, few: bool) -> list[Markup]:
    """What the two kinds of points and the two colors are."""
    y, half, targets = HEIGHT - 22, middle_in_words(case), np.unique(case.y)
    low, high = [f"y = {_short(each)}" for each in targets] if len(targets) == 2 else (f"y < {half}", f"y > {half}")
    points = [(14, True, high), (84, False, low)]
    sides = [(152, True, f"a > {half}"), (226, False, f"a < {half}")]
    return [
        *(_dot(x, y - 5, yes) for x, yes, _ in points),
        *(box(x, y - 12, 14, 14, "positive" if yes else "negative", fill_opacity=DEEPEST) for x, yes, _ in sides),
        *(text(x + 11, y, words, look="caption") for x, _, words in points),
        *(text(x + 18, y, words, look="caption") for x, _, words in sides),
        text(8, y + 18, f"line: a = {half}" + "; ✗: a wrong answer" * few, look="caption"),
    ]


def _short(value: float) -> str:
    return f"{value:g}".replace("-", "−")


def _in_words(case: Case) -> str:
    answers = (f"{x}: a = {a:.2f}, y = {case.y[0, x]:g}" for x, a in enumerate(case.forward_pass.prediction[0]))
    return f"Examples: {'; '.join(answers)}."
