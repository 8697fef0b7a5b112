"""The site, built once for these tests without fetching anything: where Python was fetched before, it is there too."""

from pathlib import Path

import build_site
import pytest

from backprop_lab.course import CHAPTERS


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site") / "below" / "a path"
    build_site.build(folder, offline=True)
    return folder


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A test that asks for a `chapter` runs for each of them."""
    if "chapter" in metafunc.fixturenames:
        metafunc.parametrize("chapter", CHAPTERS, ids=lambda chapter: chapter.file)
