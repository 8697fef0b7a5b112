"""Lines that are found by what was said: where whole numbers begin, what counts, what writes to an argument."""

import ast
import inspect
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from types import FrameType
from typing import Any

import numpy as np

from backprop_lab.exercises.exercise import Exercise
from backprop_lab.exercises.known_numbers import Numbers
from backprop_lab.exercises.lines.text import bare, code_of, idle_lines, line_in_loop, line_that_says, own_nodes, parsed
from backprop_lab.exercises.lines.watch import Watch, followed, source
from backprop_lab.exercises.networks import watched
from backprop_lab.exercises.recognition import attempt

_DIVIDED = ("divided-by-n", "m-from-wrong-axis")
_DIVISOR = r"/=?\s*\(?\s*(?:[\d.]+\s*\*\s*)?"  # what may stand before it, as in / (2 * m)
_OF_EXAMPLES = re.compile(r"m|.*(example|sample|batch)", re.IGNORECASE)  # begin the names of their number
_OF_NEURONS = re.compile(r".*(neuron|row|unit)", re.IGNORECASE)
_COUNTS = re.compile(r"\blen\(|\bshape\b|\bsize\b")
_COLUMN, _ROW = r"(?:\[(?:\.\.\.|:|\w+), ?\[?|\.T\[)", r"(?<!shape)\["  # before the number of an example, or of a path
_FIRST = (  # the head of a loop that leaves it out, a slice that does, and itself where it is taken
    r"\bfor (\w+) in range\((?:1,|[^,]+, 0, ?-1\))", r"1:[],]", r"(0\b|: ?1\])",
)  # fmt: skip
_LAST = (r"\b(?:for|while) (\w+) (?:in range\((?:0, ?)?|< )[^,:]+- ?1[):]", r": ?-1[],]", r"-1\b")
_LEFT_OUT = {
    "first-example-missing": (_COLUMN, _FIRST),
    "last-example-missing": (_COLUMN, _LAST),
    "one-example-missing": (_COLUMN, _FIRST, _LAST),
    "first-path-missing": (_ROW, _FIRST),
    "last-path-missing": (_ROW, _LAST),
    "one-neuron-left-out": (_ROW, _FIRST, _LAST),
}
_ROUNDS = (
    r"(?<!:)//|\b(round|rint|floor|ceil)\(|\bint\((?!.*(shape|len|size))|dtype ?= ?int|astype\(int|[<>]=? ?0?\.5\b"
)
_FIRST_EXAMPLE = r"\b(?![wWbB]|d[wWbB]|nabla|grad)[A-Za-z]\w*(\[[^\]]*\])*\[:, ?(0|\[0\]|:1)\]"
_OF_SHAPE = r"(len|zeros_like|ones_like|empty_like)\([^()]*\)|\S+\.(shape|size)\b"  # asks how many there are


def line_by_slip(slip: str | None, exercise: Exercise, f: Callable[..., Any]) -> str | None:
    """The line, for what is said by this name; None where it is to be looked for by its numbers, empty where not."""
    if (line := line_in_loop(f, _is_return)) is not None:
        return line
    kind = (slip or "").removeprefix("weight-").removeprefix("bias-")
    line = _RUNS[kind](exercise, f) if kind in _RUNS else _TEXTS[kind](f) if kind in _TEXTS else None
    return line or _line_that_leaves_out(slip, exercise, f) if slip in _LEFT_OUT else line


def line_of_count(slip: str | None, line: str | None, f: Callable[..., Any]) -> str | None:
    """Where the line that divides by a wrong count was found: that line, or the one that gives the count its name.

    The second if the name says that examples are counted, and nothing else is done with it: rows may be counted for
    something else. None where it is not clear which.
    """
    names = set(re.findall(rf"{_DIVISOR}([a-z_]\w*)\b(?![.(\[])", line or "", re.IGNORECASE))
    if slip == "constant-factor" and len(names) == 1:
        return line_that_says(rf"^{names.pop()} ?= ?\d+$", f, otherwise=line)
    if not line or not (slip or "").endswith(_DIVIDED):
        return line
    code, counts = code_of(f), bool(_COUNTS.search(line))
    if not names:
        return line if counts or re.search(r"\b(mean|average)\(", line) else None
    name = names.pop()
    if names or counts:
        return None
    if _OF_NEURONS.match(name):
        return line
    given = [each for each in code if re.match(rf"{name}(, \w+)? = ", each) and _COUNTS.search(each)]
    used = [re.sub(rf"{_DIVISOR}{name}\b", "", each) for each in code]
    alone = sum(len(re.findall(rf"\b{name}\b", each)) for each in used) == 1
    return given[0] if len(given) == 1 and alone and _OF_EXAMPLES.match(name) else None


