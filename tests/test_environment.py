"""`environment.yml`, which conda and Binder read, asks for what `pyproject.toml` asks for."""

import tomllib
from pathlib import Path

import yaml

ROOT = Path(__file__).parents[1]
CONDA_NAMES = {"matplotlib": "matplotlib-base"}  # conda's matplotlib brings a desktop toolkit with it


def test_conda_installs_what_pip_installs():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    environment = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
    wanted = ["python" + project["requires-python"], *project["dependencies"], "pip"]
    named = [conda_name(requirement) for requirement in wanted]
    assert environment["channels"] == ["conda-forge"]
    assert environment["dependencies"] == [*named, {"pip": ["-e ."]}]


def conda_name(requirement: str) -> str:
    name, operator, version = requirement.partition(";")[0].partition(">=")  # conda is not in a browser
    return CONDA_NAMES.get(name, name) + operator + version
