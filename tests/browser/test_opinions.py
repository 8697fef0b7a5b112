"""Opinions in the real JupyterLab: bars run for less than a second, only when asked, and stop; nothing jumps."""

from backprop_lab import cases
from backprop_lab.drawing.picture import Press, Select, Turn
from backprop_lab.pictures import opinions, transpose

RUNNING = """() => document.getAnimations().filter(each => each.animationName?.startsWith('bl-'))
  .map(each => each.effect.getComputedTiming().endTime)"""
LABEL = "The opinions of the next layer"


def test_opinions_run_back_in_less_than_a_second_and_stop_when_told(shown):
    page = shown("opinions(cases.wide, neuron='a1.1')")
    stage, state = page.stage(LABEL), opinions.begin(cases.wide, neuron="a1.1")
    assert page.page.evaluate(RUNNING) == []
    sent = page.page.evaluate(
        f"""() => new Promise(done => {{
          const button = document.querySelector('[data-press=send]');
          const seen = new MutationObserver(() => {{ // before a frame is drawn: a slow machine may be late for one
            const ends = ({RUNNING})();
            if (ends.length) {{ seen.disconnect(); done(ends); }} }});
          seen.observe(document.body, {{subtree: true, childList: true, attributes: true}});
          button.click(); }})"""
    )
    assert len(sent) == 4
    assert max(sent) < 1000
    page.settled()
    stage.picture.locator("[data-turn=motion]").click()
    page.settled()
    stage.button("send them back").click()
    assert page.page.evaluate(RUNNING) == []
    assert stage.text() == opinions.view(state).text


def test_whoever_wants_no_motion_gets_none(shown):
    page = shown("opinions()")
    page.page.emulate_media(reduced_motion="reduce")
    stage = page.stage(LABEL)
    stage.button("send them back").click()
    assert page.page.evaluate(RUNNING) == []
    assert stage.picture.locator(".bl-runs").count() == 2


def test_neurons_are_chosen_weights_dragged_and_nothing_jumps(shown):
    page = shown("opinions()")
    stage, state = page.stage(LABEL), opinions.begin()
    height = stage.height()
    for event, act in (
        (Select("a1.1"), lambda: stage.select("a1.1")),
        (Turn("w2.0.1", -1.09), lambda: stage.slider("w[2][0, 1]").press("ArrowRight")),
        (Turn("w2.1.1", -0.8), lambda: stage.drag("w2.1.1", 80)),
        (Press("flip"), lambda: stage.button("flip the last target").click()),
        (Turn("b1.1", 8.0), lambda: stage.slider("b[1][1]").press("End")),
        (Select("a1.2"), lambda: stage.select_by_keyboard("a1.2")),
        (Press("reset"), lambda: stage.button("reset").click()),
        (Turn("network", "deep"), lambda: _network(page, stage, "deep")),
    ):
        act()
        state = opinions.update(state, event)
        assert stage.text() == opinions.view(state).text, event
        assert abs(stage.height() - height) <= 1


def test_the_matrix_flips_and_a_column_is_chosen(shown):
    page = shown("transpose()")
    stage, state = page.stage("The weights, transposed"), transpose.begin()
    height = stage.height()
    for event, act in (
        (Press("transpose"), lambda: stage.button("flip it over its diagonal").click()),
        (Select("a1.2"), lambda: stage.select("a1.2")),
        (Press("transpose"), lambda: stage.button("flip it back").click()),
        (Select("a1.0"), lambda: stage.select_by_keyboard("a1.0")),
        (Turn("network", "deep"), lambda: _network(page, stage, "deep")),
    ):
        act()
        state = transpose.update(state, event)
        assert stage.text() == transpose.view(state).text, event
        assert abs(stage.height() - height) <= 1


def _network(page, stage, name: str) -> None:
    stage.picture.get_by_label("network").select_option(label=name)
    page.settled()
