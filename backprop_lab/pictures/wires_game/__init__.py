"""Five rounds with wires: name the weight that is lit, or find the weight that is named."""

import random
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

from backprop_lab.cases import Case
from backprop_lab.drawing.controls import button, buttons, entry
from backprop_lab.drawing.diagram import A, Z, diagram
from backprop_lab.drawing.html import screen, title
from backprop_lab.drawing.markup import Markup, element
from backprop_lab.drawing.networks import NETWORKS, room
from backprop_lab.drawing.picture import Event, Picture, Press, Select, Turn, refuse
from backprop_lab.quantities import Quantity, parameters
from backprop_lab.questions.naming import code_of, mistakes
from backprop_lab.questions.typed_answers import Code, read_code

ORDER = ("running", "wide", "wide", "deep", "deep")  # the networks of the rounds, small ones first
FEEDBACK = {
    "swapped-indices": "Those are the indices swapped: the first is the neuron the weight leads to.",
    "counted-from-one": "That counts from one: the first neuron of a layer has the number 0.",
    "wrong-layer": "That is the wrong layer: a weight carries the number of the layer it leads to.",
}


class Round(NamedTuple):
    """A network and one of its weights, which is to be typed, or else to be chosen in the picture."""

    network: str
    weight: Quantity
    typed: bool

    @property
    def case(self) -> Case:
        """The network."""
        return NETWORKS[self.network]


@dataclass(frozen=True)
class Game:
    """The rounds, the one that is played, what was given in it (a code or a key), and how the earlier ones ended."""

    rounds: tuple[Round, ...]
    given: str = ""
    phase: Literal["open", "answered", "skipped"] = "open"
    results: tuple[bool, ...] = ()  # of all rounds that have ended, the one that is shown included

    @property
    def round(self) -> Round:
        """The round that is shown."""
        return self.rounds[self.at]

    @property
    def at(self) -> int:
        """Its number, from 0."""
        return len(self.results) - (self.phase != "open")

    @property
    def over(self) -> bool:
        """Whether all rounds are played."""
        return len(self.results) == len(self.rounds)

    @property
    def code(self) -> Code | None:
        """The weight that was typed or chosen, if it is one."""
        code = read_code(self.given if self.round.typed or not self.given else Quantity.read(self.given).code)
        return code if code and code.name == "w" and len(code.indices) == 3 else None


def begin(*, seed: int = 0) -> Game:
    """Five rounds: name the weight that is lit, or find the one that is named. The same seed asks the same."""
    draw = random.Random(seed)
    found: list[Round] = []
    for network in ORDER:
        weights = [each for each in _weights(NETWORKS[network]) if each not in {one.weight for one in found}]
        found.append(Round(network, draw.choice(weights), typed=len(found) % 2 == 0))
    return Game(tuple(found))


def view(game: Game) -> Picture:
    """The round that is shown: what is asked, the network, and what is said of the answer."""
    weight, typed, ended = game.round.weight, game.round.typed, game.phase != "open"
    task = "type the name of the lit weight" if typed else f"choose {weight.code} in the picture"
    marks = "".join("✓" if right else "✗" for right in game.results) + "·" * (len(game.rounds) - len(game.results))
    score = element("span", f"{marks}  {sum(game.results)} right")
    lit = [weight.key] if typed or ended else []
    selected = "" if typed or ended else game.given
    shown = diagram(game.round.case, selected=selected, lit=lit, rows=(Z, A), selectable=not typed)
    network = room(shown, {name: NETWORKS[name] for name in ORDER}, rows=(Z, A))
    heading = title(f"Round {game.at + 1} of {len(game.rounds)}: {task}", score)
    picture = screen(element("div", heading, network), _controls(game))
    return Picture(picture, sentence(game), "Five rounds with wires")


def update(game: Game, event: Event) -> Game:
    """A weight typed or chosen, an answer committed or skipped; then the next round, or the first one again."""
    is_open, typed = game.phase == "open", game.round.typed
    match event:
        case Turn("code", text):
            return replace(game, given=str(text).strip()) if is_open and typed else game
        case Select(key):
            return replace(game, given=key) if is_open and not typed else game
        case Press("commit"):
            right = game.code == code_of(game.round.weight)
            return replace(game, phase="answered", results=(*game.results, right)) if is_open and game.code else game
        case Press("skip"):
            return replace(game, phase="skipped", results=(*game.results, False)) if is_open else game
        case Press("next round"):
            return game if is_open or game.over else replace(game, given="", phase="open")
        case Press("start over"):
            return Game(game.rounds)
    return refuse(event)


def slip(given: Code, weight: Code, *, typed: bool = True) -> str:
    """The short name of the mistake that leads from a weight to what was given for it, or nothing."""
    step = 1 if typed else -1  # who takes the 1 in a name for the first neuron goes one too low in the picture
    return next((name for name, results in mistakes(weight, step).items() if given in results), "")


def sentence(game: Game) -> str:
    """What is said now."""
    weight, code = game.round.weight, game.code
    answer = f"{weight.code} leads {_way(weight)}."
    end = f" All rounds are played: {_score(game)}." if game.over else ""
    if game.phase == "skipped":
        return f"You skipped this round. {answer}{end}"
    if game.phase == "answered" and code:
        why = FEEDBACK.get(slip(code, code_of(weight), typed=game.round.typed), "That is another weight.")
        right = code == code_of(weight)
        return (f"That is right: {answer}" if right else f"{why} You gave {code}; {answer}") + end
    if game.round.typed:
        return f"The lit weight leads {_way(weight)}. {_typed(game, code)}"
    chosen = f"You chose the weight {_way(Quantity.read(game.given))}. Commit it, or choose another." if code else ""
    return f"Looking for {weight.code}. {chosen or 'Choose a weight.'}"


def _controls(game: Game) -> Markup:
    is_open, typed = game.phase == "open", game.round.typed
    hint = "w[1][0, 0]" if typed else "choose it in the picture"
    field = entry("code", "code", game.given if typed else "", hint=hint, locked=not (is_open and typed))
    presses = [
        button("commit", "commit", on=is_open and (typed or game.code is not None)),
        button("skip", "skip", on=is_open),
        button("next round", "next round", on=not is_open and not game.over),
        button("start over", "start over", on=game != Game(game.rounds)),
    ]
    return element("div", buttons(field), buttons(*presses))


def _score(game: Game) -> str:
    hits = sum(game.results)
    return f"{hits} of {len(game.rounds)} {'is' if hits == 1 else 'are'} right"


def _typed(game: Game, code: Code | None) -> str:
    if code:
        return f"You typed {code}. Commit it to see whether it is right."
    return f"“{game.given}” names no weight: write it like w[1][0, 0]." if game.given else "What is its name?"


def _way(weight: Quantity) -> str:
    j, k = weight.index
    return f"from neuron {k} of layer {weight.layer - 1} to neuron {j} of layer {weight.layer}"


def _weights(case: Case) -> list[Quantity]:
    """Those whose indices differ, so that every slip can be told."""
    return [each for each in parameters(case) if each.letter == "w" and each.index[0] != each.index[1]]
