"""Build the site that needs nothing installed, a page for each notebook: python tools/build_site.py [FOLDER].

A page has the notebook's text, its code, and its saved pictures, which come alive when Python has started in the
browser (Pyodide, in a worker). The site is static, works below any path, and asks no other host for anything.

`--lite` puts JupyterLite beside them, for those who want the whole notebook (`pip install -e ".[lite]"`).

npm and pip fetch what is not ours, and `build/site/` keeps it. `--release FOLDER` takes an unpacked Pyodide release in
place of that; `--offline` fetches nothing: what is not there is left out, and without Python the pictures keep still.
"""

import argparse
import hashlib
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import nbformat
from saved_pictures import as_run
from website import lite, python
from website.page import page
from website.start import start_page

from backprop_lab.course import CHAPTERS
from backprop_lab.drawing.picture import LOOK, stylesheet
from backprop_lab.live.alone import files_of, zipped

ROOT = Path(__file__).parents[1]
PACKAGE, NOTEBOOKS = ROOT / "backprop_lab", ROOT / "notebooks"
WEB = Path(__file__).parent / "website" / "web"
CACHE = ROOT / "build" / "site"
SCRIPTS = (
    *(PACKAGE / "live" / name for name in ("stage.js", "page.js", "worker.js")),
    WEB / "notebook.js",
    WEB / "store.js",
)
IN_BROWSER = {".py", ".css", ".npz"}  # of the package


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT / "dist" / "site")
    parser.add_argument("--release", type=Path, help="folder of an unpacked Pyodide release, if there is one")
    parser.add_argument("--lite", action="store_true", help="JupyterLite too")
    parser.add_argument("--offline", action="store_true", help="fetch nothing; leave out what is not there")
    chosen = parser.parse_args()
    site = chosen.folder.resolve()
    build(site, release=chosen.release, offline=chosen.offline, with_lite=chosen.lite)
    parts = {"the site": site.rglob("*"), "its Python": site.glob("pyodide*/*"), "JupyterLite": site.glob("lite/**/*")}
    for what, files in parts.items():
        sizes = [path.stat().st_size for path in files if path.is_file()]
        print(f"{what}: {len(sizes)} files, {sum(sizes) / 1e6:.1f} MB")
    print(f"python -m http.server --directory {site}")


def build(site: Path, *, release: Path | None = None, offline: bool = False, with_lite: bool = False) -> None:
    """Write the whole site anew into a folder, which is emptied first.

    Raises
    ------
    SystemExit : Python for the browser is not to be had, and `offline` does not allow to leave it out; or
        JupyterLite is wanted and not there.
    """
    shutil.rmtree(site, ignore_errors=True)
    site.mkdir(parents=True)
    CACHE.mkdir(parents=True, exist_ok=True)
    (site / ".nojekyll").touch()  # a host that is told to make pages of what begins with _ leaves it alone
    (site / "notebooks").mkdir()
    assets = write_assets(site, offline)
    settings = {"version": assets.strip("/").partition("-")[2], **with_python(site, assets, release, offline)}
    if with_lite:
        lite.build(site / "lite", ROOT, CACHE, release)
        settings["lite"] = "lite/notebooks/index.html?path="
    notebooks = {each.file: as_run(nbformat.read(NOTEBOOKS / f"{each.file}.ipynb", as_version=4)) for each in CHAPTERS}
    for chapter in CHAPTERS:
        shutil.copy(NOTEBOOKS / f"{chapter.file}.ipynb", site / "notebooks")
        text = page(chapter, notebooks[chapter.file], assets, settings)
        (site / f"{chapter.file}.html").write_text(text, encoding="utf-8")
    (site / "index.html").write_text(start_page(notebooks, assets, with_lite=with_lite), encoding="utf-8")


def write_assets(site: Path, offline: bool) -> str:
    """What all pages share, in a folder whose name is a sum of it: no browser mixes two versions of the site."""
    folder = site / "assets"
    folder.mkdir()
    for script in SCRIPTS:
        shutil.copy(script, folder)
    shutil.copy(bundled_editor(offline) or WEB / "editor_plain.js", folder / "editor.js")
    shutil.copy(PACKAGE / "live" / "math.woff2", folder)
    shutil.copy(WEB / "icon.svg", folder)
    look = LOOK + stylesheet(PACKAGE / "live" / "stage.css") + stylesheet(WEB / "site.css")
    (folder / "site.css").write_text(look, encoding="utf-8")
    (folder / "backprop_lab.zip").write_bytes(zipped(files_of(PACKAGE, IN_BROWSER)))
    content = hashlib.sha256(b"".join(path.read_bytes() for path in sorted(folder.iterdir()))).hexdigest()
    return f"{folder.rename(site / f'assets-{content[:10]}').name}/"


def with_python(site: Path, assets: str, release: Path | None, offline: bool) -> dict[str, Any]:
    """Put Python beside the pages; what their script has to know of it."""
    runtime, ready = f"pyodide-{python.PYODIDE}", CACHE / f"pyodide-{python.PYODIDE}"
    if release:
        python.gather(site / runtime, CACHE, release)
    elif offline and not (ready / python.LOCK).exists():
        return {"runtime": None}
    else:
        if not (ready / python.LOCK).exists():
            half = CACHE / "gathered"  # what a failure leaves behind is not taken for the whole
            shutil.rmtree(half, ignore_errors=True)
            python.gather(half, CACHE)
            shutil.rmtree(ready, ignore_errors=True)
            half.rename(ready)
        shutil.copytree(ready, site / runtime)
    packages, wanted = list(python.FROM_THE_START), python.LATER
    return {"runtime": f"{runtime}/", "archive": f"{assets}backprop_lab.zip", "packages": packages, "wanted": wanted}


def bundled_editor(offline: bool) -> Path | None:
    """CodeMirror as one script, made by npm; nothing where that is not to be had."""
    pins, source = WEB / "package-lock.json", WEB / "editor.js"
    known = hashlib.sha256(pins.read_bytes() + source.read_bytes()).hexdigest()[:10]
    bundle = CACHE / f"editor-{known}.js"
    npm = shutil.which("npm")
    if bundle.exists():
        return bundle
    if offline or not npm:
        return None
    room = CACHE / "npm"
    room.mkdir(exist_ok=True)
    for path in (pins, source, WEB / "package.json"):
        shutil.copy(path, room)
    install = [npm, "ci", "--silent", "--no-audit", "--no-fund"]
    make = [
        npm,
        "exec",
        "--offline",
        "--",
        "esbuild",
        source.name,
        "--bundle",
        "--minify",
        "--format=esm",
        f"--outfile={bundle}",
    ]
    for command in (install, make):
        print("+", *command, flush=True)
        if subprocess.run(command, cwd=room, check=False).returncode:
            print("no editor could be bundled: a plain one takes its place", file=sys.stderr)
            return None
    return bundle


if __name__ == "__main__":
    main()
