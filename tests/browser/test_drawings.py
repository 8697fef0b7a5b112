"""Every picture as a plain page draws it: no word is cut at the edge of its drawing, none is too small to read."""

import pytest
from pictures.plays import PLAYS

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
