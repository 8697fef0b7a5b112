"""The network: the forward pass, the backward pass that uses the four equations, and a step downhill."""

from collections.abc import Callable
from dataclasses import dataclass
from inspect import unwrap

import numpy as np
from numpy.typing import ArrayLike

from backprop_lab import equations
from backprop_lab.activations import Activation, sigmoid
from backprop_lab.costs import Cost, quadratic
from backprop_lab.parameters import Layers, Parameters, check_parameters
from backprop_lab.validation import Array, columns, of_type, positive

# the bare lines: what comes in is checked once, at the doors `forward` and `backward`, and not in each layer
bp1, bp2, bp3, bp4 = map(unwrap, (equations.bp1, equations.bp2, equations.bp3, equations.bp4))


@dataclass(frozen=True)
class ForwardPass:
    """What a forward pass leaves behind: z[layer] for 1 … L and a[layer] for 0 … L, shapes (n[layer], m)."""

    z: Layers
    a: Layers
    hidden: Activation
    output: Activation

    @property
    def prediction(self) -> Array:
        """a[L], the output of the network, shape (n[L], m)."""
        return self.a[max(self.a)]


@dataclass(frozen=True)
class BackwardPass:
    """What a backward pass finds, by layer 1 … L.

    `delta[layer]`, shape (n[layer], m), is ∂C_x/∂z of each example's own cost; `nabla_w[layer]` and
    `nabla_b[layer]` have the shapes of w and b and are the gradient of the mean cost.
    """

    delta: Layers
    nabla_w: Layers
    nabla_b: Layers

    @property
    def gradient(self) -> Array:
        """All rates in one long list: for each layer those of its weights, row by row, then those of its biases."""
        layers = (nabla[layer].ravel() for layer in self.nabla_w for nabla in (self.nabla_w, self.nabla_b))
        return np.concatenate([*layers])


def forward(
    parameters: Parameters, x: ArrayLike, *, hidden: Activation = sigmoid, output: Activation = sigmoid
) -> ForwardPass:
    """Send the examples through the network: z^l = w^l a^{l-1} + b^l, a^l = σ(z^l), from a^0 = x.

    Parameters
    ----------
    x : the inputs, shape (n[0], m), one column per example; a 1-D x is one example
    hidden, output : activations of the hidden layers and of the output layer

    Raises
    ------
    ValueError : x does not fit the network, is not finite or too large, or `hidden` is not element-wise.
    TypeError : `parameters`, `hidden` or `output` is of another type.
    """
    check_choices(hidden, output)
    check_parameters(parameters)
    with np.errstate(over="ignore", invalid="ignore"):
        found = propagate(parameters, columns("x", x, rows=parameters.sizes[0]), hidden, output)
    _refuse("x", lambda z: ~np.isfinite(z), z=found.z)
    return found


def propagate(parameters: Parameters, x: Array, hidden: Activation, output: Activation) -> ForwardPass:
    """`forward` for arguments that are known to fit."""
    z: Layers = {}
    a: Layers = {0: x}
    for layer in parameters.layers:
        sigma = hidden if layer < len(parameters.w) else output
        z[layer] = parameters.w[layer] @ a[layer - 1] + parameters.b[layer]
        a[layer] = sigma.value(z[layer])
    return ForwardPass(z, a, hidden, output)


def backward(
    parameters: Parameters, forward_pass: ForwardPass, y: ArrayLike, *, cost: Cost = quadratic
) -> BackwardPass:
    """Send the errors back through the network: BP1 at the output, BP2 layer by layer, BP3 and BP4 for the gradient.

    For a sigmoid output with `binary_cross_entropy` and a softmax output with `categorical_cross_entropy`, δ^L is
    a − y: the slow factor σ′ cancels, so BP1 is not used and nothing is divided. A softmax output with `quadratic`
    keeps the whole chain rule δ_j = Σ_i ∂C/∂a_i · a_i ([i=j] − a_j) in place of BP1.

    Parameters
    ----------
    forward_pass : what `forward` returned for the same parameters
    y : the targets, shape (n[L], m); a 1-D y is one example

    Returns
    -------
    BackwardPass : a gradient beyond the largest number is infinite in it, and no warning is given

    Raises
    ------
    ValueError : y does not fit, the forward pass is of a network of other sizes or its numbers are so large that the
        gradient is lost, or cost and output activation make no sense together.
    TypeError : `parameters`, `forward_pass` or `cost` is of another type.
    """
    check_parameters(parameters)
    of_type("forward_pass", forward_pass, ForwardPass, "forward(parameters, x)")
    check_choices(forward_pass.hidden, forward_pass.output, cost)
    sizes = tuple(len(a) for a in forward_pass.a.values())
    if sizes != parameters.sizes:
        raise ValueError(f"forward_pass must come from a network of sizes {parameters.sizes}, got one of sizes {sizes}")
    n_out, m = forward_pass.prediction.shape
    y = columns("y", y, rows=n_out, examples=m)
    cost.check_targets(y)
    with np.errstate(over="ignore", invalid="ignore"):
        found = backpropagate(parameters, forward_pass, y, cost)
    _refuse("forward_pass", np.isnan, delta=found.delta, nabla_w=found.nabla_w, nabla_b=found.nabla_b)
    return found


