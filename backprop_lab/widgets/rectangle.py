"""The rectangle's shell: sliders for z and the target of the output neuron we hold."""

from collections.abc import Sequence

from ipywidgets import FloatSlider

from backprop_lab.views import rectangle as view
from backprop_lab.widgets.live import Control, Live


def rectangle(z: float | Sequence[float] = 0.0, y: float | Sequence[float] = 0.0) -> Live[view.Rectangle]:
    """BP1 as rectangles, one for each output neuron (sigmoid, quadratic cost).

    Parameters
    ----------
    z, y : weighted input and target of one neuron, or of several; a target lies in [0, 1]

    Raises
    ------
    ValueError : there are not as many targets as weighted inputs.
    """
    zs, ys = (tuple(map(float, each if isinstance(each, Sequence) else [each])) for each in (z, y))
    if len(zs) != len(ys):
        raise ValueError(f"y must have as many values as z, {len(zs)}, got {len(ys)}")
    return Live(
        view.Rectangle(zs, ys),
        view.rectangle,
        label=f"The rectangle{'s' if len(zs) > 1 else ''} of BP1",
        controls=[
            Control(_slider("z", -view.REACH, view.REACH), lambda state: state.z[state.j], view.with_z),
            Control(_slider("y", 0, 1), lambda state: state.y[state.j], view.with_y),
        ],
        actions={"go to the largest area": view.to_largest},
        select=view.hold,
    )


def _slider(name: str, low: float, high: float) -> FloatSlider:
    return FloatSlider(description=name, min=low, max=high, step=0.05)
