"""Threads in which learners' functions run, so that a call that never comes back can be given up."""

import queue
import sys
import threading
from collections.abc import Callable
from typing import Any

_idle: list["_Worker"] = []


def exist() -> bool:
    """Whether there are threads at all; in a browser there are none."""
    return sys.platform != "emscripten"


class _Worker:
    """One thread, for one job after another."""

    def __init__(self) -> None:
        self.jobs: queue.SimpleQueue[tuple[Callable[[], Any], queue.SimpleQueue[Any]]] = queue.SimpleQueue()
        threading.Thread(target=self._work, daemon=True, name="checker").start()

    def _work(self) -> None:
        while True:
            job, reply = self.jobs.get()
            reply.put(job())


def run_apart(job: Callable[[], Any], still_waiting: Callable[[], bool], pause: float = 0.05) -> tuple[Any, bool]:
    """What the job gives, and whether it came back; it is left behind when `still_waiting` says so.

    The job must raise nothing.
    """
    try:
        worker = _idle.pop()
    except IndexError:
        worker = _Worker()
    reply: queue.SimpleQueue[Any] = queue.SimpleQueue()
    worker.jobs.put((job, reply))
    while True:
        try:
            value = reply.get(timeout=pause)
        except queue.Empty:
            if not still_waiting():
                return None, False
        else:
            _idle.append(worker)
            return value, True
