"""The shells of the wires: choose an edge or a cell, or type a name; and a game of five rounds."""

from operator import attrgetter

from ipywidgets import Text, ToggleButtons

from backprop_lab.views import wires as view
from backprop_lab.views import wires_game as game
from backprop_lab.widgets.live import Control, Live


def wires(network: str = "running", *, selected: str = view.FIRST) -> Live[view.Wires]:
    """A network, its weights and biases as arrays, and the names of both: what is chosen in one lights up in all.

    Parameters
    ----------
    network : the one shown first, `running`, `wide` or `deep`
    selected : what is selected at first, for instance `w1.2.0` for `w[1][2, 0]`, `b1.2`, `a1.2`
    """
    switch = ToggleButtons(options=[*view.NETWORKS], description="network")
    code = Text(description="code", placeholder="w[1][2, 0]", continuous_update=False)
    return Live(
        view.Wires(network, selected),
        view.wires,
        label="The network and its weights",
        controls=[
            Control(switch, attrgetter("network"), view.switch),
            Control(code, attrgetter("code"), view.write),
        ],
        select=view.choose,
    )


def wires_game(*, seed: int = 0) -> Live[game.Game]:
    """Five rounds: name the weight that is lit, or find the one that is named. The same seed asks the same."""
    code = Text(description="code", placeholder="w[1][2, 0]", continuous_update=False)
    return Live(
        game.begin(seed),
        game.wires_game,
        label="Five rounds with wires",
        controls=[Control(code, attrgetter("code"), game.write)],
        actions={
            "commit": game.commit,
            "skip": game.skip,
            "next round": game.next_round,
            "start over": game.start_over,
        },
        select=game.choose,
    )
