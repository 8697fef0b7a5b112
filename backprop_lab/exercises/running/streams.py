"""Keeps what a learner's function prints, and its warnings, to its own thread; what other threads print passes."""

import sys
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

_lock = threading.RLock()
_sinks: dict[int, "Sink"] = {}  # by thread
# By the name of the stream; kept for ever, for `print` in another thread may hold one: python/cpython#130163.
_routers: dict[str, "_Router"] = {}
_filters: list[list[Any]] = []  # the warning filters as they were, while there are sinks


class Sink:
    """Swallows what is printed, and counts its lines."""

    lines = 0

    def write(self, text: str) -> int:
        """Take a text."""
        self.lines += text.count("\n")
        return len(text)


class _Router:
    """A stream that gives each thread's text to its sink, or, where there is none, to the stream that was there."""

    def __init__(self, stream: Any) -> None:
        self.stream = stream

    def write(self, text: str) -> int:
        sink = _sinks.get(threading.get_ident())
        return (sink or self.stream).write(text)

    def writelines(self, texts: Any) -> None:
        for text in texts:
            self.write(text)

    def flush(self) -> None:
        if threading.get_ident() not in _sinks:
            self.stream.flush()

    def __getattr__(self, name: str) -> Any:
        return getattr(self.stream, name)


class _Here:
    """Stands in a warning filter where a regular expression does, and matches in threads that have a sink."""

    def match(self, _text: str) -> bool:
        return threading.get_ident() in _sinks


@contextmanager
def captured() -> Iterator[Sink]:
    """In this thread, and here only, nothing is printed and nobody is warned."""
    sink, thread = Sink(), threading.get_ident()
    with _lock:
        _forget_the_dead()
        outer = _sinks.get(thread)
        _install()
        _sinks[thread] = sink
    try:
        yield sink
    finally:
        with _lock:
            _sinks[thread] = outer or sink
            if outer is None:
                del _sinks[thread]
            _restore()


def share(thread: int, other: int) -> None:
    """A thread that a captured one started has the same sink, as long as it lives."""
    with _lock:
        if thread in _sinks:
            _sinks[other] = _sinks[thread]


def _forget_the_dead() -> None:
    for thread in _sinks.keys() - {each.ident for each in threading.enumerate()}:
        del _sinks[thread]


def _install() -> None:
    for name in ("stdout", "stderr"):
        if not isinstance(stream := getattr(sys, name), _Router):
            router = _routers.setdefault(name, _Router(stream))
            router.stream = stream
            setattr(sys, name, router)
    if not _filters:
        _filters.append([each for each in warnings.filters if not isinstance(each[1], _Here)])
        _set_filters([("ignore", _Here(), Warning, None, 0), *_filters[0]])


def _restore() -> None:
    """Undo what the function did to the streams and filters; when the last sink goes, all is as it was."""
    for name, router in _routers.items():
        setattr(sys, name, router if _sinks else router.stream)
    if not _sinks:
        _set_filters(_filters.pop())
    elif [each for each in warnings.filters if not isinstance(each[1], _Here)] != _filters[0]:
        _set_filters([("ignore", _Here(), Warning, None, 0), *_filters[0]])


def _set_filters(filters: list[Any]) -> None:
    warnings.filters[:] = filters  # pyright: ignore[reportIndexIssue] (a list, which is said to be a sequence only)
    getattr(warnings, "_filters_mutated", lambda: None)()
