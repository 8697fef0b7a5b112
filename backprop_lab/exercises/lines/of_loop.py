"""Finds the line of a training loop that is wrong: by its numbers where its steps are, by its mini-batches elsewhere.

Where all examples are in one mini-batch, or are all alike, every number of every right step is known, whatever their
order is. Where they are cut into mini-batches, the columns that each line picks are watched; so it is seen too where a
single step leaves some of them out. In doubt no line is named.
"""

import ast
import inspect
import linecache
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate, pairwise, takewhile
from types import FrameType
from typing import Any

import numpy as np

from backprop_lab.cases import Case
from backprop_lab.exercises.exercise import EXERCISES
from backprop_lab.exercises.known_numbers import Numbers, right_numbers
from backprop_lab.exercises.lines.by_numbers import strange
from backprop_lab.exercises.lines.text import bare, code_of, line_that_says, parsed
from backprop_lab.exercises.lines.watch import MOST, Watch, followed, in_own_lines, source
from backprop_lab.exercises.networks import Trial
from backprop_lab.exercises.recognition import attempt
from backprop_lab.exercises.slips.loop import Run, cuts, gradient, moved
from backprop_lab.parameters import Parameters

ROWS = r"\blen\([xy]\)|\b[xy]\.shape\[0\]|^\w+, ?\w+ = [xy]\.shape$"  # what counts the rows of x or y
ARRAYS = r"\blen\(\w+\)"  # or the arrays of a pair
_WHOLE = re.compile(r"(for .* in (enumerate\()?range\((0, )?[^-/(]*, \w+\)\)?|while \w+ < [\w.\[\]]+):")
_SEEDED = re.compile(r"\b(default_rng|RandomState|Random|seed)\(\w*=?seed\b")
_UNSEEDED = r"\b(default_rng|RandomState|Random)\(\)"
_DRAWS = r"\b(permutation|permuted|shuffle|choices?|sample|randint|randrange|integers)\("
_REPEATS = r"^(?!.*replace ?= ?False).*\b(choices?|randint|randrange|integers)\("
_OF_LISTS = r"(?<!np\.)(?<!numpy\.)\brandom\.shuffle\("
SIGNS = {  # what is on the wrong line, and on no other
    "weights-not-kept": r"^(?!return\b|print\b)[a-z_]\w*\(w, ?b\b",
    "batches-not-used": r"\(w, ?b, ?x, ?y\b",
    "last-batch-filled-up": r"\bwrap\b| % |\bresize\(",
    "update-in-wrong-loop": r"^w, ?b ?= (?!.*(\bdict\(|copy)|\w+$)",
}
_LOOP = re.compile(r"\s*(for|while)\b")
Arguments = Callable[[Run], tuple[Any, ...]]  # what the loop is called with


def line_of_batches(f: Callable[..., Any], arguments: Arguments, run: Run) -> str | None:
    """The line that picks the first wrong mini-batch, or the loop that ends too early; empty where it is not clear.

    None where all mini-batches are right, or where it is not seen how they are picked. `run` has some of two sizes.
    """
    watch = _Columns(run.x)
    outcome = followed(f, arguments(run), watch)
    if outcome.ending != "returned":
        return None
    found = (_first(_grown(picked), run) for picked in (watch.places, watch.blocks))
    return next((each for each in found if each is not None), None)


def line_that_strides(f: Callable[..., Any], arguments: Arguments, run: Run) -> str | None:
    """The head of the loop whose mini-batches have their size, but begin in wrong places; or what picks them."""
    watch = _Columns(run.x, handed=True)
    followed(f, arguments(run), watch)
    first, second, *_ = (*(watch.places or watch.blocks)[:2], None, None)
    heads = _heads(second) if first and second and len(first.columns) == run.batch_size else []
    if second and len(heads) > 1 and "range" in heads[0]:
        return heads[0] if _strides(heads[0], _text(second), _names_of_size(f, arguments, run)) else None
    if heads and (counted := re.match(r"while (\w+) <", heads[0])):
        return line_that_says(rf"^{counted[1]} ?(\+=|= ?{counted[1]} ?\+)(?! *[a-z_]\w*$)", f)
    return line_of_batches(f, arguments, run) or None