def line_that_changes(f: Callable[..., Any], arguments: Sequence[Any], untouched: Callable[[], bool]) -> str | None:
    """The first line after which its arguments are not what they were."""
    open_: dict[int, int] = {}
    found: list[str] = []

    def observe(frame: FrameType, event: str, value: Any) -> None:
        if event != "call" and not found and not untouched():
            found.append(source(frame.f_code.co_filename, open_.get(id(frame), frame.f_lineno)))
        open_[id(frame)] = frame.f_lineno

    followed(f, arguments, observe)
    return (found[0] or None) if found else None


def _line_that_leaves_out(slip: str, exercise: Exercise, f: Callable[..., Any]) -> str:
    """The line with a loop over the examples, or the paths, or with a part of them, that leaves out one at an end.

    Empty if there is none or more than one, or if what it leaves out is taken on another line. Where there are
    several layers, these may be what is cut, and no path is looked for.
    """
    before, *ends = _LEFT_OUT[slip]
    layers = {"w", "b"} & {*exercise.names}
    if layers and before == _ROW:
        return ""
    code = code_of(f)
    text = "\n".join(code)
    found = {line for head, part, _ in ends for line in code
             if _leaves_out(line, text, head, before) or (not layers and re.search(before + part, line))}  # fmt: skip
    taken = any(re.search(before + itself, text) for _, _, itself in ends)
    return found.pop() if len(found) == 1 and not taken else ""


def _leaves_out(line: str, text: str, head: str, before: str) -> bool:
    """Whether it is the head of a loop, and its variable, which no other loop has, counts examples, or paths."""
    for name in re.findall(head, line):
        loops = re.findall(rf"\b(?:for|while) {name}\b", text)
        if len(loops) == 1 and re.search(rf"{before}{name}\b", text):
            return True
    return False


def _line_of_whole_numbers(exercise: Exercise, f: Callable[..., Any]) -> str | None:
    whole = _Whole()
    followed(f, exercise.inputs(watched()[0]), whole)
    return whole.line or line_that_says(_ROUNDS, f)


@dataclass
class _Whole:
    """Notes the first line that makes a table of whole numbers, perhaps within a dict."""

    line: str = ""
    _open: dict[int, int] = field(default_factory=dict)

    def __call__(self, frame: FrameType, event: str, value: Any) -> None:
        """A trace function's arguments, for frames of the learner's."""
        some = [*frame.f_locals.values(), value]
        tables = (each for one in some for each in (one.values() if isinstance(one, dict) else (one,)))
        if not self.line and any(map(_is_whole_table, tables)):
            self.line = source(frame.f_code.co_filename, self._open.get(id(frame), frame.f_lineno))
        self._open[id(frame)] = frame.f_lineno


def _is_whole_table(value: Any) -> bool:
    if not isinstance(value, np.ndarray) or value.ndim != 2 or value.dtype.kind == "b":
        return False
    return value.dtype.kind in "iu" or bool((value == np.round(value)).all() and not Numbers.plain(value))


def _line_that_loses(f: Callable[..., Any]) -> str | None:
    """The line of a loop that loses what is added up there, by setting it to 0, by not adding up, or by its steps."""
    if shown := line_in_loop(f, _is_reset) or _line_that_is_lost(f):
        return shown
    first = [line for line in code_of(f) if re.search(_FIRST_EXAMPLE, re.sub(_OF_SHAPE, "", line))]
    return first[0] if len(first) == 1 else line_that_says(r"^for .*(\[:1\]:|\brange\([^()]*,[^()]*, ?[2-9]\))", f)


