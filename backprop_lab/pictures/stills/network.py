"""A network on its own, with the numbers of one example."""

from collections.abc import Iterable

from backprop_lab.cases import Case
from backprop_lab.drawing.diagram import DELTA, A, Z, diagram, layout
from backprop_lab.drawing.markup import answered, counted, element, plain
from backprop_lab.drawing.picture import Picture
from backprop_lab.quantities import COST

ROWS = {row.letter: row for row in (Z, A, DELTA)}
SCALE = 1.1  # largest size on the page, as a multiple of the drawing's own units


def network(case: Case, *, rows: Iterable[str] = ("z", "a"), example: int = 0) -> Picture:
    """A network with its numbers.

    Parameters
    ----------
    rows : what stands in each neuron, from above: "z", "a", "delta"
    example : the column of x, y, z, a and delta that is shown

    Raises
    ------
    ValueError : a row or an example that does not exist.
    """
    wanted, m = tuple(rows), case.x.shape[1]
    if not wanted or not set(wanted) <= ROWS.keys():
        raise ValueError(f'rows must be some of {", ".join(map(repr, ROWS))}, as in ("z", "a"), got {rows!r}')
    if example not in range(m):
        raise ValueError(f"example must be one of 0 … {m - 1}, got {example}")
    words, chosen = sentence(case, example), tuple(ROWS[each] for each in wanted)
    drawing = diagram(case, example=example, rows=chosen, selectable=False, says=words)
    widest = f"max-width: {SCALE * layout(case, chosen).width:.0f}px"
    return Picture(element("div", drawing, style=widest), words, "A network")


def sentence(case: Case, example: int = 0) -> str:
    """What the network is, and what it answers."""
    first, *hidden, last = case.parameters.sizes
    between = [f"{' and '.join(map(str, hidden))} hidden {'neuron' if hidden == [1] else 'neurons'}"] if hidden else []
    layers = ", ".join([counted(first, "input"), *between, counted(last, "output")])
    said = answered(case.forward_pass.prediction[:, example], case.y[:, example], whose="its")
    said = f"In example {example} {said}" if case.x.shape[1] > 1 else said.capitalize()
    return f"A network ({layers}). {said}, its cost {plain(COST.value(case, example), 4)}."