def _strides(head: str, picking: str, right: set[str]) -> bool:
    """Whether the `range` in a head has a wrong step, so that what picks mini-batches need not be wrong.

    It has if the step is computed, or a number; or if mini-batches begin where it says, and it has not a right name.
    """
    tree = attempt(lambda: ast.parse(head)) or attempt(lambda: ast.parse(f"{head}\n    pass")) or ast.Module([], [])
    ranges = (node for node in ast.walk(tree) if isinstance(node, ast.Call) and ast.unparse(node.func) == "range")
    steps = [each.args[2] for each in ranges if len(each.args) > 2]
    if any(isinstance(step, ast.Constant) or "BinOp" in ast.dump(step) for step in steps):
        return True
    begins = (counted := re.match(r"for (\w+) in range\(", head)) and re.search(rf"[\[,] ?{counted[1]} ?:", picking)
    return bool(begins) and all(isinstance(step, ast.Name) and step.id not in right for step in steps)


def _names_of_size(f: Callable[..., Any], arguments: Arguments, run: Run) -> set[str]:
    """The learner's variables that are batch_size."""
    names = set[str]()

    def observe(frame: FrameType, event: str, value: Any) -> None:
        del event, value
        names.update(name for name, each in frame.f_locals.items() if type(each) is int and each == run.batch_size)

    followed(f, arguments(run), in_own_lines(f, observe))
    return names


def line_that_leaves_out(f: Callable[..., Any], arguments: tuple[Any, ...], x: np.ndarray) -> str | None:
    """The first line that picks some of the examples, where the others are picked nowhere."""
    watch = _Columns(x)
    followed(f, arguments, watch)
    picked = watch.places or watch.blocks
    left_out = picked and len({column for each in picked for column in each.columns}) < x.shape[1]
    return _text(picked[0]) or None if left_out else None


def line_of_empty_batch(f: Callable[..., Any], arguments: Arguments, run: Run) -> str | None:
    """The head of the loop in which a mini-batch of no examples is cut, or the line that cuts it; None if none is."""
    open_: dict[int, int] = {}
    found: list[_Picked] = []

    def observe(frame: FrameType, event: str, value: Any) -> None:
        del value
        arrays = (each for each in frame.f_locals.values() if isinstance(each, np.ndarray))
        some = any(each.shape in ((len(run.x), 0), (0,)) for each in arrays)
        if event != "call" and some and not found:
            found.append(_Picked(frame.f_code.co_filename, open_.get(id(frame), frame.f_lineno), ()))
        open_[id(frame)] = frame.f_lineno

    followed(f, arguments(run), in_own_lines(f, observe))
    heads = _heads(found[0]) if found else []
    return (heads[0] if len(heads) > 1 and "range" in heads[0] else _text(found[0])) if found else None


def line_that_shuffles_once(f: Callable[..., Any], arguments: Arguments, run: Run) -> str | None:
    """The line of the loop's own function that first has all examples in another order, if no loop is around it.

    If one is, the line in it that makes a generator of the seed.
    """
    watch = _Columns(run.x, whole=True)
    followed(f, arguments(run), in_own_lines(f, watch))
    picked = watch.places or watch.blocks
    if not picked:
        return None
    if not (heads := _heads(picked[0])):
        return _text(picked[0]) or None
    before = (source(picked[0].file, number) for number in range(picked[0].number, 0, -1))
    return next((line for line in takewhile(heads[-1].__ne__, before) if _SEEDED.search(line)), None)


def line_that_draws(f: Callable[..., Any], arguments: Arguments, run: Run) -> str | None:
    """The only line that may draw one example twice; or Python's own shuffle, which does so with rows of an array."""
    del arguments, run
    return line_that_says(_REPEATS, f) or line_that_says(_OF_LISTS, f)