def looked_up_late(f: Callable[..., Any], line: str) -> str:
    """The variable of a loop that a function made in the loop, and called after it, looks up on this line; or none."""
    text, own = parsed(f)
    lines = [each.strip() for each in text.splitlines()]
    for loop in ast.walk(own) if own else ():
        heads = [loop] if isinstance(loop, ast.For) else getattr(loop, "generators", [])
        counts = {each.id for head in heads for each in ast.walk(head.target) if isinstance(each, ast.Name)}
        for made in ast.walk(loop) if counts else ():
            if isinstance(made, ast.Lambda | ast.FunctionDef) and not _is_called(made, loop):
                looked_up = counts - {each.arg for each in ast.walk(made) if isinstance(each, ast.arg)}
                names = (each for each in ast.walk(made) if isinstance(each, ast.Name) and each.id in looked_up)
                if late := [each.id for each in names if lines[each.lineno - 1] == line]:
                    return late[0]
    return ""


def _is_called(made: ast.Lambda | ast.FunctionDef, loop: ast.AST) -> bool:
    """Whether a function is called in the loop in which it is made, under a name, where it stands, or by another."""
    every = [*ast.walk(loop)]
    given = [each.func for each in every if isinstance(each, ast.Call)
             and made in (*each.args, *(word.value for word in each.keywords))]  # fmt: skip
    if any(not re.search(r"\.(append|insert|appendleft|setdefault)$", ast.unparse(each)) for each in given):
        return True
    names = {ast.unparse(each.targets[0]) for each in every if isinstance(each, ast.Assign) and each.value is made}
    names.add(getattr(made, "name", ast.unparse(made)))
    return any(isinstance(each, ast.Call) and ast.unparse(each.func).strip("()") in names for each in every)


def _is_return(at: int, loop: ast.For, _own: ast.FunctionDef) -> bool:
    """Whether it ends the loop the first time."""
    jumps = (each for line in loop.body[:at] for each in own_nodes(line))
    return isinstance(loop.body[at], ast.Return) and not any(isinstance(each, ast.Continue) for each in jumps)


def _is_reset(at: int, loop: ast.For, own: ast.FunctionDef) -> bool:
    """Whether it gives a name one number, or zeros, the rest of the loop only adds to that, and it is used after it."""
    match loop.body[at]:
        case ast.Assign(targets=[ast.Name(id=name)], value=value) if _starts_a_sum(value):
            rest = [each for line in loop.body[at + 1 :] for each in ast.walk(line)]
            sums = [each.target for each in rest if isinstance(each, ast.AugAssign)]
            added = {id(each) for sum_ in sums for each in ast.walk(sum_) if isinstance(each, ast.Name)}
            uses = [each for each in own_nodes(own) if isinstance(each, ast.Name) and each.id == name]
            reads = [each for each in uses if isinstance(each.ctx, ast.Load) and id(each) not in added]
            after = [each.lineno > (loop.end_lineno or 0) for each in reads]
            return any(id(each) in added for each in uses) and bool(after) and all(after)
    return False


def _line_that_is_lost(f: Callable[..., Any]) -> str | None:
    """The first line that writes over what was 0 before a loop each time round, where that is used after it only."""
    text, own = parsed(f)
    every = list(own_nodes(own)) if own else []
    loops = [each for each in every if isinstance(each, ast.For)]
    puts = [each for each in every if isinstance(each, ast.Assign) and len(each.targets) == 1]
    lost = (put for put in puts for loop in loops if put in ast.walk(loop) and _is_lost(put, loop, every))
    idle = idle_lines(f)
    found = (text.splitlines()[each.lineno - 1].strip() for each in lost)
    return next((line for line in found if bare(line) not in idle), None)


