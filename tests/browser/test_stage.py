"""The stage alone, in an empty page: what it puts right bit by bit is what it would draw anew."""

import random
from pathlib import Path
from typing import Any

import pytest
from pictures.hands import events
from pictures.plays import PLAYS

import backprop_lab
from backprop_lab.live.host import changed
from backprop_lab.live.page import Live

STAGE = (Path(backprop_lab.__file__).parent / "live" / "stage.js").read_text("utf-8")
STEPS = 4
BEGIN = """async source => {
  const {default: stage} = await import(URL.createObjectURL(new Blob([source], {type: 'text/javascript'})));
  window.stage = stage;
  window.shown = values => {
    const el = document.body.appendChild(document.createElement('div')), told = {};
    const on = (name, act) => { told[name] = act; }, nothing = () => {};
    const model = {get: name => values[name], on, set: nothing, send: nothing, off: nothing};
    stage.render({model, el});
    return {el, tell: news => { Object.assign(values, news); told['change:answered'](); }};
  };
}"""
# Where a step ended in another picture than one drawn anew, and how many frames had to be read.
WALK = """([first, steps]) => {
  const quiet = {changes: [], events: [], text: '', label: '', sheet: '', error: '', ticking: false, answered: 0};
  const attributes = node => [...node.attributes || []].filter(({name}) => name !== 'name'); // a group's name is random
  const of = node => [node.nodeName, node.nodeValue, node.childNodes.length, node.value, node.checked,
    ...attributes(node).map(({name, value}) => `${name}=${value}`).sort()].join(' ');
  const differ = (is, wanted) => of(is) !== of(wanted) ? [of(is), of(wanted)]
    : [...is.childNodes].map((child, at) => differ(child, wanted.childNodes[at])).find(found => found);
  const picture = ({el}) => el.querySelector('.bl-stage-picture'), create = document.createElement;
  const walked = shown({...quiet, frame: first}), wrong = [];
  let read = 0;
  for (const [at, {frame, changes, whole}] of steps.entries()) {
    document.createElement = name => { read += name === 'template'; return create.call(document, name); };
    walked.tell({frame, changes, answered: at + 1});
    document.createElement = create;
    const anew = shown({...quiet, frame: whole});
    wrong.push(differ(picture(walked), picture(anew)));
    anew.el.remove();
  }
  walked.el.remove();
  return {wrong: wrong.filter(each => each), read};
}"""


ONE_NUMBER = """() => {
  const el = document.body.appendChild(document.createElement('div')), sent = [];
  el.style = 'position: fixed; left: 100px; top: 100px; width: 20px; height: 20px; overflow: hidden';
  const values = {frame: '<b data-drag="k" data-value="1" data-min="0" data-max="9" data-step="1">number</b>',
    changes: [], events: [], text: '', label: '', sheet: '', error: '', ticking: false, answered: 0};
  const set = (name, value) => { values[name] = value; if (name === 'events') sent.push(value.at(-1)); };
  const nothing = () => {}, others = {on: nothing, off: nothing, send: nothing, save_changes: nothing};
  stage.render({el, model: {get: name => values[name], set, ...others}});
  window.sent = sent;
}"""
FONTS = """() => {
  for (const font of [...document.fonts]) document.fonts.delete(font);
  const asked = [], add = () => {
    const el = document.body.appendChild(document.createElement('div')), nothing = () => {};
    const values = {frame: '', changes: [], events: [], text: '', label: '', sheet: '', error: '', answered: 0};
    const model = {get: name => values[name], on: nothing, off: nothing, set: nothing, send: () => asked.push(el)};
    return stage.render({el, model});
  };
  const leave = add();
  add();
  const before = asked.length;
  leave();
  add();
  return [before, asked.length];
}"""


@pytest.fixture(scope="module")
def page(browser) -> Any:
    page = browser.seeing("dejavu").new_page()
    page.evaluate(BEGIN, STAGE)
    yield page
    page.close()