def line_without_seed(f: Callable[..., Any], arguments: Arguments, run: Run) -> str | None:
    """The only line that makes a generator without a seed, or draws from the one of all."""
    del arguments, run
    if any(re.search(r"\bseed\(", line) for line in code_of(f)):
        return line_that_says(_UNSEEDED, f)
    return line_that_says(rf"{_UNSEEDED}|(?<![\w.])((np|numpy)\.)?random\.{_DRAWS}", f)


def line_that_breaks(f: Callable[..., Any], arguments: Arguments, run: Run) -> str | None:
    """The condition of the only `break`."""
    del arguments, run
    code = code_of(f)
    found = [before for before, line in pairwise(code) if line == "break"]
    return found[0] if len(found) == 1 and found[0].startswith("if ") else None


def line_that_breaks_off(f: Callable[..., Any], arguments: Arguments, run: Run) -> str | None:
    """The only `break`, if it ends a loop the first time round; or the line that cuts from a number to the size."""
    names = attempt(lambda: [*inspect.signature(f).parameters]) or []
    size = names[-2] if len(names) > 1 else "$^"
    del arguments, run
    tree = parsed(f)[1] or ast.Module([], [])
    breaks = [each for each in ast.walk(tree) if isinstance(each, ast.Break)]
    bodies = [each.body for each in ast.walk(tree) if isinstance(each, ast.For | ast.While)]
    if len(breaks) == 1 and any(breaks[0] in body for body in bodies):
        return "break"
    return None if breaks else line_that_says(rf"\w\[(:, ?)?[a-z]\w* ?: ?{size}\]", f)


def line_that_tears_apart(f: Callable[..., Any], arguments: Arguments, run: Run) -> str | None:
    """The first line after which x and y, moved as often as each other, are in different orders; or that moves x alone.

    None where they have the same orders all the time: the mini-batches may be cut from something else; and where y is
    not moved, but its mini-batches have an order of their own.
    """
    x, y, parts = _Columns(run.x, whole=True), _Columns(run.y, whole=True), _Columns(run.y)

    def observe(frame: FrameType, event: str, value: Any) -> None:
        before = len(x.blocks)
        for watch in (x, y, parts):
            watch(frame, event, value)
        if len(x.blocks) == len(y.blocks) and not torn and x.blocks and x.blocks[-1].columns != y.blocks[-1].columns:
            torn.append((x if len(x.blocks) > before else y).blocks[-1])

    torn: list[_Picked] = []
    followed(f, arguments(run), in_own_lines(f, observe))
    if y.blocks or all((np.diff(each.columns) == 1).all() for each in parts.blocks):
        torn += x.blocks[len(y.blocks) :]
    return (_text(torn[0]) or None) if torn else None


def line_that_changes_rate(f: Callable[..., Any], arguments: Arguments, run: Run) -> str | None:
    """The first line with the learning rate that gives a variable another number than it had."""
    name = attempt(lambda: list(inspect.signature(f).parameters)[4]) or "$^"
    numbers, lines, last = dict[str, float](), list[str](), 0

    def observe(frame: FrameType, event: str, value: Any) -> None:
        nonlocal last
        del value
        now = {of: each for of, each in frame.f_locals.items() if isinstance(each, float)}
        if event != "call" and any(numbers.get(of, each) != each for of, each in now.items()):
            lines.append(source(frame.f_code.co_filename, last))
        numbers.update(now)
        last = frame.f_lineno

    at_once = replace(run, batch_size=run.examples, epochs=3)  # else the sizes of mini-batches are other numbers too
    followed(f, arguments(at_once), in_own_lines(f, observe))
    return next((line for line in lines if re.search(rf"\b{name}\b", line)), None)


def line_that_shuffles_rows(f: Callable[..., Any], arguments: Arguments, run: Run) -> str | None:
    """The first line that has the rows of x in another order."""
    watch, rows = Watch(), sorted(run.x.tolist())
    followed(f, arguments(run), in_own_lines(f, watch))
    for each in watch.made:
        if each.values.size == run.x.size and not np.array_equal(each.values, run.x.ravel()):
            tables = (each.values.reshape(run.x.shape), each.values.reshape(run.x.T.shape).T)
            if any(sorted(table.tolist()) == rows for table in tables):
                return source(each.file, each.number) or None
    return None


