"""The explorer's shell: a slider for every number of a small network, and buttons that step downhill."""

from collections.abc import Callable
from typing import Any

from ipywidgets import FloatSlider

from backprop_lab import cases
from backprop_lab.cases import Case
from backprop_lab.views import explorer as view
from backprop_lab.widgets.live import Control, Group, Live, field

Turn = Callable[[Any, str, int, tuple[int, int], float], Any]


def explorer(case: Case = cases.running, *, selected: str = "w1.2.1") -> Live[view.Explorer]:
    """Sliders for every weight, bias, input and target of one example, and all that follows from them.

    Parameters
    ----------
    case : a network with one example; of a batch the first example is shown
    selected : what is selected at first, for instance `w1.2.1` for `w[1][2, 1]`, `b1.2`, `a1.2`, or nothing
    """
    return Live(
        view.begin(case, selected),
        view.explorer,
        label="The network and its gradients",
        controls=[Group("the example", _example(case)), *knobs_by_layer(case, view.with_parameter)],
        actions={
            "one step of gradient descent": view.one_step,
            f"{view.MANY} steps": view.many_steps,
            "reset": view.reset,
        },
    )


def knobs_by_layer(case: Case, put: Turn) -> list[Group[Any]]:
    """A slider for every weight and bias of a state with a `case`: for each neuron the weights into it, then its bias.

    Parameters
    ----------
    put : (state, "w" or "b", layer, index, value) -> state
    """
    return [
        Group(
            f"layer {layer}",
            [
                control
                for j in range(len(w))
                for control in (
                    *(_parameter("w", layer, (j, k), f"w[{layer}][{j}, {k}]", put) for k in range(w.shape[1])),
                    _parameter("b", layer, (j, 0), f"b[{layer}][{j}]", put),
                )
            ],
        )
        for layer, w in case.parameters.w.items()
    ]


def _example(case: Case) -> list[Control[view.Explorer]]:
    inputs = [_entry("x", j, f"x[{j}]", -2, 2) for j in range(len(case.x))]
    targets = [_entry("y", j, f"y[{j}]", 0, 1) for j in range(len(case.y))]
    return [*inputs, *targets, field("learning_rate", _slider("η", 0.1, 10))]


def _parameter(kind: str, layer: int, index: tuple[int, int], name: str, put: Turn) -> Control[Any]:
    return Control(
        _slider(name, -4, 4),
        lambda state: float(getattr(state.case.parameters, kind)[layer][index]),
        lambda state, value: put(state, kind, layer, index, value),
    )


def _entry(which: str, j: int, name: str, low: float, high: float) -> Control[Any]:
    return Control(
        _slider(name, low, high),
        lambda state: float(getattr(state.case, which)[j, 0]),
        lambda state, value: view.with_example(state, which, j, value),
    )


def _slider(name: str, low: float, high: float) -> FloatSlider:
    # the step is what is shown: after a step downhill the slider and the diagram say the same number
    return FloatSlider(description=name, min=low, max=high, step=0.01)
