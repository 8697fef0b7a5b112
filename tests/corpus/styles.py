"""Backprop in ten coding styles, each with every mistake of a list in it: the line with the mistake is known."""

import linecache
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

RIGHT = {
    "Z": "{w} @ {ap} + {b}",
    "OUT": "({a} - {y}) * {a} * (1 - {a})",
    "HID": "({wn}.T @ {d}) * {a} * (1 - {a})",
    "GW": "{d} @ {ap}.T / {m}",
    "GB": "{d}.sum(axis=1, keepdims=True) / {m}",
}
WRONG = {  # the slip, the step in which it is made, and what stands there
    "missing-bias": ("Z", "{w} @ {ap}"),
    "bias-subtracted": ("Z", "{w} @ {ap} - {b}"),
    "sign-flipped": ("OUT", "({y} - {a}) * {a} * (1 - {a})"),
    "forgot-sigma-prime-output": ("OUT", "{a} - {y}"),
    "doubled": ("OUT", "2 * ({a} - {y}) * {a} * (1 - {a})"),
    "sigma-prime-of-a-output": ("OUT", "({a} - {y}) * sigmoid({a}) * (1 - sigmoid({a}))"),
    "half-of-sigma-prime-output": ("OUT", "({a} - {y}) * (1 - {a})"),
    "cost-not-gradient": ("OUT", "({a} - {y}) ** 2 / 2 * {a} * (1 - {a})"),
    "forgot-sigma-prime-hidden": ("HID", "{wn}.T @ {d}"),
    "sigma-prime-of-a-hidden": ("HID", "({wn}.T @ {d}) * sigmoid({a}) * (1 - sigmoid({a}))"),
    "sigma-not-prime-hidden": ("HID", "({wn}.T @ {d}) * {a}"),
    "squared-weights": ("HID", "(({wn} ** 2).T @ {d}) * {a} * (1 - {a})"),
    "mean-over-paths": ("HID", "({wn}.T @ {d}) / len({wn}) * {a} * (1 - {a})"),
    "weight-sum-not-mean": ("GW", "{d} @ {ap}.T"),
    "activated-twice": ("GW", "{d} @ sigmoid({ap}).T / {m}"),
    "weight-divided-twice": ("GW", "{d} @ {ap}.T / {m} ** 2"),
    "bias-sum-not-mean": ("GB", "{d}.sum(axis=1, keepdims=True)"),
    "bias-divided-twice": ("GB", "{d}.mean(axis=1, keepdims=True) / {m}"),
}
EARLY = {"OUT": "({}) / {{a}}.shape[1]", "GW": "{{d}} @ {{ap}}.T", "GB": "{{d}}.sum(axis=1, keepdims=True)"}
STYLES = {
    "dicts": """
def f(w, b, x, y):
    z, a = {}, {0: x}
    for n in w:
        z[n] = Z|w=w[n] ap=a[n-1] b=b[n]|
        a[n] = sigmoid(z[n])
    last, m = max(w), x.shape[1]
    delta = {last: OUT|a=a[last] y=y|}
    for n in range(last - 1, 0, -1):
        delta[n] = HID|wn=w[n+1] d=delta[n+1] a=a[n]|
    gw = {n: GW|d=delta[n] ap=a[n-1] m=m| for n in w}
    gb = {n: GB|d=delta[n] m=m| for n in w}
    return gw, gb
""",
    "lists": """
def f(w, b, x, y):
    acts = [x]
    for n in sorted(w):
        z = Z|w=w[n] ap=acts[-1] b=b[n]|
        acts.append(1 / (1 + np.exp(-z)))
    m = len(x[0])
    deltas = [OUT|a=acts[-1] y=y|]
    for n in range(len(w) - 1, 0, -1):
        deltas.insert(0, HID|wn=w[n+1] d=deltas[0] a=acts[n]|)
    gw, gb = [], []
    for d, before in zip(deltas, acts):
        gw.append(GW|d=d ap=before m=m|)
        gb.append(GB|d=d m=m|)
    return dict(enumerate(gw, 1)), dict(enumerate(gb, 1))
""",
    "one delta, backwards": """
def f(w, b, x, y):
    a = {0: x}
    for n in w:
        weighted = Z|w=w[n] ap=a[n-1] b=b[n]|
        a[n] = sigmoid(weighted)
    gw, gb = {}, {}
    n, m = len(w), x.shape[1]
    delta = OUT|a=a[n] y=y|
    while n > 0:
        gw[n] = GW|d=delta ap=a[n-1] m=m|
        gb[n] = GB|d=delta m=m|
        n -= 1
        if n:
            delta = HID|wn=w[n+1] d=delta a=a[n]|
    return gw, gb
""",
    "helper functions": """
def f(w, b, x, y):
    def weigh(weights, bias, before):
        return Z|w=weights ap=before b=bias|
    def output_error(a, target):
        return OUT|a=a y=target|
    def hidden_error(weights, error, a):
        return HID|wn=weights d=error a=a|
    def for_weights(d, before, m):
        return GW|d=d ap=before m=m|
    def for_biases(d, m):
        return GB|d=d m=m|
    acts = {0: x}
    for n in w:
        acts[n] = sigmoid(weigh(w[n], b[n], acts[n - 1]))
    errors = {len(w): output_error(acts[len(w)], y)}
    for n in range(len(w) - 1, 0, -1):
        errors[n] = hidden_error(w[n + 1], errors[n + 1], acts[n])
    m = x.shape[1]
    return {n: for_weights(errors[n], acts[n - 1], m) for n in w}, {n: for_biases(errors[n], m) for n in w}
""",
    "a class": """
class Net:
    def __init__(self, w, b):
        self.w, self.b, self.a, self.delta = w, b, {}, {}
    def forward(self, x):
        self.a[0] = x
        for n in self.w:
            z = Z|w=self.w[n] ap=self.a[n-1] b=self.b[n]|
            self.a[n] = sigmoid(z)
    def backward(self, y):
        last = len(self.w)
        self.delta[last] = OUT|a=self.a[last] y=y|
        for n in reversed(range(1, last)):
            self.delta[n] = HID|wn=self.w[n+1] d=self.delta[n+1] a=self.a[n]|
    def gradients(self, m):
        gw, gb = {}, {}
        for n in self.w:
            gw[n] = GW|d=self.delta[n] ap=self.a[n-1] m=m|
            gb[n] = GB|d=self.delta[n] m=m|
        return gw, gb
def f(w, b, x, y):
    net = Net(w, b)
    net.forward(x)
    net.backward(y)
    return net.gradients(x.shape[1])
""",
    "arrays filled in place": """
def f(w, b, x, y):
    m = x.shape[1]
    a = [x] + [np.zeros((len(b[n]), m)) for n in w]
    d = [np.zeros_like(each) for each in a]
    gw = {n: np.zeros(w[n].shape) for n in w}
    gb = {n: np.zeros(b[n].shape) for n in w}
    for n in w:
        a[n][:] = sigmoid(Z|w=w[n] ap=a[n-1] b=b[n]|)
    L = len(w)
    d[L][:] = OUT|a=a[L] y=y|
    for n in range(L - 1, 0, -1):
        d[n][:] = HID|wn=w[n+1] d=d[n+1] a=a[n]|
    for n in w:
        gw[n] += GW|d=d[n] ap=a[n-1] m=m|
        gb[n] += GB|d=d[n] m=m|
    return gw, gb
""",
    "recursion": """
def f(w, b, x, y):
    gw, gb, m = {}, {}, x.shape[1]
    def visit(n, before):
        z = Z|w=w[n] ap=before b=b[n]|
        a = sigmoid(z)
        if n == len(w):
            d = OUT|a=a y=y|
        else:
            later = visit(n + 1, a)
            d = HID|wn=w[n+1] d=later a=a|
        gw[n] = GW|d=d ap=before m=m|
        gb[n] = GB|d=d m=m|
        return d
    visit(1, x)
    return gw, gb
""",
    "comprehensions": """
def f(w, b, x, y):
    acts, m, L = {0: x}, x.shape[1], len(w)
    for n in w:
        acts[n] = sigmoid(Z|w=w[n] ap=acts[n-1] b=b[n]|)
    d = {L: OUT|a=acts[L] y=y|}
    for n in range(L - 1, 0, -1):
        d |= {n: HID|wn=w[n+1] d=d[n+1] a=acts[n]|}
    return (
        {n: GW|d=d[n] ap=acts[n-1] m=m| for n in w},
        {n: GB|d=d[n] m=m| for n in w},
    )
""",
    "a cache of tuples": """
def f(w, b, x, y):
    cache, a, m = [], x, x.shape[1]
    for n in w:
        before = a
        z = Z|w=w[n] ap=before b=b[n]|
        a = sigmoid(z)
        cache.append((n, before, z, a))
    grads = {}
    delta = None
    for n, before, z, a in reversed(cache):
        if delta is None:
            delta = OUT|a=a y=y|
        else:
            delta = HID|wn=w[n+1] d=delta a=a|
        nabla_w = GW|d=delta ap=before m=m|
        nabla_b = GB|d=delta m=m|
        grads[n] = nabla_w, nabla_b
    return {n: grads[n][0] for n in w}, {n: grads[n][1] for n in w}
""",
    "lambdas": """
def f(w, b, x, y):
    lin = lambda n, before: Z|w=w[n] ap=before b=b[n]|
    end = lambda a: OUT|a=a y=y|
    back = lambda n, d, a: HID|wn=w[n+1] d=d a=a|
    by_w = lambda d, before, m: GW|d=d ap=before m=m|
    by_b = lambda d, m: GB|d=d m=m|
    a = {0: x}
    for n in w:
        a[n] = sigmoid(lin(n, a[n - 1]))
    d = {len(w): end(a[len(w)])}
    for n in range(len(w) - 1, 0, -1):
        d[n] = back(n, d[n + 1], a[n])
    m = x.shape[1]
    return {n: by_w(d[n], a[n - 1], m) for n in w}, {n: by_b(d[n], m) for n in w}
""",
}


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def written(style: str, slip: str = "", early: bool = False) -> tuple[Callable[..., Any], str]:
    """Backprop in a style with a slip, and the line in which it is made; `early` if δ holds 1/m from the start."""
    step, wrong = WRONG.get(slip, ("", ""))
    steps = {**RIGHT, step: wrong}
    steps |= {name: form.format(steps[name]) for name, form in EARLY.items()} if early else {}
    lines, found = [], ""
    for line in STYLES[style].strip().splitlines():
        filled = line
        for name in RIGHT:
            while f"{name}|" in filled:
                before, _, rest = filled.partition(f"{name}|")
                inside, _, after = rest.partition("|")
                names = dict(each.split("=", 1) for each in inside.split())
                filled = before + steps[name].format(**names) + after
                found = filled.strip() if name == step else found
        lines.append(filled)
    file = f"<{style}, {slip or 'right'}{early * ', early'}>"
    linecache.cache[file] = (0, None, [f"{line}\n" for line in lines], file)
    scope: dict[str, Any] = {"np": np, "sigmoid": sigmoid, "__name__": "__main__"}
    exec(compile("\n".join(lines), file, "exec"), scope)
    return scope["f"], found


def everything() -> Iterator[tuple[str, str, Callable[..., Any], str]]:
    """Each style with each slip: both, the function and its wrong line."""
    for style in STYLES:
        for slip in WRONG:
            yield style, slip, *written(style, slip)
