"""Finds the learner's first line whose result is no quantity of the right pass, by watching what each line makes.

What a line makes is told apart by its numbers alone, whatever their order, their sign, or a factor 1/m: so loops,
lists, columns, transposes and classes are seen alike. Where a slip was recognized, its own wrong numbers are looked
for; where none was, the numbers that nothing right is made of. In doubt no line is named.
"""

import ast
import linecache
import re
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from functools import lru_cache, partial
from itertools import product
from types import CodeType, FrameType
from typing import Any

import numpy as np

from backprop_lab.activations import Array, sigmoid
from backprop_lab.cases import Case
from backprop_lab.exercises.exercise import EXERCISES, Exercise
from backprop_lab.exercises.known_numbers import (
    Numbers,
    input_numbers,
    of_some_examples,
    right_numbers,
    stages_of,
    wrong_numbers,
)
from backprop_lab.exercises.networks import Trial, trials, watched
from backprop_lab.exercises.recognition import Suspect, agrees, attempt, right_answer, wrong_answer
from backprop_lab.exercises.running.sandbox import Observer, Outcome, is_learners, run_apart

MOST = 20_000  # things made; in longer loops nothing is looked for
_OF_PLAIN = (
    "prediction-rounded",
    "targets-rounded",
    "starts-at-one",
    "not-proportional",
)  # slips that make arrays of 0 and 1
_TURNS = re.compile(r"\breshape\(|\.T\b|transpose|\bNone\b|newaxis")  # what may make a row of a column
_EMPTY = re.compile(r"\bempty(_like)?\(")  # what is in such an array was there before
_NOT_SIGMA = re.compile(r"_?(leaky_?|d_?)?(relu|softmax|tanh|gelu|softplus)(_?(prime|derivative|grad))?", re.IGNORECASE)
_MEASURED = ("coarse-quotient", "nudge-not-taken-back", "quotient-not-halved", "nearly-right")  # what is said then
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


def first_wrong_line(
    exercise: Exercise, f: Callable[..., Any], suspects: Sequence[Suspect] = (), line_of_error: str = "",
    slip: str | None = None,
) -> str | None:  # fmt: skip
    """The line, stripped, or None where it is not clear which.

    Parameters
    ----------
    suspects : the slips that give the learner's answers, if some are known
    line_of_error : where the function failed, if it did; it is taken where no network shows more
    slip : the name of what was said, where the line that makes such numbers is another than the first strange one
    """
    for trial in (*watched(), trials()[-2]):  # the last one for what shows in large numbers only
        watch = Watch()
        observe = in_own_lines(f, watch) if slip == "gradient-elsewhere" else watch
        outcome = followed(f, exercise.inputs(trial), observe)
        if outcome.ending == "returned" and len(watch.made) < MOST:
            if _is_right(exercise, trial, outcome):
                continue
            if (suspects or slip not in _MEASURED) and _is_nudged(watch.made, trial.case):
                return None  # C is measured, and that of other lines than those which do it
            if any(each.found[0].slip.name == "swapped-outputs" for each in suspects):
                return watch.last if _swaps(exercise, watch.last) else None
            if not suspects and slip in _ODD and (odd := _ODD[slip](watch.made, trial.case)):
                return source(odd.file, odd.number)
            made = [
                each for each in watch.made if each.values.size and not _EMPTY.search(source(each.file, each.number))
            ]
            plain = next((each for each in made if _is_plain(each, slip)), None) if slip in _OF_PLAIN else None
            if plain and (line := source(plain.file, plain.number)):
                return line
            some = slip in ("examples-count-differently", "examples-mispaired")
            found = (
                _first(made, EXERCISES[exercise.name], trial, suspects)
                if suspects
                else _strange(made, exercise, trial, outcome, of_some_examples(trial) if some else None)
            )
            return (found and _line_of(found)) or None
    return line_of_error or None


def _is_nudged(made: Sequence[Made], case: Case) -> bool:
    """Whether single numbers of w or of b are moved, and more of them than that of a scratch copy."""
    own = [each.ravel() for some in (case.parameters.w, case.parameters.b) for each in some.values() if each.size > 1]
    alike = ((each.values, old) for each in made for old in own if each.values.shape == old.shape)
    return sum(np.count_nonzero(new != old) == 1 for new, old in alike) > 2


def _line_of(made: Made) -> str:
    """Its line; of a statement of several, that of the part that has its place in what the statement assigns."""
    code = "".join(linecache.getlines(made.file))
    found = (line for place, line in _parts(code, made.number).items() if _leads(place, made.path))
    return source(made.file, next(found, made.number))


