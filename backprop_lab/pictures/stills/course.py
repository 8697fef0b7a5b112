"""The series as a map: the notebooks along the parts of the one big process."""

from backprop_lab.course import CHAPTERS, ROWS, Chapter
from backprop_lab.drawing import html
from backprop_lab.drawing.markup import Markup, element
from backprop_lab.drawing.picture import Picture, beside


def course() -> Picture:
    """The map: the parts of the process one below the other, with the notebooks along each, from left to right."""
    rows = [_part(row, *said) for row, said in ROWS.items()]
    first, *loop = (f"{row.capitalize()}: {', '.join(each.name for each in _of(row))}" for row in ROWS)
    words = f"The notebooks, along the loop of training. {first}. {'. '.join(loop)}; and forward again."
    markup = element("nav", *rows, aria_label="The notebooks", class_="bl-map")
    return Picture(markup, words, "The notebooks", beside(__file__, "course.css"), caption=False)


def _of(row: str) -> list[Chapter]:
    return [chapter for chapter in CHAPTERS if chapter.row == row]


def _part(row: str, words: str, flow: str) -> Markup:
    stations = element("div", *map(_station, _of(row)), class_="bl-stations")
    return element("div", html.title(words, flow), stations, class_=f"bl-way-{row}")


def _station(chapter: Chapter) -> Markup:
    link = element("a", f"{chapter.file[:2]} · {chapter.name}", href=f"{chapter.file}.ipynb")
    return html.card(html.title(link), chapter.question)
