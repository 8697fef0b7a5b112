"""Watches a learner's function: what each of its lines makes, told apart by its numbers."""

import ast
import linecache
import re
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from functools import lru_cache, partial
from types import CodeType, FrameType
from typing import Any

import numpy as np

from backprop_lab.activations import Array, sigmoid
from backprop_lab.exercises.exercise import EXERCISES
from backprop_lab.exercises.lines.text import idle_lines
from backprop_lab.exercises.recognition import agrees, attempt
from backprop_lab.exercises.running.sandbox import Observer, Outcome, is_learners, run_apart

MOST = 20_000  # things made; in longer loops nothing is looked for
_NOT_SIGMA = re.compile(
    r"_?(leaky_?|d_?)?(relu2?|softmax|tanh|gelu|softplus)(_?(prime|deriv(ative)?|grad))?", re.IGNORECASE
)
_DEPTH = 3  # of lists in dicts in objects


@dataclass(frozen=True)
class Made:
    """One thing that a line made: its numbers, and whether a function handed it back, or it was put somewhere only."""

    file: str
    number: int
    values: Array
    returned: bool = False
    put: bool = False  # into a list or dict, where it was made before
    path: str = ""  # under which name, such as gw[1]; none if a function handed it back


@dataclass
class _Open:
    """A call that has not returned yet: what it was given, what its variables held last, where it stands."""

    start: int  # how many things had been made before
    number: int
    given: list[Array]
    seen: dict[str, bytes]
    arguments: tuple[Any, ...] = ()  # as they were, if they may be those of an exercise


@dataclass
class Watch:
    """Notes what is new in the variables of each of the learner's frames, line by line."""

    made: list[Made] = field(default_factory=list)
    last: str = ""  # the line that returned last
    _open: dict[int, _Open] = field(default_factory=dict)
    _makers: dict[bytes, int] = field(default_factory=dict)  # which frame made these numbers first

    def __call__(self, frame: FrameType, event: str, value: Any) -> None:
        """A trace function's arguments, for frames of the learner's."""
        if frame.f_code.co_filename == "<string>":
            return  # a namedtuple, or a dataclass, that puts what it is given into its parts
        if event == "call":
            given = list(_named(frame.f_locals))
            seen = {path: array.tobytes() for path, array in given}
            arguments = _arguments(frame) if self._open else ()
            self._open[id(frame)] = _Open(
                len(self.made), frame.f_lineno, [array for _, array in given], seen, arguments
            )
        elif (call := self._open.get(id(frame))) and len(self.made) < MOST:
            self._note(frame, call)
            call.number = frame.f_lineno
            if event == "return":
                self.last = source(frame.f_code.co_filename, frame.f_lineno)
                self._return(frame, call, value)

    def _note(self, frame: FrameType, call: _Open) -> None:
        for path, array in _named(frame.f_locals):
            if call.seen.get(path) != (content := array.tobytes()):
                call.seen[path] = content
                if array.size == 1 and float(array[0]) in _written(frame.f_code):
                    continue  # a number that is written in the code: what is done with it is on another line
                put = path[-1] == "]" and content in self._makers
                self._add(frame, Made(*self._blamed(frame, call.number), array, put=put, path=path))

    def _blamed(self, frame: FrameType, number: int) -> tuple[str, int]:
        """The file and line of what happens there; of a function whose name says that it is not σ, its caller's."""
        while _NOT_SIGMA.fullmatch(frame.f_code.co_name) and (caller := frame.f_back) and id(caller) in self._open:
            frame, number = caller, caller.f_lineno
        return frame.f_code.co_filename, number

    def _add(self, frame: FrameType, made: Made) -> None:
        """What another frame made is handed on only."""
        if self._makers.setdefault(made.values.tobytes(), id(frame)) == id(frame):
            self.made.append(made)

    def _return(self, frame: FrameType, call: _Open, value: Any) -> None:
        del self._open[id(frame)]
        leaves = [*_leaves("", value, _DEPTH)]
        values = [array for _, array in leaves]
        known = bool(self._open) and len(values) == 1 and any(_is_known(values[0], given) for given in call.given)
        if known or _did_an_exercise(call.arguments, value):
            for each in self.made[call.start :]:  # the function is right; if what it got is not, its caller is wrong
                self._makers.pop(each.values.tobytes(), None)
            del self.made[call.start :]
            return
        comprehension = frame.f_code.co_name.startswith("<") and frame.f_code.co_name != "<lambda>"
        file, number = frame.f_code.co_filename, frame.f_lineno
        parts = _parts("".join(linecache.getlines(file)), number) if isinstance(value, tuple | list) else {}
        for path, array in leaves:
            at = parts.get("".join(_steps(path)[:1]), number)
            self._add(frame, Made(*self._blamed(frame, at), array, not comprehension))


