"""Memory as a shelf: a board for each layer, a tile for each array, lit where the program reads and writes."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from backprop_lab.drawing.markup import Markup, element, plain, signed
from backprop_lab.drawing.svg import box, line, sheet, text
from backprop_lab.pictures.player.program import SYMBOLS, Slot, named, read, written
from backprop_lab.pictures.player.slips import cost_after
from backprop_lab.pictures.player.state import Player
from backprop_lab.validation import Array

ROW, HEAD, PAD, GAP, DOT = 19.0, 20.0, 4.0, 6.0, 6.5
FORMS = {  # of a number: how wide, with how many decimals
    "w": (49.0, 2),  # beside one another
    **dict.fromkeys(("b", "z", "a", "y"), (44.0, 2)),
    "sigma_prime": (50.0, 4),
    **dict.fromkeys(("delta", "nabla_b"), (60.0, 4)),
    "nabla_w": (64.0, 4),
}
MATRICES = ("w", "nabla_w")
OF_EXAMPLES = ("z", "a", "sigma_prime", "delta", "y")  # a column for each
MARKS = {"read": "▲", "written": "▼", "": ""}


class Tile(NamedTuple):
    """An array: its place and shape in memory, what is in it if anything is, how it is lit, and whether it is right."""

    place: Slot
    x: float
    y: float
    shape: tuple[int, int]
    values: Array | None
    empty: bool
    lit: str
    verdict: str = ""
    covered: bool = False

    @property
    def width(self) -> float:
        """Of the tile."""
        return _width(self.place[0], self.shape[1])

    @property
    def name(self) -> str:
        """What stands at its upper edge."""
        return "σ′" if self.place[0] == "sigma_prime" else named(self.place)


def shelf(state: Player) -> Markup:
    """The boards from the inputs down to the outputs; on the first one the network, and what is given."""
    columns, width = _columns(state)
    height = max(_top(case.parameters.sizes, None) for case in state.offered.values())
    arrays = list(tiles(state))
    drawn = [*_network(state, columns["a"] - GAP), *_cost(state, columns["nabla_w"]), *map(_tile, arrays)]
    return sheet(width, height, *drawn, look="bl-shelf", says=_in_words(arrays))


def _in_words(arrays: Sequence[Tile]) -> str:
    """Which arrays are in memory, which of them are read and written now, and which are wrong."""
    groups = {
        "": [each for each in arrays if not each.empty],
        "read": [each for each in arrays if each.lit == "read"],
        "written": [each for each in arrays if each.lit == "written"],
        "wrong": [each for each in arrays if each.verdict == "✗"],
    }
    says = (f"{name} {', '.join(named(each.place) for each in some)}".strip() for name, some in groups.items() if some)
    return f"The memory: {'; '.join(says)}."


def tiles(state: Player) -> Iterator[Tile]:
    """The inputs and the targets, then the arrays of every layer."""
    case, arrays, sizes, (columns, _) = state.case, state.arrays, state.case.parameters.sizes, _columns(state)
    last, done = len(sizes) - 1, {place for moment in state.moments[: state.at] for place in written(moment)}
    lit = lights(state)
    for letter, layer, column, values in (("a", 0, "a", case.x), ("y", last, "delta", case.y)):
        shown = values[:, [state.example]]
        yield Tile(
            (letter, layer), columns[column], _top(sizes, 0), shown.shape, shown, False, lit.get((letter, layer), "")
        )
    for layer in case.parameters.layers:
        for letter, x in columns.items():
            place, given = (letter, layer), getattr(case.parameters, letter, {}).get(layer)
            values = arrays[place] if place in done else given
            if letter in OF_EXAMPLES and values is not None:
                values = values[:, [state.example]]
            shape = sizes[layer], sizes[layer - 1] if letter in MATRICES else 1
            verdict = "" if not state.slip or place not in done else "✗" if place in state.wrong else "✓"
            covered = state.covered and lit.get(place) == "written"
            empty = given is None and place not in done
            yield Tile(place, x, _top(sizes, layer), shape, values, empty, lit.get(place, ""), verdict, covered)


def lights(state: Player) -> dict[Slot, str]:
    """What is read and what is written at this moment."""
    if state.now is None:
        return {}
    reads = dict.fromkeys(read(state.now, len(state.case.parameters.w), state.lines), "read")
    return reads | dict.fromkeys(written(state.now), "written")


def _columns(state: Player) -> tuple[dict[str, float], float]:
    """Where the tiles of each letter begin, in the widest network on offer, and where the shelf ends."""
    most = max(max(case.parameters.sizes[:-1]) for case in state.offered.values())
    x, columns = 2.0, {}
    for letter in SYMBOLS:
        columns[letter] = x
        x += _width(letter, most if letter in MATRICES else 1) + GAP
    return columns, x - GAP + 2


def _width(letter: str, columns: int) -> float:
    return columns * FORMS[letter][0] + 2 * PAD


def _top(sizes: Sequence[int], layer: int | None) -> float:
    """Where the board of a layer begins; of none, where the shelf ends."""
    return 2 + sum(HEAD + n * ROW + PAD + GAP for n in sizes[:layer])


def _tile(tile: Tile) -> Markup:
    looks = [f"bl-{tile.lit}"] * bool(tile.lit) + ["bl-empty"] * tile.empty + ["bl-spoilt"] * (tile.verdict == "✗")
    frame = box(tile.x, tile.y, tile.width, HEAD + tile.shape[0] * ROW + PAD, " ".join(["tile", *looks]), rx=5)
    name = text(tile.x + PAD, tile.y + 15, tile.name, look="name")
    marks = f"{MARKS[tile.lit]}{tile.verdict}"
    sign = text(tile.x + tile.width - PAD, tile.y + 15, marks, look="sign", to="end") if marks else ""
    return element("g", frame, name, sign, *_numbers(tile), data_key=f"{tile.place[0]}{tile.place[1]}")


def _numbers(tile: Tile) -> Iterator[Markup]:
    """Its numbers; a dot where none is yet, ? where one is covered; the shape of what does not fit into it."""
    rows, columns = tile.shape
    cell, decimals = FORMS[tile.place[0]]
    fits = tile.values is not None and tile.values.shape == tile.shape
    if not (fits or tile.empty or tile.covered):
        words = "no step" if tile.values is None else " × ".join(map(str, tile.values.shape))
        middle = tile.y + HEAD + rows * ROW / 2 + 5
        yield text(tile.x + tile.width / 2, middle, words, look="odd", to="middle")
        return
    for j in range(rows):
        for k in range(columns):
            x, y = tile.x + PAD + (k + 1) * cell - 2, tile.y + HEAD + j * ROW + 14
            if tile.covered or tile.empty or tile.values is None:
                yield text(x, y, "?" if tile.covered else "·", look="caption", to="end")
            else:
                value = float(tile.values[j, k])
                slope = tile.place[0] == "sigma_prime" and value >= 0
                yield text(x, y, plain(value, decimals) if slope else signed(value, decimals), look="value", to="end")


def _network(state: Player, width: float) -> Iterator[Markup]:
    """The network in small: lit are the layer that is worked on, and the wires whose weights are read or written."""
    sizes, lit = state.case.parameters.sizes, lights(state)
    height = _top(sizes, 1) - GAP
    step = min(20.0, (height - 2 * DOT - 4) / max(max(sizes) - 1, 1))
    across = (width - 60) / (len(sizes) - 1)

    def place(layer: int, j: int) -> tuple[float, float]:
        return 20 + layer * across, height / 2 + (j - (sizes[layer] - 1) / 2) * step

    for layer in state.case.parameters.layers:
        on = any((letter, layer) in lit for letter in MATRICES)
        for j in range(sizes[layer]):
            ends = ((place(layer - 1, k), place(layer, j)) for k in range(sizes[layer - 1]))
            yield from (line(*one, *other, look="wire bl-on" if on else "wire") for one, other in ends)
    for layer, size in enumerate(sizes):
        on = state.now is not None and state.now.layer == layer
        for x, y in (place(layer, j) for j in range(size)):
            yield element("circle", cx=x, cy=y, r=DOT, class_="bl-node bl-on" if on else "bl-node")


def _cost(state: Player, x: float) -> Iterator[Markup]:
    """The cost of the network, of how many examples it is the mean, and what the update has made of it."""
    examples = state.case.x.shape[1]
    if examples > 1:
        yield text(x + PAD, 14, f"mean of {examples} examples", look="caption")
    yield text(x + PAD, 34, f"C = {plain(state.case.mean_cost, 4)}", look="strong")
    if state.at == len(state.moments):
        after = cost_after(state.case, state.arrays)
        words = "no step" if after is None else f"then C = {plain(after, 4)}"
        yield text(x + PAD, 54, words, look="strong")
