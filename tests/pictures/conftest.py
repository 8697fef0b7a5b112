"""Golden pictures: one readable text file for each picture and state, compared here, renewed by `pytest --update`."""

from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest

from backprop_lab.drawing.picture import Picture

from .hands import parsed

GOLDEN = Path(__file__).with_name("golden")


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, Picture], None]:
    """`golden("explorer-moved", picture)`: the picture is the one in golden/explorer-moved.txt."""

    def compare(name: str, picture: Picture) -> None:
        path, now = GOLDEN / f"{name}.txt", written(picture)
        if request.config.getoption("--update"):
            path.parent.mkdir(exist_ok=True)
            path.write_text(now, encoding="utf-8")
        assert path.exists(), f"{path.name} is new: pytest --update writes it"
        assert now == path.read_text(encoding="utf-8"), f"{path.name} has changed: pytest --update, and read the diff"

    return compare


def written(picture: Picture) -> str:
    """Label, sentence, and every element of the markup on a line of its own, indented as it is nested."""
    return "\n".join([picture.label, picture.text, "", *_lines(parsed(picture), "")]) + "\n"


def _lines(node: ElementTree.Element, indent: str) -> list[str]:
    marks = " ".join(f"{name}={value}" if value else name for name, value in node.attrib.items())
    head = f"{indent}{node.tag} {marks}".rstrip()
    lines = [f"{head}: {node.text}" if node.text else head]
    if node.get("alttext"):  # latex2mathml's markup changes from release to release: its words are compared
        return lines
    for child in node:
        lines += _lines(child, indent + "  ")
        if child.tail:
            lines.append(f"{indent}  … {child.tail}")
    return lines
