"""Five rounds with wires: name the weight that is lit, or find the weight that is named."""

import random
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

from backprop_lab.drawing.markup import element
from backprop_lab.views import Picture
from backprop_lab.views.answers import Code, read_code
from backprop_lab.views.diagram import A, Z, diagram
from backprop_lab.views.naming import mistakes
from backprop_lab.views.wires import NETWORKS, code_of, key_of

ORDER = ("running", "wide", "wide", "deep", "deep")  # the networks of the rounds, small ones first
FEEDBACK = {
    "swapped-indices": "Those are the indices swapped: the first is the neuron the weight leads to.",
    "counted-from-one": "That counts from one: the first neuron of a layer has the number 0.",
    "wrong-layer": "That is the wrong layer: a weight carries the number of the layer it leads to.",
}


class Round(NamedTuple):
    """A network and one of its weights, which is to be typed, or else to be chosen in the picture."""

    network: str
    weight: Code
    typed: bool


@dataclass(frozen=True)
class Game:
    """The rounds, the one that is played, what was given in it (a code or a key), and how the earlier ones ended."""

    rounds: tuple[Round, ...]
    given: str = ""
    phase: Literal["open", "answered", "skipped"] = "open"
    results: tuple[bool, ...] = ()  # of all rounds that have ended, the one that is shown included

    @property
    def at(self) -> int:
        """Which round is shown."""
        return len(self.results) - (self.phase != "open")

    @property
    def round(self) -> Round:
        """The round that is shown."""
        return self.rounds[self.at]

    @property
    def code(self) -> str:
        """What stands in the box for code."""
        return self.given if self.round.typed else ""

    @property
    def selected(self) -> str:
        """What is selected in the picture."""
        return self.given if self.phase == "open" and not self.round.typed else ""


def begin(seed: int = 0) -> Game:
    """Five weights whose indices differ, so that every slip can be told; every second one is to be chosen."""
    draw = random.Random(seed)
    found: list[Round] = []
    for network in ORDER:
        weights = [code for code in _weights(network) if code not in {one.weight for one in found}]
        found.append(Round(network, draw.choice(weights), typed=len(found) % 2 == 0))
    return Game(tuple(found))


def write(game: Game, text: str) -> Game:
    """The learner has typed a code."""
    return replace(game, given=text.strip()) if game.phase == "open" and game.round.typed else game


def choose(game: Game, key: str) -> Game:
    """The learner has chosen something in the picture."""
    return replace(game, given=key) if game.phase == "open" and not game.round.typed else game


def commit(game: Game) -> Game:
    """See whether it is right; what is no weight is not counted."""
    code = _given(game)
    if game.phase != "open" or code is None:
        return game
    return replace(game, phase="answered", results=(*game.results, code == game.round.weight))


def skip(game: Game) -> Game:
    """See the answer; the round does not count as right."""
    return replace(game, phase="skipped", results=(*game.results, False)) if game.phase == "open" else game


def next_round(game: Game) -> Game:
    """The next round, once this one has ended and if there is one."""
    more = game.phase != "open" and len(game.results) < len(game.rounds)
    return replace(game, given="", phase="open") if more else game


def start_over(game: Game) -> Game:
    """The first round again."""
    return Game(game.rounds)


def slip(given: Code, weight: Code, *, typed: bool = True) -> str:
    """The short name of the mistake that leads from a weight to what was given for it, or nothing."""
    step = 1 if typed else -1  # who takes the 1 in a name for the first neuron goes one too low in the picture
    return next((name for name, results in mistakes(weight, step).items() if given in results), "")


def wires_game(game: Game) -> Picture:
    """The round that is shown: what is asked, the network, and what is said of the answer."""
    network, weight, typed = game.round
    ended = game.phase != "open"
    task = "type the name of the lit weight" if typed else f"choose {weight} in the picture"
    title = element("div", f"Round {game.at + 1} of {len(game.rounds)}: {task}", class_="bl-title")
    lit = [key_of(weight)] if typed or ended else []
    shown = diagram(
        NETWORKS[network], selected="" if ended else game.selected, lit=lit, rows=(Z, A), selectable=not typed
    )
    marks = "".join("✓" if right else "✗" for right in game.results) + "·" * (len(game.rounds) - len(game.results))
    score = element("div", f"{marks}  {sum(game.results)} right", class_="bl-caption")
    return Picture(element("div", title, score, shown), _words(game))


def _words(game: Game) -> str:
    weight, code = game.round.weight, _given(game)
    answer = f"{weight} leads {_way(weight)}."
    end = "" if len(game.results) < len(game.rounds) else f" All rounds are played: {_score(game)}."
    if game.phase == "skipped":
        return f"You skipped this round. {answer}{end}"
    if game.phase == "answered" and code:
        why = FEEDBACK.get(slip(code, weight, typed=game.round.typed), "That is another weight.")
        return (f"That is right: {answer}" if code == weight else f"{why} You gave {code}; {answer}") + end
    if game.round.typed:
        asked = f"The lit weight leads {_way(weight)}."
        return f"{asked} {_typed_words(game, code)}"
    chosen = f"You chose the weight {_way(code)}. Commit it, or choose another." if code else "Choose a weight."
    return f"Looking for {weight}. {chosen}"


def _score(game: Game) -> str:
    hits = sum(game.results)
    return f"{hits} of {len(game.rounds)} {'is' if hits == 1 else 'are'} right"


def _typed_words(game: Game, code: Code | None) -> str:
    if code:
        return f"You typed {code}. Commit it to see whether it is right."
    return f"“{game.given}” names no weight: write it like w[1][0, 0]." if game.given else "What is its name?"


def _given(game: Game) -> Code | None:
    """The weight that was typed or chosen, if it is one."""
    code = read_code(game.given) if game.round.typed else code_of(game.given) if game.given else None
    return code if code and code.name == "w" and len(code.indices) == 3 else None


def _way(weight: Code) -> str:
    layer, j, k = weight.indices
    return f"from neuron {k} of layer {layer - 1} to neuron {j} of layer {layer}"


def _weights(network: str) -> list[Code]:
    w = NETWORKS[network].parameters.w
    return [
        Code("w", (layer, j, k))
        for layer in w
        for j in range(len(w[layer]))
        for k in range(w[layer].shape[1])
        if j != k
    ]
