"""How a question looks: what is asked, the place to answer it, and once that is done what is right."""

from collections.abc import Iterator

from backprop_lab.drawing.controls import button, buttons, entry, radio
from backprop_lab.drawing.diagram import A, diagram
from backprop_lab.drawing.html import card, room, screen
from backprop_lab.drawing.markup import Markup, element
from backprop_lab.drawing.picture import Picture, beside
from backprop_lab.drawing.prose import spoken, typeset
from backprop_lab.drawing.questions import mark, option, question, told
from backprop_lab.pictures.prediction.state import Prediction, keys
from backprop_lab.quantities import Quantity
from backprop_lab.questions.asking import SURE, again, joined, revealed, skipped
from backprop_lab.questions.asking import told as told_in_the_end
from backprop_lab.questions.predictions import Asked, ChoiceAsked, OrderAsked
from backprop_lab.questions.typed import CodeAsked, NumberAsked, TypedAsked, written

NOTHING = "?"
KEPT = "The answer is kept. Press reveal to see what is right; until then it can be changed."


def view(state: Prediction) -> Picture:
    """The question with a place to answer it; after the commitment, or when it is skipped, what is right."""
    picture = element("div", shown(state), class_="bl-prediction")
    name = spoken(state.asked.question)
    return Picture(picture, spoken(sentence(state)), name, beside(__file__), saved=saved(state.asked))


def shown(state: Prediction) -> Markup:
    """The card of the question, beside the network that is asked about if there is one."""
    asked = state.asked
    said = told(typeset(sentence(state)), _right(state), _longest(asked), key=f"{state.place}told")
    asking = card(question(typeset(asked.question), *_answers(state)), said, look="bl-question")
    network = _network(state)
    return screen(network, asking) if network else asking


def saved(*asked: Asked) -> Markup:
    """What a reader without a kernel can unfold: the answers."""
    answers = [element("p", typeset(joined(each.solution, each.reveal))) for each in asked]
    return element("details", element("summary", "Answer"), *answers, class_="bl-saved")


def sentence(state: Prediction) -> str:
    """What is said now."""
    if state.phase == "committed":
        return told_in_the_end(state.asked, state.given, state.sure)
    if state.phase == "skipped":
        return revealed(state.asked) if state.held else skipped(state.asked)
    if state.held:
        return KEPT if state.complete else "No answer yet: give one, or press reveal."
    missed = state.missed
    return joined(
        again(state.asked, missed[-1], len(missed)) if missed else "",
        "" if missed and state.given == missed[-1] else _open(state),
    )


def _right(state: Prediction) -> bool | None:
    """What the mark says; None where there is none."""
    if state.phase == "committed":
        verdict = state.asked.judge(state.given)
        return verdict.right if verdict.marked else None
    return False if state.missed and state.phase == "open" else None


def _longest(asked: Asked) -> str:
    """The longest that may have to be said."""
    ends = [told_in_the_end(asked, each, "sure") for each in asked.samples]
    wrong = [each for each in asked.samples if not asked.judge(each).right]
    tries = [("", 0), *((each, misses) for each in wrong for misses in range(1, asked.tries))]
    typed = ["", *asked.samples, *(["x" * 40] * isinstance(asked, TypedAsked))]  # while the last miss is spoken of
    states = [Prediction(asked, given, missed=(missed,) * misses) for missed, misses in tries for given in typed]
    return max(*map(spoken, (*ends, skipped(asked), *map(sentence, states))), key=len)


def _open(state: Prediction) -> str:
    given = state.given
    match state.asked:
        case OrderAsked(items=items):
            next_ = "Commit the order to see what is right" if state.complete else "Choose the next"
            return f"{len(given)} of {len(items)} placed. {next_}; choose a placed one to take it back; or skip."
        case ChoiceAsked(choices=choices) if state.complete:
            return f"You chose “{choices[int(str(given))]}”. Commit it to see what is right."
        case ChoiceAsked() if given:
            return ""  # it was missed before
        case ChoiceAsked():
            return "No answer yet: choose one and commit it, or skip."
        case _ if state.complete:
            return f"You typed {written(given)}. Commit it to see what is right; until then you can change it."
        case TypedAsked(like=like) as asked if given and not asked.complete(given):
            return f"“{written(given)}” cannot be read: {like}."
        case _ if given:
            return ""
    return "No answer yet: type one and commit it, or skip."


