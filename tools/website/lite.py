"""JupyterLite beside the pages, for those who want the whole notebook: JupyterLab in the browser, with its own Python.

JupyterLite lays it out (`pip install -e ".[lite]"`); Python comes from where the pages have it, with what a kernel
needs besides. What broke there, and is repaired here: a copy has the kernel's own metadata, or it would count as
changed as soon as it is opened, and the browser would keep it for good; its texts are single strings, since of a list
of lines JupyterLite shows the commas.
"""

import hashlib
import json
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterable
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from backprop_lab.live.alone import files_of, zipped
from website import python

PINS = Path(__file__).with_name("lite.txt")
EXTENSIONS = Path(sys.prefix) / "share" / "jupyter" / "labextensions"
KERNEL, WIDGETS = "@jupyterlite/pyodide-kernel-extension", "@jupyter-widgets/jupyterlab-manager"
BOOT = ("micropip", "piplite", "ipykernel", "comm", "pyodide-kernel", "jedi", "ipython")  # its worker wants all seven
OF_THE_NOTEBOOK = {".py", ".css", ".npz", ".js", ".woff2"}  # of the package
METADATA = {  # as the kernel says it
    "kernelspec": {"name": "python", "display_name": "Python (Pyodide)", "language": "python"},
    "language_info": {
        "codemirror_mode": {"name": "python", "version": 3},
        "file_extension": ".py",
        "mimetype": "text/x-python",
        "name": "python",
        "nbconvert_exporter": "python",
        "pygments_lexer": "ipython3",
        "version": "3.8",
    },
}


def missing() -> str:
    """What is not installed of JupyterLite, as a sentence; empty if all is there."""
    there = (EXTENSIONS / KERNEL).is_dir() and (EXTENSIONS / WIDGETS).is_dir() and (EXTENSIONS / "anywidget").is_dir()
    return "" if there else f'JupyterLite is not installed: {sys.executable} -m pip install -e ".[lite]"'


def build(site: Path, root: Path, cache: Path, release: Path | None = None) -> None:
    """Lay JupyterLite out in a new folder `site`, with all notebooks.

    Raises
    ------
    SystemExit : JupyterLite is not installed, or something is not to be had.
    """
    if why := missing():
        raise SystemExit(why)
    room = cache / "lite"
    shutil.rmtree(room, ignore_errors=True)
    (room / "own").mkdir(parents=True)
    own_wheel(root, room / "own")
    for wheel in (EXTENSIONS / KERNEL / "static" / "pypi").glob("*.whl"):  # it has a stand-in for each widgets' release
        if not wheel.name.startswith("widgetsnbextension-3"):
            shutil.copy(wheel, room / "own")
    further = [python.pure(cache, PINS), python.pure(cache, python.PINS), room / "own"]
    python.gather(room / "static" / "pyodide", cache, release, [*BOOT, "backprop-lab"], further)
    contents = room / "contents"
    contents.mkdir()
    for path in sorted((root / "notebooks").glob("*.ipynb")):
        _write(contents / path.name, at_home(nbformat.read(path, as_version=4)))
    _write(room / "jupyter-lite.json", {"jupyter-lite-schema-version": 0, "jupyter-config-data": _page()})
    _write(room / "jupyter_lite_config.json", {"LiteBuildConfig": _config(site, [contents])})
    command = [sys.executable, "-m", "jupyterlite_core", "build", "--lite-dir", room]
    print("+", *command, flush=True)
    subprocess.run([str(word) for word in command], check=True, cwd=room)


def own_wheel(root: Path, folder: Path) -> Path:
    """This package as a wheel; a sum of its content is in its name, so that no browser takes an older one for it."""
    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]
    content = files_of(root / "backprop_lab", OF_THE_NOTEBOOK)
    needs = "".join(f"Requires-Dist: {each}\n" for each in project["dependencies"])
    about = f"{project['name']}-{project['version']}"
    said = f"Metadata-Version: 2.1\nName: {project['name']}\nVersion: {project['version']}\n{needs}"
    content[f"{about}.dist-info/METADATA"] = said.encode()
    content[f"{about}.dist-info/WHEEL"] = b"Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
    total = hashlib.sha256(b"".join(content.values())).hexdigest()
    wheel = folder / f"{about}-0{total[:8]}-py3-none-any.whl"
    wheel.write_bytes(zipped(content))
    return wheel


def at_home(notebook: NotebookNode) -> NotebookNode:
    """The notebook as the page itself would save it."""
    notebook.metadata = METADATA
    return notebook


def _page() -> dict[str, object]:
    settings = {
        "@jupyterlab/apputils-extension:themes": {"adaptive-theme": True},  # dark where the learner's system is
        "@jupyterlab/docmanager-extension:plugin": {"autosaveInterval": 20},  # seconds
    }
    kernel = {"disablePyPIFallback": True, "loadPyodideOptions": {"packages": BOOT}}
    return {
        "appName": "Backprop Lab",
        "contentsStorageName": "backprop-lab",  # where the learner's own changes are kept, in the browser
        "settingsStorageName": "backprop-lab",
        "settingsOverrides": settings,
        "litePluginSettings": {f"{KERNEL}:kernel": kernel},
    }


def _config(site: Path, contents: Iterable[Path]) -> dict[str, object]:
    return {
        "apps": ["notebooks", "tree"],
        "contents": [str(path) for path in contents],
        "output_dir": str(site),
        "ignore_sys_prefix": ["federated_extensions"],  # else every extension of this environment goes along
        "federated_extensions": [str(EXTENSIONS / name) for name in (KERNEL, WIDGETS, "anywidget")],
        "no_sourcemaps": True,
        "no_unused_shared_packages": True,
    }


def _write(path: Path, content: object) -> None:
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1), encoding="utf-8")
