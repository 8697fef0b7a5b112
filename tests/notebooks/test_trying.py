"""Trying is not punished: where notebook 11 says "try others", its cells run on with any of them, and with own code."""

import ast
import re
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path

import nbformat
import pytest

NOTEBOOK = Path(__file__).parents[2] / "notebooks" / "11_training_loop.ipynb"
QUICK = [(r"epochs=30\b", "epochs=2"), ("progress=True, ", "")]


def rate(value):
    return [
        (r'"learning_rate": [23]\.0', f'"learning_rate": {value}'),
        (r"\(3\.0, 30\.0, 100\.0\)", f"({value},)"),
        (r"\(0\.1, 2\.0\)", f"({value},)"),
    ]


def network(hidden, seed):
    of_four = f"Case(initialize((2, {hidden}, 1), seed={seed}), cases.batch.x, cases.batch.y)"
    return [
        (r"^four = cases\.batch$", f"four = {of_four}"),
        (r"^start = initialize\(\(64, 30, 10\), seed=0\)", f"start = initialize((64, {hidden}, 10), seed={seed})"),
        (r"^case = cases\.running$", "case = cases.wide"),
    ]


OWN = [
    (r"\bmy_update\b(?!\()", "update"),
    (r"\bmy_backprop\b(?!\()", "backprop"),
    (r"\bmy_training_loop\b(?!\()", "training_loop"),
]
TRIES = {
    **{f"η = {value:g}": rate(value) for value in (0.01, 1e4)},
    "one at a time": [(r'"batch_size": 4\b', '"batch_size": 1'), (r"\(4, 1\)", "(1, 2, 3)")],
    "all at once": [(r'"batch_size": 10\b', '"batch_size": 1438')],
    "few epochs": [(r'"epochs": 500', '"epochs": 5')],
    "5 hidden neurons": network(5, 3),
    "2 hidden layers": network("4, 3", 9),
    "own code, η = 100": [*OWN, *rate(100.0)],
}


def cells():
    return [cell.source for cell in nbformat.read(NOTEBOOK, as_version=4).cells if cell.cell_type == "code"]


def run(changes, names):
    """What the cells print, with some text replaced; every replacement is found somewhere."""
    sources, printed = cells(), StringIO()
    for pattern, text in changes:
        assert any(re.search(pattern, source, re.MULTILINE) for source in sources), pattern
        sources = [re.sub(pattern, text, source, flags=re.MULTILINE) for source in sources]
    with redirect_stdout(printed):
        for source in sources:
            exec(compile(ast.parse(source), "cell", "exec"), names)
    return printed.getvalue()


def solutions():
    """The names of the notebook once its solutions have been run."""
    names = {}
    for source in cells():
        if source.startswith(("import", "def update", "def backprop", "def training_loop")):
            exec(source, names)
    return names


@pytest.mark.parametrize("changes", TRIES.values(), ids=TRIES)
def test_the_cells_run_on_whatever_is_tried(changes):
    assert ran_on(run([*QUICK, *changes], solutions()))


def ran_on(printed) -> bool:
    return "nan" not in printed and "held-out digits are missed" in printed


def test_a_wrong_function_is_not_let_in_and_its_checker_says_why():
    names = solutions()
    exec(
        "def uphill(w, b, nabla_w, nabla_b, learning_rate):\n    return update(w, b, nabla_w, nabla_b, -learning_rate)",
        names,
    )
    wrong = [(r"\bmy_update\b(?!\()", "uphill")]
    with pytest.raises(
        ValueError, match=r"update must pass check_update, which says: ✗ Not yet\. Your step goes uphill"
    ):
        run([*QUICK, *wrong], names)


def test_own_code_gives_the_numbers_of_the_package():
    without, with_own = run(QUICK, solutions()), run([*QUICK, *OWN[:2]], solutions())
    assert without == with_own
    assert ran_on(without)
