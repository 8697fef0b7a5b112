"""The shells of the cost's two pictures: sliders for the outputs of one example, and for the output of each of many."""

from collections.abc import Sequence

from ipywidgets import FloatSlider

from backprop_lab import cases
from backprop_lab.cases import Case
from backprop_lab.views import cost_bars as bars
from backprop_lab.views import cost_mean as mean
from backprop_lab.widgets.live import Control, Live


def cost_bars(a: Sequence[float] = (0.3, 0.5, 0.2), y: Sequence[float] = (0.0, 1.0, 0.0)) -> Live[bars.CostBars]:
    """One example: a slider for each output, its difference from the target as a bar, and the squares as squares.

    Parameters
    ----------
    a, y : outputs and targets of one example, between 0 and 1, equally many

    Raises
    ------
    ValueError : there are not as many targets as outputs.
    """
    state = bars.CostBars(tuple(map(float, a)), tuple(map(float, y)))
    return Live(
        state,
        bars.cost_bars,
        label="Differences, squares and cost",
        controls=[_output(j) for j in range(len(a))],
        actions={"reset": lambda _: state},
    )


def cost_mean(case: Case = cases.batch) -> Live[mean.CostMean]:
    """A batch with one output: a slider for the output of each example, its cost as a column, and the mean of all."""
    return Live(
        mean.begin(case),
        mean.cost_mean,
        label="Costs of a batch and their mean",
        controls=[_mover(x) for x in range(case.x.shape[1])],
        actions={"reset": mean.reset},
    )


def _output(j: int) -> Control[bars.CostBars]:
    slider = FloatSlider(description=f"a[{j}]", min=0, max=1, step=0.01)
    return Control(slider, lambda state: state.a[j], lambda state, value: bars.with_output(state, j, value))


def _mover(x: int) -> Control[mean.CostMean]:
    """How far, not where: the output begins between two steps of a slider, which would round it."""
    slider = FloatSlider(description=f"move a[0, {x}] by", min=-1, max=1, step=0.01)
    return Control(slider, lambda state: state.moved[x], lambda state, value: mean.move(state, x, value))
