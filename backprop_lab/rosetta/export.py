"""A network with its training step as one file to take away: in NumPy, or as its twin in PyTorch."""

from collections.abc import Mapping
from textwrap import indent

from backprop_lab.cases import Case
from backprop_lab.validation import Array, of_type, positive

_VALUE = {  # σ(z), in NumPy
    "sigmoid": "1 / (1 + np.exp(-z))",
    "tanh": "np.tanh(z)",
    "relu": "np.maximum(z, 0)",
    "identity": "z",
    "softmax": "np.exp(z - z.max(axis=0)) / np.exp(z - z.max(axis=0)).sum(axis=0)",
}
_PRIME = {  # σ′(z)
    "sigmoid": "sigmoid(z) * (1 - sigmoid(z))",
    "tanh": "1 - np.tanh(z) ** 2",
    "relu": "(z > 0) * 1.0",
    "identity": "np.ones_like(z)",
}
_COST = {  # of a and y; nothing is claimed where a target is 0, be its answer as sure as it may
    "quadratic": "((a - y) ** 2).sum(axis=0).mean() / 2",
    "binary_cross_entropy": "-(y * np.log(np.where(y > 0, a, 1))"
    " + (1 - y) * np.log(np.where(y < 1, 1 - a, 1))).sum(axis=0).mean()",
    "categorical_cross_entropy": "-(y * np.log(np.where(y > 0, a, 1))).sum(axis=0).mean()",
}
_TORCH = {"sigmoid": "torch.sigmoid({})", "tanh": "torch.tanh({})", "relu": "torch.relu({})", "identity": "{}",
          "softmax": "torch.softmax({}, dim=1)"}  # fmt: skip
_TORCH_COST = {  # of z, the output before its activation, with examples in rows
    "quadratic": "(({output} - y) ** 2).sum(dim=1).mean() / 2",
    "binary_cross_entropy": 'torch.nn.functional.binary_cross_entropy_with_logits(z, y, reduction="sum") / len(y)',
    "categorical_cross_entropy": "torch.nn.functional.cross_entropy(z, y)",
}
_NUMPY_FILE = '''"""A network of {sizes} neurons and its training step, with NumPy alone."""

import numpy as np

w = {w}
b = {b}
x = {x}  # a column for each example
y = {y}
learning_rate = {rate!r}


{functions}


def forward(w, b, x):
    z, a = {{}}, {{0: x}}
    for layer in w:
        z[layer] = w[layer] @ a[layer - 1] + b[layer]
        a[layer] = {sigma}
    return z, a


def cost(a, y):
    return {cost}


def backprop(w, b, x, y):
    z, a = forward(w, b, x)
    last, m = len(w), x.shape[1]
    delta = {{last: {error}}}  # BP1
    for layer in range(last - 1, 0, -1):  # BP2
        delta[layer] = (w[layer + 1].T @ delta[layer + 1]) * {hidden}_prime(z[layer])
    nabla_b = {{layer: delta[layer].mean(axis=1, keepdims=True) for layer in w}}  # BP3
    nabla_w = {{layer: delta[layer] @ a[layer - 1].T / m for layer in w}}  # BP4
    return nabla_w, nabla_b


def step(w, b, x, y, learning_rate):
    nabla_w, nabla_b = backprop(w, b, x, y)
    new_w = {{layer: w[layer] - learning_rate * nabla_w[layer] for layer in w}}
    new_b = {{layer: b[layer] - learning_rate * nabla_b[layer] for layer in b}}
    return new_w, new_b


if __name__ == "__main__":
    for epoch in range(6):
        print(epoch, repr(float(cost(forward(w, b, x)[1][len(w)], y))))
        w, b = step(w, b, x, y, learning_rate)
'''
_TORCH_FILE = '''"""A network of {sizes} neurons and its training step, in PyTorch: autograd computes the gradients."""

import torch

torch.set_default_dtype(torch.float64)
learning_rate = {rate!r}


class Network(torch.nn.Module):
    def __init__(self):
        super().__init__()
        sizes = {sizes_list}
        pairs = zip(sizes, sizes[1:])
        self.layers = torch.nn.ModuleList(torch.nn.Linear(n_in, n_out) for n_in, n_out in pairs)

    def forward(self, x):  # to z of the output layer: the cost applies its activation
        for layer in self.layers[:-1]:
            x = {hidden}
        return self.layers[-1](x)


network = Network()
weights = {w}
biases = {b}
x = torch.tensor({x})  # a row for each example
y = torch.tensor({y})
with torch.no_grad():
    for layer, weight, bias in zip(network.layers, weights, biases):
        layer.weight.copy_(torch.tensor(weight))
        layer.bias.copy_(torch.tensor(bias))
optimizer = torch.optim.SGD(network.parameters(), lr=learning_rate)


def cost(z, y):
    return {cost}


def step():
    optimizer.zero_grad()
    found = cost(network(x), y)
    found.backward()
    optimizer.step()
    return found.item()


if __name__ == "__main__":
    for epoch in range(6):
        print(epoch, repr(step()))
'''


