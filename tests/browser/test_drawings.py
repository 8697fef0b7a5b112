"""Every picture as a plain page draws it: no word is cut at the edge of its drawing, none is too small to read."""

from collections.abc import Iterable, Iterator

import pytest
from pictures.hands import Play, events
from pictures.plays import PLAYS

from backprop_lab.drawing.picture import Picture, Press, Select, Turn

CUT = """() => [...document.querySelectorAll('svg text')].filter(text => text.textContent.trim()).flatMap(text => {
  const edge = text.closest('svg').getBoundingClientRect(), box = text.getBoundingClientRect();
  const out = Math.max(edge.left - box.left, edge.top - box.top, box.right - edge.right, box.bottom - edge.bottom);
  return out > 1 ? [`${text.textContent}: ${out.toFixed(1)} px outside`] : [];
})"""
LEGENDS = """() => [...document.querySelectorAll('.bl-legend')].flatMap(legend => {
  legend.open = true;
  const around = legend.closest('figure').getBoundingClientRect(), box = legend.getBoundingClientRect();
  legend.open = false;
  return box.top < around.top - 1 || box.left < around.left - 1 ? [legend.textContent] : [];
})"""
SMALL = """least => [...document.querySelectorAll('svg text')].flatMap(text => {
  const size = parseFloat(getComputedStyle(text).fontSize) * text.getScreenCTM().a;
  return 2 < size && size < least ? [`${text.textContent}: ${size.toFixed(1)} px`] : [];
})"""  # a number of no size is an area, whose text is for a screen reader

BROAD = ("nested formula", "number_lines", "gears", "player", "trainer", "explorer", "wires", "knobs")
FRAME = """() => [...document.querySelectorAll('math .bl-on')].flatMap(lit => {
  let box = lit.closest('math');
  while (box !== document.documentElement && getComputedStyle(box).overflowX === 'visible') box = box.parentElement;
  const inner = lit.getBoundingClientRect(), seen = box.getBoundingClientRect();
  return [inner.left - seen.left, seen.right - inner.right];
})"""  # to its left and right, of what cuts it off: the outline is one pixel wide, one pixel away

SHORTENED = """() => [...document.querySelectorAll('.bl-said > .bl-card')]
  .filter(card => card.scrollWidth > card.clientWidth).map(card => card.textContent)"""

OVER = """() => [...document.querySelectorAll('body > figure')].flatMap(figure => {
  const box = node => node.getBoundingClientRect();
  const seen = [...figure.querySelectorAll('svg text')]
    .filter(text => text.textContent.trim() && text.checkVisibility())
    .map(text => [text, box(text)]).filter(([, at]) => at.width > 1);
  const over = (one, two) => { // how far into its height the smaller one is covered
    const across = Math.min(one.right, two.right) - Math.max(one.left, two.left);
    const down = Math.min(one.bottom, two.bottom) - Math.max(one.top, two.top);
    return across > 1 && down / Math.min(one.height, two.height);
  };
  const tags = seen.flatMap(([text, at]) => {
    const frame = text.parentElement.querySelector(':scope > .bl-tag');
    return frame && at.width > box(frame).width ? [`${text.textContent} is wider than its frame`] : [];
  });
  const twice = seen.flatMap(([one, at], n) => seen.slice(n + 1).filter(([, other]) => over(at, other) > 0.4)
    .map(([two]) => `${one.textContent} over ${two.textContent}`));
  const bars = [...figure.querySelectorAll('svg :is(rect:is(.bl-positive, .bl-negative), .bl-beyond)')].map(box);
  const below = seen.filter(([, at]) => bars.some(bar => over(bar, at) > 0.5));
  const wide = [...figure.querySelectorAll('table')].filter(({offsetWidth, parentElement}) =>
    offsetWidth > parentElement.offsetWidth + 1 && getComputedStyle(parentElement).overflowX === 'visible');
  return [...tags, ...twice, ...below.map(([text]) => `a bar over ${text.textContent}`),
    ...wide.map(table => `a table that hangs over: ${table.textContent}`)];
})"""


def pushed(play: Play) -> Iterator[Picture]:
    """The picture at first, and after each press, choice of a menu, and slider at an end."""
    state, view, update = play
    first = view(state)
    pushes = [event for event in events(first) if isinstance(event, Turn | Press)]
    shown = [first, *(view(update(state, event)) for event in pushes)]
    yield from {picture.markup: picture for picture in shown}.values()  # a drag does what its slider does


