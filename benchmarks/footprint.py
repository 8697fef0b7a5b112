"""What it costs to have: import beside NumPy's, memory over 20,000 steps, 10,000 events, and of MNIST in full."""

import os
import resource
import subprocess
import sys

from timing import table

STEPS = """
from itertools import islice
import numpy as np, psutil
from backprop_lab import initialize, training_run
rng = np.random.default_rng(0)
x, y = rng.uniform(size=(784, 10_000)), np.eye(10)[:, rng.integers(0, 10, 10_000)]
run = training_run(initialize((784, 30, 10)), x, y, learning_rate=0.5, epochs=10**9, batch_size=10)
for _ in islice(run, 4): pass
before = psutil.Process().memory_info().rss
for _ in islice(run, 20): pass
print((psutil.Process().memory_info().rss - before) / 2**20)
"""
MNIST = """
import tempfile, numpy as np
from pathlib import Path
from backprop_lab import datasets, initialize, train
def peak():  # of this program; what `getrusage` says begins with that of the process which started it
    lines = Path("/proc/self/status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith("VmHWM")).split()[1]) / 1024
rng, sizes = np.random.default_rng(0), {"train": 60_000, "test": 10_000}
with tempfile.TemporaryDirectory() as folder:
    arrays = {f"x_{name}": rng.integers(0, 256, (m, 28, 28), dtype=np.uint8) for name, m in sizes.items()}
    arrays |= {f"y_{name}": rng.integers(0, 10, m) for name, m in sizes.items()}
    np.savez(path := Path(folder) / "mnist.npz", **arrays)
    del arrays
    start = peak()
    data, held_out = datasets.mnist(path)
run = {"learning_rate": 0.5, "epochs": 2, "batch_size": 128, "validation": (held_out.x, held_out.y)}
train(initialize((784, 30, 10)), data.x, data.y, **run)
size = sum(each.nbytes for one in (data, held_out) for each in (one.x, one.y)) / 2**20
print((peak() - start) / size)
"""
EVENTS = """
import psutil
from backprop_lab import widgets
live = widgets.explorer()
def turn(times):
    for n in range(times): live.turn("w1.2.1", n % 40 / 10 - 2)
turn(2_000)
before = psutil.Process().memory_info().rss
turn(10_000)
print((psutil.Process().memory_info().rss - before) / 2**20)
"""
IMPORTS = {
    "numpy": "import numpy",
    "backprop_lab": "import backprop_lab",
    "a checker": "from backprop_lab import check_bp1",
}


def report() -> str:
    """The table, each figure from processes of its own."""
    seconds = _imports()
    ours, checker = (f"{seconds[name] / seconds['numpy']:.2f} ×" for name in ("backprop_lab", "a checker"))
    rows: list[list[object]] = [
        [f"`{IMPORTS['backprop_lab']}` beside `import numpy`, processor time", ours, "≤ 1.4 ×"],
        [f"`{IMPORTS['a checker']}` beside it", checker, ""],
        ["memory after 20,000 more steps, 784-30-10, batch 10", f"{float(_run(STEPS)):+.2f} MiB", "≤ 2 MiB"],
        ["memory after 10,000 turns of a slider of the explorer", f"{float(_run(EVENTS)):+.2f} MiB", "≤ 2 MiB"],
        ["peak of reading and training MNIST in full, beside its data", f"{float(_run(MNIST)):.2f} ×", "≤ 2.2 ×"],
    ]
    return table(["what", "measured", "goal"], rows)


def _imports(rounds: int = 15) -> dict[str, float]:
    """The least processor time of a fresh process, in turns."""
    found = dict.fromkeys(IMPORTS, float("inf"))
    for _ in range(rounds):
        for name, code in IMPORTS.items():
            before = _children()
            _run(code)
            found[name] = min(found[name], _children() - before)
    return found


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _run(code: str) -> str:
    usual = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}  # compiled once
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=usual).stdout
