"""The site in Chromium with no other host to be found: still without JavaScript or Python, alive with them."""

import base64
import json
import os
import subprocess
import sys
import zlib
from collections.abc import Iterator
from typing import Literal
from urllib.parse import unquote

import build_site
import nbformat
import pytest
from playwright.sync_api import Page
from website import python

from backprop_lab import cases, widgets
from backprop_lab.course import CHAPTERS
from backprop_lab.drawing.picture import Turn
from backprop_lab.pictures import explorer

from . import axe
from .harness import Browser
from .site import NEVER, SECONDS, Shown, Site

Theme = Literal["light", "dark"]
SIZES: dict[int, Theme] = {1280: "light", 800: "dark", 640: "light", 390: "light"}  # 640: 1280 at twice the size
PAGES = [each.file for each in (CHAPTERS if os.environ.get("ALL_PAGES") else (CHAPTERS[0], CHAPTERS[-1]))]
FOCUS = "() => document.activeElement.textContent"
FOCUSED = "a, button, input, select, summary, textarea, [tabindex='0']"
PYTHON = build_site.CACHE / f"pyodide-{python.PYODIDE}" / python.LOCK
alive = pytest.mark.skipif(
    not PYTHON.exists(), reason="Python for the browser has not been fetched: python tools/build_site.py does it once"
)


@pytest.fixture(scope="module")
def shown(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    root = tmp_path_factory.mktemp("site")
    build_site.build(root / "below" / "a path", offline=True)
    with Site(browser.playwright, root, "below/a%20path") as shown:
        yield shown
        assert shown.errors == []


@pytest.mark.parametrize(
    ("name", "part", "whole"),
    [
        ("10_algorithm.html", ".bl-ring-of math > *", "li"),
        ("11_training_loop.html", ".bl-paper > svg", "figure"),
    ],
    ids=["the equations of the whole process", "the sheet to draw on"],
)
def test_on_a_phone_it_is_seen_whole(shown, name, part, whole):
    page = shown.open(name, python=NEVER, viewport={"width": 390, "height": 844}).page
    over = "([part, whole]) => part.closest(whole).getBoundingClientRect().right - part.getBoundingClientRect().right"
    parts = page.locator(part).element_handles()
    assert parts
    assert min(page.evaluate(over, [each, whole]) for each in parts) >= 0
    page.context.close()


@pytest.mark.parametrize("name", ["index.html", "07_bp2_backward.html"])
def test_a_page_is_seen_without_python_and_nothing_hangs_over(shown, name):
    page = shown.open(name, java_script_enabled=False)
    for _ in each_size(page.page):
        boxes = [drawing.bounding_box() for drawing in page.page.locator("main > .cell figure, .thumb > div > *").all()]
        assert len(boxes) > 4
        assert all(box and box["width"] > 100 and box["height"] > 20 for box in boxes)
    page.page.context.close()
    page = shown.open(name, python=NEVER)
    ours = "() => document.fonts.load('16px \"Backprop Lab Math\"').then(fonts => fonts.length)"
    assert page.page.evaluate(ours) == 1
    for width in each_size(page.page):
        assert page.page.evaluate("() => document.documentElement.scrollWidth") == width
        assert axe.faults(page.page) == []
    page.page.context.close()


def each_size(page: Page) -> Iterator[int]:
    for width, theme in SIZES.items():
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=theme)
        yield width


def test_no_picture_of_the_start_page_has_lost_its_colors(shown):
    page = shown.open("index.html", java_script_enabled=False)
    for theme in ("light", "dark"):
        page.page.emulate_media(color_scheme=theme)
        fills = page.page.locator(".thumb svg :is(rect, circle, text):not(clipPath *)").evaluate_all(
            "all => all.map(one => getComputedStyle(one).fill)"
        )
        assert len(fills) > 100
        assert "rgb(0, 0, 0)" not in fills  # as what no stylesheet knows
    page.page.context.close()