def _leads(place: str, path: str) -> bool:
    """Whether a place such as gw, or out[n][1], is the beginning of a path, such as out[2][1]."""
    one, other = _steps(place), _steps(path)
    return one[:1] == other[:1] and one[-1:] == other[len(one) - 1 : len(one)]


def _returns(made: Made) -> bool:
    """Whether it is on a line that returns: from Python 3.12 on a comprehension there has names in its function."""
    return source(made.file, made.number).startswith("return")


def _is_plain(made: Made, slip: str | None) -> bool:
    """A table of 0 and 1; what is rounded has both."""
    some = bool(made.values.any()) if slip == "starts-at-one" else bool(np.ptp(made.values))
    return made.values.size > 1 and some and Numbers.plain(made.values)


def _is_right(exercise: Exercise, trial: Trial, outcome: Outcome) -> bool:
    answer = attempt(lambda: exercise.read(outcome.value))
    return bool(answer) and agrees(answer, right_answer(exercise.name, trial))


def _swaps(exercise: Exercise, line: str) -> bool:
    """Whether a line returns two names in the wrong order, such as nabla_b, nabla_w."""
    first, second = ("z", "a") if exercise.name == "forward" else ("w", "b")
    pair = rf"return \(?({second}\w*|\w*{second}s?), ({first}\w*|\w*{first}s?)\b(?![\[(])"
    return bool(re.match(pair, line, re.IGNORECASE))


def _strange(
    made: list[Made], exercise: Exercise, trial: Trial, outcome: Outcome, others: Numbers | None
) -> Made | None:
    """Where no slip is known; some other numbers are right as well."""
    answer, wanted = attempt(lambda: exercise.read(outcome.value)) or {}, right_answer(exercise.name, trial)
    fine = [name for name, values in answer.items() if name in wanted and _same(values, wanted[name])]
    wrong = [values for name, values in answer.items() if name not in fine]
    ends = Numbers(np.concatenate([np.ravel(answer[name]) for name in fine] or [np.empty(0)]))
    house = EXERCISES[exercise.name]  # whose arrays, in another notation, are the same numbers in another order
    right = right_numbers(house, trial)
    right = right.joined(others.values) if others else right
    return strange(made, wrong, right, input_numbers(house, trial), ends)


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


def makes_activations(exercise: Exercise, f: Callable[..., Any]) -> bool:
    """Whether the right a of every layer are made on the way, and z is put nowhere after the last."""
    watch, trial = Watch(), watched()[0]
    followed(f, exercise.inputs(trial), watch)
    passed, last = trial.case.forward_pass, trial.case.parameters.layers[-1]
    layers = {n: a.ravel() for n, a in passed.a.items() if n}
    made = {n: [at for at, each in enumerate(watch.made) if _alike(each.values, a)] for n, a in layers.items()}
    if not all(made.values()):
        return False
    return not any(_alike(each.values, passed.z[last].ravel()) for each in watch.made[made[last][0] :])


def line_that_differs(f: Callable[..., Any], arguments: Sequence[Sequence[Any]]) -> str | None:
    """The first line that makes another array in one call than in the other; None where they go different ways."""
    watches = [Watch() for _ in arguments]
    for watch, each in zip(watches, arguments, strict=True):
        followed(f, each, watch)
    for one, other in zip(*([each for each in watch.made if each.values.size > 1] for watch in watches), strict=False):
        if one.number != other.number:
            return None
        if not np.array_equal(one.values, other.values, equal_nan=True):
            return source(other.file, other.number) or None
    return None


def source(file: str, number: int) -> str:
    """A line as the learner wrote it, without its indent."""
    line = linecache.getline(file, number).strip()
    return line if re.search(r"\w", line) else ""


def strange(
    made: Sequence[Made], wrong: Sequence[Array], right: Numbers, given: Numbers, ends_well: Numbers | None = None
) -> Made | None:
    """The first thing of no right numbers on the way to an array that is wrong in the end.

    `ends_well` are the right arrays of the answer: that they are made later does not clear what was made before.
    """
    made = [each for each in made if not each.put]
    ends = [at for at, each in enumerate(made) if any(_alike(each.values, values) for values in wrong)]
    made = made[: ends[0] + 1] if ends else made
    done = given.joined(ends_well.values) if ends_well else given
    found = [at for at in (_unknown(made, right, done), _levelled(made, right)) if at is not None]
    made_there = ends and not (made[-1].returned and any(Numbers.plain(each.values) for each in made))
    if not found and made_there and not Numbers.plain(made[-1].values):
        found = [ends[0]]  # made of right numbers all the same, such as those that were cut off
    return made[min(found)] if found else None


