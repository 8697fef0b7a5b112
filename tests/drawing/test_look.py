"""The look can be read: every color has enough contrast in both themes, and no other color is used anywhere."""

import re
from itertools import product
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

import backprop_lab
from backprop_lab.drawing.markup import Markup, element
from backprop_lab.drawing.picture import LOOK, Picture, beside, stylesheet
from backprop_lab.drawing.svg import choice

COLORS = {name: pair for name, *pair in re.findall(r"--bl-(\w+): light-dark\((#\w{6}), (#\w{6})\)", LOOK)}
SURFACES = ["page", "card", "hot"]
LIGHT, DARK = 0, 1
ROOT = Path(backprop_lab.__file__).parent
SHEETS = sorted(ROOT.rglob("*.css"))
SET = {name for path in [*SHEETS, *ROOT.rglob("*.py")] for name in re.findall(r"--bl-(\w+):", path.read_text("utf-8"))}


def luminance(color):
    channels = [int(color[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    darker, lighter = sorted(map(luminance, (one, other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_black_on_white_has_the_contrast_the_standard_names():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("text", "surface"), [*product(["fg", "mute", "pos", "neg", "bad", "good"], SURFACES)])
def test_text_is_legible(text, surface, theme):
    assert contrast(COLORS[text][theme], COLORS[surface][theme]) >= 4.5


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(
    ("line", "surface"), [*product(["line", "mute", "pos", "neg", "focus"], SURFACES), ("pos", "halo"), ("neg", "halo")]
)
def test_lines_are_visible(line, surface, theme):
    assert contrast(COLORS[line][theme], COLORS[surface][theme]) >= 3


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_color_that_is_used_is_defined_and_nothing_else_has_a_color(sheet):
    body = re.sub(r"--bl-\w+: light-dark\([^)]*\);?", "", stylesheet(sheet))
    assert set(re.findall(r"var\(--bl-(\w+)", body)) <= {*COLORS, *SET}
    assert not re.search(r"#[0-9a-f]{3,8}\b|rgb|hsl", body)


def test_where_colors_are_forced_each_is_one_of_the_reader_s_own():
    forced = LOOK.partition("@media (forced-colors: active)")[2]
    assert set(re.findall(r"--bl-(\w+): (?:Canvas|CanvasText|LinkText|Highlight)\b", forced)) == set(COLORS)


def test_a_saved_picture_says_its_sentence_and_carries_its_style_once():
    bundle = Picture(Markup("<svg></svg>"), 'a "b" < c', style=".own { }")._repr_mimebundle_(include=None, exclude=None)
    assert bundle["text/plain"] == 'a "b" < c'
    assert 'role="img" aria-label="a &quot;b&quot; &lt; c"' in bundle["text/html"]
    assert '<p class="bl-stage-text">a &quot;b&quot; &lt; c</p>' in bundle["text/html"]
    assert bundle["text/html"].startswith(f"<style>{LOOK}.own {{ }}</style><figure")
    assert "\n" not in bundle["text/html"]
    assert len(LOOK) < 16_000  # every saved output repeats it; twenty take a third of a notebook's megabyte


def test_words_that_the_picture_is_made_of_are_spoken_only():
    html = Picture(Markup("<p>Words.</p>"), "Words.", caption=False)._repr_mimebundle_()["text/html"]
    assert "bl-stage-text" not in html.partition("</style>")[2]
    assert 'aria-label="Words."' in html


def test_what_nobody_can_choose_in_a_saved_picture_has_no_name_of_its_own():
    drawing = element("svg", element("g", **choice("w", "a weight", on=True)))
    assert '<g data-select="w" data-on="">' in Picture(drawing, "A weight.")._repr_mimebundle_()["text/html"]


@pytest.mark.parametrize("tag", ["details", "button", "a", "select", "input"])
def test_a_saved_picture_that_can_be_operated_is_not_an_image(tag):
    opened = Picture(element(tag, "Why?"), "A question.")
    assert 'role="img"' not in opened._repr_mimebundle_()["text/html"]


def test_a_pictures_own_rules_weigh_more_than_the_look_and_the_look_more_than_plain_rules(tmp_path):
    (tmp_path / "look.css").write_text("/* own */\n.bl .bl-own,\n.bl > p { color: var(--bl-fg) }", encoding="utf-8")
    own = beside(str(tmp_path / "picture.py"))
    assert own == ".bl.bl.bl .bl-own, .bl.bl.bl > p { color: var(--bl-fg) }"
    rules = re.findall(r"[^{}]*(?={)", re.sub(r"@[^{]*{", "", LOOK))
    assert all(".bl.bl" in rule and ".bl.bl.bl" not in rule for rule in rules if re.search(r"\.bl\b(?!-)", rule))


def test_each_rule_of_a_picture_names_a_class_that_no_other_sheet_has_so_that_no_picture_undoes_another_on_its_page():
    rules = {path: [*selectors(path.read_text("utf-8"))] for path in SHEETS}
    named = {
        path: {mark for rule in some for mark in re.findall(r"\.(bl-[\w-]+)", rule)} for path, some in rules.items()
    }
    for path in (ROOT / "pictures").rglob("*.css"):
        others = set().union(*(marks for other, marks in named.items() if other != path))
        for rule in rules[path]:
            assert {*re.findall(r"\.(bl-[\w-]+)", rule)} - others, f"{path.relative_to(ROOT)}: {rule}"


def selectors(text):
    """One by one, those of keyframes left out."""
    text = re.sub(r"/\*.*?\*/|@keyframes[^{]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}", "", text, flags=re.DOTALL)
    for some in re.findall(r"([^{}]+)\{", re.sub(r"@[^{]*\{", "", text)):
        yield from (each.strip() for each in re.split(r",\s*(?=\.bl)(?![^(]*\))", some))


def test_each_class_of_a_picture_has_a_style_or_is_read_by_a_test():
    golden = Path(__file__).parents[1] / "pictures" / "golden"
    classes = [re.findall(r"class=((?:bl-[\w-]+ ?)+)", path.read_text("utf-8")) for path in golden.glob("*.txt")]
    marks = {mark for each in classes for some in each for mark in some.split()}
    site = Path(__file__).parents[2] / "tools" / "website" / "web" / "site.css"  # on a phone some stand otherwise there
    styled = {mark for path in [*SHEETS, site] for mark in re.findall(r"\.(bl-[\w-]+)", path.read_text("utf-8"))}
    assert marks - styled == {
        "bl-beyond",
        "bl-way-start",
    }  # read by tests; one of three rows, of which two have a style


def test_a_sign_that_some_machine_s_fonts_lack_is_in_the_font_we_bring():
    golden = Path(__file__).parents[1] / "pictures" / "golden"
    shown = {sign for path in golden.glob("*.txt") for sign in path.read_text("utf-8")}
    plain = {sign for sign in shown if sign < "\u0180"} | set("–’“”\N{NARROW NO-BREAK SPACE}\N{WORD JOINER}")
    ours = set(map(chr, TTFont(ROOT / "live" / "math.woff2").getBestCmap() or ()))
    assert shown - plain <= ours