def test_in_forced_colors_the_way_in_can_be_read(shown):
    page = shown.open("index.html", color_scheme="dark", forced_colors="active")
    ground = "one => getComputedStyle(one).backgroundColor"  # below words the browser paints the canvas again
    assert page.page.locator(".go").evaluate(ground) == "rgb(0, 0, 0)"
    page.page.context.close()


@pytest.mark.parametrize("name", PAGES)
def test_nothing_is_out_of_reach_for_some_with_all_unfolded_and_in_forced_colors(shown, name):
    page = shown.open(f"{name}.html", NEVER, color_scheme="dark", forced_colors="active", reduced_motion="reduce")
    page.page.evaluate("() => document.querySelectorAll('details').forEach(one => { one.open = true; })")
    assert axe.faults(page.page) == []
    words = page.page.locator("main svg text:visible")
    assert "rgb(0, 0, 0)" not in words.evaluate_all("all => all.map(one => getComputedStyle(one).fill)")  # on black
    assert page.page.evaluate("() => document.getAnimations().length") == 0
    page.page.context.close()


def test_in_the_editor_tab_indents_and_after_escape_leaves(shown):
    page = shown.open("07_bp2_backward.html", NEVER)
    cell = page.cell("[data-exercise]")
    page.write(cell, "x")
    page.page.keyboard.press("Home")
    page.page.keyboard.press("Tab")
    kept = page.page.evaluate("() => JSON.parse(localStorage['backprop-lab/07_bp2_backward']).code.check_bp2.code")
    assert kept == "    x"
    page.page.keyboard.press("Escape")
    page.page.keyboard.press("Tab")
    assert page.page.evaluate("() => document.activeElement.textContent") in ("▸ Run", "Reset to the original")
    cell.get_by_role("button", name="Reset to the original").click()
    assert page.page.evaluate("() => JSON.parse(localStorage['backprop-lab/07_bp2_backward']).code") == {}
    page.page.context.close()


def test_code_of_an_earlier_version_is_not_lost(shown):
    page = shown.open("07_bp2_backward.html", NEVER)
    kept = {
        "code": {
            "check_gone": {"code": "def gone(): pass", "ended": True},
            "check_bp2": {"code": "mine", "ended": True},
        }
    }
    page.page.evaluate("kept => { localStorage['backprop-lab/07_bp2_backward'] = JSON.stringify(kept); }", kept)
    page.page.reload()
    assert (
        page.cell("[data-exercise]").locator(".cm-content, textarea").first.evaluate("e => e.value ?? e.innerText")
        == "mine"
    )
    section = page.page.locator("#earlier")
    assert "def gone(): pass" in section.inner_text()
    section.get_by_role("button", name="Forget this").click()
    assert not section.is_visible()
    assert page.page.evaluate(FOCUS) == "Menu"
    page.page.context.close()


FILL = """() => {
  for (const size of [1 << 20, 1000, 1])
    try { for (let at = 0;; at++) localStorage[`${size} ${at}`] = 'x'.repeat(size); } catch {}
}"""


def test_a_browser_that_is_full_or_keeps_nothing_says_so(shown):
    page = shown.open("07_bp2_backward.html", NEVER)
    cell = page.cell("[data-exercise]")
    page.page.evaluate(FILL)
    page.write(cell, "mine = 1")
    assert "This browser keeps nothing: download what you write." in cell.inner_text()
    refused = "() => Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('refused'); }})"
    page.page.add_init_script(f"({refused})()")
    page.page.reload()
    page.write(cell, "mine = 2")
    assert "This browser keeps nothing: download what you write." in cell.inner_text()
    page.page.once("dialog", lambda asked: asked.accept())
    with page.page.expect_navigation():
        page.choose("Forget what I wrote")
    page.page.context.close()


ODD = [None, 3, "text", [], {}, {"code": 3}, {"code": None}, {"code": ["mine"]}]
ODD += [{"events": odd} for odd in (None, 3, "text", {}, {"length": 1}, [None], ["text"], [{}])]
MODULE = "import(document.querySelector('script[src]').src.replace('notebook.js', 'store.js'))"
READ = f"""texts => {MODULE}.then(({{Store}}) => texts.map(text => {{
  localStorage['backprop-lab/odd'] = text;
  return new Store('odd', 1).read();
}}))"""


