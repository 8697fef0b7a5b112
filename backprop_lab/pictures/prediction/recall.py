"""Two questions from earlier notebooks side by side, with new numbers."""

from dataclasses import dataclass, replace

from backprop_lab.drawing.markup import element
from backprop_lab.drawing.picture import Event, Picture, Press, Turn, beside, refuse
from backprop_lab.drawing.prose import spoken
from backprop_lab.lecture import lecturing
from backprop_lab.pictures.prediction.state import Prediction
from backprop_lab.pictures.prediction.state import update as updated
from backprop_lab.pictures.prediction.view import saved, sentence, shown
from backprop_lab.questions import recalled


@dataclass(frozen=True)
class Recall:
    """The questions, and the number of the notebook each of them comes from."""

    predictions: tuple[Prediction, ...]
    sources: tuple[str, ...]


def begin(notebook: str, seed: int = 0) -> Recall:
    """Two questions from notebooks before this one: `recall("05")`. Another seed asks with other numbers.

    The rule: one from the notebook before; one from halfway back to the first, or, with another seed, from elsewhere.

    Raises
    ------
    ValueError : there are no questions before it.
    """
    drawn = recalled(notebook, seed)
    predictions = tuple(Prediction(asked, place=f"{at}. ", held=lecturing()) for at, (_, asked) in enumerate(drawn))
    return Recall(predictions, tuple(source for source, _ in drawn))


def view(state: Recall) -> Picture:
    """A card for each question, with the notebook it comes from."""
    cards = [
        element("div", element("div", f"from notebook {source}", class_="bl-caption"), shown(each))
        for source, each in _pairs(state)
    ]
    words = " ".join(f"From notebook {source}: {spoken(sentence(each))}" for source, each in _pairs(state))
    answers = saved(*(each.asked for each in state.predictions))
    both = element("div", *cards, class_="bl-prediction bl-recall")
    return Picture(both, words, "Questions from earlier notebooks", beside(__file__), saved=answers)


def update(state: Recall, event: Event) -> Recall:
    """What is done with one of the questions; the other stays as it is."""
    for at, each in enumerate(state.predictions):
        if isinstance(event, Turn | Press) and event.key.startswith(each.place):
            after = updated(each, event)
            return replace(state, predictions=(*state.predictions[:at], after, *state.predictions[at + 1 :]))
    return refuse(event)


def _pairs(state: Recall) -> list[tuple[str, Prediction]]:
    return list(zip(state.sources, state.predictions, strict=True))