def line_that_returns(f: Callable[..., Any], arguments: Arguments, run: Run) -> str | None:
    """The line that returns, if it stands in a loop."""
    lines: list[_Picked] = []

    def observe(frame: FrameType, event: str, value: Any) -> None:
        if event == "return":
            lines.append(_Picked(frame.f_code.co_filename, frame.f_lineno, ()))

    followed(f, arguments(run), in_own_lines(f, observe))
    return (_text(lines[-1]) or None) if lines and _heads(lines[-1]) else None


def line_of_one_epoch(f: Callable[..., Any], arguments: Arguments, run: Run) -> str | None:
    """The line that returns, if it stands in a loop; or the only one that makes a generator: one epoch uses it up."""
    return line_that_returns(f, arguments, run) or line_that_says(r"^\w+ ?= ?\(.*\bfor\b.*\)$", f)


def line_of_outer_loop(f: Callable[..., Any], arguments: Arguments, run: Run) -> str | None:
    """The head of the outermost loop around the line that picks the first mini-batch."""
    watch = _Columns(run.x)
    followed(f, arguments(run), in_own_lines(f, watch))
    picked = watch.places or watch.blocks
    return (_heads(picked[0]) or [None])[-1] if picked else None


def line_that_ends_early(f: Callable[..., Any], arguments: Arguments, run: Run) -> str | None:
    """The head of the loop in which the first mini-batches are picked, or their line if it holds the whole loop.

    None if all examples are picked there, so that some are lost later; if there is one loop only, that of epochs; and
    if the loop goes to the end, but something in it does not.
    """
    watch = _Columns(run.x, handed=True)
    followed(f, arguments(run), watch)
    picked, seen = watch.places or watch.blocks, set[int]()
    for each in picked:
        if _text(each) != _text(picked[0]) or seen & {*each.columns}:
            break
        seen |= {*each.columns}
    if not picked or len(seen) == run.examples:
        return None
    own, heads = _text(picked[0]), _heads(picked[0])
    if re.search(r"\S for \w", own.split("#")[0]):
        return own
    return heads[0] if len(heads) > 1 and heads[0] != own and not _WHOLE.match(heads[0]) else None


def line_that_counts(what: str, f: Callable[..., Any], arguments: Arguments, run: Run) -> str | None:
    """The line that counts this, if there is one only, and a loop around the picking of mini-batches hangs on it.

    None too where arrays are transposed: it is not known what their rows are.
    """
    watch, one = _Columns(run.x, handed=True), replace(run, batch_size=1)  # where few rows fill no mini-batch of more
    followed(f, arguments(one), watch)
    code = code_of(f)
    picked = (*watch.places, *watch.blocks)
    heads = {bare(head) for each in picked for head in _heads(each)} & {*code}
    names = {*re.findall(r"\w+", " ".join(heads))}
    for line in reversed(code):
        if (given := re.match(r"(\w+)(?:, \w+)* = (.*)", line)) and given[1] in names:
            names |= {*re.findall(r"\w+", given[2])}
    found = [line for line in code if re.search(what, line)]
    if len(found) != 1 or re.search(r"\.T\b|transpose", " ".join(code)):
        return None
    return found[0] if found[0] in heads or found[0].split(" ")[0].rstrip(",") in names else None