def test_whatever_is_in_the_storage_a_page_starts_and_what_is_usable_is_kept(shown):
    page = shown.open("07_bp2_backward.html", NEVER)
    good = {"code": {"good": {"code": "mine"}}, "answers": {"good": {"events": [["turn", "w1", 0.5]]}}}
    texts = ["{broken", *map(json.dumps, [*ODD, *({"code": odd, "answers": odd} for odd in ODD)])]
    assert page.page.evaluate(READ, texts) == [{"code": {}, "answers": {}}] * len(texts)
    texts = [json.dumps({kind: {**good[kind], "odd": odd} for kind in good}) for odd in ODD]
    assert page.page.evaluate(READ, texts) == [good] * len(texts)
    code = {"check_bp2": {"code": 3}, "check_gone": None, **good["code"]}
    page.page.evaluate("text => { localStorage['backprop-lab/07_bp2_backward'] = text; }", json.dumps({"code": code}))
    page.page.reload()
    assert page.cell("[data-exercise]").get_by_role("button", name="▸ Run").count() == 1
    assert page.page.locator("#earlier .kept pre").all_inner_texts() == ["mine"]
    page.page.context.close()


def test_a_broken_link_to_a_picture_opens_the_page_and_another_link_is_followed_at_once(shown):
    page = shown.open("07_bp2_backward.html#cell-3=broken", NEVER)
    texts = ["", "broken", *(zlib.compress(odd.encode()) for odd in ("{}", "3", '["a"]', '{"length": 1}'))]
    texts = [text if isinstance(text, str) else base64.urlsafe_b64encode(text).decode() for text in texts]
    read = f"texts => {MODULE}.then(({{unpacked}}) => Promise.all(texts.map(unpacked)))"
    assert page.page.evaluate(read, texts) == [[]] * len(texts)
    for go in ("location.hash = '#cell-3=other'", "history.back()"):
        page.page.evaluate("() => { window.old = true; }")
        page.page.evaluate(f"() => {{ {go}; }}")
        page.page.wait_for_function("() => !window.old && document.querySelector('#menu:not([hidden])')")
    page.page.context.close()


def test_two_tabs_of_a_page_do_not_write_over_each_other(shown):
    page = shown.open("07_bp2_backward.html", NEVER)
    other = Shown(page.page.context.new_page())
    other.page.goto(page.page.url)
    written = ".cell[data-exercise] .cm-content, .cell[data-exercise] textarea"
    for here, there, code in ((page, other, "first = 1"), (other, page, "second = 2")):
        here.page.bring_to_front()
        here.write(here.cell("[data-exercise]"), code)
        there.until(lambda: there.page.locator(written).first.evaluate("e => e.value ?? e.innerText") == code)  # noqa: B023
    page.page.context.close()


# In place of Python: a cell says what becomes of it.
PRETENDED = """
  window.Worker = class {
    terminate() { this.gone = true; }
    postMessage({kind, cell, source}) {
      const tell = message => setTimeout(() => this.gone || this.onmessage({data: JSON.stringify(message)}));
      const [what, ...texts] = source?.startsWith('[') ? JSON.parse(source) : [];
      if (kind === 'start') return tell({kind: 'ready'});
      if (what === 'endless') return;
      if (what === 'fatal') return tell({kind: 'broken', at: 'run', text: 'no more stack'});
      if (what === 'fallen') return setTimeout(() => this.onerror({message: 'no more memory'}));
      window.fall = () => this.onerror({message: 'no more memory'});
      window.fail = text => tell({kind: 'broken', at: 'answer', text});
      const stream = what === 'print' ? 'stdout' : undefined; // or it is the value
      for (const text of texts) tell({kind: 'output', cell, output: {stream, text}});
      tell({kind: 'done', cell, failed: false});
    }
  };
"""