def _levelled(made: Sequence[Made], right: Numbers) -> int | None:
    """The first array of right numbers of which some became 0, or one limit, for good.

    Not one that a loop fills, no diagonal, and none that had ones set beside it.
    """
    last = {(each.file, each.number, each.values.size): at for at, each in enumerate(made)}
    for at in sorted(last.values()):
        sizes = np.abs(made[at].values)
        plain = np.unique(sizes[Numbers.are_plain(sizes)])
        level = int((sizes == plain[0]).sum()) if len(plain) == 1 else 0
        left = len(sizes) - level
        beside = level and plain[0] and _is_edged(sizes == plain[0])
        some = level > bool(level and plain[0]) and left > 1 and left**2 != len(sizes)
        if some and not beside and right.contains_all(sizes):
            return at
    return None


def _is_edged(plain: Array) -> bool:
    """Whether a row or a column at an edge of a table is so, and nothing else."""
    at = np.flatnonzero(plain)
    return len(at) > 1 and len(np.unique(np.diff(at))) == 1 and (at[0] == 0 or at[-1] == len(plain) - 1)


def _first(made: list[Made], exercise: Exercise, trial: Trial, suspects: Sequence[Suspect]) -> Made | None:
    right, given = right_numbers(exercise, trial), input_numbers(exercise, trial)
    puts = [each for each in made if each.put]
    made = [each for each in made if not each.put]
    unknown = _unknown(made, right, given)
    for suspect in suspects:
        slips = {found.slip.name for found in suspect.found}
        if slips == {"sign-flipped"}:
            return _negative(made, trial.case) if exercise.name == "quadratic" else _turned(made, trial.case)
        stages = [stage.ravel() for stage in wrong_numbers(exercise, suspect, trial)]
        if not stages:
            return None
        stages = _without_mask(stages, made)
        m = trial.case.x.shape[1]
        start = stages[0] / (m if _holds_share(stages, made, m) else 1)
        if slips == {"transposed-gradient"}:
            tables = [each.ravel() for each in wrong_numbers(exercise, suspect, trial) if min(each.shape) > 1]
            return next((each for each in made if _is_times(each.values, tables, trial.case.x.shape[1])), None)
        if slips & {"examples-lost"} and (lost := _overwritten(made, stages, trial.case.x.shape[1])):
            return lost
        if given.contains_all(stages[0]):  # an input where something else belongs: no line made it, one handed it on
            return _handed_on(made, stages, all(map(given.contains_all, stages)))
        strange = Numbers(np.concatenate([stage * by for stage in stages for by in (1, m, 1 / m)])).without(right)
        first = next((at for at, each in enumerate(made) if strange.contains_any(each.values)), len(made))
        if not strange.contains_any(start):  # right numbers in a wrong place: who put them there last?
            some = Numbers(start)
            same = [np.array_equal(np.sort(each.values), np.sort(start)) for each in made[:first]]
            placed = [at for at in range(first) if same[at] or some.contains_all(made[at].values)]
            placed = [at for at in placed if not made[at].returned] or placed[-1:]
            placed = [] if _is_made_once(start, [made[at] for at in placed], exercise, suspect, trial) else placed
            if slips == {"row-layout"}:
                texts = [source(each.file, each.number) for each in made]
                placed = [
                    at for at, text in enumerate(texts) if _TURNS.search(text) and some.contains_all(made[at].values)
                ][-1:] or placed
            first = placed[-1] if placed else first
            last = [each for each in puts if _same(each.values, start) and not _returns(each)]
            if _is_handed_on(stages[0], exercise, suspect, trial):
                return last[-1] if last else made[first] if first < len(made) else None
            if slips == {"linear-output"} and len(placed) == 1 and last:  # made as z, and put where a belongs
                return last[-1]
        if unknown is not None and unknown < first:
            first = unknown
        usual = stages_of(exercise, {}, trial).values()
        turned = [stage for stage in stages if usual and not any(_alike(stage, each.ravel()) for each in usual)]
        signed = (at for at in range(first) if any(_alike(made[at].values, stage) for stage in turned))
        first = next(signed, first)
        if suspect.changes.keys() & {"batches", "rounds"}:  # what is right, and then moved again
            news = [new.ravel() for new in right_answer(exercise.name, trial).values()]
            done = [at for at, each in enumerate(made[:first]) if any(_same(each.values, new) for new in news)]
            first = done[-1] if done else first
        earlier = _EARLIER[min(slips)](made[: first + 1], trial) if slips <= _EARLIER.keys() else None
        first = first if earlier is None else earlier
        found = made[first] if first < len(made) else None
        return None if found and found.returned and slips == {"last-example-missing"} else found
    return None


