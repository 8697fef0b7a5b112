"""One product, multiplied from the left or from the right: the same δ¹, and a count of what each way costs."""

import re
from dataclasses import dataclass, replace

from backprop_lab import cases
from backprop_lab.cases import Case
from backprop_lab.drawing.controls import button, buttons, menu
from backprop_lab.drawing.html import legend, math
from backprop_lab.drawing.markup import Markup, counted, element, fragment, hyphened, raised
from backprop_lab.drawing.mathml import matrix
from backprop_lab.drawing.picture import Event, Picture, Press, Turn, beside, refuse
from backprop_lab.drawing.svg import box, line, sheet, text
from backprop_lab.matrix_chain import SIDES, Matrix, Product, factors, multiplications, products

OTHERS = (100, 100, 10), (1, 100, 10)
LAYERS = 4  # layers whose factors have room in a row
WIDTH, HEIGHT, SIDE, MIDDLE = 440.0, 154.0, 60.0, 76.0  # of a way's drawing; its longest rectangle, and their middle
ROW = 24  # pixels of a row in a table of steps
LARGEST = 4  # rows and columns of a matrix that is written out


@dataclass(frozen=True)
class MatrixChain:
    """The sizes of the layers 1 … L, the network whose numbers can be shown, and how many steps each way has done."""

    sizes: tuple[int, ...]
    case: Case
    left: int = 0
    right: int = 0

    @property
    def last(self) -> int:
        """How many steps there are: one fewer than factors."""
        return 2 * len(self.sizes) - 1

    @property
    def factors(self) -> list[Matrix]:
        """The factors: with numbers while the layers are those of the network."""
        return factors(self.sizes, self.case if self.sizes == self.case.parameters.sizes[1:] else None)

    def taken(self, side: str) -> list[Product]:
        """The steps that one way has done."""
        return products(self.factors, side)[: getattr(self, side)]

    def count(self, side: str) -> int:
        """The multiplications that one way has taken so far."""
        return sum(step.takes for step in self.taken(side))


def begin(case: Case = cases.deep) -> MatrixChain:
    """The unrolled product of a network, multiplied from the left or from the right, with a count for each way.

    Parameters
    ----------
    case : a network of at most 4 layers with element-wise activations and one example, whose numbers are shown where
        its layers have at most 4 neurons; layers of other sizes can be chosen, without numbers

    Raises
    ------
    ValueError : the case has more layers or examples, or a softmax output.
    """
    if case.x.shape[1] != 1:
        raise ValueError(f"case must have one example, got {case.x.shape[1]}")
    if len(case.parameters.layers) > LAYERS:
        raise ValueError(f"case must have at most {LAYERS} layers of neurons, got {len(case.parameters.layers)}")
    if case.output.derivative is None:
        raise ValueError(f"case must have an element-wise output activation, got {case.output}")
    return MatrixChain(case.parameters.sizes[1:], case)


def update(state: MatrixChain, event: Event) -> MatrixChain:
    """Other layers, with nothing multiplied yet; one step on from an end, all steps, or none."""
    match event:
        case Turn("layers", str(sizes)):
            return MatrixChain(offered(state)[sizes], state.case)
        case Press("left"):
            return replace(state, left=min(state.left + 1, state.last))
        case Press("right"):
            return replace(state, right=min(state.right + 1, state.last))
        case Press("all"):
            return replace(state, left=state.last, right=state.last)
        case Press("reset"):
            return replace(state, left=0, right=0)
    return refuse(event)


def offered(state: MatrixChain) -> dict[str, tuple[int, ...]]:
    """The sizes that can be chosen: those of the network, and others that have no numbers."""
    return {hyphened(sizes): sizes for sizes in (state.case.parameters.sizes[1:], *OTHERS)}


def view(state: MatrixChain) -> Picture:
    """Both ways beside each other, each as far as it has gone."""
    drawings = [element("div", _drawing(state, side), class_="bl-drawn") for side in SIDES]
    ways = [element("div", _steps(state, side), _numbers(state, side)) for side in SIDES]
    markup = element("div", _controls(state), element("div", *drawings, *ways, class_="bl-ways"), class_="bl-screen")
    return Picture(markup, sentence(state), "One product from both ends", beside(__file__))


def sentence(state: MatrixChain) -> str:
    """How far both ways are and what they have cost, in words."""
    layers = hyphened(state.sizes)
    if state.left == state.right == state.last:
        return (
            f"Layers {layers}: both ways give the same δ¹, a column of {state.sizes[0]}. From the left it takes "
            f"{_count(state, 'left')}, from the right {state.count('right'):,}."
        )
    return f"Layers {layers}. " + " ".join(_progress(state, side) for side in SIDES)


def _count(state: MatrixChain, side: str) -> str:
    return counted(state.count(side), "multiplication")


def _progress(state: MatrixChain, side: str) -> str:
    taken = state.taken(side)
    now = f"{_count(state, side)}, so far {_shape(taken[-1].result)}" if taken else "nothing multiplied yet"
    return f"From the {side}: {len(taken)} of {counted(state.last, 'step')}, {now}."


