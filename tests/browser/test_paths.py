"""The paths in the real JupyterLab: chosen by mouse and keyboard they show the package's numbers and light up."""

from backprop_lab import cases
from backprop_lab.chain import product
from backprop_lab.drawing.markup import signed
from backprop_lab.drawing.picture import Press, Select, Turn
from backprop_lab.pictures.paths import begin, update, view


def shows(stage, state) -> bool:
    """The sentence, and every number of the rows, are those of this state; what is chosen is lit."""
    wires = stage.picture.locator("[data-key^=wire-]:has(.bl-halo)")
    lit = {wire.get_attribute("data-key") for wire in wires.all()}
    values = [signed(product(path), 6) for path in state.found]
    shown = stage.picture.locator(".bl-path .bl-value").all_inner_texts()
    expected = {f"wire-{key}" for key in state.lit if key.startswith("w")}
    return stage.text() == view(state).text and shown[:-1] == values and lit == expected


def test_neurons_paths_targets_and_factors_by_mouse_and_keyboard(shown):
    page = shown("paths()")
    stage, state = page.stage("The paths to the cost"), begin(cases.wide)
    height = stage.height()
    assert shows(stage, state)
    for event, act in (
        (Select("a1.1"), lambda: stage.select("a1.1")),
        (Press("flip"), lambda: stage.button("flip the last target").click()),
        (Select("path.1"), lambda: stage.select_by_keyboard("path.1")),
        (Turn("w2.1.1", -1.19), lambda: stage.slider("w[2][1, 1]").press("ArrowRight")),
        (Turn("w2.1.1", -0.79), lambda: stage.drag("w2.1.1", 80)),
        (Press("reset"), lambda: stage.button("reset").click()),
        (Turn("network", "deep"), lambda: network(page, stage, "deep")),
        (Select("a0.0"), lambda: stage.select("a0.0")),
        (Press("factor"), lambda: stage.button("factor out").click()),
        (Select("path.2"), lambda: stage.select("path.2")),
    ):
        act()
        state = update(state, event)
        assert shows(stage, state), event
        assert abs(stage.height() - height) <= 1


def network(page, stage, name: str) -> None:
    stage.picture.get_by_label("network").select_option(label=name)
    page.settled()
