"""The shell of the paths: a click chooses a neuron or a path, buttons flip a target and factor the shared tails out."""

from backprop_lab import cases
from backprop_lab.cases import Case
from backprop_lab.views import paths as view
from backprop_lab.views import paths_state as states
from backprop_lab.widgets.live import Live
from backprop_lab.widgets.networks import name_of, network, networks


def paths(case: Case = cases.wide, *, neuron: str = "a1.0") -> Live[states.Paths]:
    """Every path from a neuron to the cost: signed bars which add up to its δ, and BP2 once they are factored.

    Parameters
    ----------
    case : the network it begins on; the learner may change to another. Of a batch the first example is shown
    neuron : where the paths begin at first, for instance "a1.2" for neuron 2 of layer 1; an input is "a0.1"

    Raises
    ------
    ValueError : the output is softmax, where every path leads through all outputs at once.
    """
    among = networks(case, "running", "wide", "deep")
    return Live(
        states.begin(case, neuron, name_of(case, among)),
        view.paths,
        label="The paths to the cost",
        controls=[network(among, states.on)],
        actions={"factor out": states.factor_out, "flip the last target": states.flip},
        select=states.choose,
    )
