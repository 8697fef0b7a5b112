"""README's assignments in the real otter and nbgrader: two points for the right function, none for a wrong one.

Both bring 250 MB of packages, and extensions of JupyterLab that the other tests should not meet: they live in a virtual
environment of their own, on top of this one. It is made where `CI` or `GRADERS` is set.
"""

import json
import os
import re
import subprocess
import sys
import sysconfig
import tomllib
import venv
from pathlib import Path

import nbformat
import pytest

ROOT = Path(__file__).parents[2]
SECTION = (ROOT / "README.md").read_text(encoding="utf-8").partition("## For lecturers")[2].partition("\n## ")[0]
OTTER = re.findall(r"```python\n(.*?)```", SECTION, re.DOTALL)[0]
NBGRADER = re.findall(r"`(assert .*?)`", SECTION)[0]
RIGHT = "return (w_next.T @ delta_next) * sigmoid.prime(z)"
ANSWERS = {"ada": (RIGHT, 2.0), "ben": ("return w_next.T @ delta_next", 0.0)}
SAID = "δˡ is missing a factor for each neuron and example"
SCORES = """
import json
from nbgrader.api import Gradebook
with Gradebook("sqlite:///gradebook.db") as book:
    print(json.dumps({each.student.id: each.score for each in book.assignment_submissions("ps1")}))
"""


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    """`run(folder, command, …)`: a command of the environment with both graders; its output."""
    if not (os.environ.get("CI") or os.environ.get("GRADERS")):
        pytest.skip("GRADERS=1 makes an environment of 250 MB and runs it")
    home = tmp_path_factory.mktemp("graders")
    venv.create(home)
    (folder,) = home.glob("lib/python*/site-packages")
    (folder / "parent.pth").write_text(f"import site; site.addsitedir({sysconfig.get_path('purelib')!r})\n")
    wanted = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["optional-dependencies"]["graders"]
    path = {"PATH": f"{home / 'bin'}{os.pathsep}{os.environ['PATH']}"}

    def command(where: Path, *words: str) -> str:
        done = subprocess.run(
            words, cwd=where, env={**os.environ, **path}, capture_output=True, text=True, check=False, timeout=300
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    pip = (sys.executable, "-m", "pip", "--python", str(home / "bin" / "python"))
    command(home, *pip, "install", "-q", "--no-compile", *wanted)  # most of it is never imported
    return command


def cell(source: str, name: str, **marks: object):
    plain = {"grade": False, "solution": False, "locked": False, "task": False, "schema_version": 3}
    return nbformat.v4.new_code_cell(source, metadata={"nbgrader": {**plain, "grade_id": name, **marks}})


def write(path: Path, *cells) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    nbformat.write(nbformat.v4.new_notebook(cells=list(cells), metadata=kernel), path)


def function(body: str) -> str:
    return f"def bp2(w_next, delta_next, z):\n    {body}"


def test_otter_gives_the_points_and_the_message(run, tmp_path):
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "bp2.py").write_text(OTTER, "utf-8")
    run(tmp_path, "otter", "generate", "-t", "tests", "-o", "autograder.zip", "--no-environment")
    for student, (body, points) in ANSWERS.items():
        first = nbformat.v4.new_code_cell("from backprop_lab import check_bp2, sigmoid")
        write(tmp_path / f"{student}.ipynb", first, nbformat.v4.new_code_cell(function(body)))
        (tmp_path / student).mkdir()
        run(tmp_path, "otter", "run", f"{student}.ipynb", "-a", "autograder.zip", "-o", student, "--no-logo")
        found = json.loads((tmp_path / student / "results.json").read_text("utf-8"))["tests"]
        (result,) = [each for each in found if each["name"] == "bp2"]
        assert (result["score"], result["max_score"]) == (points, 2.0)
        assert (SAID in result["output"]) == (points == 0)


def test_nbgrader_gives_the_points_and_the_message(run, tmp_path):
    solution = f"### BEGIN SOLUTION\n    {RIGHT}\n    ### END SOLUTION"
    write(
        tmp_path / "source" / "ps1" / "bp2.ipynb",
        cell("from backprop_lab import check_bp2, sigmoid", "imports", locked=True),
        cell(function(solution), "bp2", solution=True),
        cell(NBGRADER, "test_bp2", grade=True, locked=True, points=2),
    )
    (tmp_path / "nbgrader_config.py").write_text("c = get_config()\n")
    run(tmp_path, "nbgrader", "generate_assignment", "ps1")
    released = nbformat.read(tmp_path / "release" / "ps1" / "bp2.ipynb", 4)
    assert "sigmoid.prime" not in released.cells[1].source
    for student, (body, _) in ANSWERS.items():
        released.cells[1].source = function(body)
        folder = tmp_path / "submitted" / student / "ps1"
        folder.mkdir(parents=True)
        nbformat.write(released, folder / "bp2.ipynb")
    run(tmp_path, "nbgrader", "autograde", "ps1")
    scores = json.loads(run(tmp_path, "python", "-c", SCORES))
    assert scores == {student: points for student, (_, points) in ANSWERS.items()}
    assert SAID in (tmp_path / "autograded" / "ben" / "ps1" / "bp2.ipynb").read_text("utf-8")