@pytest.mark.parametrize("name", PLAYS)
def test_what_changes_where_it_stands_is_as_if_drawn_anew(page, name):
    choose, live, steps = random.Random(name), Live(*PLAYS[name]), []
    first = live.picture
    for _ in range(STEPS):
        event = choose.choice(list(events(live.still())))
        steps.append(told(live, type(event).__name__.lower(), *vars(event).values()))
    assert page.evaluate(WALK, [first, steps])["wrong"] == []


@pytest.mark.parametrize("name", ["explorer", "gradient_table", "proof"])
def test_of_a_slider_that_is_turned_no_frame_is_read_but_perhaps_the_first(page, name):
    live = Live(*PLAYS[name])
    key, first = next(key for key in live.offers("turn") if "." in key or "[" in key), live.picture
    steps = [told(live, "turn", key, 0.31 + turn / 100) for turn in range(4)]
    found = page.evaluate(WALK, [first, steps])
    assert (found["wrong"], found["read"] <= 1) == ([], True)


def told(live: Live, *event: object) -> dict[str, object]:
    """What the stage hears of an event, and the whole picture it is to show then."""
    live.answer([(live.answered + 1, *event)])
    return {"frame": live.frame, "changes": live.changes, "whole": live.picture}


FRAME = (
    '<p>one</p><b></b><input type="range" data-turn="r" min="0" max="9" value="3"></input>'
    '<input type="checkbox" data-turn="c"></input><input type="text" data-turn="t" value="as it was"></input>'
    '<select data-turn="s"><option value="a">a</option><option value="b" selected="">b</option></select>'
)
MOVED = """([frame, changes]) => {
  const quiet = {events: [], text: '', label: '', sheet: '', error: '', ticking: false};
  const {el, tell} = shown({...quiet, frame, changes: [], answered: 0});
  const [range, box, field, menu] = el.querySelectorAll('input, select');
  [range.value, box.checked, field.value, menu.value] = ['7', true, 'being typed', 'a'];
  tell({changes, answered: 1});
  const nodes = node => [...node.childNodes].reduce((sum, each) => sum + nodes(each), 1);
  const picture = el.querySelector('.bl-stage-picture');
  const found = [range.value, box.checked, field.value, menu.value, `${nodes(picture)} nodes: ${picture.innerHTML}`];
  el.remove();
  return found;
}"""


@pytest.mark.parametrize(
    ("change", "typed"),
    [
        (("<p>one", "<p>two"), "being typed"),
        (("<p>one", "<p>1 &lt; 2 &amp; x"), "being typed"),
        (("<p>one", '<p class="a &quot;b&quot;">one'), "being typed"),
        (("<p>one", "<p>"), "being typed"),
        (("<b>", "<b>there now"), "being typed"),
        (("</p>", "</p>between"), "being typed"),
        (('value="as it was"', 'value="from Python"'), "from Python"),
    ],
    ids=lambda each: each[1] if isinstance(each, tuple) else "",
)
def test_a_control_shows_what_python_says_and_what_is_typed_stays(page, change, typed):
    frame, changes = changed(FRAME, wanted := FRAME.replace(*change))
    *values, markup = page.evaluate(MOVED, [frame, changes])
    assert values == ["3", False, typed, "b"]
    anew = page.evaluate(MOVED, [wanted, []])[-1]
    assert markup == anew


def test_a_number_that_was_let_go_outside_is_no_longer_dragged(page):
    page.evaluate(ONE_NUMBER)
    mouse = page.mouse
    mouse.move(118, 110)
    mouse.down()
    mouse.move(121, 110)
    mouse.up()
    mouse.move(104, 110, steps=4)
    assert page.evaluate("sent") == []
    mouse.down()
    mouse.move(150, 110, steps=4)
    mouse.up()
    assert page.evaluate("sent.at(-1).slice(1, 3)") == ["turn", "k"]


def test_who_leaves_without_the_font_of_the_formulas_leaves_the_asking_to_the_next(page):
    assert page.evaluate(FONTS) == [1, 2]