def line_of_steps(
    f: Callable[..., Any], arguments: Arguments, run: Run, right: Numbers, weights: Numbers
) -> str | None:
    """The first line of the loop that makes other numbers than the right ones, in a run whose order does not matter.

    That w, or b, is right after a step does not clear what was made before: `weights` are these.

    What functions make that the loop calls is seen where it takes their results: which of both is wrong is not known.
    """
    watch = Watch()
    outcome = followed(f, arguments(run), in_own_lines(f, watch))
    ends = attempt(lambda: [np.ravel(values) for each in outcome.value for values in each.values()])
    if not ends or len(watch.made) >= MOST:
        return None
    wrong = [each for each in ends if not right.contains_all(each)]
    some = [each for each in watch.made if each.values.size]
    made = [each for each in some if each.values.size > 1 or not right.contains_all(each.values)]  # how far w has moved
    found = strange(made, wrong, right, _given(run), weights) if wrong else None
    return (source(found.file, found.number) or None) if found else None


def numbers_of_steps(run: Run) -> tuple[Numbers, Numbers]:
    """Those of every right step where the order does not matter: one mini-batch, or examples alike; and the weights."""
    every, ends, weights, stored = [], [], (run.w, run.b), range(run.examples)
    for some in cuts(run) * run.epochs:
        w, b = weights
        case = Case(Parameters(dict(w), dict(b)), run.x[:, some], run.y[:, some])
        every.append(right_numbers(EXERCISES["training_step"], Trial(case, run.learning_rate)).values)
        weights = moved(run, weights, [gradient(run, weights, (stored, stored), some)])
        ends += [np.ravel(values) for each in weights for values in each.values()]
    return Numbers(np.concatenate(every)), Numbers(np.concatenate(ends))


def _given(run: Run) -> Numbers:
    some = (run.x, run.y, *run.w.values(), *run.b.values(), run.learning_rate)
    return Numbers(np.concatenate([np.ravel(each) for each in some]))


@dataclass(frozen=True)
class _Picked:
    """Columns that a line picked."""

    file: str
    number: int
    columns: tuple[int, ...]


@dataclass
class _Columns:
    """Notes which examples the learner's variables hold, line by line: as places, or as columns of x.

    Some of them; or, if `whole`, all of them in another order than x has. If `handed`, also those that a function gets
    where its caller gives them no name: that is the caller's line.
    """

    x: np.ndarray
    whole: bool = False
    handed: bool = False
    places: list[_Picked] = field(default_factory=list)
    blocks: list[_Picked] = field(default_factory=list)
    _open: dict[int, tuple[int, dict[str, tuple[int, ...]]]] = field(default_factory=dict)
    _ordered: bool = False  # whether there has been an order of all, of which a list can be a part

    def __call__(self, frame: FrameType, event: str, value: Any) -> None:
        """A trace function's arguments, for frames of the learner's."""
        del value
        number, seen = self._open.get(id(frame), (frame.f_lineno, {}))
        at = frame.f_back if event == "call" and self.handed and id(frame.f_back) in self._open else None
        for name, each in list(frame.f_locals.items()):
            for path, columns, notes in self._of(name, each, 2):
                if (before := seen.get(path)) != columns:
                    moved = before is not None and "[" in path and columns in seen.values()  # what is left of a list
                    seen[path] = columns
                    if moved:
                        continue
                    if (event != "call" or at) and (not notes or notes[-1].columns != columns):
                        notes.append(_Picked((at or frame).f_code.co_filename, at.f_lineno if at else number, columns))
        self._open[id(frame)] = (frame.f_lineno, seen)
        if event == "return":
            del self._open[id(frame)]

    def _counts(self, examples: int) -> bool:
        return examples == self.x.shape[1] if self.whole else 0 < examples < self.x.shape[1]

    def _is_another(self, columns: tuple[int, ...]) -> bool:
        every = tuple(range(self.x.shape[1]))
        return not self.whole or (columns != every and tuple(sorted(columns)) == every)

    def _of(self, path: str, value: Any, depth: int) -> Iterator[tuple[str, tuple[int, ...], list[_Picked]]]:
        m = self.x.shape[1]
        if isinstance(value, np.ndarray) and value.dtype.kind in "iu" and value.ndim == 1:
            columns = tuple(map(int, value))
            self._ordered |= sorted(columns) == [*range(m)]
            if self._counts(len(columns)) and min(columns) >= 0 and max(columns) < m and self._is_another(columns):
                yield path, columns, self.places
        elif isinstance(value, np.ndarray) and value.ndim == 2 and len(self.x) in value.shape:
            value = value if len(value) == len(self.x) else value.T  # perhaps an example a row
            if not self._counts(value.shape[1]):
                return
            same = (value[:, :, None] == self.x[:, None, :]).all(axis=0)
            columns = tuple(map(int, same.argmax(axis=1)))
            if (same.sum(axis=1) == 1).all() and self._is_another(columns):
                yield path, columns, self.blocks
        elif isinstance(value, list | tuple) and len(value) <= m:
            if value and all(type(each) is int for each in value):
                for _, columns, notes in self._of(path, np.array(value), depth):
                    yield path, columns, notes if self._ordered else []  # else numbers of neurons, perhaps
            elif depth:
                for at, each in enumerate(value):
                    yield from self._of(f"{path}[{at}]", each, depth - 1)


