"""The state of row times column: a layer of a case, the row and the column that meet, one column or all at once."""

from dataclasses import dataclass, replace

from backprop_lab import cases
from backprop_lab.cases import Case
from backprop_lab.drawing.picture import Event, Press, Select, refuse

MOST = 5  # rows, columns, examples that fit on one screen


@dataclass(frozen=True)
class Product:
    """z = w a + b of a layer: row j of w meets column `example` of a; the other columns are there or not yet."""

    case: Case
    layer: int
    j: int = 0
    example: int = 0
    all: bool = False

    @property
    def rows(self) -> int:
        """Neurons of the layer."""
        return self.case.parameters.sizes[self.layer]

    @property
    def examples(self) -> int:
        """Columns of a."""
        return self.case.x.shape[1]

    @property
    def columns(self) -> range:
        """The examples that are shown."""
        return range(self.examples) if self.all else range(self.example, self.example + 1)


def begin(case: Case = cases.batch, *, layer: int = 1) -> Product:
    """A layer's weights times the activations that come in: row by column, first one example, then all at once.

    Parameters
    ----------
    case : a network with at most 5 neurons in the two layers and at most 5 examples

    Raises
    ------
    ValueError : there is no such layer, or it does not fit on a screen.
    """
    if layer not in case.parameters.layers:
        raise ValueError(f"layer must be one of {', '.join(map(str, case.parameters.layers))}, got {layer}")
    shape = (*case.parameters.w[layer].shape, case.x.shape[1])
    if max(shape) > MOST:
        raise ValueError(f"case must have at most {MOST} rows, columns and examples in layer {layer}, got {shape}")
    return Product(case, layer)


def update(state: Product, event: Event) -> Product:
    """A row, a column or a cell chosen, the next cell, one column or all."""
    match event:
        case Select(""):
            return state
        case Select(key):
            return _chosen(state, key)
        case Press("next"):
            return _next(state)
        case Press("all") if state.examples > 1:
            return replace(state, all=not state.all)
    return refuse(event)


def _chosen(state: Product, key: str) -> Product:
    """What a key means: row.1, column.2, cell.1.2."""
    what, *numbers = key.split(".")
    names = {"row": ["j"], "column": ["example"], "cell": ["j", "example"]}.get(what)
    if not names or len(names) != len(numbers) or not all(each.isdigit() for each in numbers):
        return refuse(Select(key))
    chosen = replace(state, **dict(zip(names, map(int, numbers), strict=True)))
    return chosen if chosen.j < state.rows and chosen.example < state.examples else refuse(Select(key))


def _next(state: Product) -> Product:
    """The cell below; after the last one the first of the next column."""
    last = state.j == state.rows - 1
    example = (state.example + last) % state.examples
    return replace(state, j=0 if last else state.j + 1, example=example)
