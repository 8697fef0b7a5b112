"""One step's shell: a slider for the learning rate."""

from ipywidgets import FloatSlider

from backprop_lab import cases
from backprop_lab.cases import Case
from backprop_lab.views import descent as view
from backprop_lab.widgets.live import Live, field


def one_step(case: Case = cases.batch, *, learning_rate: float = 3.0, most: float = 80.0) -> Live[view.Descent]:
    """One step of gradient descent: what it promises and what it brings, for every learning rate up to `most`."""
    slider = FloatSlider(description="η", min=0, max=most, step=0.5, readout_format=".1f")
    return Live(
        view.begin(case, learning_rate, most),
        view.descent,
        label="One step along the gradient",
        controls=[field("learning_rate", slider)],
    )