def _without_mask(stages: list[Array], made: Sequence[Made]) -> list[Array]:
    """The stages without the first ones of 0 and 1 that no line makes as numbers: they may be of truth values."""
    while len(stages) > 1 and Numbers.plain(stages[0]) and not any(_alike(each.values, stages[0]) for each in made):
        stages = stages[1:]
    return stages


def _holds_share(stages: Sequence[Array], made: Sequence[Made], m: int) -> bool:
    """Whether a learner's δ holds 1/m from the start: what a slip makes is made divided by m, and not as it is."""
    return any(
        any(_alike(each.values, stage / m) for each in made) and not any(_alike(each.values, stage) for each in made)
        for stage in stages
    )


def _ones(made: Sequence[Made], trial: Trial) -> int | None:
    """What makes a table with nothing but the same plain number in it, where the error belongs: a factor, if named."""
    tables = (at for at, each in enumerate(made) if each.values.size == trial.case.y.size)
    a = trial.case.forward_pass.prediction.ravel()
    others = [each for each in made if not _alike(each.values, a)]  # σ itself may have ones in it
    return next((at for at in tables if _is_one_plain(made[at].values) and _is_factor(made[at], others)), None)


def _is_factor(one: Made, later: Sequence[Made]) -> bool:
    """Whether it has no name, or is multiplied by its name later: the ones of 1 − σ(z) are not."""
    name = re.escape(one.path)
    factor = rf"(?<!\w){name}\s*\*(?!\*)|\*\s*{name}(?!\w)|multiply\((.*, ?)?{name} ?[,)]"
    return not one.path or any(re.search(factor, source(each.file, each.number)) for each in later)


def _is_used(one: Made, later: Sequence[Made]) -> bool:
    """Whether it has no name, or its name is on a later line."""
    names = rf"\b{re.escape(one.path.split('[')[0])}\b"
    return not one.path or any(re.search(names, source(each.file, each.number)) for each in later)


def _is_one_plain(values: Array) -> bool:
    return Numbers.plain(values) and bool(values.any()) and not np.ptp(values)


def _other_slopes(made: Sequence[Made], trial: Trial) -> int | None:
    """What makes the slope of the cost of which a − y is δ, where σ′ is not forgotten: (a − y) / (a (1 − a))."""
    a = trial.case.forward_pass.prediction
    slope = np.abs((a - trial.case.y) / (a * (1 - a))).ravel()
    return next((at for at, each in enumerate(made) if _alike(np.abs(each.values), slope)), None)


def _halves(made: Sequence[Made], trial: Trial) -> int | None:
    """What makes 1 − a of a layer, which a learner took for σ′: its numbers are right ones. None if σ′ is made too."""
    layers = [a.ravel() for n, a in trial.case.forward_pass.a.items() if n]
    places = (
        at
        for at in reversed(range(len(made)))
        if any(_same(made[at].values, 1 - a) for a in layers) and _is_used(made[at], made[at + 1 :])
    )
    whole = any(_same(each.values, a * (1 - a)) for each in made for a in layers)
    return None if whole else next(places, None)


def _one_before(made: Sequence[Made], _trial: Trial) -> int | None:
    """What the sum had become since the line that made its first wrong number made it before: σ′, or m, came in."""
    if not made:
        return None
    *before, wrong = made
    sums = [at for at, each in enumerate(before) if each.path == wrong.path and each.values.size == wrong.values.size]
    again = any(made[at].number == wrong.number for at in sums[:-1])
    return sums[-1] if again and made[sums[-1]].number != wrong.number else None


