"""Forward and backward pass, how their time grows: with width, depth and batch, and beside finite differences."""

from pathlib import Path

import numpy as np
from timing import best, table

from backprop_lab import Case, backward, forward, initialize, numerical_gradient

WAYS = {  # what grows, and the network and batch for each size of it
    "width": ([32, 64, 128, 256, 512, 1024], lambda n: ((n, n, n), 64)),
    "depth": ([2, 4, 8, 16, 32, 64], lambda n: ((32,) * (n + 1), 64)),
    "batch": ([64, 128, 256, 512, 1024, 2048, 4096], lambda m: ((64, 64, 64), m)),
}
THEORY = {"width": 2, "depth": 1, "batch": 1}


def report(picture: Path | None = None) -> str:
    """Times by size, and the slope of their logarithms over the upper half of the sizes."""
    found = {name: [_pass(*network(size)) for size in sizes] for name, (sizes, network) in WAYS.items()}
    rows = []
    for name, times in found.items():
        sizes = WAYS[name][0]
        half = len(sizes) // 2
        slope = float(np.polyfit(np.log(sizes[half:]), np.log(times[half:]), 1)[0])
        first = f"{1e6 * times[0]:,.0f} µs at {sizes[0]}, {1e6 * times[-1]:,.0f} µs at {sizes[-1]:,}"
        rows.append([name, first, slope, THEORY[name]])
    if picture:
        _draw(found, picture)
    return table(["what grows", "forward and backward pass", "slope", "operations grow by"], rows)


def witness() -> str:
    """Every gradient by one backward pass, and by two forward passes for each parameter."""
    rows = []
    for sizes in ((2, 3, 1), (16, 16, 4), (64, 30, 10)):
        case = _case(sizes, 10)
        ways = {
            "backward": lambda case=case: backward(case.parameters, forward(case.parameters, case.x), case.y),
            "differences": lambda case=case: numerical_gradient(case.parameters, case.x, case.y),
        }
        seconds = best(ways, rounds=5)
        count = sum(values.size for layers in (case.parameters.w, case.parameters.b) for values in layers.values())
        ratio = seconds["differences"] / seconds["backward"]
        rows.append(["-".join(map(str, sizes)), count, 1e6 * seconds["backward"], ratio, ratio / count])
    head = ["network", "parameters", "forward and backward, µs", "differences take times", "times a parameter"]
    return table(head, rows)


def _case(sizes: tuple[int, ...], m: int) -> Case:
    rng = np.random.default_rng(0)
    return Case(initialize(sizes), rng.uniform(size=(sizes[0], m)), rng.uniform(size=(sizes[-1], m)))


def _pass(sizes: tuple[int, ...], m: int) -> float:
    case = _case(sizes, m)
    return best({"": lambda: backward(case.parameters, forward(case.parameters, case.x), case.y)}, rounds=15)[""]


def _draw(found: dict[str, list[float]], path: Path) -> None:
    import matplotlib as mpl  # noqa: PLC0415

    mpl.use("svg")
    mpl.rcParams |= {"svg.hashsalt": "growth", "svg.fonttype": "none"}
    from matplotlib import pyplot as plt  # noqa: PLC0415

    figure, axes = plt.subplots(1, 3, figsize=(9, 2.8), sharey=True, layout="constrained")
    for axis, (name, times) in zip(axes, found.items(), strict=True):
        sizes = np.array(WAYS[name][0])
        axis.loglog(sizes, 1e3 * np.array(times), "o-", label="measured")
        axis.loglog(sizes, 1e3 * times[-1] * (sizes / sizes[-1]) ** THEORY[name], "--", label="operations")
        axis.set_xlabel(name)
    axes[0].set_ylabel("forward and backward, ms")
    axes[0].legend(frameon=False)
    figure.savefig(path, metadata={"Date": None})
