"""The lines themselves: all on one scale, each with its arrow and its ring; bands lead from one to the next."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import accumulate
from typing import NamedTuple

from backprop_lab.chain import product
from backprop_lab.drawing.markup import Markup, element, sign_class, signed
from backprop_lab.drawing.nudged import Link, Moved, Nudged
from backprop_lab.drawing.plane import round_scale
from backprop_lab.drawing.rates import in_words, on_one_line
from backprop_lab.drawing.svg import box, choice, line, sheet, text
from backprop_lab.pictures.number_lines.state import REACH, agree
from backprop_lab.quantities import COST

WIDTH, TOP, PITCH, SHARE = 776.0, 46.0, 66.0, 27.0
NAMES = {1: 190.0, 2: 136.0, 3: 116.0}  # room for names and rates at the left of a line, for so many side by side
TAG = 38.0
TIMES = (1000, 500, 200, 100, 50, 20, 10, 5, 2, 1)  # how many times the line of the cost may be magnified
NEVER = 1e-12


def drawing(state: Nudged) -> Markup:
    """Bands, lines, arrows and rings, the rates on tags, and at the bottom the cost, magnified."""
    at = Places(state)
    found = {(each.path, each.at): each for each in state.moves}
    bands = [_band(at, each, *_ends(state, found, each)) for each in state.links]
    lines = [_line(state, at, each) for each in found.values()]
    tags = [_tag(state, at, each) for each in state.links]
    return sheet(WIDTH, at.height, *bands, *_scale(at), *lines, *_cost(state, at, found), *tags, look="bl-rulers")


class Row(NamedTuple):
    """Where a line lies: its left end, its zero, its right end, its height, and where its words begin."""

    left: float
    zero: float
    right: float
    y: float
    words: float


class Places:
    """Where every line lies, how long a change of 1 is on all of them, and how much the cost is magnified."""

    def __init__(self, state: Nudged) -> None:
        self.columns, self.shared = len(state.paths), state.shared
        ends = [replace(state, amount=amount, closed=frozenset()) for amount in (-REACH, REACH)]
        every = [each for end in ends for each in end.moves]
        far = [(max(abs(each.promised), abs(each.measured)), each.path is not None) for each in every]
        need = max(farthest / _half(self.columns if own else 1) for farthest, own in far)
        self.ends = max(2.0, round_scale(need * _half(1)))
        self.unit = _half(1) / self.ends
        far = max(reach for end in ends for reach in _reaches(end))
        self.times = next(times for times in TIMES if times == 1 or far * times <= self.ends)
        self.last = max(each.at for each in every)
        self.bottom = TOP + PITCH * (self.last + 1) + 8  # the first line of the magnified cost
        self.height = self.bottom + SHARE * (self.columns if self.shared else 0) + 30

    def row(self, path: int | None, at: int) -> Row:
        """The line of a quantity: one that only some paths pass has its path's column for itself."""
        columns = self.columns if path is not None else 1
        start, share = (path or 0) * WIDTH / columns, WIDTH / columns
        zero = start + NAMES[columns] + _half(columns)
        return Row(zero - _half(columns), zero, start + share - 10, TOP + PITCH * at, start + 6)

    def across(self, row: Row, moved: float, times: int = 1) -> float:
        """Where a change ends on a line; one that is too long ends at the line's end."""
        return min(max(row.zero + self.unit * times * moved, row.left), row.right)


def _half(columns: int) -> float:
    """From the zero of a line to its end, where so many lie side by side."""
    return (WIDTH / columns - NAMES[columns] - 10) / 2


def _reaches(state: Nudged) -> Iterator[float]:
    """How far arrows and ring of the cost come, the shares laid end to end."""
    shares = accumulate(product(path) * state.amount for path in state.paths)
    yield from (abs(each) for each in (*shares, state.measured))


def _ends(state: Nudged, found: dict[tuple[int | None, int], Moved], link: Link) -> tuple[Moved, Moved]:
    """What a rate leads from and to."""
    forks = state.shared and link.at == state.shared
    before = found[None if forks else link.path, link.at]
    return before, found[link.path, link.at + 1]


def _band(at: Places, link: Link, before: Moved, after: Moved) -> Markup:
    """From a nudge to what it makes on the next line: wider, narrower, or crossed."""
    one, other = at.row(before.path, before.at), at.row(after.path, after.at)
    tips = at.across(one, before.promised), at.across(other, after.promised)
    d = f"M{one.zero:.1f} {one.y:.1f}H{tips[0]:.1f}L{tips[1]:.1f} {other.y:.1f}H{other.zero:.1f}Z"
    return element("path", d=d, class_=f"bl-swath {sign_class(link.rate.value)}", data_key=f"band-{link.key}")


def _scale(at: Places) -> Iterator[Markup]:
    """Round numbers above the first line."""
    row = at.row(None, 0)
    for quarter in (-4, -2, 0, 2, 4):
        value = quarter * at.ends / 4
        words = signed(value, 0 if value == int(value) else 1) if value else "0"
        yield text(at.across(row, value), TOP - 26, words, look="caption", to="middle")


def _axis(at: Places, row: Row) -> Markup:
    count = int((row.right - row.zero) / at.unit / (at.ends / 4) + 1e-9)
    marks = [row.zero + at.unit * at.ends / 4 * mark for mark in range(-count, count + 1)]
    ticks = "".join(f"M{x:.1f} {row.y - 3:.1f}v6" for x in marks)
    zero = f"M{row.zero:.1f} {row.y - 8:.1f}v16"
    return element("path", d=f"M{row.left:.1f} {row.y:.1f}H{row.right:.1f}{ticks}{zero}", class_="bl-zero")