def printed(page, *texts: str) -> str:
    """What stands below the exercise when it has printed this."""
    cell = page.cell("[data-exercise]")
    page.write(cell, json.dumps(["print", *texts]))
    page.run(cell)
    return cell.locator(".output").text_content() or ""


@alive
def test_what_is_run_is_shown_as_printed_and_no_press_loses_the_focus(shown):
    page = shown.open("07_bp2_backward.html", PRETENDED)
    page.alive()
    cell = page.cell("[data-exercise]")
    assert printed(page, "a ", "b\n", "\tc \n") == "a b\n\tc \n"
    assert printed(page, "1%\r", "2%\r", "\r100%", "\n", "done\r\n") == "100%\ndone\n"
    many = printed(page, *("".join(f"line {at}\n" for at in range(k, k + 500)) for k in range(0, 20_000, 500)))
    assert len(many) < 150_000
    assert many.startswith("… more was printed: this is the end of it\nline ")
    assert many.endswith("line 19999\n")
    page.write(cell, json.dumps(["value", "[" + "1, " * 500_000]))
    assert "This is its beginning" in page.run(cell)[-100:]
    assert len(cell.locator(".output").text_content() or "") < 60_000
    run, stop = (cell.get_by_role("button", name=name) for name in ("▸ Run", "Stop"))
    run.press("Enter")
    page.alive()
    assert page.page.evaluate(FOCUS) == "▸ Run"
    page.write(cell, '["endless"]')
    page.page.keyboard.press("Shift+Enter")
    stop.wait_for()
    page.page.keyboard.type(" ")  # whoever writes meanwhile can stop it all the same
    stop.press("Enter")
    assert page.page.evaluate(FOCUS) == "▸ Run"
    page.alive()
    page.page.locator("#menu summary").press("Enter")
    page.page.locator("#menu").get_by_role("button", name="Run all cells").press("Enter")
    assert page.page.evaluate(FOCUS) == "Menu"
    page.page.context.close()


@alive
def test_python_that_falls_is_told_whatever_it_was_at_and_starts_again(shown):
    page = shown.open("07_bp2_backward.html", PRETENDED)
    page.alive()
    cell = page.cell("[data-exercise]")
    stop = cell.get_by_role("button", name="Stop")
    for what, why in {"fatal": "no more stack", "fallen": "no more memory"}.items():
        page.write(cell, f'["{what}"]')
        page.page.keyboard.press("Shift+Enter")
        page.until(lambda: "has brought Python down" in cell.locator(".output").inner_text())
        page.alive()
        assert printed(page, "back") == "back"
        assert shown.errors.pop().endswith(why)
    status, other = page.page.locator("#python"), page.cell(":not([data-exercise])")
    page.page.evaluate("() => fail('PythonError: no such key')")  # one picture's, and Python goes on
    page.until(lambda: bool(shown.errors))
    assert shown.errors.pop().endswith("no such key")
    assert printed(page, "still there") == "still there"
    falls = {"fall()": "no more memory", "fail('RuntimeError: no more stack')": "no more stack"}
    for fall, why in falls.items():  # while nothing runs
        for again in (lambda: printed(page, "back"), lambda: page.choose("Run all cells")):
            page.page.evaluate(f"() => {{ {fall} }}")
            page.until(lambda: "Python has broken down" in status.inner_text())
            assert shown.errors.pop().endswith(why)
            assert other.get_attribute("data-state") == "waiting"
            again()
            page.alive()
            assert other.get_attribute("data-state") == "done"
    page.write(cell, '["endless"]')
    page.page.keyboard.press("Shift+Enter")
    stop.wait_for()
    page.page.evaluate("() => fail('RuntimeError: no more stack')")  # at a picture: the cell that runs is not to blame
    page.until(lambda: "Python has broken down" in status.inner_text())
    assert shown.errors.pop().endswith("no more stack")
    assert "brought Python down" not in cell.inner_text()
    assert "waits" not in cell.inner_text()  # nothing will be run before somebody asks
    page.page.reload()
    stop.press("Enter")  # it is run again
    page.alive()
    assert printed(page, "back") == "back"
    page.alive()
    page.page.context.close()


