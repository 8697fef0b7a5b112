"""Every figure about speed and memory, as tables: one command, one run, one thread.

    python benchmarks/run.py                   all but the browser, some minutes
    python benchmarks/run.py training growth   some of it
    python benchmarks/run.py --save            and into benchmarks/README.md, with its picture
    python benchmarks/run.py browser           from a slider to pixels, in JupyterLab; wants Chromium
    python benchmarks/run.py notebooks         the series, run and compared by nbval

Ratios are of processor times that were taken in turns, in one process: read them, and not the milliseconds.
"""

import argparse
import os
import platform
import sys
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

HERE = Path(__file__).parent
ONE_THREAD = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")
MARK = "<!-- what follows is written by `python benchmarks/run.py --save` -->"
PICTURE = "growth.svg"
PACKAGES = ("numpy", "scikit-learn", "torch")


def sections(save: bool) -> dict[str, tuple[str, Callable[[], str]]]:
    """Title and report of each part, in the order of the page."""
    import footprint  # noqa: PLC0415 (after the number of threads is fixed)
    import growth  # noqa: PLC0415
    import learning  # noqa: PLC0415
    import series  # noqa: PLC0415
    import slider_to_pixels  # noqa: PLC0415
    import training  # noqa: PLC0415

    picture = HERE / PICTURE if save else None
    shown = f"\n\n![Time of a forward and backward pass over width, depth and batch.]({PICTURE})" if save else ""
    return {
        "training": ("A step of training", training.report),
        "growth": ("Growth", lambda: growth.report(picture) + shown),
        "witness": ("One backward pass, or two forward passes a parameter", growth.witness),
        "digits": ("The digits, beside scikit-learn", learning.report),
        "footprint": ("Import and memory", footprint.report),
        "notebooks": ("The notebooks under nbval", series.report),
        "browser": ("From a slider to pixels", slider_to_pixels.report),
    }


def machine() -> str:
    """What it ran on."""
    cpuinfo = Path("/proc/cpuinfo")
    lines = cpuinfo.read_text(encoding="utf-8").splitlines() if cpuinfo.exists() else []
    name = next((line.split(":")[1].strip() for line in lines if line.startswith("model name")), platform.machine())
    packages = ", ".join(f"{package} {_version(package)}" for package in PACKAGES)
    load = f", load {os.getloadavg()[0]:.1f} at the start" if hasattr(os, "getloadavg") else ""
    return f"{name}, {os.cpu_count()} processors{load}; one thread; Python {platform.python_version()}, {packages}."


def main() -> None:
    """Run what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("parts", nargs="*", help="training, growth, witness, digits, footprint, notebooks, browser")
    parser.add_argument("--save", action="store_true", help="write benchmarks/README.md anew")
    arguments = parser.parse_args()
    known = sections(arguments.save)
    parts = arguments.parts or [name for name in known if name != "browser"]
    if unknown := set(parts) - set(known):
        parser.error(f"parts must be some of {', '.join(known)}, got {', '.join(unknown)}")
    written = [machine()]
    print(written[0], flush=True)
    for part in parts:
        title, report = known[part]
        written.append(f"## {title}\n\n{report()}")
        print(f"\n{written[-1]}", flush=True)
    if arguments.save:
        page = HERE / "README.md"
        head = page.read_text(encoding="utf-8").split(MARK)[0]
        page.write_text(head + MARK + "\n\n" + "\n\n".join(written) + "\n", encoding="utf-8")


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"


if __name__ == "__main__":
    if any(name not in os.environ for name in ONE_THREAD):  # OpenBLAS reads it once, when NumPy is loaded
        os.execve(sys.executable, [sys.executable, *sys.argv], os.environ | ONE_THREAD)
    main()
