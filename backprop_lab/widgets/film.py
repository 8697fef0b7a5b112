"""The film's shell: a slider over the epochs of a training, and buttons that go one on or back."""

from functools import partial

from ipywidgets import IntSlider

from backprop_lab.cases import Case
from backprop_lab.training import History
from backprop_lab.views import film as view
from backprop_lab.widgets.live import Live, field


def film(history: History, case: Case | None = None) -> Live[view.Film]:
    """Scrub through the epochs of a training that has been run.

    Parameters
    ----------
    history : the training
    case : the network before its first step, with the examples: two inputs, one output, few examples. The film then
        begins there, and shows what the network answers everywhere, and every δ

    Raises
    ------
    ValueError : the case is of other sizes, or has more than 12 examples.
    """
    state = view.begin(history, case)
    epoch = IntSlider(description="epoch", min=state.epochs[0].number, max=state.epochs[-1].number)
    return Live(
        state,
        view.film,
        label="Film of a training",
        controls=[field("epoch", epoch)],
        actions={"one epoch back": partial(view.forward_by, -1), "one epoch on": partial(view.forward_by, 1)},
    )