def _is_lost(put: ast.Assign, loop: ast.For, every: list[ast.AST]) -> bool:
    target = put.targets[0]
    names = [each for each in ast.walk(target) if isinstance(each, ast.Name)]
    base = next((each for each in names if ast.unparse(target).startswith(each.id)), None)
    counts = {each.id for each in ast.walk(loop.target) if isinstance(each, ast.Name)}
    counted = isinstance(put.value, ast.Name) and put.value.id in counts
    if base is None or counted or _starts_a_sum(put.value) or counts & {each.id for each in names}:
        return False
    uses = [each for each in every if isinstance(each, ast.Name) and each.id == base.id]
    inside = [each for each in uses if loop.lineno <= each.lineno <= (loop.end_lineno or 0)]
    assigned = [each for each in every if isinstance(each, ast.Assign) and ast.unparse(each.targets[0]) == base.id]
    begun = any(_starts_a_sum(each.value) and each.lineno < loop.lineno for each in assigned)
    return begun and inside == [base] and any(each.lineno > (loop.end_lineno or 0) for each in uses)


def _is_begun_anew(at: int, loop: ast.For, _own: ast.FunctionDef) -> bool:
    """Whether it gives what the rest of the loop moves the same beginning each time round."""
    match loop.body[at]:
        case ast.Assign(targets=[target], value=value):
            rest = (each for line in loop.body if line is not loop.body[at] for each in ast.walk(line))
            moved = {each.id for each in rest if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store)}
            begun, from_ = (
                {each.id for each in ast.walk(one) if isinstance(each, ast.Name)} for one in (target, value)
            )
            return bool(begun and from_) and begun <= moved and not from_ & (moved | begun)
    return False


def _starts_a_sum(value: ast.expr) -> bool:
    return isinstance(value, ast.Constant) or "zeros" in ast.unparse(value)


def _line_that_starts_high(f: Callable[..., Any]) -> str | None:
    """The only line that begins with a number, or with ones, what more than a count is added to later."""
    code = [re.sub(r"\+=? ?([\d.e-]+|\w+\.shape\[\d\]|len\(\w+\))$", "+ 1", line) for line in code_of(f)]
    starts = [(line, re.match(r"(\w+) ?= ?((?!0\.?0*$)[\d.e-]+$|.*\bones(_like)?\()", line)) for line in code]
    added = r"{0}(\[.*\])? ?(\+=|= ?{0}\b.*\+)"
    counts = r"\b{0} ?(\+ 1$|= ?{0} ?\+ ?1$)|while .*\b{0}\b|\[{0}\b"
    found = [
        line
        for line, name in starts
        if name
        and any(re.match(added.format(name[1]), each) for each in code)
        and not any(re.search(counts.format(name[1]), each) for each in code)
    ]
    return found[0] if len(found) == 1 else None


def _line_that_stops_early(f: Callable[..., Any]) -> str | None:
    """The head of the only loop that goes back to the second layer, if nothing is put under a lower number in it."""
    lower = any(
        re.search(r"- ?1\](\[.*\])? ?=(?!=)|\.(insert|append\w*|update|setdefault)\(", line) for line in code_of(f)
    )
    return None if lower else line_that_says(r"\bfor \w+ in .*\brange\(.*(, ?1, ?-1\)|\b2, .*\)\))", f)


def _line_of_last_index(f: Callable[..., Any]) -> str | None:
    """The first line of a loop that takes an entry by the variable of a loop that has ended."""
    return line_in_loop(f, _is_of_ended_loop)


def _is_of_ended_loop(at: int, loop: ast.For, own: ast.FunctionDef) -> bool:
    alike = (
        each for each in own_nodes(own) if isinstance(each, ast.For) and ast.dump(each.iter) == ast.dump(loop.iter)
    )
    ended = (each for each in alike if (each.end_lineno or 0) < loop.lineno)
    names = {each.id for other in ended for each in ast.walk(other.target) if isinstance(each, ast.Name)}
    bound = (each for each in own_nodes(loop) if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store))
    names -= {each.id for each in bound}
    taken = (each.slice for each in ast.walk(loop.body[at]) if isinstance(each, ast.Subscript))
    return any(isinstance(each, ast.Name) and each.id in names for place in taken for each in ast.walk(place))