def numpy_file(case: Case, *, learning_rate: float = 1.0) -> str:
    """The text of a Python file: the network of a case, its backward pass and its step, which needs NumPy only.

    Run as a program it prints the cost before each of six steps; imported it has `forward`, `backprop`, `step`.

    Raises
    ------
    ValueError : the output is softmax with the quadratic cost, whose BP1 is a matrix; or the learning rate is not
        positive.
    TypeError : `case` is no Case.
    """
    rate = _checked(case, learning_rate)
    output, hidden = case.output.name, case.hidden.name
    error = "a[last] - y" if case.cost.output else f"(a[last] - y) * {output}_prime(z[last])"
    prime = [output] * (not case.cost.output) + [hidden]
    needed = sorted({output, hidden, *(f"{name}_prime" for name in prime)})
    return _NUMPY_FILE.format(
        sizes=_sizes(case),
        w=_dict(case.parameters.w),
        b=_dict(case.parameters.b),
        x=_array(case.x, "    "),
        y=_array(case.y, "    "),
        rate=rate,
        functions="\n\n\n".join(map(_function, needed)),
        hidden=hidden,
        sigma=f"{hidden}(z[layer])" + f" if layer < len(w) else {output}(z[layer])" * (output != hidden),
        cost=_COST[case.cost.name],
        error=error,
    )


def torch_file(case: Case, *, learning_rate: float = 1.0) -> str:
    """The text of the twin in PyTorch: the same numbers in `torch.nn.Linear`, the gradients from autograd.

    Run as a program it prints the cost before each of six steps.

    Raises
    ------
    ValueError : the learning rate is not positive.
    TypeError : `case` is no Case.
    """
    rate, p = _checked(case, learning_rate, softmax=True), case.parameters
    output = _TORCH[case.output.name].format("z")
    return _TORCH_FILE.format(
        sizes=_sizes(case),
        sizes_list=[*p.sizes],
        rate=rate,
        hidden=_TORCH[case.hidden.name].format("layer(x)"),
        w=[each.tolist() for each in p.w.values()],
        b=[each[:, 0].tolist() for each in p.b.values()],
        x=case.x.T.tolist(),
        y=case.y.T.tolist(),
        cost=_TORCH_COST[case.cost.name].format(output=output),
    )


def _checked(case: Case, learning_rate: float, *, softmax: bool = False) -> float:
    of_type("case", case, Case, "cases.batch")
    if not softmax and case.output.name == "softmax" and not case.cost.output:
        raise ValueError(f"case must have another cost with a softmax output, got {case.cost}: its σ′ is a matrix")
    return positive("learning_rate", learning_rate)


def _sizes(case: Case) -> str:
    *first, last = map(str, case.parameters.sizes)
    return f"{', '.join(first)} and {last}"


def _function(name: str) -> str:
    body = _PRIME[name.removesuffix("_prime")] if name.endswith("_prime") else _VALUE[name]
    return f"def {name}(z):\n    return {body}"


def _dict(arrays: Mapping[int, Array]) -> str:
    rows = "".join(f"{layer}: {_array(each, '    ')},\n" for layer, each in arrays.items())
    return f"{{\n{indent(rows, '    ')}}}"


def _array(values: Array, margin: str) -> str:
    """An array, a row on each line, every digit of it."""
    rows = [str(row) for row in values.tolist()]
    if len(rows) == 1:
        return f"np.array([{rows[0]}])"
    return "np.array([\n" + "".join(f"{margin}{row},\n" for row in rows) + "])"