def _steps(path: str) -> list[str]:
    """A path in its steps: out, [2], .w."""
    return re.findall(r"\[[^\]]*\]|\.?\w+", path)


@lru_cache(100)
def _parts(code: str, number: int) -> dict[str, int]:
    """On which line each part stands of a tuple, list, dict or record that is returned or assigned by a statement.

    By what leads there, {"[0]": 3, "[1]": 4}, or {"gw": 3, "gb": 4}. From Python 3.12 on a comprehension is a piece of
    its function, and says nothing of its own line.
    """
    tree = attempt(partial(ast.parse, code)) or ast.Module([], [])
    for node in ast.walk(tree):
        if isinstance(node, ast.Return | ast.Assign) and node.lineno == number:
            target = ast.unparse(node.targets[0]) if isinstance(node, ast.Assign) else ""
            match node.value:
                case ast.Tuple(elts=parts) | ast.List(elts=parts):
                    names = re.findall(r"(\w+)(?:\[[^\]]*\])*", target) if "," in target else []
                    places = names if len(names) == len(parts) else [f"{target}[{at}]" for at in range(len(parts))]
                case ast.Dict(values=parts):
                    places = [f"{target}[{each and ast.unparse(each)}]" for each in node.value.keys]
                case ast.Call(func=ast.Name(id=name), args=args, keywords=named) if name[:1].isupper():  # a record
                    parts = [*args, *(each.value for each in named)]
                    places = [f"{target}[{at}]" for at in range(len(parts))]
                case _:
                    return {}
            return {place: part.lineno for place, part in zip(places, parts, strict=True)}
    return {}


@lru_cache(100)
def _written(code: CodeType) -> frozenset[float]:
    """The numbers that are written in a function, also in a row such as 0.9, 1e-8."""
    some = (each if isinstance(each, tuple) else (each,) for each in code.co_consts)
    return frozenset(float(each) for row in some for each in row if isinstance(each, int | float))


def _arguments(frame: FrameType) -> tuple[Any, ...]:
    """A copy of what a function was called with, if it takes dicts of all layers, and arrays and numbers only."""
    code = frame.f_code
    given = [frame.f_locals.get(name) for name in code.co_varnames[: code.co_argcount]]
    plain = all(isinstance(each, dict | np.ndarray | float | int) for each in given)
    copied = attempt(partial(deepcopy, tuple(given))) if plain and any(isinstance(each, dict) for each in given) else ()
    return copied or ()


def _did_an_exercise(arguments: tuple[Any, ...], value: Any) -> bool:
    """Whether what a helper gave is what an exercise asks for, with the arguments that the helper had."""
    for exercise in EXERCISES.values() if arguments else ():
        if len(exercise.names) == len(arguments):
            made = attempt(partial(exercise.read, value))
            right = attempt(lambda exercise=exercise: exercise.read(exercise.right(*arguments)))
            if made and right and agrees(made, right):
                return True
    return False