def _shared_out(made: Sequence[Made], trial: Trial) -> int | None:
    """What divides an error, or the δ that is sent back, by m: one more time than that of the output, if that is."""
    case, m = trial.case, trial.case.x.shape[1]
    w, delta = case.parameters.w, case.backward_pass.delta
    last = max(delta)
    hidden = [part for n in w if n < last for part in (delta[n + 1], w[n + 1].T @ delta[n + 1], delta[n])]
    output = [case.forward_pass.prediction - case.y, delta[last]]
    errors = output + hidden
    if any(_same(each.values, delta[last].ravel() / m) for each in made[:-1]):
        errors = hidden
        twice = any(_same(each.values, part.ravel() / m**2) for each in made for part in hidden)
        m = m**2 if twice else m
    shared = [part.ravel() / m for part in errors]
    return next((at for at, each in enumerate(made) if any(_same(each.values, part) for part in shared)), None)


def _pooled(made: Sequence[Made], trial: Trial) -> int | None:
    """What makes a sum or mean over the examples of the δ that is sent back, if its name is used later."""
    deltas = trial.case.backward_pass.delta.values()
    pools = [pool.ravel() for delta in deltas for pool in (delta.sum(axis=1), delta.mean(axis=1))]
    back = [nabla_b.ravel() for nabla_b in trial.case.backward_pass.nabla_b.values()]  # a right one is no slip
    if any(each.path.endswith("]") and any(_same(each.values, one) for one in back) for each in made):
        return None
    places = (at for at, each in enumerate(made) if any(_same(each.values, pool) for pool in pools))
    return next((at for at in places if made[at].path and _is_used(made[at], made[-1:])), None)


_EARLIER: dict[str, Callable[[Sequence[Made], Trial], int | None]] = {  # where the wrong numbers are not the beginning
    "forgot-cost-gradient": _ones,
    "half-of-sigma-prime": _halves,
    "divided-by-m": _shared_out,
    "delta-pooled": _pooled,
    "forgot-sigma-prime": _other_slopes,
    **dict.fromkeys(("sigma-prime-in-the-sum", "divided-in-the-loop"), _one_before),
}


def _is_times(values: Array, tables: Sequence[Array], m: int) -> bool:
    """Whether it is one of these, in their order, or m times one."""
    return any(_same(values, factor * each) for each in tables for factor in (1, m))


def _overwritten(made: Sequence[Made], stages: Sequence[Array], m: int) -> Made | None:
    """Who last wrote what one example gives where a sum over them belongs, if it did not add it."""
    whole = [each for each in made if any(_alike(each.values, m * stage) for stage in stages)]
    return whole[-1] if whole and "+=" not in source(whole[-1].file, whole[-1].number) else None


def _reordered(made: Sequence[Made], case: Case) -> Made | None:
    """Who put the columns of x or y in another order."""
    for each, given in product(made, (case.x, case.y)):
        if each.values.size == given.size and not np.array_equal(each.values, given.ravel()):
            columns = each.values.reshape(given.shape).T.tolist()
            if sorted(columns) == sorted(given.T.tolist()):
                return each
    return None


def _not_multiplied(made: Sequence[Made], case: Case) -> Made | None:
    """Who made what comes back to a layer, where its δ is made nowhere."""
    w, delta = case.parameters.w, case.backward_pass.delta
    lost = [(w[n + 1].T @ delta[n + 1]).ravel() for n in w if n + 1 in w and not _among(delta[n].ravel(), made)]
    return next((each for each in reversed(made) if any(_same(each.values, sent) for sent in lost)), None)


def _among(values: Array, made: Sequence[Made]) -> bool:
    return any(_same(each.values, values) for each in made)


def _of_one_size(made: Sequence[Made], case: Case) -> Made | None:
    """Who made a step, or moved w or b by one, whose numbers are all nearly as large."""
    old = [np.ravel(each) for layers in (case.parameters.w, case.parameters.b) for each in layers.values()]
    for each in made:
        steps = (each.values, *(each.values - own for own in old if own.size == each.values.size))
        sizes = [np.abs(step) for step in steps if step.size > 1]
        many = each.values.size and np.ptp(each.values)  # a table of one number, such as ε, is no step
        if many and any(size.any() and np.ptp(size) < 1e-3 * size.max() for size in sizes):
            return each
    return None


def _turned(made: Sequence[Made], case: Case) -> Made | None:
    return next((each for each in made if _is_turned(each.values, case)), None)


def _negative(made: Sequence[Made], case: Case) -> Made | None:
    """Who made squares, or sums of them, that are below 0."""
    squares = (case.forward_pass.prediction - case.y) ** 2
    some = np.concatenate([squares.ravel(), squares.sum(axis=0), squares.sum(axis=1), squares.sum(keepdims=True)[0]])
    sums = Numbers(np.concatenate([some * by for by in (1.0, 0.5, 1 / case.x.shape[1], 0.5 / case.x.shape[1])]))
    return next((each for each in made if (each.values < 0).all() and sums.contains_all(each.values)), None)


