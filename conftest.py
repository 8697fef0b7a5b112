"""What holds for the notebooks too: which tests run side by side and on what, and what nbval compares of a picture."""

import gc
import os
import re
from itertools import count
from tempfile import TemporaryDirectory
from typing import Any

import nbval.kernel
from jupyter_client.manager import KernelManager
from nbformat import NotebookNode
from nbval.plugin import IPyNbCell
from saved_pictures import as_run
from xdist.scheduler import LoadScopeScheduling

# Of each worker and of each kernel that it starts: two threads for small matrices are in the other worker's way.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
os.environ.pop("VIRTUAL_ENV", None)  # if another one is active, IPython warns in each kernel that it is not in that

_SOCKETS, _kernels = TemporaryDirectory(prefix="kernels-"), count()


def _kernel_manager(**what: Any) -> KernelManager:
    """Of a kernel that talks through files: a port that was free may be another process's when the kernel opens it."""
    return KernelManager(transport="ipc", connection_file=f"{_SOCKETS.name}/{next(_kernels)}.json", **what)


if os.name == "posix" and len(_SOCKETS.name) < 80:  # a path to a socket has 104 letters at most
    nbval.kernel.KernelManager = _kernel_manager


class SideBySide(LoadScopeScheduling):
    """What shares a kernel, a page or an environment stays with one worker: the cells of a notebook, a browser module.

    So do the checks of backprop and of a step, which look their answers up in large tables. The first worker begins
    with the browser, the others with all else: a server and a page of JupyterLab that one needs are opened once.
    """

    def _split_scope(self, nodeid: str) -> str:
        path, _, test = nodeid.partition("::")
        notebook = re.search(r"\[.*(\d\d_\w+).*\]", test)
        if "tests/browser/" in path:
            return f"{path} {notebook[1] if notebook else ''}"
        if re.search(r"test_(corpus|lines)\.py|test_(checkers|repairer)\.py::.*\[(backprop|training_step)\]", nodeid):
            return "checks of backprop"
        return path if path.endswith(".ipynb") or "tests/graders/" in path else nodeid

    def _assign_work_unit(self, node: Any) -> None:
        first, scopes = node is self.nodes[0], list(self.workqueue)
        scope = next((each for each in scopes if ("tests/browser/" in each) == first), scopes[0])
        self.workqueue.move_to_end(scope, last=False)  # from where the next one is taken
        super()._assign_work_unit(node)


def pytest_xdist_auto_num_workers() -> int:
    """A worker a processor; more than four would each open a JupyterLab for a few tests."""
    there = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return int(os.environ.get("PYTEST_XDIST_AUTO_NUM_WORKERS", min(there, 4)))


def pytest_xdist_make_scheduler(config: Any, log: Any) -> SideBySide:
    """Ours, whatever `--dist` says."""
    return SideBySide(config, log)


def pytest_collection_modifyitems(items: list[Any]) -> None:
    """The markup of a picture is compared, and not the image which is saved in its place."""
    as_run(NotebookNode(cells=[item.cell for item in items if isinstance(item, IPyNbCell)]))


def pytest_collection_finish() -> None:
    """Thousands of tests stay alive to the end: they are looked through for garbage less often."""
    gc.set_threshold(50_000, 20, 100)
