"""One JupyterLab and one Chromium for all browser tests; a kernel for each notebook, in a page that is free."""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

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


@pytest.fixture
def shown(lab: Callable[..., Lab], write_notebook: Callable[..., Path]) -> Iterator[Callable[[str], Lab]]:
    """`shown("neuron()")`: a page with this widget, `live` in its kernel; clean and accessible at the end."""
    pages = []

    def show(call: str) -> Lab:
        pages.append(lab(write_notebook(f"from backprop_lab import cases, widgets\n\nlive = widgets.{call}\nlive")))
        pages[-1].run_all()
        return pages[-1]

    yield show
    for page in pages:
        page.assert_clean()
        assert page.axe() == []
