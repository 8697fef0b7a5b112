"""What all tests share: the notebooks there are, and a way to write a small one."""

import os
from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest
from hypothesis import HealthCheck, settings
from nbformat.v4 import new_code_cell, new_notebook

# No time limit for an example, nor for drawing it: a process may be starved, and speed is measured in benchmarks/.
# CI tries the same examples each time.
settings.register_profile(
    "house", deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize="CI" in os.environ
)
settings.load_profile("house")

NOTEBOOKS = sorted((Path(__file__).parents[1] / "notebooks").glob("*.ipynb"))


def pytest_addoption(parser: pytest.Parser) -> None:
    """`pytest --update` renews the golden pictures; git shows what changed."""
    parser.addoption("--update", action="store_true", help="write tests/pictures/golden anew")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A test that asks for `notebook` runs for each of them."""
    if "notebook" in metafunc.fixturenames:
        metafunc.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)


@pytest.fixture(scope="session")
def write_notebook(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """`write_notebook(*sources)`: a new notebook with these code cells, in a folder of its own, not yet run."""

    def write(*sources: str, name: str = "demo.ipynb") -> Path:
        cells = [new_code_cell(source, id=f"cell-{number}") for number, source in enumerate(sources)]
        kernel = {"name": "python3", "display_name": "Python 3 (ipykernel)", "language": "python"}
        path = tmp_path_factory.mktemp("notebook") / name
        nbformat.write(new_notebook(cells=cells, metadata={"kernelspec": kernel}), path)
        return path

    return write
