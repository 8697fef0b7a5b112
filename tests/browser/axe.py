"""Accessibility faults, found by axe-core: its script lies beside this file as npm has it (`npm pack axe-core`)."""

from pathlib import Path

from playwright.sync_api import Page

(SCRIPT,) = Path(__file__).parent.glob("axe-core-*.min.js")
RUN = "within => axe.run(within || document, {resultTypes: ['violations']}).then(found => found.violations)"


def faults(page: Page, within: str = "") -> list[str]:
    """What is wrong in the elements that a selector finds, or in the whole page; one sentence each."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(SCRIPT.read_text("utf-8"))
    found = page.evaluate(RUN, within)
    return [f"{one['id']}: {one['help']}: {node['html'][:200]}" for one in found for node in one["nodes"]]
