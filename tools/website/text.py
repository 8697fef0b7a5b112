"""The words of a notebook as HTML: Markdown, with formulas as MathML, code in colors, and links that lead to pages."""

import re
from html import escape

from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer

from backprop_lab.drawing.latex import from_latex
from backprop_lab.drawing.markup import Markup

_PYTHON = PythonLexer(stripnl=False, ensurenl=False)
_SPANS = HtmlFormatter(nowrap=True, classprefix="py-")
_IN_LINE = 'display="inline" displaystyle="true"'  # as `from_latex` writes a formula on a line of a picture
_MATH = r'<math display="inline">(?:(?!</math>).)*</math>'
_MARKED = re.compile(rf"[(“]+{_MATH}[.,;:!?)”]*|{_MATH}[.,;:!?)”]+", re.DOTALL)


def html(markdown: str, taken: set[str] | None = None) -> Markup:
    """A text cell; `taken` are the names of headings further up the page."""
    renderer = _Renderer(escape=False)
    renderer.taken = set() if taken is None else taken
    text = MarkdownWithMath(renderer=renderer).render(markdown)
    text = _MARKED.sub(r'<span class="whole">\g<0></span>', text)  # no line begins with a full stop
    return Markup(text.replace("<th></th>", "<td></td>"))  # a corner is the head of nothing


def code(source: str) -> Markup:
    """Python, in colors; the text of the element is the source, to the letter."""
    spans = highlight(source, _PYTHON, _SPANS)
    if not source.endswith("\n"):  # it ends the last line
        spans = spans.removesuffix("\n")
    return Markup(f"<pre><code>{spans}</code></pre>")


def to_pages(markup: str) -> str:
    """Links to notebooks, as links to their pages."""
    return re.sub(r'href="([^":/]+)\.ipynb(#[^"]*)?"', r'href="\1.html\2"', markup)


def formula(latex: str, *, block: bool = False) -> Markup:
    """A formula in the text, or on a line of its own; a screen reader reads the MathML itself."""
    latex = latex.replace("{aligned}", "{align*}")  # the name that latex2mathml knows
    latex = re.sub(r"\\[lr]Vert\b", r"\\|", latex)  # which does not grow with what follows
    mathml = re.sub(r' alttext="[^"]*"', "", from_latex(latex), count=1)
    return Markup(mathml.replace(_IN_LINE, f'display="{"block" if block else "inline"}"', 1))


class _Renderer(IPythonRenderer):
    taken: set[str]

    def heading(self, text: str, level: int, **_attributes: object) -> str:
        name = re.sub(r"<[^>]+>", "", text).strip().replace(" ", "-")  # as JupyterLab names it
        named = "" if name in self.taken else f' id="{escape(name)}"'
        self.taken.add(name)
        return f"<h{level}{named}>{text}</h{level}>\n"

    def block_code(self, code: str, info: str | None = None) -> str:
        return f"<pre><code>{highlight(code, _PYTHON, _SPANS)}</code></pre>\n"

    def link(self, text: str, url: str, title: str | None = None) -> str:
        return to_pages(super().link(text, url, title))

    def inline_math(self, body: str) -> str:
        return formula(body)

    def block_math(self, body: str) -> str:
        return formula(body, block=True)
