"""The order's shell: one product, a button for each of its two ends, and layers of other sizes."""

from ipywidgets import Dropdown

from backprop_lab import cases
from backprop_lab.cases import Case
from backprop_lab.views import order as view
from backprop_lab.widgets.live import Control, Live

OTHERS = ((100, 100, 10), (1, 100, 10))


def order(case: Case = cases.deep) -> Live[view.Order]:
    """The unrolled product of a network, multiplied from the left or from the right, with a count for each way.

    Parameters
    ----------
    case : a network with element-wise activations and one example, whose numbers are shown; layers of other sizes
        can be chosen, without numbers

    Raises
    ------
    ValueError : the case has more than one example.
    """
    if case.x.shape[1] != 1:
        raise ValueError(f"case must have one example, got {case.x.shape[1]}")
    own = case.parameters.sizes[1:]
    layers = Dropdown(description="layers", options=[("-".join(map(str, sizes)), sizes) for sizes in (own, *OTHERS)])
    return Live(
        view.Order(own, case),
        view.order,
        label="One product from both ends",
        controls=[
            Control(
                layers,
                lambda state: state.sizes,
                lambda state, sizes: view.with_layers(state, sizes, case if sizes == own else None),
            )
        ],
        actions={
            "one step from the left": view.next_from_left,
            "one step from the right": view.next_from_right,
            "all steps": view.all_steps,
            "start over": view.start_over,
        },
    )
