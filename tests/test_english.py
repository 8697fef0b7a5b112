"""What a learner may be told, by a picture, a checker or an error message, keeps to the notebooks' list of words."""

import ast
import re
from pathlib import Path

import pytest
from notebook_rules import BANNED, GERMANISMS

import backprop_lab

PACKAGE = Path(backprop_lab.__file__).parent
UNWANTED = re.compile(rf"\b(?:{'|'.join(GERMANISMS)})\b|{BANNED.pattern}", re.IGNORECASE)


@pytest.mark.parametrize("module", sorted(PACKAGE.rglob("*.py")), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_what_is_said_is_english(module):
    assert not [(each, found[0]) for each in _sentences(module) if (found := UNWANTED.search(each))]


def _sentences(module: Path) -> list[str]:
    """Texts of several words; docstrings, which no learner is shown, are not among them."""
    nodes = list(ast.walk(ast.parse(module.read_text(encoding="utf-8"))))
    docs = {id(node.value) for node in nodes if isinstance(node, ast.Expr)}
    texts = [node.value for node in nodes if isinstance(node, ast.Constant) and id(node) not in docs]
    return [each for each in texts if isinstance(each, str) and " " in each and "(?" not in each]
