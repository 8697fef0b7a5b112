"""The pages read without JavaScript: all of the text and the code, every picture; and no address leads off the site."""

import ast
import html
import re
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import build_site
import nbformat
import pytest
from website import python
from website.start import thumbnails
from website.text import code, formula
from website.text import html as text_html

from backprop_lab.course import CHAPTERS

NOTEBOOKS = Path(__file__).parents[2] / "notebooks"
LEADS = {"href", "src", "srcset", "action", "data", "poster", "xlink:href", "formaction"}


class Read(HTMLParser):
    """What a page has: its addresses, ids, classes, and the text of its code."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.addresses, self.ids, self.code, self.figures = [], [], [], 0
        self._in_code = False
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        self.addresses += [value for name, value in attrs if name in LEADS and value]
        self.ids += [given["id"]] if "id" in given else []
        self.figures += tag == "figure"
        if tag == "code":
            self._in_code = True
            self.code.append("")

    def handle_endtag(self, tag):
        self._in_code &= tag != "code"

    def handle_data(self, data):
        if self._in_code:
            self.code[-1] += data


@cache
def read(path: Path) -> tuple[str, Read]:
    text = path.read_text("utf-8")
    return text, Read(text)


def notebook(chapter):
    return nbformat.read(NOTEBOOKS / f"{chapter.file}.ipynb", as_version=4)


def test_the_code_of_a_page_is_the_notebook_s_to_the_letter(site, chapter):
    _, page = read(site / f"{chapter.file}.html")
    sources = [cell.source for cell in notebook(chapter).cells if cell.cell_type == "code"]
    assert [each for each in page.code if each in sources] == sources


def test_every_saved_picture_is_on_the_page(site, chapter):
    _, page = read(site / f"{chapter.file}.html")
    saved = [
        output["data"]["text/html"]
        for cell in notebook(chapter).cells
        for output in cell.get("outputs", [])
        if "text/html" in output.get("data", {})
    ]
    assert page.figures == sum("<figure" in each for each in saved) > 0


def test_every_formula_is_typeset(site, chapter):
    text, _ = read(site / f"{chapter.file}.html")
    cells = "".join(re.findall(r'<section class="cell text">(.*?)</section>', text, re.DOTALL))
    words = re.sub(r"<pre\b.*?</pre>", "", cells, flags=re.DOTALL)
    shown = html.unescape(re.sub(r"<[^>]*>", "", words))
    assert "$" not in shown
    assert "&" not in "".join(re.findall(r"<math.*?</math>", html.unescape(words)))
    assert not re.search(r"\\[a-zA-Z]", shown)


def test_no_address_leads_off_the_site_and_none_into_nothing(site):
    for path in site.glob("*.html"):
        _, page = read(path)
        for address in page.addresses:
            assert not re.match(r"[a-z]+:|/", address) or address.startswith("data:"), f"{path.name}: {address}"
            target, _, anchor = address.partition("#")
            if address.startswith("data:"):
                continue
            assert (site / unquote(target or path.name)).is_file(), f"{path.name}: {address}"
            if anchor and target.endswith(".html"):
                assert unquote(anchor) in read(site / target)[1].ids, f"{path.name}: {address}"


def test_no_script_or_stylesheet_names_another_host(site):
    for path in (path for path in site.glob("assets*/*") if path.suffix in {".js", ".css"}):
        found = re.findall(r"(?:https?:)?//[\w.-]+\.\w+/?[^\s\"'`)]*", path.read_text("utf-8"))
        allowed = {"http://www.w3.org/2000/svg", "http://www.w3.org/1999/xhtml", "http://www.w3.org/2000/xmlns/"}
        assert [each for each in found if each.startswith("http") and each not in allowed] == [], path.name


def test_every_page_forbids_other_hosts_and_scripts_in_its_text(site):
    for path in site.glob("*.html"):
        text, _ = read(path)
        policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', text)
        assert policy
        assert html.unescape(policy[1]).startswith("default-src 'self'; script-src 'self' 'wasm-unsafe-eval';")
        assert re.findall(r"<script(?! type=\"(?:application/json\" id|module\" src)=)[^>]*>", text) == []
        assert not re.search(r"<[^>]*\son\w+=", re.sub(r"<script.*?</script>|<style.*?</style>", "", text, flags=re.S))


def test_ids_are_used_once(site, chapter):
    _, page = read(site / f"{chapter.file}.html")
    assert len(page.ids) == len(set(page.ids))


def is_stub(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.FunctionDef) and [ast.unparse(line) for line in statement.body] == ["..."]


def test_an_exercise_is_marked_by_its_checker(site, chapter):
    text, _ = read(site / f"{chapter.file}.html")
    stubs = [
        cell
        for cell in notebook(chapter).cells
        if cell.cell_type == "code" and any(map(is_stub, ast.parse(cell.source).body))
    ]
    marked = re.findall(r'data-exercise="(check_\w+)"', text)
    assert len(marked) == len(stubs)
    assert all(name in cell.source for name, cell in zip(marked, stubs, strict=True))


def test_the_start_page_leads_to_every_notebook_with_its_question_and_a_picture(site):
    text, page = read(site / "index.html")
    assert "('" not in text
    for chapter in CHAPTERS:
        assert f"{chapter.file}.html" in page.addresses
        assert html.escape(chapter.question) in text
    assert text.count('<div class="thumb"') == len(CHAPTERS)
    thumbs = re.findall(r'<div class="thumb" aria-hidden="true" inert=""><div[^>]*><(?:svg|figure)\b', text)
    assert len(thumbs) == len(CHAPTERS)


def test_a_further_page_is_small(site):
    assert max(path.stat().st_size for path in site.glob("*.html")) < 500_000
    shared = sum(path.stat().st_size for path in site.glob("assets*/*"))  # by all pages, and fetched once
    assert shared < 1_200_000


def test_no_page_wants_matplotlib_which_is_ten_times_as_large_as_a_page_may_be(chapter):
    written = "\n".join(cell.source for cell in notebook(chapter).cells if cell.cell_type == "code")
    assert not re.search(python.LATER["matplotlib"], written)


def test_markdown_becomes_html():
    assert text_html("# A *b*") == '<h1 id="A-b">A <em>b</em></h1>\n'
    assert text_html("[next](05_error_signal.ipynb)") == '<p><a href="05_error_signal.html">next</a></p>\n'
    assert "<table>" in text_html("| a |\n|---|\n| $x$ |")
    assert "<mi>x</mi>" in text_html("| a |\n|---|\n| $x$ |")
    assert text_html("`a $b$`").count("math") == 0
    kept = re.findall('<span class="whole">(.?)<math.*?</math>(.*?)</span>', text_html("($a$, $b$ and $c$)."))
    assert kept == [("(", ","), ("", ").")]


@pytest.mark.parametrize("source", ["a = 1 < 2", "\n\nx  \n", 's = """\n$ & <b>\n"""', ""])
def test_code_in_colors_is_the_code(source):
    (found,) = Read(code(source)).code
    assert found == source


def test_lines_are_aligned():
    assert formula(r"\begin{aligned}a&=1\\b&=2\end{aligned}", block=True).count("<mtr>") == 2


def test_a_formula_knows_whether_it_stands_in_the_text():
    assert formula("x^2").startswith('<math display="inline">')
    assert formula("x^2", block=True).startswith('<math display="block">')


def test_the_start_page_takes_a_notebook_without_a_drawing_and_one_that_closes_more_than_is_open():
    cells = {"words": [], "odd": ["</div><div class='a'><svg></svg></div>", '<div class="b"><figure></figure></div>']}
    notebooks = {
        name: nbformat.v4.new_notebook(
            cells=[
                nbformat.v4.new_code_cell(outputs=[nbformat.v4.new_output("display_data", {"text/html": each})])
                for each in outputs
            ]
        )
        for name, outputs in cells.items()
    }
    assert thumbnails(notebooks, {}) == {"words": "", "odd": '<div class=""><svg></svg></div>'}


def test_of_python_that_was_fetched_in_part_nothing_is_taken(monkeypatch, tmp_path):
    def fetch(target, cache):
        target.mkdir()
        (target / python.LOCK).write_text("{}", "utf-8")

    def breaks_off(target, cache):
        fetch(target, cache)
        raise SystemExit("no connection")

    monkeypatch.setattr(build_site, "CACHE", tmp_path)
    monkeypatch.setattr(python, "gather", breaks_off)
    with pytest.raises(SystemExit, match="no connection"):
        build_site.with_python(tmp_path / "site", "assets/", None, offline=False)
    assert build_site.with_python(tmp_path / "site", "assets/", None, offline=True) == {"runtime": None}
    monkeypatch.setattr(python, "gather", fetch)
    assert build_site.with_python(tmp_path / "site", "assets/", None, offline=False)["runtime"]
