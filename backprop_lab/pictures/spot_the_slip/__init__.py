"""A printed line with a slip in it: which part is wrong? Two numbers bear witness, and the right line is shown."""

import re
from dataclasses import dataclass, replace

import numpy as np

from backprop_lab.drawing.controls import button, buttons, menu
from backprop_lab.drawing.html import room, table, title
from backprop_lab.drawing.latex import from_latex, in_words
from backprop_lab.drawing.markup import Markup, counted, element, fragment, signed
from backprop_lab.drawing.picture import Event, Picture, Press, Select, Turn, beside, refuse
from backprop_lab.drawing.svg import choice
from backprop_lab.rosetta.printed import Misprint, Value, Words
from backprop_lab.rosetta.slips import BY_KEY, SLIPS

KEYS = [*BY_KEY]
FINE = "That part is as it should be. Look at the two numbers: what would have to change to get from one to the other?"
ASKS = "Which part of the line is wrong? Choose it."


@dataclass(frozen=True)
class Spot:
    """A line, the parts that were chosen in it, whether its answer is shown, and which lines were read before."""

    key: str
    chosen: tuple[int, ...] = ()
    shown: bool = False
    found: frozenset[str] = frozenset()

    @property
    def slip(self) -> Misprint:
        """The line."""
        return BY_KEY[self.key]

    @property
    def hit(self) -> bool:
        """Whether a wrong part was chosen."""
        return any(part in self.slip.wrong for part in self.chosen)

    @property
    def open(self) -> bool:
        """Whether the answer may be seen."""
        return self.hit or self.shown


def begin(slip: str = "S13") -> Spot:
    """Spot the slip: lines as they were printed, each with something wrong in it.

    Choose the part that is wrong. The two numbers are what the line gives, and what is true.

    Parameters
    ----------
    slip : the line it begins with, S1 to S25

    Raises
    ------
    ValueError : there is no such line.
    """
    if slip not in BY_KEY:
        raise ValueError(f"slip must be one of {', '.join(KEYS)}, got {slip!r}")
    return Spot(slip)


def update(state: Spot, event: Event) -> Spot:
    """A part chosen; the answer shown; another line."""
    at = KEYS.index(state.key)
    match event:
        case Turn("slip", str(key)) if key in BY_KEY:
            return _on(state, key)
        case Press("next"):
            return _on(state, KEYS[min(at + 1, len(KEYS) - 1)])
        case Press("back"):
            return _on(state, KEYS[max(at - 1, 0)])
        case Press("show"):
            return replace(state, shown=True)
        case Select(""):
            return state
        case Select(key) if key in (parts := [f"part {number}" for number in range(len(state.slip.parts))]):
            return _choose(state, parts.index(key))
    return refuse(event)


def _on(state: Spot, key: str) -> Spot:
    return state if key == state.key else Spot(key, found=state.found)


def _choose(state: Spot, part: int) -> Spot:
    if state.open or part in state.chosen:
        return state
    found = state.found | {state.key} if part in state.slip.wrong else state.found
    return replace(state, chosen=(*state.chosen, part), found=found)


def view(state: Spot) -> Picture:
    """The line in its parts; what both lines give; and, once it is found, why and the right line."""
    parts = (_controls(state), _about(state), _line(state), _numbers(state), _told(state))
    return Picture(element("div", *parts, class_="bl-spot"), sentence(state), "Spot the slip", beside(__file__))


def sentence(state: Spot) -> str:
    """What is seen now, in words."""
    slip = state.slip
    printed, right = (_in_short(slip, value) for value in (slip.witness.printed, slip.witness.right))
    numbers = f"The printed line gives {printed}, the truth is {right}."
    line = f"Line {KEYS.index(state.key) + 1} of {len(SLIPS)}, about {slip.about}."
    if not state.open:
        these = "right as it is" if len(state.chosen) == 1 else "all right as they are"
        tried = f" {counted(len(state.chosen), 'part')} tried, {these}." if state.chosen else ""
        return f"{line} {numbers}{tried}"
    how = "Found" if state.hit else "Shown"
    return f"{line} {numbers} {how}: {_named(slip)}"