def _line_of_quotient(exercise: Exercise, f: Callable[..., Any]) -> str | None:
    """Where single numbers of w or b are nudged: what divides a two-sided difference by one nudge; empty if unclear."""
    watch, trial = Watch(), watched()[0]
    followed(f, exercise.inputs(trial), watch)
    own = [np.ravel(each) for some in (trial.case.parameters.w, trial.case.parameters.b) for each in some.values()]
    off = (each.values - old for each in watch.made for old in own if each.values.shape == old.shape)
    sides = {float(np.sign(each.sum())) for each in off if np.count_nonzero(each) == 1}
    if not sides:
        return None
    if len(sides) == 1:
        return ""
    line = line_that_says(r"\(.+ ?- ?.+\) ?/ ?([a-z_]+|[\d.e-]+)$", f, "")
    divisor = re.search(r"([a-z_]+)$", line or "")
    two = divisor and any(re.match(rf"{divisor[1]} ?= ?.*(\b2\b|\+)", each) for each in code_of(f))  # d = 2 * h
    return "" if two else line


def _line_that_sets_rate(f: Callable[..., Any]) -> str | None:
    """The only line that gives the learning rate, the last argument, another number."""
    names = attempt(lambda: [*inspect.signature(f).parameters]) or ["$^"]
    return line_that_says(rf"^{names[-1]} ?= ?[\d.e-]+$", f)


def _line_that_overwrites(f: Callable[..., Any]) -> str | None:
    """The line of an innermost loop that puts something else into the same place each time round."""
    return line_in_loop(f, _is_overwriting)


def _is_overwriting(at: int, loop: ast.For, _own: ast.FunctionDef) -> bool:
    match loop.body[at]:
        case ast.Assign(targets=[ast.Subscript() as target], value=value):
            counts = {each.id for each in ast.walk(loop.target) if isinstance(each, ast.Name)}
            of_place, of_value = ({*re.findall(r"\w+", ast.unparse(each))} for each in (target, value))
            inner = any(isinstance(each, ast.For) for line in loop.body for each in ast.walk(line))
            adds = ast.unparse(target) in ast.unparse(value)
            product = any(isinstance(each, ast.Mult | ast.MatMult) for each in ast.walk(value))
            return product and counts <= of_value and not (inner or adds or counts & of_place)
    return False


def _line_of_last_layer(f: Callable[..., Any]) -> str | None:
    """The head of the only loop that there is, if it ends one before the last layer and nothing else is done."""
    every = list(own_nodes(own)) if (own := parsed(f)[1]) else []
    loops = [each for each in every if isinstance(each, ast.For | ast.comprehension)]
    puts = [each for each in every if isinstance(each, ast.Subscript) and isinstance(each.ctx, ast.Store)]
    elsewhere = [put for put in puts if not any(put in ast.walk(loop) for loop in loops)]
    other = any(isinstance(each, ast.If | ast.IfExp | ast.While) for each in every) or elsewhere
    found = [line for line in code_of(f) if _TO_THE_LAST.search(line)]
    return found[0] if len(found) == len(loops) == 1 and not other else None


def _line_that_writes_a_to_z(exercise: Exercise, f: Callable[..., Any]) -> str | None:
    """The first line that puts the numbers of a under the name that is returned as z."""
    watch, trial = Watch(), watched()[0]
    followed(f, exercise.inputs(trial), watch)
    name = re.match(r"return \(?(?:dict\(enumerate\()?(\w+)", watch.last)
    a = trial.case.forward_pass.a[1].ravel()
    under = rf"{name[1]}\b" if name else "$^"
    made = (each for each in watch.made if re.match(under, each.path) and each.values.shape == a.shape)
    return next((source(each.file, each.number) for each in made if np.allclose(each.values, a)), None)


def _line_that_counts_layers(f: Callable[..., Any]) -> str | None:
    """The only line that counts layers from 0; of the head of a loop, if something is put under its count."""
    line = line_that_says(r"^return\b.*\benumerate\(\w+\)|^for .* enumerate\((?!.*, ?(start ?= ?)?1\))", f)
    count = re.match(r"for (\w+), .* in enumerate", line or "")
    puts = count and rf"\[{count[1]}\] ?(=|,.* = )(?!=)|\{{{count[1]}:|setdefault\({count[1]}"
    return line if not puts or re.search(puts, "\n".join(code_of(f))) else None


