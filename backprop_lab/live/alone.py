"""A picture as one file that needs neither a server nor a network: the still one at once, alive if Python is in it.

Python for the browser is Pyodide. `alone` packs it, this package and the picture's state into the page; a worker takes
them from there, where in a page of the site it fetches them.
"""

import base64
import gzip
import io
import pickle
import sys
import zipfile
from collections.abc import Collection, Iterator, Mapping
from importlib import import_module
from importlib.metadata import distribution
from pathlib import Path
from typing import Any

import latex2mathml

from backprop_lab.drawing.markup import Markup, element, fragment
from backprop_lab.drawing.picture import LOOK, Picture, stylesheet

HERE = Path(__file__).parent
PACKAGE = HERE.parent
LOCK = "pyodide-lock.json"
KEPT = sorted((PACKAGE.parent / "build" / "site").glob(f"pyodide-*/{LOCK}"))[-1:]  # in a clone: what its site has
RUNTIME = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip", LOCK)  # of every Pyodide
OURS = "backprop_lab"
FILES = {".py", ".css", ".npz", ".txt"}  # of the packages that go along
HOW = "save(path, python=FOLDER), where FOLDER is a Pyodide release or what tools/build_site.py fetched, makes it alive"
STILL = f"This picture keeps still here; in a notebook it moves. ({HOW}.)"
OPEN = "from backprop_lab.live import Live, alone\nLive(*alone.unpacked({!r}))"


def alone(picture: Picture, parts: tuple[Any, ...], python: Path | None) -> str:
    """The page as HTML.

    Parameters
    ----------
    parts : the state, its view and its update
    python : a folder with Pyodide and its wheel of NumPy; without it the picture keeps still

    Raises
    ------
    ValueError : the folder lacks something, or the state holds what only this notebook has.
    """
    shown = Markup(picture._repr_mimebundle_()["text/html"])
    font = base64.b64encode((HERE / "math.woff2").read_bytes()).decode()
    face = f"@font-face{{font-family:'Backprop Lab Math';src:url(data:font/woff2;base64,{font})}}"
    page = f"{face}:root{{color-scheme:light dark}}body{{max-width:1280px;margin:auto}}"
    style = element("style", Markup(f"{page}{LOOK}{stylesheet(HERE / 'stage.css')}"))
    note = element("p", "" if python else STILL, id="note", class_="bl", role="status")
    title = element("h1", picture.label, style="position:absolute;clip-path:inset(50%)")  # for a screen reader
    body = fragment(title, element("main", shown, id="picture"), note, *(_alive(parts, python) if python else ()))
    head = f'<meta charset="utf-8"><meta name="viewport" content="width=device-width">{element("title", picture.label)}'
    return f'<!doctype html>\n<html lang="en"><head>{head}{style}</head>\n<body>{body}</body></html>\n'


def unpacked(text: str) -> tuple[Any, ...]:
    """What `alone` has packed: a state, its view and its update."""
    return _Reader(io.BytesIO(gzip.decompress(base64.b64decode(text)))).load()


def packed(parts: tuple[Any, ...]) -> str:
    """A state and its functions as text.

    Raises
    ------
    ValueError : there is something in it that only this notebook has, such as a function written there.
    """
    buffer = io.BytesIO()
    try:
        _Writer(buffer).dump(parts)
    except (pickle.PicklingError, AttributeError, TypeError) as error:
        raise ValueError(f"save needs a picture of what the package has, got one with more in it: {error}") from None
    if b"__main__" in buffer.getvalue():
        raise ValueError("save needs a picture of what the package has, got one with a function of this notebook in it")
    return base64.b64encode(gzip.compress(buffer.getvalue(), 9, mtime=0)).decode()


class _Writer(pickle.Pickler):
    """What a module of ours has made once, such as a cost with its functions, goes by its name."""

    def __init__(self, file: io.BytesIO) -> None:
        super().__init__(file)
        self._names = {
            id(value): (module.__name__, name)
            for module in list(sys.modules.values())
            if module.__name__.startswith(OURS)
            for name, value in vars(module).items()
            if type(value).__module__.startswith(OURS)
        }

    def persistent_id(self, obj: object) -> tuple[str, str] | None:
        return self._names.get(id(obj))


class _Reader(pickle.Unpickler):
    def persistent_load(self, pid: tuple[str, str]) -> Any:
        return getattr(import_module(pid[0]), pid[1])


def _alive(parts: tuple[Any, ...], python: Path) -> Iterator[Markup]:
    """Python's files, packed, and the script that starts it with them."""
    for name, content in {**_python(python), **_ours(parts)}.items():
        packed = base64.b64encode(gzip.compress(content, 9, mtime=0)).decode()
        yield Markup(f'<script type="text/plain" data-file="{name}">{packed}</script>\n')
    text = {name: (HERE / name).read_text("utf-8") for name in ("stage.js", "page.js", "worker.js", "alone.js")}
    page = text["page.js"].replace("./stage.js", _address(text["stage.js"]))
    start = text["alone.js"].replace("./page.js", _address(page)).replace("./worker.js", _address(text["worker.js"]))
    yield Markup(f'<script type="module">{start}</script>')


def _python(folder: Path) -> dict[str, bytes]:
    wheel = next(iter(sorted(folder.glob("numpy-*.whl"))), folder / "numpy-….whl")
    files = [*(folder / name for name in RUNTIME), wheel]
    if missing := [path.name for path in files if not path.is_file()]:
        raise ValueError(f"python must be a folder with Pyodide and its NumPy, got {folder} without {missing[0]}")
    return {path.name: path.read_bytes() for path in files}


def _ours(parts: tuple[Any, ...]) -> dict[str, bytes]:
    about = distribution("latex2mathml")  # it asks for its own version
    theirs = {f"latex2mathml-{about.version}.dist-info/METADATA": (about.read_text("METADATA") or "").encode()}
    code = files_of(PACKAGE, FILES) | files_of(Path(latex2mathml.__file__).parent, FILES) | theirs
    return {"backprop_lab.zip": zipped(code), "picture.py": OPEN.format(packed(parts)).encode()}


def files_of(package: Path, endings: Collection[str]) -> dict[str, bytes]:
    """What lies in a package, by its path from beside the package on."""
    some = sorted(path for path in package.rglob("*") if path.suffix in endings)
    return {str(path.relative_to(package.parent)): path.read_bytes() for path in some}


def zipped(files: Mapping[str, bytes]) -> bytes:
    """An archive without dates: the same files give the same bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)  # of 1980, if nothing else is said
    return buffer.getvalue()


def _address(script: str) -> str:
    return f"data:text/javascript;base64,{base64.b64encode(script.encode()).decode()}"