def _answers(state: Prediction) -> list[Markup]:
    match state.asked:
        case ChoiceAsked() as asked:
            return [*_choice(state, asked), buttons(*_presses(state))]
        case OrderAsked() as asked:
            return [_order(state, asked), buttons(*_presses(state))]
        case asked:
            name = "your number" if isinstance(asked, NumberAsked) else "your answer"
            field = entry(f"{state.place}given", name, str(state.given), locked=state.phase != "open")
            return [buttons(field, *_presses(state)), _typed(state, asked)]


def _presses(state: Prediction) -> list[Markup]:
    """How sure, and the buttons: committing waits for an answer; what is being typed is told by the press itself."""
    is_open = state.phase == "open"
    if state.held:
        again_ = button(f"{state.place}start over", "start over", on=state != state.fresh)
        return [button(f"{state.place}skip", "reveal", on=is_open), again_]
    ready = is_open and (state.complete or isinstance(state.asked, TypedAsked))
    return [
        *([_how_sure(state)] if state.asked.asks_how_sure else []),
        button(f"{state.place}commit", "commit", on=ready),
        button(f"{state.place}skip", "skip", on=is_open),
        button(f"{state.place}start over", "start over", on=state != state.fresh),
    ]


def _how_sure(state: Prediction) -> Markup:
    locked = state.phase != "open"
    dots = [radio(f"{state.place}sure", each, each, each == state.sure, locked=locked) for each in SURE]
    return element(
        "span", element("span", "how sure?"), *dots, role="group", aria_label="How sure are you?", class_="bl-sure"
    )


def _typed(state: Prediction, asked: TypedAsked) -> Markup:
    """What the learner said, what is right, and of a number how far the two are apart."""
    ended = state.phase != "open"
    given = str(state.given).replace("-", "−") if asked.complete(state.given) else "…"
    cards = [_card("you say", given, _right(state) if ended else None)]
    cards.append(_card("it is", asked.write(asked.answer) if ended else NOTHING))
    if isinstance(asked, NumberAsked):
        cards.append(_card("off by", (asked.off(state.given) or "–") if ended else NOTHING))
    return element("div", *cards, class_="bl-said")


def _choice(state: Prediction, asked: ChoiceAsked) -> Iterator[Markup]:
    """The answers to choose from; those that were missed are marked, in the end the right one too."""
    ended = state.phase != "open"
    for at, words in enumerate(asked.choices):
        right = words == asked.answer
        marked = right if (ended and right) or str(at) in state.missed else None
        yield option(f"{state.place}given", str(at), words, state.given == str(at), locked=ended, right=marked)


def _order(state: Prediction, asked: OrderAsked) -> Markup:
    """The items to choose from, the order the learner has given them, and in the end the right one."""
    ended, items = state.phase != "open", asked.items
    offered = [
        button(f"{state.place}{key}", typeset(item), on=not ended, pressed=None if ended else item in state.given)
        for key, item in keys(asked).items()
    ]
    judged = state.phase == "committed" or state.given in state.missed
    turned = [one for one, _ in asked.turned(state.given)] if judged else []
    yours = [element("span", typeset(item), _turned() if item in turned else "") for item in state.given]
    yours += [element("span", "…")] * (len(items) - len(state.given))
    right = [typeset(item) for item in items] if ended else [NOTHING] * len(items)
    longest = max(map(spoken, items), key=len)
    columns = {
        "to choose from": element("div", *offered, class_="bl-items"),
        "your order": element("ol", *(element("li", room(each, f"{longest} ⇅")) for each in yours)),
        "it is": element("ol", *(element("li", room(each, longest)) for each in right)),
    }
    shown = [element("div", element("div", name, class_="bl-caption"), each) for name, each in columns.items()]
    return element("div", *shown, class_="bl-order")


def _turned() -> Markup:
    """The sign of an item that is the wrong way round with the next one."""
    return element(
        "span", " ⇅", role="img", aria_label="the wrong way round with the next", class_="bl-mark bl-wrong bl-turned"
    )


def _card(title: str, value: str, right: bool | None = None) -> Markup:
    said = element("span", value, class_="bl-value bl-strong")
    return card(element("div", title, class_="bl-caption"), said, "" if right is None else mark(right))


def _network(state: Prediction) -> Markup | None:
    """The network that is asked about; what was to be named is lit once the answer may be seen."""
    asked = state.asked
    if asked.case is None:
        return None
    ended = state.phase != "open"
    lit = [Quantity.read(str(asked.answer)).key] if ended and isinstance(asked, CodeAsked) and asked.answer.name else []
    return diagram(asked.case, rows=(A,), lit=lit, selectable=False, width=560)