def _controls(state: MatrixChain) -> Markup:
    steps = [button(side, f"one step from the {side}", on=getattr(state, side) < state.last) for side in SIDES]
    read = legend(
        f"The longest side of a rectangle is {max(state.sizes)}; one with a line across is diagonal: it scales each "
        "entry once.",
        "Bars: the work of the costlier way is the full width.",
    )
    return element(
        "div",
        buttons(
            menu("layers", "layers", [*offered(state)], hyphened(state.sizes)),
            *steps,
            button("all", "all steps", on=min(state.left, state.right) < state.last),
            button("reset", "start over", on=max(state.left, state.right) > 0),
        ),
        read,
        class_="bl-diagram bl-both-ends",
    )


def _drawing(state: MatrixChain, side: str) -> Markup:
    """The factors as rectangles in their places, and a bar for the count; both to a scale that never changes."""
    of, taken, so_far = state.factors, state.taken(side), state.count(side)
    slot = (WIDTH - 4) / len(of)
    scale = min(SIDE, slot - 8) / max(state.sizes)
    middles = [2 + slot * (at + 0.5) for at in range(len(of))]
    first = 0 if side == "left" else len(of) - 1 - len(taken)
    merged = range(first, first + len(taken) + 1) if taken else range(0)
    boxes = [_box(factor, middles[at], scale) for at, factor in enumerate(of) if at not in merged]
    if taken:
        start, end = middles[merged[0]], middles[merged[-1]]
        band = box(start - slot / 2, 40, end - start + slot, HEIGHT - 42, "lit", rx=8)
        boxes = [band, *boxes, _box(taken[-1].result, (start + end) / 2, scale)]
    reach = max(multiplications(state.sizes, each) for each in SIDES)
    words = f"from the {side}: {_count(state, side)}"
    names = [text(x, 126, _plain(factor.written), to="middle") for x, factor in zip(middles, of, strict=True)]
    work = box(2, 23, max(1.0, so_far / reach * (WIDTH - 4)), 10, "work", rx=2)
    says = f"F{words[1:]}, {len(taken)} of {counted(state.last, 'step')} done."
    return sheet(WIDTH, HEIGHT, text(2, 15, words, look="strong"), work, *boxes, *names, says=says)


def _box(factor: Matrix, middle: float, scale: float) -> Markup:
    width, height = max(4.0, factor.columns * scale), max(4.0, factor.rows * scale)
    x, y = middle - width / 2, MIDDLE - height / 2
    across = line(x, y, x + width, y + height, "across") if factor.diagonal else ""
    return fragment(
        box(x, y, width, height, "node"), across, text(middle, 146, _shape(factor), look="caption bl-size", to="middle")
    )


def _steps(state: MatrixChain, side: str) -> Markup:
    """A row for every step there is; those not done yet are empty, so that the table keeps its height."""
    head = element("tr", *(element("th", name, scope="col") for name in (f"from the {side}", "takes", "in all")))
    rows, in_all = [], 0
    for number, step in enumerate(products(state.factors, side), start=1):
        in_all += step.takes
        made = element("span", f" → {_shape(step.result)}", class_="bl-outcome")
        shapes = fragment(f"{_shape(step.left)} · {_shape(step.right)}", made)
        done = getattr(state, side)
        cells = (shapes, f"{step.takes:,}", f"{in_all:,}") if number <= done else ("…", "", "")
        lit = "bl-on" if number == done else None
        rows.append(element("tr", *(element("td", cell) for cell in cells), class_=lit, data_key=f"step {number}"))
    most = max(len(sizes) for sizes in offered(state).values())  # nothing moves when other layers are chosen
    table = element("table", head, *rows, class_="bl-table bl-steps")
    return element("div", table, style=f"min-height: {2 * most * ROW}px")


def _numbers(state: MatrixChain, side: str) -> Markup:
    """What is multiplied so far, in numbers; at the end it is δ¹."""
    of, taken = state.factors, state.taken(side)
    now = taken[-1].result if taken else of[0 if side == "left" else -1]
    if now.value is None:
        return _in_words("For these layers there are shapes only, no numbers.")
    if max(now.value.shape) > LARGEST:
        return _in_words(f"{_shape(now)} numbers are too many to be written out.")
    words = math("δ^1 =") if len(taken) == state.last else "so far" if taken else "it begins with"
    written = element("math", matrix(now.value, 6 if now.columns < LARGEST else 3))
    return element("div", element("span", words), written, class_="bl-so-far")


def _in_words(words: str) -> Markup:
    return element("div", words, class_="bl-so-far bl-caption")


def _shape(factor: Matrix) -> str:
    return f"{factor.rows}×{factor.columns}"


def _plain(written: str) -> str:
    """A formula as text: z^1 is z¹."""
    return re.sub(r"\^(\d+)", lambda found: raised(int(found[1])), written)