def _grown(picked: Sequence[_Picked]) -> list[_Picked]:
    """Mini-batches to which one example after another is added when they are whole; no examples that are held apart."""
    pairs = zip(picked, [*picked[1:], None], strict=False)
    whole = [one for one, two in pairs if not two or two.columns[:-1] != one.columns]
    singles = (pair for pair in pairwise(whole) if all(len(each.columns) == 1 for each in pair))
    apart = {one.number for one, two in singles if one.number == two.number}
    return [each for each in whole if len(each.columns) > 1 or each.number not in apart]


def _first(picked: Sequence[_Picked], run: Run) -> str | None:
    """The line; empty where the mini-batches are wrong, but it is not clear which line makes them so."""
    wanted = [some.stop - some.start for some in cuts(run)]
    ends = {0, *accumulate(wanted * run.epochs)}
    used: list[int] = []
    for each in picked:
        if len(used) == run.examples * run.epochs:
            return _loop_of(each, outer=True)  # one more epoch
        now = used[len(used) // run.examples * run.examples :]  # in this epoch
        if {*each.columns} & {*now}:
            last_is_missing = len(now) == sum(wanted[:-1]) and len(each.columns) in wanted
            return _loop_of(each) if last_is_missing else _begins_elsewhere(each) or _text(each)
        used += each.columns
        if len(used) not in ends or len(each.columns) not in wanted or len({*each.columns}) < len(each.columns):
            return _begins_elsewhere(each) or _text(each)
    if not used or len(used) == run.examples * run.epochs:
        return None
    return _loop_of(picked[-1], outer=len(used) % run.examples == 0)


def _begins_elsewhere(picked: _Picked) -> str | None:
    """The head of the loop around a line that cuts from where it is said there, if that begins late, or has no step."""
    cut, head = re.search(r"\[(?::, ?)?(\w+) ?: ?\1 ?\+ ?\w+\]", _text(picked)), (_heads(picked) or [""])[0]
    return head if cut and re.match(rf"for {cut[1]} in range\(((?!0,)[^,()]+,|[^,]+(,[^,]+)?\):)", head) else None


def _text(picked: _Picked) -> str:
    return source(picked.file, picked.number)


def _heads(picked: _Picked) -> list[str]:
    """The heads of the loops around a line, the innermost first."""
    own = linecache.getline(picked.file, picked.number)
    indent, heads = _indent(own) + bool(_LOOP.match(own)), []
    for number in range(picked.number, 0, -1):
        line = linecache.getline(picked.file, number)
        if line.strip() and _indent(line) < indent:
            indent = _indent(line)
            heads += [line.strip()] if _LOOP.match(line) else []
            if re.match(r"\s*(def|class)\b", line):
                break
    return heads


def _loop_of(picked: _Picked, *, outer: bool = False) -> str:
    """The head of the loop around a line, or of the loop around that, if that may be why it ends too early."""
    heads = _heads(picked)
    found = (heads[-1:] if outer else heads[:1]) or [""]
    return "" if re.search(r"range\((0, [^-/]*, \w+|epochs)\)", found[0]) else found[0]


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())
