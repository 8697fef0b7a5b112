"""JupyterLab as it comes: Run All leaves the solutions folded, windowing too, and its server has our extension."""

from collections.abc import Iterator

import pytest

from .conftest import NOTEBOOKS
from .harness import Browser, Server

LAST = """() => {
  const cells = jupyterapp.shell.currentWidget.content.widgets;
  const at = cells.findIndex(cell => cell.model.sharedModel.source.startsWith('## Solutions'));
  const frame = document.querySelector('.jp-WindowedPanel-outer').getBoundingClientRect();
  const seen = cell => { const box = cell.node.getBoundingClientRect();
    return cell.node.isConnected && box.height > 0 && box.bottom > frame.top && box.top < frame.bottom; };
  const hidden = at < 0 ? [] : cells.slice(at + 1, -1);
  return {folded: at < 0 || cells[at].headingCollapsed, seen: hidden.filter(seen).length,
          active: jupyterapp.shell.currentWidget.content.activeCell.model.sharedModel.source};
}"""


@pytest.fixture(scope="module")
def plain_server(browser: Browser) -> Iterator[Server]:
    with Server(settings={}) as server:
        yield server


# That every notebook ends alike is a rule (tests/notebook_rules.py); here: some solutions, and none.
# Names of their own: the two then share a server and a page (conftest.py).
@pytest.mark.parametrize("name", ["02_forward_pass.ipynb", "12_saturation_and_cost.ipynb"], ids=["some", "none"])
def test_run_all_leaves_the_solutions_folded(plain_server, browser, name):
    with browser.open(plain_server, NOTEBOOKS / name) as page:
        page.page.evaluate("() => { watch.run(); }")
        page.page.wait_for_function("() => watch.ran", timeout=120_000)
        page.page.wait_for_timeout(500)  # JupyterLab scrolls to the active cell when it likes
        found = page.page.evaluate(LAST)
        assert found["active"].startswith("## Next")
        assert (found["folded"], found["seen"]) == (True, 0)


def test_the_server_sends_what_a_kernel_answers_at_once(plain_server):
    assert "backprop_lab.server | extension was successfully loaded" in plain_server.log.read_text("utf-8")