def together(pictures: Iterable[Picture]) -> str:
    """Pictures below one another, with each of their stylesheets once: a page takes longer than a picture."""
    shown = [picture._repr_mimebundle_()["text/html"].partition("</style>") for picture in pictures]
    styles = "".join(f"{style}</style>" for style in dict.fromkeys(style for style, *_ in shown))
    return styles + "".join(figure for *_, figure in shown)


@pytest.mark.parametrize("fonts", ["dejavu", "liberation"])
@pytest.mark.parametrize("width", [1112, 632])  # what JupyterLab leaves of 1280 and of 800
def test_words_of_drawings_are_seen_whole_and_can_be_read(browser, fonts, width):
    page = browser.seeing(fonts).new_page()
    page.set_viewport_size({"width": width, "height": 800})
    for name, (state, view, _) in PLAYS.items():
        page.set_content(f'<body style="margin: 0">{view(state)._repr_mimebundle_()["text/html"]}</body>')
        assert page.evaluate(CUT) == [], name
        assert page.evaluate(LEGENDS) == [], f"{name}: its legend opens beyond the picture"
        assert page.evaluate(SMALL, 10.4) == [], name
    page.close()


@pytest.mark.parametrize("width", [860, 946])  # what JupyterLab leaves of 1280 and of 1366 beside its list of files
def test_the_words_of_broad_pictures_can_be_read_beside_the_list_of_files_too(browser, width):
    page = browser.seeing("dejavu").new_page()
    page.set_viewport_size({"width": width, "height": 800})
    for name in (each for each in PLAYS if each.startswith(BROAD)):
        state, view, _ = PLAYS[name]
        page.set_content(f'<body style="margin: 0">{view(state)._repr_mimebundle_()["text/html"]}</body>')
        assert page.evaluate(SMALL, 9.3) == [], name
    page.close()


@pytest.mark.parametrize("key", ["r0.0", "r0.2"])
def test_the_frame_of_a_factor_that_is_lit_is_seen_whole(browser, key):
    state, view, update = PLAYS["number_lines"]
    rate = next(event for event in events(view(state)) if event == Select(key))
    page = browser.seeing("dejavu").new_page()
    page.set_content(f'<body style="margin: 0">{view(update(state, rate))._repr_mimebundle_()["text/html"]}</body>')
    around = page.evaluate(FRAME)
    assert around
    assert min(around) >= 2, around
    page.close()


@pytest.mark.parametrize("width", [632, 860, 946, 1112])
def test_no_answer_and_no_distance_is_cut_off(browser, width):
    page = browser.seeing("dejavu").new_page()
    page.set_viewport_size({"width": width, "height": 800})
    for name in (each for each in PLAYS if each.startswith(("prediction", "recall"))):
        state, view, update = PLAYS[name]
        fields = [event.key for event in events(view(state)) if isinstance(event, Turn) and event.value == "0.25"]
        skips = [event for event in events(view(state)) if isinstance(event, Press) and event.key.endswith("skip")]
        for event in [*(Turn(key, "-0.123456") for key in fields), *skips]:
            state = update(state, event)
        page.set_content(f'<body style="margin: 0">{view(state)._repr_mimebundle_()["text/html"]}</body>')
        assert page.evaluate(SHORTENED) == [], name
    page.close()


@pytest.mark.parametrize("around", ["display: flex", "display: inline-block", "float: left", "width: fit-content"])
def test_a_picture_in_what_fits_itself_to_its_content_is_not_folded_up(browser, around):
    page = browser.seeing("dejavu").new_page()
    page.set_viewport_size({"width": 800, "height": 800})
    state, view, _ = PLAYS["explorer"]
    page.set_content(f'<div style="{around}">{view(state)._repr_mimebundle_()["text/html"]}</div>')
    assert 600 <= page.evaluate("() => document.querySelector('figure').getBoundingClientRect().width") <= 800
    page.close()


def test_no_words_lie_over_others_or_under_a_bar_whatever_is_pushed(browser):
    page = browser.seeing("dejavu").new_page()  # the broadest letters
    page.set_viewport_size({"width": 1112, "height": 800})
    page.emulate_media(reduced_motion="reduce")  # what moves passes over words
    for name, play in PLAYS.items():
        page.set_content(f'<body style="margin: 0">{together(pushed(play))}</body>')
        assert page.evaluate(OVER) == [], name
    page.close()
