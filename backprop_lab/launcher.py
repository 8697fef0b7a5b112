"""The command `backprop-lab`: it lays the notebooks into a folder of the learner's, and opens them in JupyterLab.

backprop-lab [FOLDER] [--no-open] [what JupyterLab is to be told, such as --port=9000]
backprop-lab check
"""

import argparse
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path

FOLDER = "backprop-lab"
CHECK = "check"
ROOT = "--allow-root"  # or --ServerApp.allow_root=True, or a line of a configuration file


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; gives the exit status."""
    parser = argparse.ArgumentParser(
        prog="backprop-lab",
        description="Lays the notebooks into a folder, leaves what is there already as it is, and opens JupyterLab.",
        epilog=f"backprop-lab {CHECK}: says what is missing or too old. Further options are handed to JupyterLab.",
    )
    parser.add_argument("folder", nargs="?", default=FOLDER, help=f"where the notebooks go; {FOLDER} if none is given")
    parser.add_argument("--no-open", action="store_true", help="lay them there, and no more")
    words = list(sys.argv[1:] if arguments is None else arguments)
    chosen, further = parser.parse_known_args(words)
    if chosen.folder == CHECK:
        return check()
    if further and (not further[0].startswith("-") or chosen.folder in words[words.index(further[0]) :]):
        parser.error("first one folder, in quotes if there is a space in it, then what JupyterLab is told: --port=9000")
    folder = Path(chosen.folder)
    try:
        new, kept = lay(notebooks(), folder)
    except OSError as error:
        print(f"{folder.absolute()}: no notebook can be laid there: {error.strerror or error}", file=sys.stderr)
        return 1
    print(f"{folder.resolve()}: {len(new)} notebooks laid there, {len(kept)} kept as they are")
    trust(new)
    if chosen.no_open:
        return 0
    if complaints := faults():
        print(*complaints, sep="\n", file=sys.stderr)
        return 1
    first = min([*new, *kept])  # of ours: there may be others
    status = run([sys.executable, "-m", "jupyterlab", str(first), *further])
    told = any("allow-root" in each.replace("_", "-") for each in further)
    if status and not told and _is_root():
        again = shlex.join(["backprop-lab", *words, ROOT])
        print(f"If JupyterLab has said that root may not open it: {again}", file=sys.stderr)
    return status


def _is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0  # Windows knows no such number


def run(command: Sequence[str]) -> int:
    """Run a program to its end; gives its exit status. Ctrl+C is the program's: JupyterLab asks before it ends."""
    usual = signal.signal(signal.SIGINT, lambda *_: None)  # an exception on the way out of `wait` would lose the status
    try:
        return subprocess.call(command)
    finally:
        signal.signal(signal.SIGINT, usual)


def check() -> int:
    """Say what is missing or too old."""
    complaints = faults()
    print(*(complaints or ["Everything that Backprop Lab needs is there."]), sep="\n")
    return int(bool(complaints))


def notebooks() -> Path:
    """Where they are: in the installed package, or beside it, in a clone.

    Raises
    ------
    SystemExit : this installation has none.
    """
    here = Path(__file__).parent
    for folder in (here / "_notebooks", here.parent / "notebooks"):
        if folder.is_dir():
            return folder
    raise SystemExit("This installation has no notebooks: install the package anew.")


def lay(source: Path, folder: Path) -> tuple[list[Path], list[Path]]:
    """Copy the notebooks; which are new there, and which were there and have been left alone."""
    folder.mkdir(parents=True, exist_ok=True)
    new, kept = [], []
    for path in sorted(source.glob("*.ipynb")):
        target = folder / path.name
        if target.exists():
            kept.append(target)
        else:
            part = target.with_suffix(".part")  # what breaks off is no notebook that the next time would keep
            shutil.copyfile(path, part)
            part.replace(target)
            new.append(target)
    return new, kept


def trust(paths: Sequence[Path]) -> None:
    """Let JupyterLab show what was saved in them before they are run, where it can note that down.

    Without Jupyter there is nothing to tell.
    """
    try:
        import nbformat  # noqa: PLC0415 (comes with JupyterLab)
        from nbformat.sign import NotebookNotary  # noqa: PLC0415
    except ImportError:
        return
    try:
        notary = NotebookNotary()
        for path in paths:
            notary.sign(nbformat.read(path, as_version=4))
    except OSError as error:
        print(f"Jupyter cannot note down that they are to be trusted: {error}", file=sys.stderr)


def faults() -> list[str]:
    """What of our requirements is missing or too old, each with what to do."""
    try:
        ours = [each for each in requires("backprop_lab") or [] if "extra ==" not in each]
    except PackageNotFoundError:  # run from a clone
        return [f'backprop_lab is not installed: {sys.executable} -m pip install -e "{Path(__file__).parents[1]}"']
    needed = [re.match(r"([\w-]+)>=([\d.]+)", each.replace(" ", "")) for each in ours]
    complaints = [_fault(found[1], found[2]) for found in needed if found]
    return [each for each in complaints if each]


def _fault(name: str, least: str) -> str:
    advice = f'{sys.executable} -m pip install "{name}>={least}"'
    try:
        found = version(name)
    except PackageNotFoundError:
        return f"{name} is missing: {advice}"
    return f"{name} {found} is too old: {advice}" if _numbers(found) < _numbers(least) else ""


def _numbers(release: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", release)[:3])


if __name__ == "__main__":
    raise SystemExit(main())
