"""Runs a learner's function so that nothing it does can hurt: whatever happens becomes an `Outcome`.

An endless loop is stopped by a budget of traced lines (`sys.settrace`), which works in a kernel's subshell and in
Pyodide, where there are no signals. When the budget is spent the exception is not raised by the trace function, since
Python switches tracing off when a trace function fails and a bare `except` would then loop unseen; it is left for
the thread to find at its next step, again after every line, until the function has ended.

A single call that never comes back from C, such as `sum(itertools.count())` or a very long `time.sleep`, cannot be
stopped; `run_apart` leaves it behind in its thread, where it prints nothing and ends at its next line. Two limits. In
Pyodide, where there are no threads, such a call hangs; nor can an exception be left there for the thread to find:
`sys.monitoring` raises it anew at every line. And nobody watches the memory, nor what reaches past Python, such as
`os._exit`, nor a call that keeps Python's lock for ever.
"""

import ctypes
import dis
import importlib
import importlib.util
import linecache
import sys
import sysconfig
import threading
import time
import traceback
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path
from types import CodeType, FrameType, TracebackType
from typing import Any, Literal

import numpy as np

from backprop_lab.exercises.running import workers
from backprop_lab.exercises.running.streams import captured, share

LINES = 400_000  # a right answer needs some hundreds, and loops over every entry some thousands
SECONDS = 5.0  # for loops whose lines are slow
PAUSE = 0.1  # the longest time that counts of those in which this process did not run
DEPTH = 250  # calls within calls; far below Python's own limit, at which tracing would end too
PYODIDE = sys.platform == "emscripten"
MONITORING: Any = getattr(sys, "monitoring", None)  # from Python 3.12 on; Pyodide has it
TOOL = 4  # our number there: others are a debugger's, a profiler's

_OURS = str(Path(__file__).parents[2])  # the whole package
_NOT_LEARNERS = (_OURS, *sysconfig.get_paths().values())

Ending = Literal["returned", "raised", "endless", "slow", "lost", "too deep"]
Observer = Callable[[FrameType, str, Any], None]


@dataclass(frozen=True)
class Outcome:
    """How a call ended: its value, or the error with its line; how many lines it printed, how many seconds it took."""

    ending: Ending
    value: Any = None
    error: BaseException | None = None
    line: str = ""
    printed: int = 0
    seconds: float = 0.0  # without those for imports

    @property
    def gave_up(self) -> bool:
        """Whether it was stopped, by the budget or by hand, so that nothing is gained by calling it again."""
        return self.ending in ("endless", "slow", "lost", "too deep") or type(self.error) is KeyboardInterrupt


def run(
    function: Callable[..., Any],
    *arguments: Any,
    lines: int = LINES,
    seconds: float = SECONDS,
    observe: Observer | None = None,
) -> Outcome:
    """Call the function and return how that ended; raises nothing, prints nothing, leaves the trace function as it was.

    Parameters
    ----------
    lines, seconds : the budget after which it is stopped
    observe : called with frame, event and argument, as a trace function is, for the learner's own frames
    """
    return _run(_Guard(lines, seconds, observe), function, *arguments)


def run_apart(
    function: Callable[..., Any],
    *arguments: Any,
    lines: int = LINES,
    seconds: float = SECONDS,
    observe: Observer | None = None,
) -> Outcome:
    """The same in a thread of its own, where there are threads: a single call that never comes back is given up."""
    guard = _Guard(lines, seconds, observe, watched=workers.exist())
    if not guard.watched:
        return _run(guard, function, *arguments)
    try:
        outcome, came_back = workers.run_apart(partial(_run, guard, function, *arguments), guard.has_time)
    except KeyboardInterrupt as error:  # while waiting, which is where a notebook's stop button arrives
        guard.abandon()
        return Outcome("raised", error=error)
    if came_back:
        return outcome
    guard.abandon()
    return Outcome("lost", seconds=guard.spent())


