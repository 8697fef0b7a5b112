"""The gradient of every example by itself, before the mean: a stack of matrices [example, neuron, weight]."""

import numpy as np

from backprop_lab.cases import Case
from backprop_lab.validation import Array


def per_example_gradients(case: Case, layer: int) -> Array:
    """∂C_x/∂w[layer] of every example x by itself: shape (m, n[layer], n[layer-1]); their mean is `nabla_w[layer]`.

    Raises
    ------
    ValueError : the network has no weights for this layer.
    """
    if layer not in case.parameters.layers:
        raise ValueError(f"layer must be one of {[*case.parameters.layers]}, got {layer}")
    return np.einsum("je,ke->ejk", case.backward_pass.delta[layer], case.forward_pass.a[layer - 1])