def _is_known(values: Array, given: Array) -> bool:
    """Whether a function gave σ or σ′ of what it was given, or σ′ from σ."""
    if values.shape != given.shape:
        return False
    with np.errstate(all="ignore"):
        return any(
            np.allclose(values, each, rtol=1e-9, atol=0)
            for each in (sigmoid(given), sigmoid.prime(given), given * (1 - given))
        )


def in_own_lines(f: Callable[..., Any], observe: Observer) -> Observer:
    """The same for what happens in this function only, not in those that it calls."""
    own = getattr(f, "__code__", None)

    def if_own(frame: FrameType, event: str, value: Any) -> None:
        if own is None or frame.f_code is own:
            observe(frame, event, value)

    return if_own


def followed(f: Callable[..., Any], arguments: Sequence[Any], observe: Observer) -> Outcome:
    """Call a function that has answered before, only to see its lines: a small budget will do."""
    return run_apart(f, *arguments, observe=observe, lines=200_000, seconds=2.0)


def line_that_differs(f: Callable[..., Any], arguments: Sequence[Sequence[Any]]) -> str | None:
    """The first line that makes another array in one call than in the other; None where they go different ways."""
    watches = [Watch() for _ in arguments]
    for watch, each in zip(watches, arguments, strict=True):
        followed(f, each, watch)
    idle = idle_lines(f)
    some = ([each for each in watch.made if each.values.size > 1 or each.path[-1:] == "]"] for watch in watches)
    some = ([each for each in made if source(each.file, each.number) not in idle] for made in some)
    for one, other in zip(*some, strict=False):
        if one.number != other.number:
            return None
        if not np.array_equal(one.values, other.values, equal_nan=True):
            return source(other.file, other.number) or None
    return None


def line_of(made: Made) -> str:
    """Its line; of a statement of several, that of the part that has its place in what the statement assigns."""
    code = "".join(linecache.getlines(made.file))
    found = (line for place, line in _parts(code, made.number).items() if _leads(place, made.path))
    return source(made.file, next(found, made.number))


def _leads(place: str, path: str) -> bool:
    """Whether a place such as gw, or out[n][1], is the beginning of a path, such as out[2][1]."""
    one, other = _steps(place), _steps(path)
    return one[:1] == other[:1] and one[-1:] == other[len(one) - 1 : len(one)]


def returns(made: Made) -> bool:
    """Whether it is on a line that returns: from Python 3.12 on a comprehension there has names in its function."""
    return source(made.file, made.number).startswith("return")


def source(file: str, number: int) -> str:
    """A line as the learner wrote it, without its indent."""
    line = linecache.getline(file, number).strip()
    return line if re.search(r"\w", line) else ""


def _named(variables: Mapping[str, Any]) -> Iterator[tuple[str, Array]]:
    for name, value in list(variables.items()):
        yield from _leaves(name, value, _DEPTH)


def _leaves(path: str, value: Any, depth: int) -> Iterator[tuple[str, Array]]:
    """The arrays and numbers in a value; whole numbers count and index, and are left out, but for tables of 0 and 1."""
    if isinstance(value, np.ndarray):
        mask = value.ndim == 2 and value.dtype.kind in "iub" and bool(np.isin(value, (0, 1)).all())
        if (mask or value.dtype.kind == "f") and value.size <= MOST:
            yield path, value.astype(np.float64).ravel()
    elif isinstance(value, float | np.floating):
        yield path, np.array([float(value)])
    elif depth and isinstance(value, dict):
        for key, inner in list(value.items()):
            yield from _leaves(f"{path}[{key!r:.20}]", inner, depth - 1)
    elif depth and isinstance(value, list | tuple | deque):
        for key, inner in enumerate(value):
            yield from _leaves(f"{path}[{key}]", inner, depth - 1)
    elif depth and is_learners(type(value)):
        for key, inner in list(getattr(value, "__dict__", {}).items()):
            yield from _leaves(f"{path}.{key}", inner, depth - 1)
