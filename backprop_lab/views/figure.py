"""Matplotlib figures in the one look: drawn once, in colours that follow the theme of the page."""

import io
import re
from collections.abc import Callable
from typing import Any

import matplotlib as mpl
from cycler import cycler
from matplotlib.figure import Figure

from backprop_lab.drawing.markup import Markup
from backprop_lab.views import Picture

# Matplotlib needs real colours while it draws; afterwards each becomes the variable of views/look.css.
_COLOURS = {"#010203": "--bl-fg", "#010204": "--bl-mute", "#010205": "--bl-line", "#010206": "--bl-focus"}
_FG, _MUTE, _LINE, _FOCUS = _COLOURS
STYLE: dict[Any, Any] = {
    "svg.fonttype": "none",
    "svg.hashsalt": "backprop_lab",
    "font.family": "DejaVu Sans",
    "font.size": 13,
    "text.color": _FG,
    "axes.labelcolor": _FG,
    "axes.edgecolor": _MUTE,
    "axes.facecolor": "none",
    "figure.facecolor": "none",
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.titlesize": 14,
    "axes.titleweight": "bold",
    "axes.titlelocation": "left",
    "xtick.color": _MUTE,
    "ytick.color": _MUTE,
    "grid.color": _LINE,
    "grid.linewidth": 0.5,
    "lines.linewidth": 2,
    "legend.frameon": False,
    # a line's style tells it apart, colour only helps; blue and vermillion are kept for signs
    "axes.prop_cycle": cycler(color=[_FG, _FOCUS, _MUTE], linestyle=["-", "--", ":"]),
}


def figure(draw: Callable[[Figure], None], text: str, *, size: tuple[float, float] = (9.4, 3.2)) -> Picture:
    """A picture made by Matplotlib.

    Parameters
    ----------
    draw : draws into the figure it is given, under our style
    text : what is to be seen in it, in full sentences: the caption, and what a screen reader says
    size : width and height in inches; 9.4 fills the width of a notebook
    """
    with mpl.rc_context(STYLE):
        canvas = Figure(figsize=size, layout="constrained")
        draw(canvas)
        file = io.StringIO()
        canvas.savefig(file, format="svg", metadata={"Date": None}, transparent=True)
    return Picture(_themed(file.getvalue()), text)


def _themed(svg: str) -> Markup:
    drawing = svg[svg.index("<svg") :]
    drawing = re.sub(r"<metadata>.*?</metadata>", "", drawing, flags=re.DOTALL)
    drawing = re.sub(r' (?:width|height)="[\d.]+pt"', "", drawing, count=2)
    for colour, variable in _COLOURS.items():
        drawing = drawing.replace(colour, f"var({variable})")
    return Markup(drawing.replace("<svg ", '<svg class="bl-figure" ', 1).strip())
