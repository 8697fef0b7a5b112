"""What a network with two inputs answers everywhere: their plane in two colors, with the examples as points."""

from itertools import compress, count

import numpy as np

from backprop_lab.cases import Case
from backprop_lab.drawing.field import DEEPEST, field, zero_line
from backprop_lab.drawing.markup import Markup, compact
from backprop_lab.drawing.plane import Plane, axes
from backprop_lab.drawing.svg import box, discs, sheet, text
from backprop_lab.regions import answers
from backprop_lab.training import middle, right
from backprop_lab.validation import Array

WIDTH, HEIGHT, CELLS = 300.0, 324.0, 32
LABELED = 12  # examples; more are points without a number


def is_plane(case: Case) -> bool:
    """Whether the inputs are a plane and the answer is one number."""
    return case.parameters.sizes[0] == 2 and case.parameters.sizes[-1] == 1


def decision_plane(case: Case, behind: Case | None = None) -> Markup:
    """Blue where a is above the middle between the targets, vermillion below, a line between, and the examples.

    Parameters
    ----------
    behind : the network of a run A to compare with, whose line alone is drawn

    Raises
    ------
    ValueError : the network has not two inputs and one output.
    """
    if not is_plane(case):
        raise ValueError(f"case must have two inputs and one output, got sizes {case.parameters.sizes}")
    plane, few, half = _plane(case.x), case.x.shape[1] <= LABELED, middle(case)
    now, *then = (answers(each, plane.x, plane.y, CELLS) - half for each in (case, behind) if each)
    says = f"The plane of the inputs. {score(case)}. {_in_words(case) if few else ''}".strip()
    parts = [
        text(4, 16, score(case), look="strong"),
        field(plane, now / (abs(float(case.y.max()) - half) or 0.5)),
        *(zero_line(plane, each, class_="bl-ring bl-ghost") for each in then),
        zero_line(plane, now, class_="bl-ring", stroke_linecap="round"),
        axes(plane, "x₀", "x₁", most=(5, 5)),
        *_points(plane, case, half, few),
        *_key(case, few, behind is not None),
    ]
    return sheet(WIDTH, HEIGHT, *parts, says=says)


def middle_in_words(case: Case) -> str:
    """Where the answer changes: ½, for targets 0 and 1."""
    return "½" if middle(case) == 0.5 else compact(middle(case))


def score(case: Case) -> str:
    """How many examples are right."""
    found = right(case)
    return f"{found.sum()} of {len(found)} right"


def _plane(x: Array) -> Plane:
    ends = float(np.floor(2 * x.min() - 0.5) / 2), float(np.ceil(2 * x.max() + 0.5) / 2)
    return Plane(34.0, 44.0, WIDTH - 54, 202.0, ends, ends)


def _points(plane: Plane, case: Case, half: float, few: bool) -> list[Markup]:
    """Filled for the larger target, hollow for the other; of few examples with their numbers."""
    places, yes = [(plane.across(x), plane.down(y)) for x, y in case.x.T], case.y[0] > half
    size = 6.0 if few else 3.0
    kinds = discs(compress(places, yes), size, "yes"), discs(compress(places, ~yes), size, "no")
    names = zip(count(), places, right(case), strict=False) if few else ()
    return [*kinds, *(_name(plane, *place, str(n) if ok else f"{n} ✗") for n, place, ok in names)]


def _name(plane: Plane, x: float, y: float, words: str) -> Markup:
    """Beside its point, where there is room."""
    way, to = (10, None) if x < plane.right - 40 else (-10, "end")
    return text(x + way, y + 5, words, look="strong bl-over", to=to)


def _key(case: Case, few: bool, compared: bool) -> list[Markup]:
    """What the two kinds of points, the two colors and the lines are."""
    y, half, targets = HEIGHT - 22, middle_in_words(case), np.unique(case.y)
    low, high = [f"y = {compact(each)}" for each in targets] if len(targets) == 2 else (f"y < {half}", f"y > {half}")
    points = [(14, "yes", high), (84, "no", low)]
    sides = [(152, "positive", f"a > {half}"), (226, "negative", f"a < {half}")]
    return [
        *(discs([(x, y - 5)], 6.0, look) for x, look, _ in points),
        *(box(x, y - 12, 14, 14, look, fill_opacity=DEEPEST) for x, look, _ in sides),
        *(text(x + 11, y, words, look="caption") for x, _, words in points),
        *(text(x + 18, y, words, look="caption") for x, _, words in sides),
        text(
            8, y + 18, f"line: a = {half}" + "; dotted: run A" * compared + "; ✗: a wrong answer" * few, look="caption"
        ),
    ]


def _in_words(case: Case) -> str:
    answers = (f"{x}: a = {a:.2f}, y = {case.y[0, x]:g}" for x, a in enumerate(case.forward_pass.prediction[0]))
    return f"Examples: {'; '.join(answers)}."
