"""JupyterLite as tools/build_site.py --lite lays it out: a notebook runs to its end with no other host to ask."""

from collections.abc import Iterator
from typing import Any

import build_site
import pytest
from playwright.sync_api import Page, Route

from backprop_lab import cases, widgets

from .harness import Browser
from .site import SECONDS, Site

SITE = build_site.ROOT / "dist" / "site"
CELLS = "jupyterapp.shell.currentWidget.content.widgets.filter(cell => cell.model.type === 'code')"
ENDED = f"() => {CELLS}.every(cell => !cell.model.sharedModel.source || cell.model.executionCount)"
FAILED = f"() => {CELLS}.flatMap(cell => cell.model.outputs.toJSON()).filter(output => output.output_type === 'error')"
SCROLL = """() => { const notebook = jupyterapp.shell.currentWidget.content;
  const sources = notebook.widgets.map(cell => cell.model.sharedModel.source);
  notebook.scrollToItem(sources.findIndex(source => source.startsWith('widgets.explorer('))); }"""
KERNEL = "() => window.jupyterapp?.shell.currentWidget?.sessionContext?.session?.kernel?.status"

pytestmark = pytest.mark.skipif(
    not (SITE / "lite").exists(), reason="JupyterLite has not been built: python tools/build_site.py --lite does it"
)


@pytest.fixture(scope="module")
def shown(browser: Browser) -> Iterator[Site]:
    with Site(browser.playwright, SITE.parent, "site") as shown:
        yield shown


def exposed(route: Route) -> None:
    """The page's settings, with what lets a test ask for its cells."""
    answer = route.fetch()
    config: dict[str, Any] = answer.json()
    config["jupyter-config-data"]["exposeAppInBrowser"] = "true"
    route.fulfill(response=answer, json=config)


def run(shown: Site, name: str) -> Page:
    """A notebook, run to its end without an error."""
    page = shown.open("index.html").page
    page.context.route("**/lite/jupyter-lite.json*", exposed)
    page.goto(page.url.replace("index.html", f"lite/notebooks/index.html?path={name}.ipynb"))
    page.wait_for_function(f"{KERNEL} === 'idle'", timeout=1000 * SECONDS)
    assert not page.evaluate("() => jupyterapp.shell.currentWidget.context.model.dirty")  # as it came
    page.evaluate("() => jupyterapp.commands.execute('notebook:clear-all-cell-outputs')")
    page.evaluate("() => { jupyterapp.commands.execute('notebook:run-all-cells'); }")
    page.wait_for_function(ENDED, timeout=2000 * SECONDS)
    assert page.evaluate(FAILED) == []
    return page


@pytest.fixture(autouse=True)
def clean(shown: Site) -> Iterator[None]:
    yield
    assert [error for error in shown.errors if "favicon" not in error] == []


def test_a_notebook_runs_to_its_end_and_a_picture_moves(shown):
    page = run(shown, "00_start_here")
    live = widgets.explorer(cases.running)
    page.evaluate(SCROLL)  # JupyterLab draws what is near
    stage = page.locator(".bl-stage", has=page.locator(".bl-explorer")).first
    weight = stage.locator("input[data-turn='w1.2.1']")
    weight.press("ArrowRight")
    live.turn("w1.2.1", float(weight.input_value()))
    stage.locator(".bl-stage-text", has_text=live.text).wait_for()
    page.context.close()


def test_exercises_are_checked_there_too(shown):
    run(shown, "10_algorithm").context.close()