def backpropagate(parameters: Parameters, forward_pass: ForwardPass, y: Array, cost: Cost) -> BackwardPass:
    """`backward` for arguments that are known to fit."""
    a, delta = forward_pass.a, errors(parameters, forward_pass, y, cost)
    nabla_w = {layer: bp4(delta[layer], a[layer - 1]) for layer in parameters.layers}
    nabla_b = {layer: bp3(delta[layer]) for layer in parameters.layers}
    return BackwardPass(delta, nabla_w, nabla_b)


def errors(parameters: Parameters, forward_pass: ForwardPass, y: Array, cost: Cost) -> Layers:
    """δ of every layer: BP1, then BP2 from layer to layer."""
    z, last, sigma = forward_pass.z, len(parameters.w), forward_pass.hidden
    delta = {last: _output_error(forward_pass, z[last], forward_pass.a[last], y, cost)}
    for layer in range(last - 1, 0, -1):
        delta[layer] = bp2(parameters.w[layer + 1], delta[layer + 1], sigma.slope(z[layer]))
    return dict(sorted(delta.items()))


def _refuse(name: str, lost: Callable[[Array], Array], **found: Layers) -> None:
    """Refuse numbers which are finite but so large that what follows from them is lost."""
    for what, layers in found.items():
        for layer, values in layers.items():
            if lost(values).any():
                came = values[lost(values)][0]
                raise ValueError(f"{name} must be of a size that can be computed with, got {what}[{layer}] = {came}")


def check_choices(hidden: Activation, output: Activation, cost: Cost = quadratic) -> None:
    """Refuse a hidden activation that has no σ′, and an output activation with which the cost makes no sense."""
    for name, given, usual in (("hidden", hidden, sigmoid), ("output", output, sigmoid), ("cost", cost, quadratic)):
        of_type(name, given, type(usual), str(usual))
    if hidden.derivative is None:
        raise ValueError(f"hidden must be an element-wise activation, got {hidden}: BP2 needs σ′ of every hidden layer")
    if cost.output not in (None, output.name):
        fits = {"sigmoid": "binary_cross_entropy or ", "softmax": "categorical_cross_entropy or "}.get(output.name, "")
        right = f"with {output} use {fits}quadratic"
        raise ValueError(f"cost {cost} must be used with a {cost.output} output, got {output}; {right}")


def mean_cost(forward_pass: ForwardPass, y: Array, cost: Cost) -> float:
    """C of a forward pass."""
    with np.errstate(over="ignore"):
        return float(example_costs(forward_pass, y, cost).mean())


def example_costs(forward_pass: ForwardPass, y: Array, cost: Cost) -> Array:
    """C_x of each example, from z where a saturated a would have lost it."""
    of, output = (cost.from_logits, forward_pass.z) if cost.from_logits else (cost.of_example, forward_pass.a)
    return of(output[max(output)], y)


def _output_error(forward_pass: ForwardPass, z: Array, a: Array, y: Array, cost: Cost) -> Array:
    if cost.output is not None:
        return a - y
    nabla_a = cost.derivative(a, y)
    if forward_pass.output.vjp is not None:
        return forward_pass.output.vjp(a, nabla_a)
    return bp1(nabla_a, forward_pass.output.slope(z))


def step(parameters: Parameters, backward_pass: BackwardPass, learning_rate: float) -> Parameters:
    """One step downhill: w − η ∇_w C and b − η ∇_b C, as new parameters.

    Raises
    ------
    ValueError : the learning rate is not positive or so large that no number is left, or the backward pass is of
        another network or not finite.
    TypeError : `parameters` or `backward_pass` is of another type.
    """
    check_parameters(parameters)
    of_type("backward_pass", backward_pass, BackwardPass, "backward(parameters, forward_pass, y)")
    learning_rate = positive("learning_rate", learning_rate)
    try:
        nabla = Parameters(backward_pass.nabla_w, backward_pass.nabla_b)
    except ValueError as error:
        raise ValueError(f"backward_pass must fit the parameters and be finite: nabla_{error}") from error
    if nabla.sizes != parameters.sizes:
        raise ValueError(
            f"backward_pass must be of a network of sizes {parameters.sizes}, got one of sizes {nabla.sizes}"
        )
    with np.errstate(over="ignore"):
        w = {layer: w - learning_rate * nabla.w[layer] for layer, w in parameters.w.items()}
        b = {layer: b - learning_rate * nabla.b[layer] for layer, b in parameters.b.items()}
    if not all(np.isfinite(values).all() for values in (*w.values(), *b.values())):
        raise ValueError(f"learning_rate must leave the parameters finite, got {learning_rate:g}")
    return Parameters(w, b)


def slope(backward_pass: BackwardPass) -> float:
    """‖∇C‖²: how fast the cost falls with the learning rate, at first."""
    nablas = (*backward_pass.nabla_w.values(), *backward_pass.nabla_b.values())
    return float(sum((nabla**2).sum() for nabla in nablas))
