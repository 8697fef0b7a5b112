"""Matplotlib figures in the one look: drawn once, in colors that follow the theme of the page."""

import io
import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from backprop_lab.drawing.markup import Markup, element
from backprop_lab.drawing.picture import Picture

if TYPE_CHECKING:
    from matplotlib.figure import Figure

# Matplotlib needs real colors while it draws; afterwards each becomes the variable of drawing/look.css.
_COLORS = {"#010203": "--bl-fg", "#010204": "--bl-mute", "#010205": "--bl-line", "#010206": "--bl-focus"}
_FG, _MUTE, _LINE, _FOCUS = _COLORS
PIXELS = 98  # of an inch on the page, at most: text is then as large as in the other pictures
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
}


def figure(draw: "Callable[[Figure], None]", text: str, *, size: tuple[float, float] = (9.4, 3.2)) -> Picture:
    """A picture made by Matplotlib.

    Parameters
    ----------
    draw : draws into the figure it is given, under our style
    text : what is to be seen in it, in full sentences: the caption, and what a screen reader says
    size : width and height in inches; 9.4 fills the width of a notebook
    """
    import matplotlib as mpl  # noqa: PLC0415 (slow to load, and a browser has none)
    from cycler import cycler  # noqa: PLC0415
    from matplotlib.figure import Figure  # noqa: PLC0415

    # a line's style tells it apart, color only helps; blue and vermillion are kept for signs
    lines = cycler(color=[_FG, _FOCUS, _MUTE], linestyle=["-", "--", ":"])
    with mpl.rc_context({**STYLE, "axes.prop_cycle": lines}):
        canvas = Figure(figsize=size, layout="constrained")
        draw(canvas)
        file = io.StringIO()
        canvas.savefig(file, format="svg", metadata={"Date": None}, transparent=True)
    drawing = element("div", _themed(file.getvalue()), style=f"max-width: {PIXELS * size[0]:.0f}px")
    return Picture(drawing, text, "A figure")


def _themed(svg: str) -> Markup:
    drawing = svg[svg.index("<svg") :]
    drawing = re.sub(r"<metadata>.*?</metadata>", "", drawing, flags=re.DOTALL)
    drawing = re.sub(r' (?:width|height)="[\d.]+pt"', "", drawing, count=2)
    for color, variable in _COLORS.items():
        drawing = drawing.replace(color, f"var({variable})")
    return Markup(drawing.replace("<svg ", '<svg class="bl-figure" ', 1).strip())
