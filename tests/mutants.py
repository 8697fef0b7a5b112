"""Makes every small mistake in the package's own functions, one at a time, and hands them out as a learner's."""

import ast
import copy
import inspect
from collections.abc import Callable, Iterator
from functools import partial
from itertools import islice
from types import ModuleType, SimpleNamespace
from typing import Any

from backprop_lab import BackwardPass, Parameters, costs, equations, network, sigmoid

OPERATORS = (ast.Add, ast.Sub, ast.Mult, ast.Div, ast.MatMult)
TWINS = {"mean": "sum", "sum": "mean", "hidden": "output", "output": "hidden", "z": "a", "a": "z", "w": "b", "b": "w"}
SOURCES: dict[ModuleType, tuple[str, ...]] = {
    equations: ("bp1", "bp2", "bp3", "bp4"),
    network: ("propagate", "backpropagate", "errors", "_output_error", "step"),
    costs: ("quadratic",),
}
Namespace = dict[str, Any]


def net(w: dict, b: dict) -> Any:
    """What the package's functions need of `Parameters`."""
    return SimpleNamespace(w=w, b=b, layers=range(1, len(w) + 1))


def weighted_input(its: Namespace) -> Callable[..., Any]:
    return lambda w, b, a: its["propagate"](net({1: w}, {1: b}), a, sigmoid, sigmoid).z[1]


def forward(its: Namespace) -> Callable[..., Any]:
    def learners(w, b, x):
        found = its["propagate"](net(w, b), x, sigmoid, sigmoid)
        return found.z, found.a

    return learners


def backprop(its: Namespace) -> Callable[..., Any]:
    def learners(w, b, x, y):
        passed = its["propagate"](net(w, b), x, sigmoid, sigmoid)
        found = its["backpropagate"](net(w, b), passed, y, its["quadratic"])
        return found.nabla_w, found.nabla_b

    return learners


def update(its: Namespace) -> Callable[..., Any]:
    def learners(w, b, nabla_w, nabla_b, learning_rate):
        new = its["step"](Parameters(w, b), BackwardPass({}, nabla_w, nabla_b), learning_rate)
        return dict(new.w), dict(new.b)

    return learners


def training_step(its: Namespace) -> Callable[..., Any]:
    return lambda w, b, x, y, learning_rate: update(its)(w, b, *backprop(its)(w, b, x, y), learning_rate)


LEARNERS: dict[str, Callable[[Namespace], Callable[..., Any]]] = {
    "weighted_input": weighted_input,
    "forward": forward,
    "quadratic": lambda its: its["quadratic"],
    "bp1": lambda its: lambda a, y, z: its["bp1"](its["quadratic"].gradient(a, y), sigmoid.prime(z)),
    "bp2": lambda its: lambda w, delta, z: its["bp2"](w, delta, sigmoid.prime(z)),
    "bp3": lambda its: its["bp3"],
    "bp4": lambda its: its["bp4"],
    "backprop": backprop,
    "training_step": training_step,
    "update": update,
}
USES = {  # the functions of the package in which a mistake makes this exercise's answer wrong
    "weighted_input": ("propagate",),
    "forward": ("propagate",),
    "quadratic": ("quadratic",),
    "bp1": ("bp1",),
    "bp2": ("bp2",),
    "bp3": ("bp3",),
    "bp4": ("bp4",),
    "backprop": ("propagate", "backpropagate", "errors", "_output_error", "bp1", "bp2", "bp3", "bp4"),
    "training_step": ("backpropagate", "errors", "step"),
    "update": ("step",),
}


def right(exercise: str) -> Callable[..., Any]:
    """The package's own functions, as a learner would hand them in."""
    return LEARNERS[exercise](_namespace())


def mutants(exercise: str, every: int = 1) -> Iterator[tuple[str, Callable[..., Any]]]:
    """Functions with one mistake, with what it looks like: all of them, or one of so many."""
    for module, name, shown, make in islice(mistakes(exercise), 0, None, every):
        its = _namespace()
        scope = {**vars(module), **its}
        exec(compile(ast.Module([make()], []), f"<{shown}>", "exec"), scope)
        its[name] = scope[name]
        yield f"{name}: {shown}", LEARNERS[exercise](_linked(its))


