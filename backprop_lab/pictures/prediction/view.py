"""How a prediction looks: the question, the place to answer it, and once that is done what is right."""

from collections.abc import Iterator

from backprop_lab.drawing.controls import button, buttons, entry
from backprop_lab.drawing.diagram import A, Z, diagram
from backprop_lab.drawing.html import card, room, screen
from backprop_lab.drawing.markup import Markup, element
from backprop_lab.drawing.picture import Picture, beside
from backprop_lab.drawing.questions import mark, option, question, told
from backprop_lab.exercises.predictions import Asked, ChoiceAsked, OrderAsked, shuffled, skipped
from backprop_lab.exercises.predictions import told as told_in_the_end
from backprop_lab.exercises.typed import CodeAsked, NumberAsked, TypedAsked, written
from backprop_lab.pictures.prediction.state import Prediction, keys
from backprop_lab.quantities import Quantity

NOTHING = "?"


def view(state: Prediction) -> Picture:
    """The question with a place to answer it; after the commitment, or when it is skipped, what is right."""
    asked, words = state.asked, sentence(state)
    said = told(words, _right(state), _longest(asked))
    shown = card(question(asked.question, *_answers(state)), said, look="bl-question")
    network = _network(state)
    picture = screen(network, shown) if network else shown
    return Picture(element("div", picture, class_="bl-prediction"), words, asked.question, beside(__file__))


def sentence(state: Prediction) -> str:
    """What is said now."""
    if state.phase == "open":
        return _open(state)
    return told_in_the_end(state.asked, state.given) if state.phase == "committed" else skipped(state.asked)


def _right(state: Prediction) -> bool | None:
    return state.asked.judge(state.given).right if state.phase == "committed" else None


def _longest(asked: Asked) -> str:
    """The longest that may have to be said."""
    ends = [told_in_the_end(asked, each) for each in asked.samples]
    before = [_open(Prediction(asked, each)) for each in ("", *asked.samples)]
    return max(*ends, skipped(asked), *before, key=len)


def _open(state: Prediction) -> str:
    given = state.given
    match state.asked:
        case OrderAsked(items=items):
            next_ = "Commit the order to see what is right" if state.complete else "Choose the next"
            return f"{len(given)} of {len(items)} placed. {next_}; choose a placed one to take it back; or skip."
        case ChoiceAsked(choices=choices) if state.complete:
            return f"You chose “{choices[int(str(given))]}”. Commit it to see what is right."
        case ChoiceAsked():
            return "No prediction yet: choose an answer and commit it, or skip."
        case _ if state.complete:
            return f"You typed {written(given)}. Commit it to see what is right; until then you can change it."
        case TypedAsked(like=like) if given:
            return f"“{given}” cannot be read: {like}."
    return "No prediction yet: type one and commit it, or skip."


def _answers(state: Prediction) -> list[Markup]:
    match state.asked:
        case ChoiceAsked() as asked:
            return [*_choice(state, asked), buttons(*_presses(state))]
        case OrderAsked() as asked:
            return [_order(state, asked), buttons(*_presses(state))]
        case asked:
            name = "your number" if isinstance(asked, NumberAsked) else "your answer"
            field = entry("given", name, str(state.given), locked=state.phase != "open")
            return [buttons(field, *_presses(state)), _typed(state, asked)]


def _presses(state: Prediction) -> list[Markup]:
    """Committing waits for an answer; what is being typed is told by the press itself."""
    ready = state.phase == "open" and (state.complete or isinstance(state.asked, TypedAsked))
    return [
        button("commit", "commit", on=ready),
        button("skip", "skip", on=state.phase == "open"),
        button("start over", "start over", on=state != Prediction(state.asked)),
    ]


def _typed(state: Prediction, asked: TypedAsked) -> Markup:
    """What the learner said, what is right, and of a number how far the two are apart."""
    ended = state.phase != "open"
    cards = [_card("you say", written(state.given) if state.complete else "…", _right(state))]
    cards.append(_card("it is", asked.write(asked.answer) if ended else NOTHING))
    if isinstance(asked, NumberAsked):
        cards.append(_card("off by", (asked.off(state.given) or "–") if ended else NOTHING))
    return element("div", *cards, class_="bl-said")


def _choice(state: Prediction, asked: ChoiceAsked) -> Iterator[Markup]:
    """The answers to choose from; in the end the right one, and the one that was chosen, are marked."""
    ended = state.phase != "open"
    for at, words in enumerate(asked.choices):
        chosen, right = state.given == str(at), words == asked.answer
        marked = right if ended and (chosen or right) else None
        yield option("given", str(at), words, chosen, locked=ended, right=marked)


def _order(state: Prediction, asked: OrderAsked) -> Markup:
    """The items to choose from, the order the learner has given them, and in the end the right one."""
    ended, items = state.phase != "open", {item: key for key, item in keys(asked).items()}
    offered = [
        button(items[item], item, on=not ended, pressed=None if ended else item in state.given)
        for item in shuffled(asked.items, asked.question)
    ]
    given = [*state.given, *["…"] * (len(items) - len(state.given))]
    hits = [
        mark(yours == right) if state.phase == "committed" else "" for yours, right in zip(given, items, strict=True)
    ]
    yours = [element("span", each, hit) for each, hit in zip(given, hits, strict=True)]
    right = items if ended else [NOTHING] * len(items)
    longest = max(items, key=len)
    columns = {
        "to choose from": element("div", *offered, class_="bl-items"),
        "your order": element("ol", *(element("li", room(each, f"{longest} ✓")) for each in yours)),
        "it is": element("ol", *(element("li", room(each, longest)) for each in right)),
    }
    shown = [element("div", element("div", name, class_="bl-caption"), each) for name, each in columns.items()]
    return element("div", *shown, class_="bl-order")


def _card(title: str, value: str, right: bool | None = None) -> Markup:
    said = element("span", value, class_="bl-value bl-strong")
    return card(element("div", title, class_="bl-caption"), said, "" if right is None else mark(right))


def _network(state: Prediction) -> Markup | None:
    """The network that is asked about; what was to be named is lit once the answer may be seen."""
    asked = state.asked
    if not isinstance(asked, CodeAsked) or asked.case is None:
        return None
    lit = [] if state.phase == "open" else [Quantity.read(str(asked.answer)).key]
    return diagram(asked.case, rows=(Z, A), lit=lit, selectable=False, width=480)