def test_the_notebook_is_downloaded_with_the_learner_s_code(shown):
    page = shown.open("07_bp2_backward.html", NEVER)
    page.write(page.cell("[data-exercise]"), "mine = 1\n# two lines")
    with page.page.expect_download() as waiting:
        page.choose("Download as .ipynb")
    notebook = nbformat.read(waiting.value.path(), as_version=4)
    nbformat.validate(notebook)
    assert [cell.source for cell in notebook.cells if "mine" in cell.source] == ["mine = 1\n# two lines"]
    page.page.emulate_media(media="print")
    assert page.page.locator("button:visible").evaluate_all("all => all.filter(one => !one.closest('.output'))") == []
    assert len(notebook.cells) == len(nbformat.read(build_site.NOTEBOOKS / "07_bp2_backward.ipynb", as_version=4).cells)
    page.page.context.close()


# The same cells run by this Python, and the same done in its pictures: what they say then.
TWIN = """
import json, sys
sys.modules["anywidget"] = None
import nbformat
from backprop_lab.live.cells import Cells
told = []
cells = Cells(lambda text: told.append(json.loads(text)), {"__name__": "__main__"})
for n, cell in enumerate(nbformat.read(sys.argv[1], as_version=4).cells):
    if cell.cell_type == "code":
        cells.run(f"cell-{n}", cell.source)
shown = [each["output"] for each in told if each["kind"] == "output" and "picture" in each["output"]]
says = {each["picture"]: each["values"]["text"] for each in shown}
for picture, event in zip(says, json.load(sys.stdin), strict=True):
    told.clear()
    cells.answer(picture, json.dumps([[1, *event]]))
    says |= {picture: each["values"]["text"] for each in told if "text" in each["values"]}
print(json.dumps([*says.values()]))
"""
DO_SOMETHING = """stage => {
  const slider = stage.querySelector('input[type=range][data-turn]:enabled');
  if (!slider) {
    const press = ['$=skip', '=next', ''].map(which => stage.querySelector(`button[data-press${which}]:enabled`));
    const one = press.find(button => button) || stage.querySelector('[data-select]');
    one.dispatchEvent(new MouseEvent('click', {bubbles: true}));
    return one.dataset.press ? ['press', one.dataset.press] : ['select', one.dataset.select];
  }
  slider.value = Number(slider.value) + Number(slider.step);
  if (slider.value === slider.getAttribute('value')) slider.value = Number(slider.value) - Number(slider.step);
  slider.dispatchEvent(new Event('input', {bubbles: true}));
  return ['turn', slider.dataset.turn, Number(slider.value)];
}"""
SAID = "all => all.map(stage => stage.querySelector('.bl-stage-text').textContent)"


@alive
@pytest.mark.parametrize("name", PAGES)
def test_a_page_runs_to_its_end_and_each_picture_moves_to_the_package_s_numbers(shown, name):
    page = shown.open(f"{name}.html")
    page.alive()
    assert page.page.locator(".raised").all_inner_texts() == []
    stages = page.page.locator(".live")
    assert stages.count() > 2
    assert axe.faults(page.page) == []
    assert page.page.locator(f".bl-stage :is({FOCUSED}):not([data-lm-suppress-shortcuts])").count() == 0  # Notebook 7
    before, events = stages.evaluate_all(SAID), [each.evaluate(DO_SOMETHING) for each in stages.all()]
    twin = [sys.executable, "-c", TWIN, str(build_site.NOTEBOOKS / f"{name}.ipynb")]
    says = json.loads(subprocess.run(twin, input=json.dumps(events), capture_output=True, check=True, text=True).stdout)
    assert sum(one != other for one, other in zip(before, says, strict=True)) > len(says) / 2
    page.until(lambda: stages.evaluate_all(SAID) == says, 60)
    page.page.context.close()