def _run(guard: "_Guard", function: Callable[..., Any], *arguments: Any) -> Outcome:
    value, caught, line = None, None, ""
    limit = sys.getrecursionlimit()
    with captured() as sink:
        try:
            with np.errstate(all="ignore"):
                value = guard.watch(function, *arguments)
        except BaseException as error:
            line, caught = (
                _line(sys.exc_info()[2]),
                BaseException.with_traceback(error, None),
            )  # whatever its class says
    if sys.getrecursionlimit() != limit:
        sys.setrecursionlimit(limit)
    ended = partial(Outcome, printed=sink.lines, seconds=guard.spent())
    if guard.ending is not None:
        return ended(guard.ending)
    if caught is not None:
        return ended("raised", error=caught, line=line)
    return ended("returned", value)


def is_learners(kind: type) -> bool:
    """Whether a class was written by the learner."""
    file = getattr(sys.modules.get(kind.__module__), "__file__", None) or ""
    return kind.__module__ == "__main__" or (kind.__module__ != "builtins" and not file.startswith(_NOT_LEARNERS))


class _Stopped(BaseException):
    """Not an `Exception`, so that `except Exception` lets it pass."""


class _Guard:
    """Counts the lines of one call, in its thread and in those it starts, and stops them when the budget is spent.

    Somebody who waits for the call in another thread looks at the clock for it. A process that is starved or stopped
    looks late: of that time no more than a pause counts, unless the process itself has computed for so long.
    """

    def __init__(self, lines: int, seconds: float, observe: Observer | None = None, *, watched: bool = False) -> None:
        self._observe, self.watched = observe, watched
        self.ending: Ending | None = None
        self._left, self._seconds, self._counted, self._depth = lines, seconds, 0.0, 0
        self._looked, self._computed = time.monotonic(), time.process_time()
        self._thread, self._over, self._importing = 0, False, False
        self.started: list[threading.Thread] = []  # by the call; a kernel may start threads of its own meanwhile

    def watch(self, function: Callable[..., Any], *arguments: Any) -> Any:
        self._thread = threading.get_ident()
        self._stop, self._before = _stopper(), sys.gettrace()
        _trace_threads_of(self)
        try:
            sys.settrace(self._trace)
            return function(*arguments)
        finally:
            while not self._over:
                try:
                    if PYODIDE:
                        MONITORING.free_tool_id(TOOL)
                    sys.settrace(self._before)
                    _trace_no_more(self)
                    self._over = True
                except _Stopped:  # the last one left may be found here
                    continue

    def has_time(self) -> bool:
        """Look at the clock: may the call go on? It is given a second more than it has, to stop by itself."""
        self._look()
        return self._counted < self._seconds + 1

    def abandon(self) -> None:
        """Stop the call at its next line, should there ever be one."""
        self._left = -1

    def spent(self) -> float:
        """Seconds since the call began, without those for imports."""
        if self._importing:
            return self._counted
        late = time.monotonic() - self._looked
        if self.watched:
            late = min(late, max(PAUSE, time.process_time() - self._computed))
        return self._counted + late

    def _look(self) -> None:
        self._counted = self.spent()
        self._looked, self._computed = time.monotonic(), time.process_time()

    def _trace(self, frame: FrameType, event: str, argument: object) -> Any:
        if event == "call" and frame.f_code.co_filename.startswith(_OURS):
            return None  # our own lines come to an end; what they call is followed again
        if self._observe and not frame.f_code.co_filename.startswith(_NOT_LEARNERS):
            self._observe(frame, event, argument)
        if event == "call":
            frame.f_trace_opcodes = _jumps_to_itself(frame.f_code)
            self._note_thread(frame)
            self._depth += 1
            if frame.f_code.co_name == "_find_and_load" and frame.f_code.co_filename.startswith("<frozen importlib"):
                self._look()
                self._importing = True
                _import(str(frame.f_locals.get("name")))
                self._look()
                self._importing = False
        elif event == "return":
            self._depth -= 1
        self._left -= 1
        if self._left < 0:
            return self._end("endless", frame)
        if (self._counted if self.watched else self.spent()) > self._seconds:
            return self._end("slow", frame)
        return self._end("too deep", frame) if self._depth > DEPTH else self._trace

    def _end(self, ending: Ending, frame: FrameType | None) -> Any:
        """From now on every line of the call leaves an exception."""
        if PYODIDE and not self.ending:
            _stop_at_every_line()
        self.ending = self.ending or ending
        sys.settrace(self._stop)
        while frame and frame.f_code is not _Guard.watch.__code__:
            frame.f_trace = self._stop
            frame = frame.f_back
        return self._stop

    def _note_thread(self, frame: FrameType) -> None:
        """Remember a thread that the call is about to start."""
        if frame.f_code is threading.Thread.start.__code__:
            self.started.append(frame.f_locals["self"])

    def trace_elsewhere(self, frame: FrameType, event: str, _argument: object) -> Any:
        """The same for a thread that the call started."""
        if event == "call":
            frame.f_trace_opcodes = _jumps_to_itself(frame.f_code)
            self._note_thread(frame)
        self._left -= 1
        if self._over or self._left < 0:
            raise SystemExit  # ends a thread without a word
        share(self._thread, threading.get_ident())
        return self.trace_elsewhere


