"""Where a notebook invites a learner to put in a network of her own: other sizes, other seeds, typed matrices."""

import re
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path

import nbformat
import pytest

NOTEBOOKS = Path(__file__).parents[2] / "notebooks"
CASES = {
    "as it is written": r"\g<0>",
    "drawn": "mine = Case(drawn, x=[0.5] * drawn.sizes[0], y=[1.0] * drawn.sizes[-1])",
    "typed": "mine = Case(typed, x=[0.5, -1.0, 2.0], y=[0.0])",
    "no hidden layer": "mine = Case(initialize((2, 1), seed=3), x=[0.5, 1.0], y=[0.0])",
    "three hidden layers": "mine = Case(initialize((2, 3, 4, 3, 2), seed=9), x=[0.5, 1.0], y=[0.0, 1.0])",
    "many neurons": "mine = Case(initialize((12, 30, 10), seed=0), x=[0.1] * 12, y=[1.0] + [0.0] * 9)",
}
PICTURES = {"00": ["explorer(mine)"], "05": ["demon(mine)", "explorer(mine)", "paths(mine)"]}
PICTURES["05"] += ["proof(derivations.error_signal, case=mine)"]


@pytest.mark.parametrize("mine", CASES)
@pytest.mark.parametrize("number", PICTURES)
def test_a_learners_own_network_is_shown(number, mine):
    (path,) = NOTEBOOKS.glob(f"{number}_*.ipynb")
    code = [cell.source for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]
    (asked,) = (source for source in code if re.search(r"^mine = ", source, re.MULTILINE))
    here: dict[str, object] = {}
    exec(code[0], here)
    exec(re.sub(r"^mine = .*", CASES[mine], asked, count=1, flags=re.MULTILINE), here)
    for picture in PICTURES[number]:
        with redirect_stdout(StringIO()):
            exec(f"live = widgets.{picture}", here)
        assert "</svg>" in here["live"].picture  # type: ignore[attr-defined]