def _line_of_one_output(f: Callable[..., Any]) -> str:
    """The only line that takes the largest, the first or the last of an argument's rows; empty if there are more."""
    names = "|".join(attempt(lambda: [*inspect.signature(f).parameters]) or ["$^"])
    taken = re.compile(rf"\bmax\(.*\b({names})\b|(?<!shape)\[(0|-1)[\],]")
    found = [line for line in code_of(f) if taken.search(re.sub(_OF_SHAPE, "", line))]
    found = [line for line in found if not re.match(r"\w+ ?= ?.*\b(shape|len)\b", line)]
    return found[0] if len(found) == 1 else ""


_TO_THE_LAST = re.compile(
    r"\bfor \w+ in (reversed\()?range\((1, ?)?(len\(\w+\)|L|last|max\(\w+\))(\)| ?- ?1, ?0, ?-1\))"
)
_SIGNS = {  # of what only one line says
    "several-steps": r"^for _\w* in range\(\d+\):$",
    "rows-are-one-list": r"\[ ?\[.*\] ?\*[^\]]+\] ?\*",  # [[0] * m] * n
    "entries-not-moved": r"^if .*:$",
    "entries-differ": r"^if .*:$|\bwhere\(|\[[^\]]*[<>=]=?[^\]]*\] ?=",
    "zeros": r"\d ?// ?\d",
    "one-neuron-left-out": r"\[(0|-1)(, ?:)?\] ?\*?= ?0(\.0*)?$",
    "inputs-reshaped": r"(?<!\bb)\.(reshape|flatten|ravel|resize)\(|np\.(reshape|resize|ravel)\((?!b\b)",
    "biases-repeated": r"\b(resize|tile|repeat|reshape)\(",
}
_ONLY_SIGNS = {  # of what nothing else shows
    "one-dict-for-both": r"^\w+ ?= ?\w+ ?= ?([{\[]|\w*dict)|^(\w*b ?= ?\w*w|\w*w ?= ?\w*b)$|^return (\w+), \3$",
    "layers-from-the-end": r"^return\b.*\b(enumerate|zip|range)\(",
    "step-not-taken": r"^if .*:$",
    "quotient-not-halved": r"\(.+ ?- ?.+\) ?/ ?(h|eps|epsilon)\b(?! ?[/*])",
}
_TEXTS: dict[str, Callable[[Callable[..., Any]], str | None]] = {  # of what the text shows otherwise
    **{slip: partial(line_that_says, sign) for slip, sign in _SIGNS.items()},
    **{slip: partial(line_that_says, sign, otherwise="") for slip, sign in _ONLY_SIGNS.items()},
    "layers-from-zero": _line_that_counts_layers,
    "looked-up-late": lambda f: "",  # its line is in the message
    **dict.fromkeys(("starts-at-one", "not-zero"), _line_that_starts_high),
    **dict.fromkeys(("examples-lost", "single-example-only"), _line_that_loses),
    "output-layer-frozen": _line_of_last_layer,
    "examples-mispaired": _line_of_last_index,
    "forgot-learning-rate": _line_that_sets_rate,
    "last-path-only": _line_that_overwrites,
    "first-gradient-zero": _line_that_stops_early,
    "starts-anew": lambda f: line_in_loop(f, _is_begun_anew),
    "one-output-only": lambda f: _line_that_is_lost(f) or _line_of_one_output(f),
    "single-output-only": lambda f: _line_that_is_lost(f) or ("" if len(code_of(f)) > 1 else None),
}
_RUNS: dict[str, Callable[[Exercise, Callable[..., Any]], str | None]] = {  # of what it takes a call to see
    "whole-numbers": _line_of_whole_numbers,
    "z-overwritten": _line_that_writes_a_to_z,
    **dict.fromkeys(("doubled", "halved"), _line_of_quotient),
}
