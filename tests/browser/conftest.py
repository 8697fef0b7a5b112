"""One JupyterLab and one Chromium for all browser tests; a kernel for each notebook, in a page that is free."""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from .harness import Browser, Error, Lab, Server, missing

NOTEBOOKS = Path(__file__).parents[2] / "notebooks"


# "package", not "session": while Playwright runs, its event loop is the thread's, and nbval and IPython need their own.
@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    with ExitStack() as running:
        try:
            browser = running.enter_context(Browser(keep=True))
        except Error as error:
            (pytest.fail if "CI" in os.environ else pytest.skip)(missing(error))
        yield browser


@pytest.fixture(scope="package")
def server(browser: Browser) -> Iterator[Server]:
    with Server() as server:
        yield server


def page_of(name: str) -> Callable[..., Iterator[Lab]]:
    """A fixture for a module: this notebook, opened and run once for all of its tests, and clean at the end."""

    @pytest.fixture(scope="module")
    def page(server: Server, browser: Browser) -> Iterator[Lab]:
        with browser.open(server, NOTEBOOKS / name) as page:
            page.run_all()
            yield page
            page.assert_clean()

    return page


@pytest.fixture
def lab(server: Server, browser: Browser) -> Iterator[Callable[..., Lab]]:
    """`lab("00_start_here.ipynb")`, or the path of any notebook: opened, not yet run, closed after the test."""
    with ExitStack() as pages:
        yield lambda name, **look: pages.enter_context(browser.open(server, NOTEBOOKS / name, **look))


@pytest.fixture(scope="package")
def sheet(server: Server, browser: Browser, write_notebook: Callable[..., Path]) -> Iterator[Lab]:
    """One notebook whose cells are written anew by one test after the other."""
    with browser.open(server, write_notebook("")) as page:
        yield page


@pytest.fixture
def cells(sheet: Lab) -> Iterator[Callable[..., Lab]]:
    """`cells("1 + 1", theme="dark")`: a page with these cells, which have run; clean and accessible at the end."""

    def write(*sources: str, **look: Any) -> Lab:
        sheet.become(*sources, **look)
        return sheet

    yield write
    sheet.assert_clean()
    assert sheet.axe() == []


@pytest.fixture
def shown(cells: Callable[..., Lab]) -> Callable[..., Lab]:
    """`shown("neuron()")`: a page with this widget, `live` in its kernel; clean and accessible at the end."""

    def show(call: str, **look: Any) -> Lab:
        return cells(f"from backprop_lab import cases, derivations, widgets\n\nlive = widgets.{call}\nlive", **look)

    return show
