"""Which tests run side by side, in two workers; here, so that it holds for the notebooks too."""

import re
from typing import Any

from xdist.scheduler import LoadScopeScheduling


class SideBySide(LoadScopeScheduling):
    """What shares a kernel or a page stays with one worker: the cells of a notebook, the tests of a browser module."""

    def _split_scope(self, nodeid: str) -> str:
        path, _, test = nodeid.partition("::")
        notebook = re.search(r"\[.*(\d\d_\w+).*\]", test)
        if "tests/browser/" in path:
            return f"{path} {notebook[1] if notebook else ''}"
        return path if path.endswith(".ipynb") else nodeid


def pytest_xdist_make_scheduler(config: Any, log: Any) -> SideBySide:
    """Ours, whatever `--dist` says."""
    return SideBySide(config, log)
