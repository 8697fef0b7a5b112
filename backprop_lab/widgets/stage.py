"""Makes a picture live in the browser: it can be clicked and tabbed through, it speaks, and it shows errors."""

from pathlib import Path

import anywidget
import traitlets

from backprop_lab.views import LOOK, stylesheet


class Stage(anywidget.AnyWidget):
    """Shows a picture and reports what is chosen in it; it knows nothing of what the picture means.

    Elements with `data-select="key"` and an `aria-label` can be chosen by mouse and keyboard; elements with a
    `data-key` (or `data-select`) stay the same nodes when the picture changes, wherever they move among their siblings.
    """

    # the text and not the path: a path would be watched for changes in the kernel of every learner
    _esm = Path(__file__).with_name("stage.js").read_text("utf-8")
    _css = LOOK + stylesheet(Path(__file__).with_name("stage.css"))

    picture = traitlets.Unicode(help="SVG, HTML or MathML text").tag(sync=True)
    text = traitlets.Unicode(help="says what is seen now: shown below the picture, and spoken").tag(sync=True)
    label = traitlets.Unicode("Picture", help="the name a screen reader gives the picture").tag(sync=True)
    selected = traitlets.Unicode(help="key of the chosen element, or nothing").tag(sync=True)
    drawn = traitlets.Unicode(help="the selection the picture answers to; another while Python is busy").tag(sync=True)
    error = traitlets.Unicode(help="what went wrong, for the learner to read").tag(sync=True)