def _line(state: Nudged, at: Places, moved: Moved) -> Markup:
    row, name = at.row(moved.path, moved.at), moved.quantity.code
    if moved.quantity == COST and moved.path is not None:
        name = f"C, share {moved.path}"
    parts = [_axis(at, row), text(row.words, row.y + 5, name, look="strong")]
    if moved.path is None or moved.path in state.open:
        tip = at.across(row, moved.promised)
        parts += [_arrow(row, tip, moved.promised), _ring(at.across(row, moved.measured), row.y)]
        parts.append(_number(row, tip, row.y - 12, signed(moved.promised, 4)))
        if not agree(moved) and not state.shared and moved.quantity != COST:
            ring = at.across(row, moved.measured)
            parts.append(_number(row, ring, row.y + 22, f"ring {signed(moved.measured, 4)}", "caption"))
    return element("g", *parts, data_key=f"line {name}")


def _number(row: Row, x: float, y: float, words: str, look: str = "value") -> Markup:
    """Words in the middle of a place, or as near to it as the line's ends let them be."""
    room = 4.3 * len(words)
    return text(min(max(x, row.left + room), row.right - room), y, words, look=look, to="middle")


def _arrow(row: Row, tip: float, moved: float, y: float | None = None, start: float | None = None) -> Markup:
    """From the zero of a line, or from where another arrow ended, to its tip."""
    start, y = row.zero if start is None else start, row.y if y is None else y
    long, way = abs(tip - start), 1 if tip >= start else -1
    head = min(9.0, long) * way
    neck = tip - head
    d = f"M{start:.1f} {y - 2.5:.1f}H{neck:.1f}v-4L{tip:.1f} {y:.1f}L{neck:.1f} {y + 6.5:.1f}v-4H{start:.1f}Z"
    return element("path", d=d, class_=sign_class(moved))


def _ring(x: float, y: float) -> Markup:
    return element("circle", cx=x, cy=y, r=6, class_="bl-ring")


def _tag(state: Nudged, at: Places, link: Link) -> Markup:
    """A rate in the gap between two lines: what can be chosen."""
    row = at.row(link.path, link.at)
    x, y, on = row.words - 2, row.y + PITCH / 2, link.key == state.selected
    closed = link.path is not None and link.path not in state.open
    rate = link.rate
    says = f"{on_one_line(link.rate)}: {signed(rate.value, 4)}, {in_words(state.case, rate)}"
    return element(
        "g",
        box(x, y - TAG / 2, NAMES[at.columns if link.path is not None else 1] - 16, TAG, "tag", rx=10),
        text(x + 9, y - 3, "closed" if closed else f"× {signed(rate.value, 4)}", look="value"),
        text(x + 9, y + 13, deed(rate.value), look="caption"),
        class_="bl-on" if on else None,
        **choice(link.key, says, on),
    )


def _cost(state: Nudged, at: Places, found: dict[tuple[int | None, int], Moved]) -> Iterator[Markup]:
    """The cost once more, magnified: every open path's share laid end to end, their sum, and what is measured."""
    row = at.row(None, at.last)._replace(y=at.bottom)
    if not state.shared:
        yield _lens(at, found[None, at.last], row)
    start, done = row.zero, 0.0
    for path in state.open if state.shared else ():
        share = product(state.paths[path]) * state.amount
        tip = at.across(row, done + share, at.times)
        yield element("g", _axis(at, row), _arrow(row, tip, share, start=start), data_key=f"share {path}")
        yield text(row.words, row.y + 5, f"share {path}: {signed(share, 4)}", look="value")
        yield line(tip, row.y, tip, row.y + SHARE, "zero", stroke_dasharray="3 3")
        start, done, row = tip, done + share, row._replace(y=row.y + SHARE)
    row = row._replace(y=at.height - 30)
    total = at.across(row, state.promised, at.times)
    name = f"C, magnified ×{at.times}" if at.times > 1 else "C"
    beside = row._replace(right=row.right - 22)  # the question mark in the corner
    yield element(
        "g",
        _axis(at, row),
        _arrow(row, total, state.promised),
        _ring(at.across(row, state.measured, at.times), row.y),
        text(row.words, row.y + 5, name, look="strong"),
        _number(beside, total, row.y + 24, f"{signed(state.promised, 4)}, ring {signed(state.measured, 4)}"),
        data_key="line of the cost",
    )


def _lens(at: Places, moved: Moved, row: Row) -> Markup:
    """From the small line of the cost to the magnified one."""
    small = at.row(None, at.last)
    tips = at.across(small, moved.promised), at.across(row, moved.promised, at.times)
    d = f"M{small.zero:.1f} {small.y:.1f}V{row.y:.1f}M{tips[0]:.1f} {small.y:.1f}L{tips[1]:.1f} {row.y:.1f}"
    return element("path", d=d, class_="bl-zero", stroke_dasharray="3 3")


def deed(rate: float) -> str:
    """What a rate does to a nudge."""
    if abs(rate) < NEVER:
        return "stops it"
    size = "" if abs(abs(rate) - 1) < 5e-5 else "stretches" if abs(rate) > 1 else "shrinks"
    done = [word for word in (size, "flips" if rate < 0 else "") if word]
    return ", ".join(done) or "passes it on"
