"""The film's shell: a slider over the epochs of a training, and buttons that go one on or back."""

from functools import partial

from ipywidgets import IntSlider

from backprop_lab.training import History
from backprop_lab.views import film as view
from backprop_lab.widgets.live import Live, field


def film(history: History) -> Live[view.Film]:
    """Scrub through the epochs of a training that has been run."""
    return Live(
        view.Film(history, len(history.epochs)),
        view.film,
        label="Film of a training",
        controls=[field("epoch", IntSlider(description="epoch", min=1, max=len(history.epochs)))],
        actions={"one epoch back": partial(view.forward_by, -1), "one epoch on": partial(view.forward_by, 1)},
    )
