"""Predictions as widgets: a place to commit to an answer before it is shown. Skipping is fine, nothing waits for it."""

from collections.abc import Callable, Mapping, Sequence
from operator import attrgetter
from typing import Any

from ipywidgets import HTML, Text

from backprop_lab.activations import Array
from backprop_lab.cases import Case
from backprop_lab.drawing.markup import Markup, element, fragment
from backprop_lab.views import Picture
from backprop_lab.views import prediction as view
from backprop_lab.views import prediction_state as states
from backprop_lab.views.answers import Code, read_code
from backprop_lab.views.naming import name_question, shape_question
from backprop_lab.widgets.live import Control, Live


class Prediction(Live[Any]):
    """A question, and below it the place to answer it and what is said of the answer."""

    def __init__(
        self,
        state: Any,
        draw: Callable[[Any], Picture],
        controls: Sequence[Control[Any]] = (),
        select: Callable[[Any, str], Any] | None = None,
    ) -> None:
        actions = {"commit": states.commit, "skip": states.skip, "start over": states.start_over}
        super().__init__(state, draw, label=state.question, controls=controls, actions=actions, select=select)
        *answering, stage = self.children
        question = HTML(_question(state.question)).add_class("bl")
        self.children = (question, *answering, stage) if controls else (question, stage, *answering)

    def _repr_mimebundle_(self, **kwargs: object) -> dict[str, Any]:
        """The saved output asks the question too."""
        question, text = self.state.question, self.stage.text
        still = Picture(fragment(_question(question), Markup(self.stage.picture)), text)._repr_mimebundle_()
        return {**super()._repr_mimebundle_(**kwargs), **still, "text/plain": f"{question} {text}"}


def predict_number(
    question: str,
    answer: float,
    *,
    slips: Mapping[str, float] | None = None,
    decimals: int = 6,
    reveal: str = "",
) -> Prediction:
    """Ask for a number. What is typed counts when it is the answer, rounded to two digits or more.

    Parameters
    ----------
    slips : values that come of a mistake, by a name which completes "That is the value with …"
    decimals : of the numbers in the reveal
    reveal : what is said with the answer

    Raises
    ------
    ValueError : the answer or a slip is not finite, or a slip could not be told from the answer.
    """
    named = tuple((name, float(value)) for name, value in (slips or {}).items())
    state = states.Number(question=question, answer=float(answer), slips=named, decimals=decimals, reveal=reveal)
    return Prediction(state, view.number, [_typing("your number")])


def predict_code(
    question: str,
    answer: str | tuple[int, ...],
    *,
    slips: Mapping[str, str | tuple[int, ...]] | None = None,
    reveal: str = "",
) -> Prediction:
    """Ask for a name, `w[1][2, 0]`, or for a shape, `(3, 2)`, typed as in Python.

    Parameters
    ----------
    slips : answers that come of a mistake, by a name which completes "That is the answer with …"

    Raises
    ------
    ValueError : the answer or a slip cannot be read, or a slip equals the answer.
    """
    named = tuple((name, _code(name, given)) for name, given in (slips or {}).items())
    state = states.Naming(question=question, answer=_code("answer", answer), slips=named, reveal=reveal)
    return Prediction(state, view.naming, [_typing("your answer")])


def predict_name(case: Case, value: float, question: str = "") -> Prediction:
    """Ask for the name of the weight or bias with this value; swapped indices and other slips are recognised.

    Raises
    ------
    ValueError : not exactly one weight or bias of the case has the value.
    """
    return Prediction(name_question(case, value, question), view.naming, [_typing("your answer")])


def predict_shape(question: str, arrays: Mapping[int, Array], *, layer: int, reveal: str = "") -> Prediction:
    """Ask for the shape of one of several arrays by layer, such as `w` or `delta`."""
    return Prediction(shape_question(question, arrays, layer, reveal), view.naming, [_typing("your answer")])


def predict_choice(question: str, choices: Mapping[str, str], *, answer: str, reveal: str = "") -> Prediction:
    """Ask for one of several answers.

    Parameters
    ----------
    choices : answer -> what is said of it when it was chosen
    answer : the one that is right

    Raises
    ------
    ValueError : the answer is not one of the choices.
    """
    texts, feedback = tuple(choices), tuple(choices.values())
    state = states.Choice(question=question, choices=texts, feedback=feedback, answer=answer, reveal=reveal)
    return Prediction(state, view.choice, select=states.answer)


def predict_order(question: str, items: Sequence[str], *, reveal: str = "") -> Prediction:
    """Ask for an order; the items are given in the right one and shown in another, the same on every run.

    Raises
    ------
    ValueError : there are fewer than two items, or two of them look the same.
    """
    state = states.Order(question=question, items=tuple(items), reveal=reveal)
    return Prediction(state, view.order, select=states.place)


def _typing(name: str) -> Control[Any]:
    box = Text(description=name, placeholder="type it here", continuous_update=False)
    return Control(box, attrgetter("given"), states.answer)


def _code(name: str, given: str | tuple[int, ...]) -> Code:
    code = read_code(str(given))
    if code is None:
        raise ValueError(f"{name} must be a name like w[1][2, 0] or a shape like (3, 2), got {given!r}")
    return code


def _question(question: str) -> Markup:
    return element("p", question, class_="bl-title")
