"""What holds for the notebooks too: which tests run side by side, and what nbval compares of a picture."""

import re
from typing import Any

from nbformat import NotebookNode
from nbval.plugin import IPyNbCell
from saved_pictures import as_run
from xdist.scheduler import LoadScopeScheduling


class SideBySide(LoadScopeScheduling):
    """What shares a kernel or a page stays with one worker: the cells of a notebook, the tests of a browser module.

    So do the checks of backprop and of a step, which look their answers up in large tables.
    """

    def _split_scope(self, nodeid: str) -> str:
        path, _, test = nodeid.partition("::")
        notebook = re.search(r"\[.*(\d\d_\w+).*\]", test)
        if "tests/browser/" in path:
            return f"{path} {notebook[1] if notebook else ''}"
        if re.search(r"test_(corpus|lines)\.py|test_(checkers|repairer)\.py::.*\[(backprop|training_step)\]", nodeid):
            return "checks of backprop"
        return path if path.endswith(".ipynb") else nodeid


def pytest_xdist_make_scheduler(config: Any, log: Any) -> SideBySide:
    """Ours, whatever `--dist` says."""
    return SideBySide(config, log)


def pytest_collection_modifyitems(items: list[Any]) -> None:
    """The markup of a picture is compared, and not the image which is saved in its place."""
    as_run(NotebookNode(cells=[item.cell for item in items if isinstance(item, IPyNbCell)]))
