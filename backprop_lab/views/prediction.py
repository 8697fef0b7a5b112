"""Predictions: a learner commits to a number, a name, a choice or an order, and only then sees what is right."""

import random
from collections.abc import Mapping, Sequence

from backprop_lab.drawing.markup import Markup, element, fragment, plain
from backprop_lab.views import Picture
from backprop_lab.views.answers import NOTHING, Verdict, judge_code, judge_number, read_code, read_number
from backprop_lab.views.prediction_state import Choice, Naming, Number, Order


def number(state: Number) -> Picture:
    """What the learner said, what is right, and how far the two are apart."""
    typed, value = read_number(state.given), plain(state.answer, state.decimals)
    if typed is None:
        return _typed(state, None, value, "write it like 0.25 or −1.5", off="–")
    off = _distance(state, float(typed))
    return _typed(state, judge_number(typed, state.answer, state.slips), value, "", off=off)


def naming(state: Naming) -> Picture:
    """What the learner said, and what is right."""
    typed = read_code(state.given)
    verdict = judge_code(typed, state.answer, state.slips) if typed else None
    return _typed(state, verdict, str(state.answer), "write it like w[1][2, 0], or a shape like (3, 2)")


def choice(state: Choice) -> Picture:
    """The answers to choose from; after the commitment what is right, and what the learner chose."""
    cards = [_answer(state, at, text) for at, text in enumerate(state.choices)]
    return Picture(element("div", *cards, class_="bl-answers"), _choice_words(state))


def order(state: Order) -> Picture:
    """The items, each with the place it was given; after the commitment the right order beside it."""
    items = shuffled(state.items, state.question)
    yours = [_item(state, item) for item in items]
    places = [_place(state, at) for at in range(len(items))]
    lists = [element("div", *part, class_="bl-answers") for part in (yours, places)]
    return Picture(element("div", *lists, class_="bl-row"), _order_words(state))


def shuffled(items: Sequence[str], question: str) -> list[str]:
    """The items in an order that is the same on every run and not the right one."""
    mixed = random.Random(question).sample(items, len(items))
    return mixed if tuple(mixed) != tuple(items) else mixed[1:] + mixed[:1]


def _typed(state: Number | Naming, verdict: Verdict | None, value: str, like: str, off: str = "") -> Picture:
    said = state.given.strip().replace("-", "−" if verdict else "-")
    mark = "" if state.phase != "committed" or not verdict else " bl-good" if verdict.right else " bl-bad"
    cards = [("you say", said if verdict else "…", mark), ("it is", value, ""), *([("off by", off, "")] if off else [])]
    hidden = state.phase == "open"
    row = [_card(title, "?" if hidden and at else text, mark) for at, (title, text, mark) in enumerate(cards)]
    words = _open_words(said, verdict, like) if hidden else _told(state, verdict, said, value, off)
    return Picture(element("div", *row, class_="bl-row"), words)


def _open_words(said: str, verdict: Verdict | None, like: str) -> str:
    if verdict:
        return f"You typed {said}. Commit it to see what is right; until then you can change it."
    if said:
        return f"“{said}” cannot be read: {like}."
    return "No prediction yet: type one and commit it, or skip."


def _told(state: Number | Naming, verdict: Verdict | None, said: str, value: str, off: str) -> str:
    answer = f"The answer is {value}."
    if state.phase == "skipped" or not verdict:
        return _joined("You skipped the prediction.", answer, state.reveal)
    miss = "" if verdict.right else f"You said {said}, off by {off}." if off else f"You said {said}."
    return _joined(verdict.words, miss, answer, state.reveal)


def _choice_words(state: Choice) -> str:
    chosen = state.choices[int(state.given.removeprefix("choice"))] if state.given else ""
    if state.phase == "open":
        commit = f"You chose “{chosen}”. Commit it to see what is right."
        return commit if chosen else "No prediction yet: choose an answer and commit it, or skip."
    why, answer = dict(zip(state.choices, state.feedback, strict=True)), f"Right is “{state.answer}”."
    if state.phase == "skipped":
        return _joined("You skipped the prediction.", answer, why[state.answer], state.reveal)
    if chosen == state.answer:
        return _joined(f"That is right: “{chosen}”.", why[chosen], state.reveal)
    return _joined(f"You chose “{chosen}”.", why[chosen], answer, state.reveal)


def _order_words(state: Order) -> str:
    if state.phase == "open":
        go_on = "Commit the order to see what is right" if state.complete else "Choose the next"
        return (
            f"{len(state.given)} of {len(state.items)} placed. {go_on}; choose a placed one to take it back; or skip."
        )
    answer = f"The order is: {', '.join(state.items)}."
    if state.phase == "skipped":
        return _joined("You skipped the prediction.", answer, state.reveal)
    hits = sum(one == other for one, other in zip(state.given, state.items, strict=True))
    count = f"{hits} of {len(state.items)} {'is' if hits == 1 else 'are'} in place."
    verdict = "That is right." if hits == len(state.items) else count
    return _joined(verdict, answer, state.reveal)


def _distance(state: Number, typed: float) -> str:
    gap = abs(typed - state.answer)
    near = abs(state.answer) > NOTHING and gap < 10 * abs(state.answer)  # beyond that per cent say nothing
    share = f" ({plain(100 * gap / abs(state.answer), 1)} %)" if near else ""
    return f"{plain(gap, state.decimals)}{share}"


def _card(title: str, value: str, mark: str) -> Markup:
    said = element("span", value, class_=f"bl-value bl-strong{mark}")
    return element("div", element("div", title, class_="bl-caption"), said, class_="bl-card bl-said")


def _answer(state: Choice, at: int, text: str) -> Markup:
    key, hidden = f"choice{at}", state.phase == "open"
    chosen, right = key == state.given, text == state.answer
    mark = None if hidden else "bl-good" if right else "bl-bad" if chosen else None
    said = element("span", " (your choice)", class_="bl-caption") if chosen and not hidden else ""
    pick: Mapping[str, str] = {"data_select": key, "aria_label": text} if hidden else {"data_key": key}
    return element(
        "div", element("span", text, class_=mark), said, class_=f"bl-card{' bl-on' if chosen else ''}", **pick
    )


def _item(state: Order, item: str) -> Markup:
    key, at = f"item{state.items.index(item)}", state.given.index(item) + 1 if item in state.given else 0
    if state.phase != "open":
        return element("div", item, class_="bl-card", data_key=key)
    label = f"{item}, {f'place {at}' if at else 'not placed'}"
    return element("div", item, class_=f"bl-card{' bl-on' if at else ''}", data_select=key, aria_label=label)


def _place(state: Order, at: int) -> Markup:
    yours = state.given[at] if at < len(state.given) else "…"
    if state.phase == "open":
        return element("div", f"{at + 1}. {yours}", class_="bl-card", data_key=f"place{at}")
    hit = yours == state.items[at]
    mark = None if state.phase == "skipped" else "bl-good" if hit else "bl-bad"
    said = "" if hit or not mark else element("span", f" (you: {yours})", class_="bl-caption")
    line = fragment(element("span", f"{at + 1}. {state.items[at]}", class_=mark), said)
    return element("div", line, class_="bl-card", data_key=f"place{at}")


def _joined(*sentences: str) -> str:
    return " ".join(sentence for sentence in sentences if sentence)