def _controls(state: Spot) -> Markup:
    at = KEYS.index(state.key)
    words = {key: f"{key}{' ✓' if key in state.found else ''}" for key in KEYS}
    presses = (
        button("back", "back", on=at > 0),
        button("next", "next line", on=at < len(KEYS) - 1),
        button("show", "show me", on=not state.open),
    )
    score = element("span", f"found {len(state.found)} of {len(KEYS)}", class_="bl-caption")
    return buttons(menu("slip", "line", words, state.key), *presses, score)


def _about(state: Spot) -> Markup:
    about = f"Printed about: {state.slip.about}."
    return element("div", room(about, *(f"Printed about: {each.about}." for each in SLIPS)), class_="bl-about")


def _line(state: Spot) -> Markup:
    parts = [_part(state, number, part) for number, part in enumerate(state.slip.parts)]
    return element("div", *parts, class_="bl-card bl-printed", role="group", aria_label="the printed line, in parts")


def _part(state: Spot, number: int, part: str) -> Markup:
    wrong, chosen = number in state.slip.wrong, number in state.chosen
    words = part if isinstance(part, Words) else in_words(part)
    verdict = "the slip" if wrong and state.open else "as it should be" if chosen else ""
    look = ["bl-part", *(["bl-slip"] * (wrong and state.open)), *(["bl-fine"] * (chosen and not wrong))]
    says = f"part {number + 1}: {words}{f', {verdict}' if verdict else ''}"
    marks = choice(f"part {number}", says, wrong and state.open)
    mark = element("span", "✗" if wrong and state.open else "✓" if chosen else "", class_="bl-tip", aria_hidden="true")
    return element("span", _typeset(part), mark, class_=" ".join(look), **marks)


def _typeset(part: str) -> Markup | str:
    return element("span", *_raised(part)) if isinstance(part, Words) else from_latex(part)


def _raised(words: str) -> list[Markup | str]:
    """Words in which a_k has a lowered k, and w^l a raised l."""
    tags = {"_": "sub", "^": "sup"}
    pieces = re.split(r"([_^]\w(?!\w))", words)
    return [element(tags[piece[0]], piece[1:]) if number % 2 else piece for number, piece in enumerate(pieces)]


def _numbers(state: Spot) -> Markup:
    slip = state.slip
    both = (("as printed", slip.witness.printed), ("what is true", slip.witness.right))
    said = room(f"Computed: {slip.number.replace('`', '')}.", *(f"Computed: {each.number}." for each in SLIPS))
    rows = [(words, _written(slip, value)) for words, value in both]
    return table((), *rows, caption=said, look="bl-witness")


def _told(state: Spot) -> Markup:
    """What is said of the choice, and the right line."""
    slip, missed = state.slip, bool(state.chosen) and not state.open
    said = FINE if missed else f"{_named(slip)} {slip.why}" if state.open else ASKS
    look = "bl-told bl-wrong" if missed else "bl-told bl-right" if state.hit else "bl-told"
    words = room(element("p", *_raised(said), class_=look), *(f"{_named(each)} {each.why}" for each in SLIPS))
    right = fragment(title("The right line"), element("div", _typeset(slip.right))) if state.open else ""
    return fragment(words, element("div", right, class_="bl-rightly"))


def _named(slip: Misprint) -> str:
    return slip.title if slip.title.endswith("?") else f"{slip.title}."


def _written(slip: Misprint, value: Value) -> str:
    """A number, a column in brackets, a matrix row by row, or the words that are there in place of one."""
    if isinstance(value, str):
        return value
    values = np.asarray(value, dtype=float)
    if values.ndim == 2:
        return "; ".join(_written(slip, row) for row in values)
    if values.ndim == 1:
        return f"({', '.join(_number(slip, each) for each in values.tolist())})"
    return _number(slip, float(values))


def _in_short(slip: Misprint, value: Value) -> str:
    """The same in a sentence: of a matrix the first row."""
    if not isinstance(value, str) and np.ndim(value) == 2:
        return f"{_written(slip, np.asarray(value)[0])} in its first row"
    return _written(slip, value)


def _number(slip: Misprint, value: float) -> str:
    if value.is_integer():
        return str(int(value)).replace("-", "−")
    return signed(value, _decimals(slip)).removeprefix("+")


def _decimals(slip: Misprint) -> int:
    """Six, or so many that the two numbers differ."""
    one, other = slip.witness.printed, slip.witness.right
    close = isinstance(one, float) and isinstance(other, float) and abs(one - other) < 1e-6
    return 9 if close else 6
