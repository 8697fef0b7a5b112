"""The quiz of a notebook as a widget: native radio buttons and checkboxes, judged in Python."""

from pathlib import Path
from typing import Any

import anywidget
import traitlets

from backprop_lab.exercises import quiz as quizzes
from backprop_lab.exercises.questions import QUESTIONS
from backprop_lab.views import LOOK, stylesheet
from backprop_lab.views import quiz as view


class QuizForm(anywidget.AnyWidget):
    """Shows the forms that the view draws, and hands each attempt to Python.

    Attributes
    ----------
    state : `Quiz`, what has been answered so far
    """

    _esm = Path(__file__).with_name("quiz.js").read_text("utf-8")
    _css = LOOK + stylesheet(Path(__file__).with_name("quiz.css"))

    picture = traitlets.Unicode(help="the forms, as HTML").tag(sync=True)
    attempt = traitlets.Dict(help="question, chosen: their numbers; turn: counts up").tag(sync=True)

    def __init__(self, state: quizzes.Quiz) -> None:
        self.state = state
        super().__init__(picture=view.quiz(state).markup)

    @traitlets.observe("attempt")
    def _attempted(self, change: Any) -> None:
        self.state = quizzes.answer(self.state, int(change.new["question"]), [int(n) for n in change.new["chosen"]])
        self.picture = view.quiz(self.state).markup

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        """Without a kernel the questions can still be read, and the answers unfolded."""
        live, metadata = super()._repr_mimebundle_(**kwargs) or ({}, {})
        shown = {**live, **view.still(self.state)._repr_mimebundle_()}
        return (shown, metadata) if metadata else shown  # Colab's metadata; elsewhere there is none


def quiz(notebook: str) -> QuizForm:
    """The quiz of a notebook, by its name without `.ipynb`.

    Raises
    ------
    ValueError : there is no quiz for it.
    """
    if notebook not in QUESTIONS:
        raise ValueError(f"notebook must be one of {', '.join(QUESTIONS)}, got {notebook!r}")
    return QuizForm(quizzes.begin(QUESTIONS[notebook]))