@alive
def test_a_picture_moves_to_the_package_s_numbers(shown):
    page = shown.open("00_start_here.html", viewport={"width": 390, "height": 800}, has_touch=True)
    page.alive()
    stage = page.page.locator(".live", has=page.page.locator(".bl-equations")).first
    weight = stage.locator("input[data-turn='w1.2.1']")
    weight.press("ArrowRight")
    weight.press("ArrowRight")
    moved = explorer.update(explorer.begin(cases.running), Turn("w1.2.1", float(weight.input_value())))
    page.until(lambda: stage.locator(".bl-stage-text").inner_text() == explorer.view(moved).text)
    page.page.locator(".cell.code", has=stage).get_by_role("button", name="Link to this").click()
    page.until(lambda: "=" in page.page.evaluate("() => location.hash"))
    address = page.page.url.rpartition("/")[2]
    page.page.context.close()
    page = shown.open(address)  # somebody else's browser
    page.alive()
    stage = page.page.locator(".live", has=page.page.locator(".bl-equations")).first
    page.until(lambda: stage.locator(".bl-stage-text").inner_text() == explorer.view(moved).text)
    text = address.partition("=")[2]
    assert widgets.explorer(cases.running).reopen(text).text == explorer.view(moved).text
    page.page.context.close()


# The workers that a page has started; the next one may be told to fail.
KNOWN = """
  Object.assign(window, {workers: [], fail: false});
  window.Worker = class extends Worker {
    constructor(...given) {
      super(...given);
      workers.push(this);
      if (window.fail) setTimeout(() => this.onerror({message: 'no memory'}));
    }
  };
"""


@alive
def test_a_picture_alone_is_one_file_that_is_alive_without_a_server(shown, tmp_path):
    live = widgets.explorer(cases.running)
    live.turn("w1.2.1", 0.8)
    live.save(tmp_path / "explorer.html", python=PYTHON.parent)
    page = shown.open((tmp_path / "explorer.html").as_uri(), KNOWN)
    page.page.locator("#picture.bl-stage").wait_for(timeout=1000 * SECONDS)
    assert page.page.locator(".bl-stage-text").inner_text() == live.text
    weight = page.page.locator("input[data-turn='w1.2.1']")
    weight.press("ArrowRight")
    live.turn("w1.2.1", float(weight.input_value()))
    page.until(lambda: page.page.locator(".bl-stage-text").inner_text() == live.text)
    note = page.page.locator("#note")
    assert not note.is_visible()
    page.page.evaluate("() => workers.at(-1).onerror({message: 'no more memory'})")
    assert "Python has broken down" in note.inner_text()
    note.get_by_role("button", name="Start again").press("Enter")
    assert page.page.evaluate("() => document.activeElement.id") == "note"
    note.wait_for(state="hidden", timeout=1000 * SECONDS)
    assert page.page.evaluate("() => document.activeElement.id") == "picture"
    value = float(weight.input_value())  # as it was saved
    weight.press("ArrowRight")
    live.turn("w1.2.1", float(weight.input_value()))
    assert float(weight.input_value()) != value
    page.until(lambda: page.page.locator(".bl-stage-text").inner_text() == live.text)
    page.page.context.close()
    page = shown.open((tmp_path / "explorer.html").as_uri(), f"{KNOWN} window.fail = true")
    note = page.page.locator("#note")
    page.until(lambda: "Python could not start here" in note.inner_text())
    page.page.evaluate("() => { window.fail = false; }")
    note.get_by_role("button", name="Start again").click()
    note.wait_for(state="hidden", timeout=1000 * SECONDS)
    page.page.locator("#picture.bl-stage").wait_for()
    page.page.context.close()


@alive
def test_a_lecture_keeps_answers_until_they_are_revealed(shown):
    page = shown.open("05_error_signal.html?lecture")
    page.alive()
    question = page.page.locator(".live", has=page.page.locator(".bl-question input[type=radio]")).first
    question.locator("input[type=radio]").first.check()
    page.until(lambda: "kept" in question.locator(".bl-told").first.inner_text())
    question.get_by_role("button", name="reveal").first.click()
    page.until(lambda: question.locator(".bl-right").count() > 0)
    assert page.page.locator("footer a").first.get_attribute("href").endswith("?lecture")
    assert page.page.evaluate("() => localStorage['backprop-lab/05_error_signal']") is None  # the reader's own
    page.page.context.close()