_watching: list[_Guard] = []
_lock = threading.RLock()
_before_in_threads: list[Any] = []  # the trace function for new threads, as it was, while there are guards


def _trace_threads_of(guard: _Guard) -> None:
    with _lock:
        if not _watching:
            _before_in_threads[:] = [threading.gettrace()]
            threading.settrace(_trace_new_thread)
        _watching.append(guard)


def _trace_no_more(guard: _Guard) -> None:
    with _lock:
        if guard in _watching:
            _watching.remove(guard)
            if not _watching:
                threading.settrace(_before_in_threads[0])


def _trace_new_thread(frame: FrameType, event: str, argument: object) -> Any:
    """The first that a new thread calls: it belongs to the guard whose call has started it, or to nobody here."""
    for guard in list(_watching):
        if any(thread is threading.current_thread() for thread in guard.started):
            sys.settrace(guard.trace_elsewhere)
            return guard.trace_elsewhere(frame, event, argument)
    before = _before_in_threads[0] if _before_in_threads else None
    sys.settrace(before)
    return before(frame, event, argument) if before else None


def _stopper() -> Callable[..., Any]:
    """A trace function that leaves a `_Stopped` for this thread to find; where Python has no way to, it raises it.

    All of it is C: a trace function of Python lines would be the first to find the exception.
    """
    try:
        if PYODIDE:  # where a C function must be called with exactly its own arguments
            return _raise_stopped
        leave = ctypes.pythonapi["PyThreadState_SetAsyncExc"]
    except (AttributeError, OSError):
        return _raise_stopped
    leave.argtypes = [ctypes.c_ulong, *4 * [ctypes.py_object]]  # the last three: frame, event and argument of a trace
    leave.restype = None
    return partial(leave, threading.get_ident(), _Stopped)


def _raise_stopped(*_of_a_trace: object) -> None:
    raise _Stopped


def _stop_at_every_line() -> None:
    """Raise at every line of the learner's: unlike a trace function, what raises here is called again."""
    line, jump = MONITORING.events.LINE, MONITORING.events.JUMP
    MONITORING.use_tool_id(TOOL, __name__)
    for event in (line, jump):
        MONITORING.register_callback(TOOL, event, _raise_in_learners)
    MONITORING.set_events(TOOL, line | jump)


def _raise_in_learners(code: CodeType, *_where: int) -> None:
    if not code.co_filename.startswith(_NOT_LEARNERS):
        raise _Stopped


def _import(name: str) -> None:
    """Import an installed module while nothing is counted, as it is in a trace function."""
    with suppress(BaseException):  # then the learner's own import will fail too
        spec = importlib.util.find_spec(name.partition(".")[0])
        if spec and (spec.origin or "").startswith(_NOT_LEARNERS):
            importlib.import_module(name)


@lru_cache(1024)
def _jumps_to_itself(code: CodeType) -> bool:
    """Whether there is a loop such as `while True: pass`, which Python 3.11 traces by instructions only."""
    steps = dis.get_instructions(code)
    return any(step.opname.startswith("JUMP_BACKWARD") and step.argval == step.offset for step in steps)


def _line(passed: TracebackType | None) -> str:
    """The last line of the learner's own that the error passed through, or nothing."""
    own = [at for at in traceback.extract_tb(passed) if not at.filename.startswith(_NOT_LEARNERS)]
    return (linecache.getline(own[-1].filename, own[-1].lineno or 0) if own else "").strip()