_ODD: dict[str | None, Callable[[Sequence[Made], Case], Made | None]] = {  # what was said, who made that
    "examples-mispaired": _reordered,
    "forgot-sigma-prime": _not_multiplied,
    "divided-by-its-size": _of_one_size,
    "sign-flipped": _turned,
}


def _handed_on(made: Sequence[Made], stages: Sequence[Array], only: bool) -> Made | None:
    """Who took an input for an array of the answer, and nothing else; or who returned it, if only inputs are wrong."""
    for each in made:
        others = [other.values for other in made if (other.file, other.number) == (each.file, each.number)]
        if not each.returned and all(any(_same(values, stage) for stage in stages) for values in others):
            return each
    return made[-1] if only and made and made[-1].returned else None


def _is_turned(values: Array, case: Case) -> bool:
    """Whether all numbers are those of the way back, or of σ′, with the other sign."""
    back, m = case.backward_pass, case.x.shape[1]
    sent = [w[:, :, None] * back.delta[layer][:, None, :] for layer, w in case.parameters.w.items()]
    arrays = [*back.delta.values(), *back.nabla_w.values(), *back.nabla_b.values()]
    slopes = [a * (1 - a) for layer, a in case.forward_pass.a.items() if layer]
    parts = [case.forward_pass.prediction - case.y, *arrays, *slopes, *(np.cumsum(each, axis=0) for each in sent)]
    signed = np.sort(np.concatenate([part.ravel() * factor for part in parts for factor in (1.0, 1 / m, float(m))]))

    def among(numbers: Array) -> Array:
        at = np.clip(np.searchsorted(signed, numbers), 1, len(signed) - 1)
        return np.minimum(abs(signed[at] - numbers), abs(signed[at - 1] - numbers)) <= 1e-9 * np.abs(numbers)

    some = values[values != 0]
    return bool(some.size and among(-some).all()) and not among(some).any()


def _alike(values: Array, others: Array) -> bool:
    """The same numbers, in whatever order."""
    return values.size == others.size and _same(np.sort(values.ravel()), np.sort(others.ravel()))


def _is_handed_on(stage: Array, exercise: Exercise, suspect: Suspect, trial: Trial) -> bool:
    """Whether a quantity of the right pass, z, a or δ, is given as the answer to something else."""
    answer = wrong_answer(exercise.name, suspect, trial) or {}
    given, right = answer.values(), stages_of(exercise, {}, trial).values()
    return all(any(_same(stage, each.ravel()) for each in some) for some in (given, right))


def _is_made_once(start: Array, placed: Sequence[Made], exercise: Exercise, suspect: Suspect, trial: Trial) -> bool:
    """Whether z, a or δ was taken for ∇_a C, and only the line that should makes it: what is wrong is the next one."""
    part = suspect.changes.get("bp1")
    lines = {(each.file, each.number) for each in placed}
    usual = stages_of(exercise, {}, trial).values() if isinstance(part, dict) and "slope" in part else ()
    return len(lines) == 1 and any(_alike(start, each.ravel()) for each in usual)


def _same(values: Array, others: Array) -> bool:
    return values.shape == others.shape and np.allclose(values, others, rtol=1e-9, atol=0)


def _unknown(made: Sequence[Made], right: Numbers, given: Numbers) -> int | None:
    """The first thing with numbers that nothing right is made of, if nothing right is made after it."""
    known = [right.contains_all(each.values) for each in made]
    plain = [Numbers.plain(each.values) for each in made]
    done, last_right = given, -1
    for at, each in enumerate(made):
        if known[at] and not done.contains_all(each.values):
            last_right = at
            done = done.joined(each.values)
    odd = (at for at in range(last_right + 1, len(made)) if not known[at] and not plain[at])
    return next(odd, None)


def _named(variables: Mapping[str, Any]) -> Iterator[tuple[str, Array]]:
    for name, value in list(variables.items()):
        yield from _leaves(name, value, _DEPTH)


def _leaves(path: str, value: Any, depth: int) -> Iterator[tuple[str, Array]]:
    """The arrays and numbers in a value; whole numbers count and index, so they are left out."""
    if isinstance(value, np.ndarray):
        if value.dtype.kind == "f" and value.size <= MOST:
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