def mistakes(exercise: str) -> Iterator[tuple[ModuleType, str, str, Callable[[], ast.stmt]]]:
    """Every mistake that makes this exercise's answer wrong: where it is, what it looks like, and what makes it."""
    for module, names in SOURCES.items():
        for name in sorted(set(names) & set(USES[exercise])):
            for shown, make in _mistakes(_definition(module, name)):
                yield module, name, shown, make


def _namespace() -> Namespace:
    return {name: getattr(module, name) for module, names in SOURCES.items() for name in names}


def _linked(its: Namespace) -> Namespace:
    """The functions of `network`, calling each other and the equations as they are in this namespace."""
    scope = {**vars(network), **its}
    for name in SOURCES[network]:
        function = its[name]
        if function.__globals__ is vars(network):  # the mutant has a scope of its own, which is brought up to date
            scope[name] = type(function)(function.__code__, scope, name, function.__defaults__, function.__closure__)
        else:
            function.__globals__.update({other: scope[other] for other in its if other != name})
            scope[name] = function
    return {**its, **{name: scope[name] for name in SOURCES[network]}}


def _definition(module: ModuleType, name: str) -> ast.stmt:
    tree = ast.parse(inspect.getsource(module))
    found = [
        node
        for node in tree.body
        if getattr(node, "name", None) == name
        or (isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name) and node.targets[0].id == name)
    ]
    return found[0]


def _mistakes(tree: ast.stmt) -> Iterator[tuple[str, Callable[[], ast.stmt]]]:
    """Each mistake that can be made in the tree, and what makes it; checks of arguments stay as they are."""
    for at, spot in enumerate(_spots(tree)):
        for wrong in _wrongs(spot):
            yield f"{ast.unparse(spot)} → {ast.unparse(wrong)}", partial(_changed, tree, at, wrong)


def _changed(tree: ast.stmt, at: int, wrong: ast.expr) -> ast.stmt:
    """A copy of the tree with a mistake in one spot."""
    changed = copy.deepcopy(tree)
    _replace(changed, list(_spots(changed))[at], wrong)
    return ast.fix_missing_locations(changed)


def _spots(tree: ast.AST) -> Iterator[ast.expr]:
    for node in ast.iter_child_nodes(tree):
        check = isinstance(node, ast.If) and any(isinstance(inside, ast.Raise) for inside in ast.walk(node))
        if check or isinstance(node, ast.arguments | ast.Expr):
            continue
        if isinstance(node, ast.BinOp | ast.Attribute | ast.Subscript | ast.Constant | ast.IfExp | ast.Call):
            yield node
        yield from _spots(node)


def _wrongs(node: ast.expr) -> Iterator[ast.expr]:
    if isinstance(node, ast.BinOp):
        yield from (ast.BinOp(node.left, other(), node.right) for other in OPERATORS if not isinstance(node.op, other))
        yield node.left
        yield node.right
        if not isinstance(node.op, ast.Add | ast.Mult):
            yield ast.BinOp(node.right, node.op, node.left)
        yield ast.BinOp(_transposed(node.left), node.op, node.right)
        yield ast.BinOp(node.left, node.op, _transposed(node.right))
        yield from (ast.BinOp(node, ast.Mult(), ast.Constant(factor)) for factor in (2.0, 0.5, -1.0))
    elif isinstance(node, ast.Attribute) and node.attr == "T":
        yield node.value
    elif isinstance(node, ast.Attribute) and node.attr in TWINS:
        yield ast.Attribute(node.value, TWINS[node.attr], node.ctx)
    elif isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Load) and not isinstance(node.slice, ast.Slice):
        for step in (-1, 1):
            yield ast.Subscript(node.value, ast.BinOp(node.slice, ast.Add(), ast.Constant(step)), node.ctx)
    elif isinstance(node, ast.Constant) and isinstance(node.value, bool):
        yield ast.Constant(not node.value)
    elif isinstance(node, ast.Constant) and isinstance(node.value, int):
        yield from (ast.Constant(node.value + step) for step in (-1, 1))
    elif isinstance(node, ast.IfExp):
        yield ast.IfExp(node.test, node.orelse, node.body)


def _transposed(node: ast.expr) -> ast.expr:
    return ast.Attribute(node, "T", ast.Load())


def _replace(tree: ast.AST, target: ast.AST, wrong: ast.AST) -> None:
    for node in ast.walk(tree):
        for field, value in ast.iter_fields(node):
            if value is target:
                return setattr(node, field, wrong)
            if isinstance(value, list) and target in value:
                value[value.index(target)] = wrong
                return None
    return None
