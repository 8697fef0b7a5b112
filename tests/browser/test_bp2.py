"""Notebook 07 in the real JupyterLab: paths chosen by mouse and keyboard show the package's numbers and light up."""

from backprop_lab import cases
from backprop_lab.drawing.markup import signed
from backprop_lab.views.paths import paths
from backprop_lab.views.paths_state import begin, choose, factor_out, flip, on


def shows(stage, state) -> bool:
    """The sentence, and every number of the picture, are those of this state; what is selected is lit."""
    wires = stage.picture.locator("[data-key^=wire-]:has(.bl-halo)")
    lit = {wire.get_attribute("data-key") for wire in wires.all()}
    chosen = state.found if state.chosen is None else [state.found[state.chosen]]
    expected = {f"wire-{key}" for path in chosen for key in path.keys if key.startswith("w")}
    values = [signed(path.value, 6) for path in state.found]
    shown = stage.picture.locator(".bl-share .bl-value").all_inner_texts()
    return stage.text() == paths(state).text and shown[:-1] == values and lit == expected


def test_neurons_paths_targets_and_factors_by_mouse_and_keyboard(lab):
    page = lab("07_bp2_backward.ipynb")
    page.run_all()
    stage, state = page.stage("The paths to the cost"), begin(cases.wide, "a1.0", "wide")
    assert shows(stage, state)
    stage.select("a1.1")
    state = choose(state, "a1.1")
    assert shows(stage, state)
    assert "They quarrel, and nearly cancel." in stage.text()
    page.button("flip the last target").click()
    state = flip(state)
    assert shows(stage, state)
    stage.select_by_keyboard("path.1")
    state = choose(state, "path.1")
    assert shows(stage, state)
    assert stage.selected() == "path.1"

    network = stage.root.page.locator(".bl-live").filter(has=stage.root).locator("select").first
    network.select_option(label="deep")
    page.settled()
    state = on(state, "deep", cases.deep)
    assert shows(stage, state)
    stage.select("a0.0")
    state = choose(state, "a0.0")
    page.button("factor out").click()
    state = factor_out(state)
    assert shows(stage, state)
    stage.select("path.2")
    assert shows(stage, choose(state, "path.2"))
    page.assert_clean()