@alive
def test_an_exercise_is_written_wrong_and_right_survives_endless_loops_and_a_reload(shown):
    page = shown.open("07_bp2_backward.html")
    page.alive()
    cell = page.cell("[data-exercise=check_bp2]")

    def says(body: str) -> str:
        page.write(cell, f"def my_bp2(w_next, delta_next, z):\n    {body}\n\n\ncheck_bp2(my_bp2)")
        return page.run(cell)

    assert "Not yet" in says("return (w_next @ delta_next) * sigmoid.prime(z)")
    assert "did not finish" in says("while True: pass")
    right = "return (w_next.T @ delta_next) * sigmoid.prime(z)"
    assert "Correct" in says(right)
    question = page.page.locator(".live", has=page.page.locator(".bl-question input[type=radio]")).first
    question.locator("input[type=radio]").first.check()
    question.locator("button:enabled:not([aria-disabled=true])").first.click()
    page.until(lambda: question.locator(".bl-right, .bl-wrong").count() > 0)
    told = question.inner_text()
    other = page.cell(":not([data-exercise])")
    other.get_by_role("button", name="Edit").click()
    page.write(other, "while True: pass")
    page.page.keyboard.press("Shift+Enter")
    other.get_by_role("button", name="Stop").click()
    assert "Python is started again" in other.locator(".output").inner_text()
    page.alive()
    page.page.reload()
    assert "the last time it did not end" in other.locator(".output").inner_text()
    other.get_by_role("button", name="Reset to the original").click()
    page.choose("Run all cells")
    page.alive()
    page.until(lambda: question.inner_text() == told)
    assert right in cell.locator(".cm-content, textarea").inner_text()
    page.run(cell)
    assert "Correct" in cell.locator(".output").inner_text()
    before = len(shown.errors)
    page.write(cell, "class A:\n  def __getattr__(self, name): return getattr(self, name + '_')\nA().b")
    page.page.keyboard.press("Shift+Enter")
    page.until(lambda: "has brought Python down" in cell.locator(".output").inner_text())
    assert "fatal error" in shown.errors[before]
    del shown.errors[before:]
    page.page.context.close()


@alive
def test_without_a_connection_it_is_said_what_is_missing_and_run_tries_again(shown):
    page = shown.open("07_bp2_backward.html")
    page.alive()
    cell, before = page.cell("[data-exercise]"), len(shown.errors)
    shown.away = True
    page.write(cell, "import matplotlib.pyplot as plt")
    assert "matplotlib could not be fetched" in page.run(cell)
    page.choose("Download as .ipynb")
    status = page.page.locator("#python")
    page.until(lambda: "07_bp2_backward.ipynb could not be fetched" in status.inner_text())
    page.write(cell, "while True: pass")
    page.page.keyboard.press("Shift+Enter")
    cell.get_by_role("button", name="Stop").click()
    page.until(lambda: "Python could not start" in status.inner_text())
    shown.away = False
    page.write(cell, "import matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.show()")
    page.page.keyboard.press("Shift+Enter")
    page.alive()
    drawn = cell.locator(".output svg").bounding_box()
    assert drawn
    assert 500 < drawn["width"] < 900
    del shown.errors[before:]
    page.page.context.close()


@alive
def test_nothing_is_fetched_that_a_page_does_not_want(shown):
    shown.asked.clear()
    page = shown.open("01_notation.html")
    page.alive()
    assert not [each for each in shown.asked if "matplotlib" in each or "tqdm" in each]
    files = {each.partition("?")[0].removeprefix(f"/{shown.path}/") for each in shown.asked}
    sizes = {each: (shown.root / unquote(shown.path) / each).stat().st_size for each in files if "favicon" not in each}
    assert sum(sizes.values()) < 20e6
    assert sum(size for name, size in sizes.items() if not name.startswith(("pyodide", "assets"))) < 1e6
    page.page.context.close()
